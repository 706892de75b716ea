CREATE MACRO author_posts(author) AS TABLE
WITH given AS (SELECT lower(trim(regexp_replace(author, '\s+', ' ', 'g'))) AS sought)
SELECT
    p.published, p.published_precision, p.blog, p.title, p.canonical_url AS url, a.name, a.role, a.affiliation,
    a.as_printed, a.source, p.left_out
FROM post_people AS a JOIN posts_judged AS p USING (post_id) CROSS JOIN given AS g
WHERE lower(trim(regexp_replace(a.name, '\s+', ' ', 'g'))) = g.sought
ORDER BY p.published NULLS LAST, url, a.position;
COMMENT ON MACRO TABLE author_posts IS 'author_posts(name): the posts that a name signs (two people of one name are not told apart; case does not matter), with what the page prints and why a post is left out of counts';
