-- Up to which day (2026-11-23) a therapist has talked with somebody about answers that ask for safety.
CREATE TABLE safe_until (person BLOB PRIMARY KEY REFERENCES person, day TEXT NOT NULL) STRICT, WITHOUT ROWID;
