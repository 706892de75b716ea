CREATE MACRO top_entities(label, since := NULL, until := NULL) AS TABLE
WITH given AS (SELECT label AS asked, since::DATE AS earliest, until::DATE AS latest),
meant AS (SELECT DISTINCT entity_id, means_id FROM entity_links)
SELECT e.name, e.label, count(*) AS mentions, count(DISTINCT p.post_id) AS posts, count(DISTINCT p.blog) AS blogs
FROM mentions AS m
JOIN meant AS l USING (entity_id)
JOIN entities AS e ON e.entity_id = l.means_id
JOIN posts_judged AS p USING (post_id)
CROSS JOIN given AS g
WHERE e.label = g.asked AND p.duplicate_of IS NULL
    AND (g.earliest IS NULL OR p.published >= g.earliest) AND (g.latest IS NULL OR p.published_until <= g.latest)
GROUP BY e.name, e.label
ORDER BY posts DESC, mentions DESC, e.name;
COMMENT ON MACRO TABLE top_entities IS 'top_entities(label, first_day, last_day): the entities of a label (PERSON, ORG, GPE …) that most posts name, duplicates apart; bare short forms count with what they stand for (entity_links); without days all posts, with them those whose date is known to lie within';

CREATE MACRO entity_trend(name, grain) AS TABLE
WITH asked AS MATERIALIZED (SELECT lower(name) AS wanted, grain_checked(grain) AS grain_key),
named AS (
    SELECT m.post_id, count(*) AS mentions FROM mentions AS m
    WHERE m.entity_id IN (
        SELECT l.entity_id FROM entity_links AS l WHERE l.means_id IN (
            SELECT k.means_id FROM entity_links AS k WHERE lower(k.name) = (SELECT wanted FROM asked)
        )
    )
    GROUP BY m.post_id
),
posted AS (
    SELECT p.post_id, date_trunc(q.grain_key, p.published)::DATE AS begins, q.grain_key,
        is_dated_to(p.published_precision, q.grain_key) AS is_dated
    FROM posts_countable AS p CROSS JOIN asked AS q
)
SELECT
    period_named(s.begins, s.grain_key) AS period, s.begins AS period_start, count(*) AS posts,
    count(n.mentions) AS posts_naming, coalesce(sum(n.mentions), 0)::BIGINT AS mentions,
    count(n.mentions) / count(*) AS share,
    (SELECT count(*) FROM posted WHERE NOT is_dated) AS left_out
FROM posted AS s LEFT JOIN named AS n USING (post_id)
WHERE s.is_dated
GROUP BY s.begins, s.grain_key
ORDER BY s.begins;
COMMENT ON MACRO TABLE entity_trend IS 'entity_trend(name, grain): countable posts, those that name the entity (whatever its label; case does not matter; long or short, see entity_links), mentions and share of posts, by year, quarter or month; left_out as in theme_trend';
