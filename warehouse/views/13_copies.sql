CREATE VIEW copies AS
SELECT
    c.canonical_url AS url, c.blog, c.published, o.canonical_url AS original_url, o.blog AS original_blog,
    o.published AS original_published, c.duplicate_likeness AS likeness
FROM posts AS c JOIN posts AS o ON o.post_id = c.duplicate_of;
COMMENT ON VIEW copies IS 'Posts whose text is, or nearly is, that of an earlier post: reposts, cross-posts, syndicated copies';
COMMENT ON COLUMN copies.url IS 'The copy';
COMMENT ON COLUMN copies.blog IS 'Its blog';
COMMENT ON COLUMN copies.published IS 'Its date';
COMMENT ON COLUMN copies.original_url IS 'The post that it is a copy of';
COMMENT ON COLUMN copies.original_blog IS 'The blog of that post';
COMMENT ON COLUMN copies.original_published IS 'The date of that post';
COMMENT ON COLUMN copies.likeness IS 'Share of the sequences of five words in either text that both have: 0.8 or more; 1 for the same wording';
