ALTER TABLE invitation ADD COLUMN factor BYTEA;
