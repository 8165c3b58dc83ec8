CREATE TABLE web_access (
    person BYTEA PRIMARY KEY REFERENCES person,
    device BYTEA NOT NULL REFERENCES device,
    name TEXT NOT NULL UNIQUE,
    link BYTEA,
    link_ends_ms BIGINT NOT NULL,
    password BYTEA
);

CREATE TABLE thresholds (staff BYTEA PRIMARY KEY REFERENCES person, text TEXT NOT NULL);
