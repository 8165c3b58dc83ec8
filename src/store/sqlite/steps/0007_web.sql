-- Who signs in with a browser: a password beside the second factor, and the device that the browser counts as.
CREATE TABLE web_access (
    person BLOB PRIMARY KEY REFERENCES person,
    device BLOB NOT NULL REFERENCES device,
    -- What is typed to sign in.
    name TEXT NOT NULL UNIQUE,
    -- Of the link with which a password is chosen, once.
    link BLOB,
    link_ends_ms INTEGER NOT NULL,
    -- Salt and hash; nobody signs in until it is chosen.
    password BLOB
) STRICT, WITHOUT ROWID;

-- When a member of staff wants to be told of a patient, in their own words (TOML).
CREATE TABLE thresholds (staff BLOB PRIMARY KEY REFERENCES person, text TEXT NOT NULL) STRICT, WITHOUT ROWID;
