-- A page beyond a limit of size is cut off like one behind a paywall, but for another reason.
ALTER TABLE posts ADD COLUMN size_limit VARCHAR;
ALTER TABLE spare.posts ADD COLUMN size_limit VARCHAR;
COMMENT ON COLUMN posts.size_limit IS 'The limit at which reading the page stopped ("5,000,000 bytes", "20,000 blocks" …): its text is truncated; NULL: it was read to its end';
COMMENT ON COLUMN posts.is_truncated IS 'Whether the text is only the beginning: the page shows no more (paywall, teaser), or it was read no further (size_limit)';
COMMENT ON COLUMN posts.profile IS 'Digest of the site profile that it was read with; behind a + that of the blog''s rules in blogs.toml, where it has any';
COMMENT ON COLUMN pages.profile IS 'Digest of the site profile that it was read with; behind a + that of the blog''s rules in blogs.toml, where it has any';
