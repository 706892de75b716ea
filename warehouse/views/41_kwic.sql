-- A hit's place is what the gaps and hits before it add up to. A word boundary is asked for only beside a plain letter or
-- digit (a-z, 0-9): the regular expressions of DuckDB (RE2) know no others.
CREATE MACRO kwic(term, width) AS TABLE
WITH pattern AS (
    SELECT '(?i)' || CASE WHEN regexp_matches(term, '^\w') THEN '\b' ELSE '' END || regexp_escape(term)
        || CASE WHEN regexp_matches(term, '\w$') THEN '\b' ELSE '' END AS sought
),
matched AS (
    SELECT
        p.canonical_url, p.blog, p.published, p.text,
        string_split_regex(p.text, sought) AS gaps,
        regexp_extract_all(p.text, sought) AS found
    FROM posts AS p CROSS JOIN pattern
    WHERE p.duplicate_of IS NULL AND regexp_matches(p.text, sought)
),
numbered AS (
    SELECT *, unnest(found) AS keyword, unnest(range(1, len(found) + 1)) AS nth FROM matched
),
placed AS (
    SELECT
        *,
        (
            list_sum(list_transform(gaps[1:nth], lambda gap: length(gap)))
            + coalesce(list_sum(list_transform(found[1:nth - 1], lambda hit: length(hit))), 0)
        )::INTEGER AS char_start
    FROM numbered
)
SELECT
    canonical_url AS url,
    blog,
    published,
    char_start,
    substring(text, greatest(char_start - width, 0) + 1, least(char_start, width)) AS left_context,
    keyword,
    substring(text, char_start + length(keyword) + 1, width) AS right_context
FROM placed
ORDER BY published NULLS LAST, url, char_start;
COMMENT ON MACRO TABLE kwic IS 'kwic(term, width): each place where the words stand in a post (duplicates apart), with width characters of context on both sides; case does not matter';
