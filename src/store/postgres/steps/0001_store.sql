-- The same tables as SQLite's (../../sqlite/steps tells what they hold); ids and keys are raw bytes, times ms since 1970.
CREATE TABLE organisation (id BYTEA PRIMARY KEY, name TEXT NOT NULL DEFAULT '');

CREATE TABLE person (
    id BYTEA PRIMARY KEY,
    organisation BYTEA NOT NULL REFERENCES organisation,
    role BIGINT NOT NULL,
    consents BIGINT NOT NULL DEFAULT 0,
    text_version BIGINT NOT NULL DEFAULT 0,
    cursor BIGINT NOT NULL DEFAULT 0,
    erased_ms BIGINT, erased_records BIGINT, erased_posts BIGINT, erased_audit BYTEA
);
CREATE INDEX person_of ON person (organisation);

CREATE TABLE device (
    id BYTEA PRIMARY KEY,
    person BYTEA NOT NULL REFERENCES person,
    key BYTEA NOT NULL,
    person_key BYTEA NOT NULL,
    name TEXT NOT NULL,
    paired_ms BIGINT NOT NULL,
    revoked BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX device_of ON device (person);

CREATE TABLE invitation (
    code BYTEA PRIMARY KEY,
    organisation BYTEA NOT NULL REFERENCES organisation,
    person BYTEA NOT NULL,
    role BIGINT NOT NULL,
    ends_ms BIGINT NOT NULL,
    used_by BYTEA
);
CREATE INDEX invitation_for ON invitation (person);

CREATE TABLE assigned (
    staff BYTEA NOT NULL REFERENCES person,
    patient BYTEA NOT NULL REFERENCES person,
    leads BIGINT NOT NULL,
    PRIMARY KEY (staff, patient)
);
CREATE INDEX assigned_to ON assigned (patient);

CREATE TABLE factor (
    person BYTEA PRIMARY KEY REFERENCES person,
    secret BYTEA NOT NULL,
    step BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE access_key (
    hash BYTEA PRIMARY KEY,
    person BYTEA NOT NULL REFERENCES person,
    label TEXT NOT NULL,
    ends_ms BIGINT NOT NULL,
    revoked BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX access_key_of ON access_key (person);

CREATE TABLE record (
    id BYTEA PRIMARY KEY,
    owner BYTEA NOT NULL REFERENCES person,
    started_ms BIGINT NOT NULL,
    sealed BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX record_of ON record (owner, id);

CREATE TABLE chunk (
    record BYTEA NOT NULL REFERENCES record ON DELETE CASCADE,
    place BIGINT NOT NULL,
    digest BYTEA NOT NULL,
    previous BYTEA NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (record, place)
);
-- Packed already.
ALTER TABLE chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE TABLE post (
    id BYTEA PRIMARY KEY,
    author BYTEA NOT NULL REFERENCES person,
    about BYTEA NOT NULL REFERENCES person,
    written_ms BIGINT NOT NULL,
    stored_ms BIGINT NOT NULL,
    body BYTEA NOT NULL
);
CREATE INDEX post_about ON post (about);

CREATE TABLE feed (
    reader BYTEA NOT NULL REFERENCES person,
    cursor BIGINT NOT NULL,
    post BYTEA NOT NULL REFERENCES post ON DELETE CASCADE,
    PRIMARY KEY (reader, cursor)
);
CREATE INDEX feed_post ON feed (post);

CREATE TABLE audit (
    number BIGINT PRIMARY KEY,
    at_ms BIGINT NOT NULL,
    actor BYTEA NOT NULL,
    device BYTEA NOT NULL,
    ask BIGINT NOT NULL,
    about BYTEA NOT NULL,
    previous BYTEA NOT NULL,
    digest BYTEA NOT NULL
);
CREATE INDEX audit_about ON audit (about, number);
CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'the audit log is never changed or cut'; END $$;
CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit EXECUTE FUNCTION audit_stays();

-- Locked by whoever appends to the audit log. Empty: a lock on the log itself would wait for its vacuum.
CREATE TABLE audit_turn ();
