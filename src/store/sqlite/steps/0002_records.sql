-- Records, chunk by chunk.
CREATE TABLE record (
    id BLOB PRIMARY KEY,
    owner BLOB NOT NULL REFERENCES person,
    started_ms INTEGER NOT NULL,
    -- Chunks up to the newest seal.
    sealed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX record_of ON record (owner, id);

-- With a rowid: large rows are slow to keep inside an index.
CREATE TABLE chunk (
    record BLOB NOT NULL REFERENCES record ON DELETE CASCADE,
    place INTEGER NOT NULL,
    digest BLOB NOT NULL,
    previous BLOB NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (record, place)
) STRICT;
