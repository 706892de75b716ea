-- Only posts that were searched for themes are counted, so that a count that is still under way gives no false zeros.
-- A period without posts has no row: it is a gap, not a zero.
CREATE MACRO theme_trend(theme, grain) AS TABLE
WITH given AS (SELECT theme AS theme_key, grain AS grain_key),
asked AS (
    SELECT
        CASE WHEN theme_key IN (SELECT t.theme FROM themes AS t) THEN theme_key
            ELSE error('no theme ''' || theme_key || ''': see FROM themes') END AS theme_key,
        CASE WHEN grain_key IN ('year', 'quarter', 'month') THEN grain_key
            ELSE error('the grain is year, quarter or month, not ''' || grain_key || '''') END AS grain_key
    FROM given
),
searched AS (
    SELECT p.post_id, p.words, date_trunc(a.grain_key, p.published)::DATE AS begins, a.theme_key, a.grain_key
    FROM posts_countable AS p
    SEMI JOIN theme_counts AS c ON c.post_id = p.post_id AND c.text_digest = p.text_digest
    CROSS JOIN asked AS a
    WHERE p.published_precision = 'day' OR p.published_precision = a.grain_key
        OR (p.published_precision = 'month' AND a.grain_key IN ('quarter', 'year'))
),
hits AS (
    SELECT s.post_id, count(h.post_id) AS hits
    FROM searched AS s LEFT JOIN theme_hits AS h ON h.post_id = s.post_id AND h.theme = s.theme_key
    GROUP BY s.post_id
)
SELECT
    CASE s.grain_key
        WHEN 'year' THEN strftime(s.begins, '%Y')
        WHEN 'quarter' THEN strftime(s.begins, '%Y') || '-Q' || quarter(s.begins)
        ELSE strftime(s.begins, '%Y-%m')
    END AS period,
    s.begins AS period_start,
    count(*) AS posts,
    count(*) FILTER (h.hits > 0) AS posts_with_hit,
    sum(h.hits)::BIGINT AS hits,
    sum(s.words)::BIGINT AS words,
    count(*) FILTER (h.hits > 0) / count(*) AS share,
    10000 * sum(h.hits) / sum(s.words) AS rate
FROM searched AS s JOIN hits AS h USING (post_id)
GROUP BY s.begins, s.grain_key
ORDER BY s.begins;
COMMENT ON MACRO TABLE theme_trend IS 'theme_trend(theme, grain): countable posts, those with a hit, hits, words, share of posts (0 to 1) and hits per 10,000 words, by year, quarter or month; posts whose date is coarser than the grain are left out';
