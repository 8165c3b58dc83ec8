-- Who there is, with what, and who cares for whom. Ids and keys are raw bytes, times ms since 1970.
CREATE TABLE organisation (id BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE person (
    id BLOB PRIMARY KEY,
    organisation BLOB NOT NULL REFERENCES organisation,
    role INTEGER NOT NULL,
    consents INTEGER NOT NULL DEFAULT 0,
    -- Of the newest consent.
    text_version INTEGER NOT NULL DEFAULT 0,
    -- The feed's newest place. It never goes back, even when entries are erased: devices only fetch what is behind theirs.
    cursor INTEGER NOT NULL DEFAULT 0,
    -- The numbers of the erasure's receipt.
    erased_ms INTEGER, erased_records INTEGER, erased_posts INTEGER, erased_audit BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE device (
    id BLOB PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person,
    key BLOB NOT NULL,
    person_key BLOB NOT NULL,
    name TEXT NOT NULL,
    paired_ms INTEGER NOT NULL,
    revoked INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX device_of ON device (person);

CREATE TABLE invitation (
    code BLOB PRIMARY KEY,
    organisation BLOB NOT NULL REFERENCES organisation,
    -- Not a reference: the person is made when the code is used.
    person BLOB NOT NULL,
    role INTEGER NOT NULL,
    ends_ms INTEGER NOT NULL,
    used_by BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE assigned (
    staff BLOB NOT NULL REFERENCES person,
    patient BLOB NOT NULL REFERENCES person,
    leads INTEGER NOT NULL,
    PRIMARY KEY (staff, patient)
) STRICT, WITHOUT ROWID;
CREATE INDEX assigned_to ON assigned (patient);
