-- A theme that counts as before keeps its hits when another one is changed. What was counted before does not say.
ALTER TABLE themes ADD COLUMN digest VARCHAR;
COMMENT ON COLUMN themes.digest IS 'Digest of what the theme counts: while it stays, so do its hits; NULL: it was counted by an older version, and is counted anew';
