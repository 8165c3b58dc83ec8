-- What a device waits to send, what came, and with whom it is paired. What is sealed is written so; keys and numbers are plain.
CREATE TABLE waits (
    number INTEGER PRIMARY KEY,
    -- What it is called: kind, id, place.
    name BLOB NOT NULL UNIQUE,
    settled INTEGER NOT NULL DEFAULT 0,
    -- Sealed; empty once it is settled.
    content BLOB NOT NULL
) STRICT;
CREATE INDEX waits_still ON waits (number) WHERE settled = 0;

CREATE TABLE came (
    cursor INTEGER PRIMARY KEY,
    -- Sealed.
    entry BLOB NOT NULL
) STRICT;

CREATE TABLE receipt (
    post BLOB PRIMARY KEY,
    -- Sealed.
    receipt BLOB NOT NULL
) STRICT;

-- One row each: 'cursor' (a number), 'pairing' (sealed), 'key' (sealed: whether a key is the right one).
CREATE TABLE single (
    name TEXT PRIMARY KEY,
    number INTEGER,
    sealed BLOB
) STRICT, WITHOUT ROWID;
