CREATE TABLE exercise (
    organisation BYTEA NOT NULL REFERENCES organisation,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (organisation, name)
);
