-- What people wrote, once, and in whose feeds it stands.
CREATE TABLE post (
    id BLOB PRIMARY KEY,
    author BLOB NOT NULL REFERENCES person,
    about BLOB NOT NULL REFERENCES person,
    written_ms INTEGER NOT NULL,
    stored_ms INTEGER NOT NULL,
    -- As on the wire (docs/protocol.md).
    body BLOB NOT NULL
) STRICT;
CREATE INDEX post_about ON post (about);

CREATE TABLE feed (
    reader BLOB NOT NULL REFERENCES person,
    cursor INTEGER NOT NULL,
    post BLOB NOT NULL REFERENCES post ON DELETE CASCADE,
    PRIMARY KEY (reader, cursor)
) STRICT, WITHOUT ROWID;
CREATE INDEX feed_post ON feed (post);
