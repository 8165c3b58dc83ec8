-- The second factor that a new member of staff has from the moment they pair; emptied then.
ALTER TABLE invitation ADD COLUMN factor BLOB;
