CREATE VIEW posts_flat AS
SELECT
    p.canonical_url AS url,
    p.title,
    CASE p.published_precision
        WHEN 'year' THEN strftime(p.published, '%Y')
        WHEN 'month' THEN strftime(p.published, '%Y-%m')
        ELSE strftime(p.published, '%Y-%m-%d')
    END AS date,
    coalesce(a.authors, []) AS authors,
    p.blog,
    'post' AS kind,
    p.words
FROM posts AS p
LEFT JOIN (
    SELECT post_id, list(name ORDER BY position) AS authors FROM post_people GROUP BY post_id
) AS a USING (post_id);
COMMENT ON VIEW posts_flat IS 'One row for each post, duplicates and truncated ones too: what a spreadsheet user expects';
COMMENT ON COLUMN posts_flat.url IS 'Canonical URL';
COMMENT ON COLUMN posts_flat.title IS 'Title; NULL: the page gives none';
COMMENT ON COLUMN posts_flat.date IS 'Date of publication as far as it is known: 2019-10-02, 2019-10 or 2019; NULL: the page does not say';
COMMENT ON COLUMN posts_flat.authors IS 'Names of the authors, in order';
COMMENT ON COLUMN posts_flat.blog IS 'Key of the blog';
COMMENT ON COLUMN posts_flat.kind IS 'Always post';
COMMENT ON COLUMN posts_flat.words IS 'Word tokens of the article text';
