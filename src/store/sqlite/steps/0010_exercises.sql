-- Exercises that a clinic taught: the text of an exercise file, by its id.
CREATE TABLE exercise (
    organisation BLOB NOT NULL REFERENCES organisation,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (organisation, name)
) STRICT, WITHOUT ROWID;
