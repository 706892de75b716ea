CREATE VIEW posts_countable AS
SELECT * EXCLUDE (left_out, duplicate_of, is_truncated) FROM posts_judged WHERE left_out IS NULL;
COMMENT ON VIEW posts_countable IS 'The posts that figures rest on: no duplicate, not truncated, dated, with text, in English or of unknown language';
COMMENT ON COLUMN posts_countable.published_until IS 'Last day on which it can have been published, as far as the date is known';
