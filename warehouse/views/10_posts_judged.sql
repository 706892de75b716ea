-- A post may be left out for several reasons; the first that holds is given, so that the counts add up.
-- A language that is not known counts as English: mostly these are short posts of blogs in English.
-- One day of grace for the date of publication, because time zones differ.
CREATE VIEW posts_judged AS
SELECT
    *,
    last_day_of(published, published_precision) AS published_until,
    CASE
        WHEN duplicate_of IS NOT NULL THEN 'duplicate'
        WHEN is_truncated THEN 'truncated'
        WHEN words = 0 THEN 'empty'
        WHEN coalesce(language, 'en') NOT SIMILAR TO 'en(-.*)?' THEN 'not English'
        WHEN published IS NULL THEN 'undated'
        WHEN published > CAST(timezone('UTC', fetched_at) AS DATE) + 1 THEN 'dated after it was fetched'
    END AS left_out
FROM posts;
COMMENT ON VIEW posts_judged IS 'posts, with the reason for which a post is left out of counts';
COMMENT ON COLUMN posts_judged.published_until IS 'Last day on which it can have been published, as far as the date is known';
COMMENT ON COLUMN posts_judged.left_out IS 'duplicate, truncated, empty, not English, undated, dated after it was fetched; NULL: it counts';
