CREATE VIEW coverage AS
SELECT
    blog,
    year(published) AS year,
    count(*) AS posts,
    count(*) FILTER (left_out IS NULL) AS countable,
    count(*) FILTER (published IS NULL) AS undated,
    count(*) FILTER (is_truncated) AS truncated,
    count(duplicate_of) AS duplicates,
    count(*) FILTER (left_out = 'empty') AS empty,
    count(*) FILTER (left_out = 'not English') AS not_english,
    count(*) FILTER (left_out = 'dated after it was fetched') AS dated_after_fetch
FROM posts_judged
GROUP BY ALL;
COMMENT ON VIEW coverage IS 'What there is for each blog and year, and what is left out of counts and why; a post may be left out for two reasons';
COMMENT ON COLUMN coverage.blog IS 'Key of the blog';
COMMENT ON COLUMN coverage.year IS 'Year of publication; NULL: undated';
COMMENT ON COLUMN coverage.posts IS 'All posts';
COMMENT ON COLUMN coverage.countable IS 'Posts in posts_countable';
COMMENT ON COLUMN coverage.undated IS 'Posts whose page gives no date';
COMMENT ON COLUMN coverage.truncated IS 'Posts of which the page shows only the beginning';
COMMENT ON COLUMN coverage.duplicates IS 'Posts with the same wording as an earlier one';
COMMENT ON COLUMN coverage.empty IS 'Posts without article text';
COMMENT ON COLUMN coverage.not_english IS 'Posts in another language';
COMMENT ON COLUMN coverage.dated_after_fetch IS 'Posts that give a date later than their capture: it cannot be right';
