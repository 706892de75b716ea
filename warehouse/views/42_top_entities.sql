CREATE MACRO top_entities(label, n) AS TABLE
WITH given AS (SELECT label AS asked, n AS most)
SELECT e.name, e.label, count(*) AS mentions, count(DISTINCT p.post_id) AS posts, count(DISTINCT p.blog) AS blogs
FROM mentions AS m
JOIN entities AS e USING (entity_id)
JOIN posts AS p USING (post_id)
WHERE e.label = (SELECT asked FROM given) AND p.duplicate_of IS NULL
GROUP BY e.name, e.label
ORDER BY posts DESC, mentions DESC, e.name
LIMIT (SELECT most FROM given);
COMMENT ON MACRO TABLE top_entities IS 'top_entities(label, n): the entities of a label (PERSON, ORG, GPE …) that most posts name, duplicates apart';
