-- Words are looked up among the forms, and what stands in a row is found by their places: no text is searched. A * ends a
-- word as in themes.toml, and possessives count with their word. A phrase runs over spaces, hyphens and quotation marks only.
CREATE MACRO kwic(term, width) AS TABLE
WITH given AS (
    SELECT regexp_extract_all(lower(replace(term, '’', '''')), '(?:[\p{L}\p{N}]+(?:''[\p{L}\p{N}]+)*|&)\*?') AS parts
),
asked AS (SELECT unnest(parts) AS part, unnest(range(len(parts)))::INTEGER AS nth FROM given),
wanted AS MATERIALIZED (
    SELECT DISTINCT a.nth, f.form_id, length(f.form) AS size
    FROM asked AS a JOIN forms AS f ON CASE WHEN a.part LIKE '%*' THEN starts_with(f.folded, a.part[:-2])
        ELSE f.folded IN (a.part, a.part || '''s', CASE WHEN a.part = '&' THEN 'and' END) END
),
begun AS MATERIALIZED (
    SELECT t.post_id, t.position, t.char_start, t.char_start + w.size AS char_end
    FROM tokens AS t JOIN wanted AS w USING (form_id) WHERE w.nth = 0
),
ended AS (
    SELECT b.post_id, b.position, any_value(b.char_start) AS char_start, max(t.char_start + w.size) AS char_end
    FROM tokens AS t JOIN wanted AS w USING (form_id)
    JOIN begun AS b ON b.post_id = t.post_id AND b.position = t.position - w.nth
    WHERE w.nth > 0 AND t.gap = ''
    GROUP BY b.post_id, b.position
    HAVING count(*) = (SELECT len(parts) - 1 FROM given)
),
found AS (
    SELECT post_id, char_start, char_end FROM begun WHERE (SELECT len(parts) = 1 FROM given)
    UNION ALL SELECT post_id, char_start, char_end FROM ended
)
SELECT
    p.canonical_url AS url,
    p.blog,
    p.published,
    f.char_start,
    substring(p.text, greatest(f.char_start - width, 0) + 1, least(f.char_start, width)) AS left_context,
    substring(p.text, f.char_start + 1, f.char_end - f.char_start) AS keyword,
    substring(p.text, f.char_end + 1, width) AS right_context,
    p.title,
    p.published_precision
FROM found AS f JOIN posts AS p USING (post_id)
WHERE p.duplicate_of IS NULL
ORDER BY p.published NULLS LAST, url, f.char_start;
COMMENT ON MACRO TABLE kwic IS 'kwic(term, width): each place where the words stand in a post (duplicates apart), with link, date and width characters of context on both sides; one word or several, case does not matter, * ends a word';
