ALTER TABLE blogs ADD COLUMN retention VARCHAR DEFAULT 'full-local';
COMMENT ON COLUMN blogs.retention IS 'What exports may hold of its posts: full-local (all; full texts only when asked for), derived-only (no text, no headings), metadata-only (who, when, where; nothing that was read from the text)';
