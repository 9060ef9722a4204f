-- Amounts are whole cents, days are ISO 8601 text, ids are given again after an undo (no AUTOINCREMENT).

CREATE TABLE batch (
    id          INTEGER PRIMARY KEY,
    kind        TEXT NOT NULL CHECK (kind IN ('charts', 'payments', 'expenses')),
    file        TEXT NOT NULL CHECK (file <> ''),
    imported_at TEXT NOT NULL CHECK (imported_at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T*'),
    records     INTEGER NOT NULL CHECK (records > 0),
    known       INTEGER NOT NULL CHECK (known >= 0)
) STRICT;

CREATE TABLE charts (
    id                  INTEGER PRIMARY KEY,
    batch               INTEGER NOT NULL REFERENCES batch (id),
    line                INTEGER NOT NULL CHECK (line >= 0),
    work_date           TEXT NOT NULL CHECK (work_date GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    payer               TEXT NOT NULL CHECK (payer <> ''),
    chart_type          TEXT NOT NULL CHECK (chart_type <> ''),
    count               INTEGER NOT NULL CHECK (count >= 0),
    rejected            INTEGER NOT NULL CHECK (rejected BETWEEN 0 AND count),
    rate_millionths     INTEGER NOT NULL CHECK (rate_millionths >= 0),
    amount_cents        INTEGER NOT NULL CHECK (amount_cents >= 0),
    minutes_tenths      INTEGER CHECK (minutes_tenths >= 0),
    accuracy_millionths INTEGER CHECK (accuracy_millionths BETWEEN 0 AND 1000000),
    paid_on             TEXT CHECK (paid_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')
) STRICT;

CREATE INDEX charts_by_date ON charts (work_date);
CREATE INDEX charts_by_batch ON charts (batch);

CREATE TABLE payments (
    id           INTEGER PRIMARY KEY,
    batch        INTEGER NOT NULL REFERENCES batch (id),
    line         INTEGER NOT NULL CHECK (line >= 0),
    received_on  TEXT NOT NULL CHECK (received_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    payer        TEXT NOT NULL CHECK (payer <> ''),
    amount_cents INTEGER NOT NULL,
    reference    TEXT NOT NULL
) STRICT;

CREATE INDEX payments_by_date ON payments (received_on);
CREATE INDEX payments_by_batch ON payments (batch);

CREATE TABLE expenses (
    id               INTEGER PRIMARY KEY,
    batch            INTEGER NOT NULL REFERENCES batch (id),
    line             INTEGER NOT NULL CHECK (line >= 0),
    date             TEXT NOT NULL CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    vendor           TEXT NOT NULL,
    description      TEXT NOT NULL CHECK (description <> ''),
    category         TEXT NOT NULL CHECK (category <> ''),
    amount_cents     INTEGER NOT NULL,
    share_millionths INTEGER NOT NULL CHECK (share_millionths BETWEEN 0 AND 1000000)
) STRICT;

CREATE INDEX expenses_by_date ON expenses (date);
CREATE INDEX expenses_by_batch ON expenses (batch);
