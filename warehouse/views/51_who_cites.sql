CREATE MACRO who_cites(words) AS TABLE
WITH given AS (SELECT words AS said)
SELECT
    w.work_id, w.title AS work, w.year, p.blog, p.published, p.title, p.canonical_url AS url, c.how,
    coalesce(r.as_printed, k.text) AS as_printed,
    (
        SELECT count(*) FROM citations AS t
        WHERE c.how = 'reference' AND t.post_id = c.post_id AND list_contains(t.reference_positions, c.position)
    ) AS times_in_text
FROM works AS w
JOIN work_citations AS c USING (work_id)
JOIN posts AS p USING (post_id)
LEFT JOIN bib_references AS r ON c.how = 'reference' AND r.post_id = c.post_id AND r.position = c.position
LEFT JOIN links AS k ON c.how = 'link' AND k.post_id = c.post_id AND k.position = c.position
WHERE p.duplicate_of IS NULL AND contains(
    lower(concat_ws(' ', array_to_string(w.authors, ' '), w.year, w.title, w.doi, w.url)), lower((SELECT said FROM given))
)
ORDER BY w.title, w.work_id, p.published, p.canonical_url, c.how, c.position;
COMMENT ON MACRO TABLE who_cites IS 'who_cites(words): the posts that cite works with these words in authors, year, title, DOI or URL, how each prints it, and how often its text points there; duplicates apart';
