-- Assets and what became of them, trips, receipts. Events and receipts go with their records.
-- Foreign keys are off while the table of batches is rebuilt and are checked before the transaction ends.

CREATE TABLE batch_new (
    id          INTEGER PRIMARY KEY,
    kind        TEXT NOT NULL CHECK (kind IN ('charts', 'payments', 'expenses', 'assets', 'trips', 'bank', 'time')),
    file        TEXT NOT NULL CHECK (file <> ''),
    imported_at TEXT NOT NULL CHECK (imported_at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T*'),
    records     INTEGER NOT NULL CHECK (records > 0),
    known       INTEGER NOT NULL CHECK (known >= 0)
) STRICT;
INSERT INTO batch_new SELECT id, kind, file, imported_at, records, known FROM batch;
DROP TABLE batch;
ALTER TABLE batch_new RENAME TO batch;

CREATE TABLE assets (
    id                INTEGER PRIMARY KEY,
    batch             INTEGER NOT NULL REFERENCES batch (id),
    line              INTEGER NOT NULL CHECK (line >= 0),
    fingerprint       INTEGER NOT NULL,
    name              TEXT NOT NULL CHECK (name <> ''),
    class             TEXT NOT NULL CHECK (class <> ''),
    acquired          TEXT NOT NULL CHECK (acquired GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    in_service        TEXT NOT NULL CHECK (in_service GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    cost_cents        INTEGER NOT NULL CHECK (cost_cents > 0),
    share_millionths  INTEGER NOT NULL CHECK (share_millionths BETWEEN 0 AND 1000000),
    value_cents       INTEGER CHECK (value_cents >= 0),
    section_179_cents INTEGER NOT NULL CHECK (section_179_cents BETWEEN 0 AND cost_cents),
    bonus             TEXT NOT NULL CHECK (bonus IN ('law', 'out', '40%')),
    CHECK (in_service >= acquired)
) STRICT;
CREATE INDEX assets_by_date ON assets (in_service);

-- What became of an asset: another share from a year on, or its end.
CREATE TABLE asset_event (
    id               INTEGER PRIMARY KEY,
    asset            INTEGER NOT NULL REFERENCES assets (id) ON DELETE CASCADE,
    year             INTEGER CHECK (year BETWEEN 2000 AND 2100),
    share_millionths INTEGER CHECK (share_millionths BETWEEN 0 AND 1000000),
    disposed_on      TEXT CHECK (disposed_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    proceeds_cents   INTEGER CHECK (proceeds_cents >= 0),
    CHECK ((year IS NULL) = (share_millionths IS NULL)),
    CHECK ((disposed_on IS NULL) = (proceeds_cents IS NULL)),
    CHECK ((year IS NULL) <> (disposed_on IS NULL)),
    UNIQUE (asset, year)
) STRICT;
CREATE UNIQUE INDEX asset_ends_once ON asset_event (asset) WHERE disposed_on IS NOT NULL;

CREATE TABLE trips (
    id            INTEGER PRIMARY KEY,
    batch         INTEGER NOT NULL REFERENCES batch (id),
    line          INTEGER NOT NULL CHECK (line >= 0),
    fingerprint   INTEGER NOT NULL,
    date          TEXT NOT NULL CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    miles_tenths  INTEGER NOT NULL CHECK (miles_tenths > 0),
    destination   TEXT NOT NULL,
    purpose       TEXT NOT NULL,
    kind          TEXT NOT NULL CHECK (kind IN ('business', 'commute', 'private')),
    car           TEXT NOT NULL,
    parking_cents INTEGER NOT NULL CHECK (parking_cents >= 0)
) STRICT;
CREATE INDEX trips_by_date ON trips (date);

-- A file that proves a record. It stays where it is; the path is as seen from the book's folder.
CREATE TABLE receipt (
    id          INTEGER PRIMARY KEY,
    charts      INTEGER REFERENCES charts (id) ON DELETE CASCADE,
    payments    INTEGER REFERENCES payments (id) ON DELETE CASCADE,
    expenses    INTEGER REFERENCES expenses (id) ON DELETE CASCADE,
    assets      INTEGER REFERENCES assets (id) ON DELETE CASCADE,
    trips       INTEGER REFERENCES trips (id) ON DELETE CASCADE,
    bank        INTEGER REFERENCES bank (id) ON DELETE CASCADE,
    time        INTEGER REFERENCES time (id) ON DELETE CASCADE,
    path        TEXT NOT NULL CHECK (path <> ''),
    sha256      TEXT NOT NULL CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
    bytes       INTEGER NOT NULL CHECK (bytes >= 0),
    attached_at TEXT NOT NULL CHECK (attached_at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T*'),
    CHECK ((charts IS NOT NULL) + (payments IS NOT NULL) + (expenses IS NOT NULL) + (assets IS NOT NULL)
           + (trips IS NOT NULL) + (bank IS NOT NULL) + (time IS NOT NULL) = 1)
) STRICT;
CREATE INDEX receipt_of_charts ON receipt (charts) WHERE charts IS NOT NULL;
CREATE INDEX receipt_of_payments ON receipt (payments) WHERE payments IS NOT NULL;
CREATE INDEX receipt_of_expenses ON receipt (expenses) WHERE expenses IS NOT NULL;
CREATE INDEX receipt_of_assets ON receipt (assets) WHERE assets IS NOT NULL;
CREATE INDEX receipt_of_trips ON receipt (trips) WHERE trips IS NOT NULL;
CREATE INDEX receipt_of_bank ON receipt (bank) WHERE bank IS NOT NULL;
CREATE INDEX receipt_of_time ON receipt (time) WHERE time IS NOT NULL;
