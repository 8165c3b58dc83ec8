-- Up to which place of their feed a therapist has talked with somebody about answers that ask for safety.
CREATE TABLE safe_until (person BLOB PRIMARY KEY REFERENCES person, cursor INTEGER NOT NULL) STRICT, WITHOUT ROWID;
