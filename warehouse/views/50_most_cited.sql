CREATE MACRO most_cited(n) AS TABLE
WITH given AS (SELECT n AS most)
SELECT
    w.work_id, w.authors, w.year, w.title, w.container, w.kind, w.doi, w.url,
    count(DISTINCT p.post_id) AS posts, count(DISTINCT p.blog) AS blogs
FROM work_citations AS c
JOIN works AS w USING (work_id)
JOIN posts AS p USING (post_id)
WHERE p.duplicate_of IS NULL
GROUP BY ALL
ORDER BY posts DESC, blogs DESC, w.title, w.work_id
LIMIT (SELECT most FROM given);
COMMENT ON MACRO TABLE most_cited IS 'most_cited(n): the works that most posts cite, in a reference list or by a link, duplicates apart';
