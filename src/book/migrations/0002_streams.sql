-- Statements, time, corrections and sources; charts by numbers; fingerprints; sums of work kept beside the rows.
-- The program fills fingerprints and sums of an older book in the same transaction.
-- Foreign keys are off while tables are rebuilt and are checked before the transaction ends.

CREATE TABLE batch_new (
    id          INTEGER PRIMARY KEY,
    kind        TEXT NOT NULL CHECK (kind IN ('charts', 'payments', 'expenses', 'bank', 'time')),
    file        TEXT NOT NULL CHECK (file <> ''),
    imported_at TEXT NOT NULL CHECK (imported_at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T*'),
    records     INTEGER NOT NULL CHECK (records > 0),
    known       INTEGER NOT NULL CHECK (known >= 0)
) STRICT;
INSERT INTO batch_new SELECT id, kind, file, imported_at, records, known FROM batch;
DROP TABLE batch;
ALTER TABLE batch_new RENAME TO batch;

-- Payers and chart types as they are spelled. The tables of sums hold every name that a row of charts uses.
CREATE TABLE name (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (name <> '')
) STRICT;
INSERT INTO name (name) SELECT payer FROM charts UNION SELECT chart_type FROM charts ORDER BY 1;

-- Days of charts are days since 1970-01-01, from year 0 to 9999.
CREATE TABLE charts_new (
    id                  INTEGER PRIMARY KEY CHECK (id < 1099511627776),
    batch               INTEGER NOT NULL REFERENCES batch (id),
    line                INTEGER NOT NULL CHECK (line >= 0),
    fingerprint         INTEGER NOT NULL,
    work_date           INTEGER NOT NULL CHECK (work_date BETWEEN -719528 AND 2932896),
    payer               INTEGER NOT NULL,
    chart_type          INTEGER NOT NULL,
    count               INTEGER NOT NULL CHECK (count >= 0),
    rejected            INTEGER NOT NULL CHECK (rejected BETWEEN 0 AND count),
    rate_millionths     INTEGER NOT NULL CHECK (rate_millionths >= 0),
    amount_cents        INTEGER NOT NULL CHECK (amount_cents >= 0),
    minutes_tenths      INTEGER CHECK (minutes_tenths >= 0),
    accuracy_millionths INTEGER CHECK (accuracy_millionths BETWEEN 0 AND 1000000),
    paid_on             INTEGER CHECK (paid_on BETWEEN -719528 AND 2932896),
    -- Ten bytes of a keyed digest in place of the patient; the key lies beside the book.
    surrogate           BLOB CHECK (length(surrogate) = 10)
) STRICT;
INSERT INTO charts_new
SELECT id, batch, line, 0, CAST(julianday(work_date) - 2440587.5 AS INTEGER),
       (SELECT id FROM name WHERE name = payer), (SELECT id FROM name WHERE name = chart_type),
       count, rejected, rate_millionths, amount_cents, minutes_tenths, accuracy_millionths,
       CAST(julianday(paid_on) - 2440587.5 AS INTEGER), NULL
FROM charts ORDER BY id;
DROP TABLE charts;
ALTER TABLE charts_new RENAME TO charts;
CREATE INDEX charts_by_date ON charts (work_date);

-- For people: charts with days and names in words.
CREATE VIEW charts_in_words AS
SELECT id, batch, line, date(work_date * 86400, 'unixepoch') AS work_date,
       (SELECT name FROM name WHERE name.id = payer) AS payer,
       (SELECT name FROM name WHERE name.id = chart_type) AS chart_type,
       count, rejected, rate_millionths, amount_cents, minutes_tenths, accuracy_millionths,
       date(paid_on * 86400, 'unixepoch') AS paid_on
FROM charts;

-- Sums of charts. paid_on is -719529 where the rows do not say it; first and last are ids.
CREATE TABLE work_day (
    work_date    INTEGER NOT NULL,
    payer        INTEGER NOT NULL REFERENCES name (id),
    paid_on      INTEGER NOT NULL,
    rows         INTEGER NOT NULL CHECK (rows > 0),
    amount_cents INTEGER NOT NULL CHECK (amount_cents >= 0),
    first        INTEGER NOT NULL,
    last         INTEGER NOT NULL,
    PRIMARY KEY (work_date, payer, paid_on)
) STRICT, WITHOUT ROWID;

-- Sums of charts by month, as year * 12 + month - 1. first is (work_date + 719528) * 2^40 + id of the first row by day.
-- What is timed are the charts of rows with minutes, what is scored those of rows with an accuracy.
CREATE TABLE work_month (
    month        INTEGER NOT NULL,
    payer        INTEGER NOT NULL REFERENCES name (id),
    chart_type   INTEGER NOT NULL REFERENCES name (id),
    rows         INTEGER NOT NULL CHECK (rows > 0),
    charts       INTEGER NOT NULL CHECK (charts >= 0),
    rejected     INTEGER NOT NULL CHECK (rejected BETWEEN 0 AND charts),
    amount_cents INTEGER NOT NULL CHECK (amount_cents >= 0),
    minutes_tenths INTEGER NOT NULL CHECK (minutes_tenths >= 0),
    timed_charts INTEGER NOT NULL CHECK (timed_charts BETWEEN 0 AND charts),
    timed_cents  INTEGER NOT NULL CHECK (timed_cents BETWEEN 0 AND amount_cents),
    scored_charts INTEGER NOT NULL CHECK (scored_charts BETWEEN 0 AND charts),
    score        INTEGER NOT NULL CHECK (score >= 0),
    first        INTEGER NOT NULL,
    PRIMARY KEY (month, payer, chart_type)
) STRICT, WITHOUT ROWID;

ALTER TABLE payments ADD COLUMN fingerprint INTEGER NOT NULL DEFAULT 0;
ALTER TABLE expenses ADD COLUMN fingerprint INTEGER NOT NULL DEFAULT 0;
DROP INDEX payments_by_batch;
DROP INDEX expenses_by_batch;

CREATE TABLE bank (
    id            INTEGER PRIMARY KEY,
    batch         INTEGER NOT NULL REFERENCES batch (id),
    line          INTEGER NOT NULL CHECK (line >= 0),
    fingerprint   INTEGER NOT NULL,
    date          TEXT NOT NULL CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    account       TEXT NOT NULL CHECK (account <> ''),
    description   TEXT NOT NULL,
    amount_cents  INTEGER NOT NULL,
    currency      TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
    balance_cents INTEGER,
    bank_id       TEXT CHECK (bank_id <> ''),
    hint          TEXT NOT NULL
) STRICT;
CREATE INDEX bank_by_date ON bank (date);
CREATE INDEX bank_by_bank_id ON bank (bank_id) WHERE bank_id IS NOT NULL;

CREATE TABLE time (
    id          INTEGER PRIMARY KEY,
    batch       INTEGER NOT NULL REFERENCES batch (id),
    line        INTEGER NOT NULL CHECK (line >= 0),
    fingerprint INTEGER NOT NULL,
    date        TEXT NOT NULL CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    start       INTEGER CHECK (start BETWEEN 0 AND 86400),
    seconds     INTEGER NOT NULL CHECK (seconds >= 0),
    client      TEXT NOT NULL,
    project     TEXT NOT NULL,
    task        TEXT NOT NULL
) STRICT;
CREATE INDEX time_by_date ON time (date);

-- What the user said of a row of a statement or of an expense. It goes with the row.
CREATE TABLE correction (
    id               INTEGER PRIMARY KEY,
    bank             INTEGER UNIQUE REFERENCES bank (id) ON DELETE CASCADE,
    expense          INTEGER UNIQUE REFERENCES expenses (id) ON DELETE CASCADE,
    says             TEXT NOT NULL CHECK (says <> ''),
    share_millionths INTEGER NOT NULL CHECK (share_millionths BETWEEN 0 AND 1000000),
    payer            TEXT NOT NULL,
    set_at           TEXT NOT NULL CHECK (set_at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T*'),
    CHECK ((bank IS NULL) <> (expense IS NULL))
) STRICT;

-- A file whose rows up to a length are exactly the rows that its batch and the sources before it brought.
CREATE TABLE source (
    batch  INTEGER PRIMARY KEY REFERENCES batch (id) ON DELETE CASCADE,
    before INTEGER REFERENCES source (batch) ON DELETE CASCADE,
    length INTEGER NOT NULL CHECK (length > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    rows   INTEGER NOT NULL CHECK (rows > 0),
    lines  INTEGER NOT NULL CHECK (lines > 0),
    layout TEXT NOT NULL
) STRICT;
