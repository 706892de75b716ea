-- Only posts that were searched for themes are counted, so that a count that is still under way gives no false zeros.
CREATE VIEW posts_searched AS
SELECT p.* FROM posts_countable AS p
SEMI JOIN theme_counts AS c ON c.post_id = p.post_id AND c.text_digest = p.text_digest;
COMMENT ON VIEW posts_searched IS 'The countable posts in which themes were counted: what a share or rate of a theme is a share or rate of';
COMMENT ON COLUMN posts_searched.published_until IS 'Last day on which it can have been published, as far as the date is known';

CREATE MACRO theme_checked(theme) AS CASE WHEN theme IN (SELECT t.theme FROM themes AS t) THEN theme
    ELSE error('no theme ''' || theme || ''': see FROM themes') END;
COMMENT ON MACRO theme_checked IS 'theme_checked(theme): the theme itself; an error where the lexicon that was counted has none of that key';

-- A period without posts has no row: it is a gap, not a zero.
CREATE MACRO theme_trend(theme, grain) AS TABLE
WITH asked AS MATERIALIZED (SELECT theme_checked(theme) AS theme_key, grain_checked(grain) AS grain_key),
posted AS (
    SELECT p.post_id, p.words, date_trunc(a.grain_key, p.published)::DATE AS begins, a.grain_key,
        is_dated_to(p.published_precision, a.grain_key) AS is_dated
    FROM posts_searched AS p CROSS JOIN asked AS a
),
met AS (
    SELECT h.post_id, count(*) AS hits FROM theme_hits AS h
    WHERE h.theme = (SELECT theme_key FROM asked) GROUP BY h.post_id
)
SELECT
    period_named(s.begins, s.grain_key) AS period,
    s.begins AS period_start,
    count(*) AS posts,
    count(m.hits) AS posts_with_hit,
    coalesce(sum(m.hits), 0)::BIGINT AS hits,
    sum(s.words)::BIGINT AS words,
    count(m.hits) / count(*) AS share,
    10000 * coalesce(sum(m.hits), 0) / sum(s.words) AS rate,
    (SELECT count(*) FROM posted WHERE NOT is_dated) AS left_out
FROM posted AS s LEFT JOIN met AS m USING (post_id)
WHERE s.is_dated
GROUP BY s.begins, s.grain_key
ORDER BY s.begins;
COMMENT ON MACRO TABLE theme_trend IS 'theme_trend(theme, grain): countable posts, those with a hit, hits, words, share of posts (0 to 1) and hits per 10,000 words, by year, quarter or month; left_out is the same in each row: posts whose date is coarser than the grain, which are in no row';

CREATE MACRO theme_by_blog(theme) AS TABLE
WITH asked AS MATERIALIZED (SELECT theme_checked(theme) AS theme_key),
met AS (
    SELECT h.post_id, count(*) AS hits FROM theme_hits AS h
    WHERE h.theme = (SELECT theme_key FROM asked) GROUP BY h.post_id
)
SELECT
    p.blog,
    count(*) AS posts,
    count(m.hits) AS posts_with_hit,
    coalesce(sum(m.hits), 0)::BIGINT AS hits,
    sum(p.words)::BIGINT AS words,
    count(m.hits) / count(*) AS share,
    10000 * coalesce(sum(m.hits), 0) / sum(p.words) AS rate,
    min(p.published) FILTER (m.hits > 0) AS first_hit,
    max(p.published) FILTER (m.hits > 0) AS last_hit
FROM (FROM posts_searched CROSS JOIN asked) AS p LEFT JOIN met AS m USING (post_id)
GROUP BY p.blog
ORDER BY share DESC, posts DESC, p.blog;
COMMENT ON MACRO TABLE theme_by_blog IS 'theme_by_blog(theme): as theme_trend, for each blog over all its countable posts; first_hit and last_hit are dates of posts with a hit';

CREATE MACRO cooccurrence(a, b, grain) AS TABLE
WITH asked AS MATERIALIZED (
    SELECT theme_checked(a) AS key_a, theme_checked(b) AS key_b, grain_checked(grain) AS grain_key
),
met AS (
    SELECT h.post_id, bool_or(h.theme = q.key_a) AS has_a, bool_or(h.theme = q.key_b) AS has_b
    FROM theme_hits AS h CROSS JOIN asked AS q WHERE h.theme = q.key_a OR h.theme = q.key_b GROUP BY h.post_id
),
posted AS (
    SELECT date_trunc(q.grain_key, p.published)::DATE AS begins, q.grain_key,
        is_dated_to(p.published_precision, q.grain_key) AS is_dated,
        coalesce(m.has_a, false) AS has_a, coalesce(m.has_b, false) AS has_b
    FROM posts_searched AS p CROSS JOIN asked AS q LEFT JOIN met AS m USING (post_id)
),
counted AS (
    SELECT begins, grain_key, count(*) AS posts, count(*) FILTER (has_a) AS posts_a, count(*) FILTER (has_b) AS posts_b,
        count(*) FILTER (has_a AND has_b) AS posts_both
    FROM posted WHERE is_dated GROUP BY begins, grain_key
)
SELECT
    period_named(begins, grain_key) AS period, begins AS period_start, posts, posts_a, posts_b, posts_both,
    posts_a * posts_b / posts AS expected,
    posts_both * posts / nullif(posts_a * posts_b, 0) AS lift,
    (SELECT count(*) FROM posted WHERE NOT is_dated) AS left_out
FROM counted
ORDER BY begins;
COMMENT ON MACRO TABLE cooccurrence IS 'cooccurrence(theme_a, theme_b, grain): countable posts with a hit of the one, the other and both; expected is how many would have both by chance, lift how many times as many have (1: chance; NULL: one of them has none); left_out as in theme_trend';
