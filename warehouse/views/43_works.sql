-- The same work is printed in many ways. What two entries must share to count as one: the DOI; else the first author's
-- family name, the year and the beginning of the title; else the whole entry but for case and punctuation.
CREATE MACRO work_key(doi, authors, year, title, as_printed) AS CASE
    WHEN doi IS NOT NULL THEN 'doi:' || lower(doi)
    WHEN title IS NOT NULL AND year IS NOT NULL AND len(authors) > 0 THEN concat_ws(
        '|', lower(coalesce(authors[1].family, authors[1].literal)), left(year, 4),
        left(regexp_replace(lower(title), '[^\p{L}\p{N}]+', ' ', 'g'), 60)
    )
    ELSE 'printed:' || regexp_replace(lower(as_printed), '[^\p{L}\p{N}]+', ' ', 'g')
END;
COMMENT ON MACRO work_key IS 'work_key(doi, authors, year, title, as_printed): equal for entries of reference lists that name the same work';

CREATE VIEW works AS
WITH cited AS (
    SELECT r.*, work_key(r.doi, r.authors, r.year, r.title, r.as_printed) AS work, p.blog, p.published
    FROM bib_references AS r JOIN posts AS p USING (post_id) WHERE p.duplicate_of IS NULL
)
SELECT
    work,
    arg_min(as_printed, as_printed) AS as_printed,
    arg_min(title, as_printed) AS title,
    arg_min(year, as_printed) AS year,
    count(DISTINCT post_id) AS posts,
    count(DISTINCT blog) AS blogs,
    min(published) AS first_cited,
    max(published) AS last_cited
FROM cited GROUP BY work;
COMMENT ON VIEW works IS 'The works in the reference lists of posts (duplicates apart): entries that name the same work are one row';
COMMENT ON COLUMN works.work IS 'What its entries share: DOI, or author, year and title';
COMMENT ON COLUMN works.as_printed IS 'One of its entries as printed, the first by alphabet';
COMMENT ON COLUMN works.title IS 'Title, as that entry has it';
COMMENT ON COLUMN works.year IS 'Year, as that entry has it';
COMMENT ON COLUMN works.posts IS 'Posts that list it';
COMMENT ON COLUMN works.blogs IS 'Blogs with such a post';
COMMENT ON COLUMN works.first_cited IS 'Date of the earliest dated post that lists it';
COMMENT ON COLUMN works.last_cited IS 'Date of the latest';

CREATE MACRO most_cited(n) AS TABLE
FROM works ORDER BY posts DESC, blogs DESC, as_printed, work LIMIT n;
COMMENT ON MACRO TABLE most_cited IS 'most_cited(n): the n works that most posts list';

CREATE MACRO who_cites(work) AS TABLE
WITH given AS (SELECT lower(work) AS sought)
SELECT
    p.published, p.published_precision, p.blog, p.title, p.canonical_url AS url, r.as_printed,
    (
        SELECT count(*) FROM citations AS c
        WHERE c.post_id = r.post_id AND list_contains(c.reference_positions, r.position)
    ) AS times_in_text
FROM bib_references AS r JOIN posts AS p USING (post_id) CROSS JOIN given AS g
WHERE p.duplicate_of IS NULL
    AND (contains(lower(r.as_printed), g.sought) OR lower(r.doi) = g.sought
        OR work_key(r.doi, r.authors, r.year, r.title, r.as_printed) = g.sought)
ORDER BY p.published NULLS LAST, url, r.position;
COMMENT ON MACRO TABLE who_cites IS 'who_cites(work): posts (duplicates apart) that list a work: any part of the entry as printed, its DOI, or works.work; times_in_text counts the citations that point to it';

CREATE MACRO author_posts(author) AS TABLE
WITH given AS (SELECT lower(trim(regexp_replace(author, '\s+', ' ', 'g'))) AS sought)
SELECT
    p.published, p.published_precision, p.blog, p.title, p.canonical_url AS url, a.name, a.role, a.affiliation,
    a.as_printed, a.source, p.left_out
FROM post_people AS a JOIN posts_judged AS p USING (post_id) CROSS JOIN given AS g
WHERE lower(trim(regexp_replace(a.name, '\s+', ' ', 'g'))) = g.sought
ORDER BY p.published NULLS LAST, url, a.position;
COMMENT ON MACRO TABLE author_posts IS 'author_posts(name): the posts that a name signs (two people of one name are not told apart; case does not matter), with what the page prints and why a post is left out of counts';
