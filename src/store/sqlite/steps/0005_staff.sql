-- What staff and a clinic's own systems need.
ALTER TABLE organisation ADD COLUMN name TEXT NOT NULL DEFAULT '';

CREATE TABLE factor (
    person BLOB PRIMARY KEY REFERENCES person,
    secret BLOB NOT NULL,
    -- The newest step whose digits were used: each is good once.
    step INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Of programs that read for a person; the key itself is nowhere.
CREATE TABLE access_key (
    hash BLOB PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person,
    label TEXT NOT NULL,
    ends_ms INTEGER NOT NULL,
    revoked INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX access_key_of ON access_key (person);
