-- Plans that a clinic takes as a start, of nobody in particular: the text of a plan.toml.
CREATE TABLE template (
    organisation BLOB NOT NULL REFERENCES organisation,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (organisation, name)
) STRICT, WITHOUT ROWID;
