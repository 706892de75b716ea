CREATE VIEW page_history AS
WITH answered AS (
    SELECT blog, url, fetched_at AS seen_at, digest, warc_file, warc_offset, fetch_id
    FROM fetches
    WHERE (outcome IN ('fetched', 'unchanged') AND content_type ILIKE '%html%')
        OR (outcome = 'failed' AND status IN (404, 410))
),
told AS (
    SELECT *, lag(digest) OVER earlier AS digest_before, row_number() OVER earlier AS place,
        last_value(digest IGNORE NULLS) OVER (
            PARTITION BY blog, url ORDER BY seen_at, fetch_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS digest_held
    FROM answered
    WINDOW earlier AS (PARTITION BY blog, url ORDER BY seen_at, fetch_id)
),
named AS (
    SELECT *, CASE
        WHEN digest IS NOT NULL AND digest_held IS NULL THEN 'found'
        WHEN digest IS NULL AND digest_before IS NOT NULL THEN 'gone'
        WHEN digest IS NOT NULL AND place > 1 AND digest_before IS NULL THEN 'back'
        WHEN digest <> digest_before THEN 'changed'
    END AS event
    FROM told
)
SELECT n.blog, n.url, n.seen_at, n.event, n.digest, n.digest_held, n.warc_file, n.warc_offset, p.post_id
FROM named AS n
LEFT JOIN (SELECT blog, url, post_id FROM pages WHERE is_current) AS p ON p.blog = n.blog AND p.url = n.url
WHERE n.event IS NOT NULL;
COMMENT ON VIEW page_history IS 'What happened to each page: one row when it was found, changed, was gone (404 or 410), or came back';
COMMENT ON COLUMN page_history.blog IS 'Key of the blog';
COMMENT ON COLUMN page_history.url IS 'URL of the page';
COMMENT ON COLUMN page_history.seen_at IS 'When the crawl saw it';
COMMENT ON COLUMN page_history.event IS 'found, changed, gone or back';
COMMENT ON COLUMN page_history.digest IS 'SHA-1 of the body from then on; NULL: gone';
COMMENT ON COLUMN page_history.digest_held IS 'SHA-1 of the last body before; NULL: there was none';
COMMENT ON COLUMN page_history.warc_file IS 'WARC file of the capture, or of the answer that said it is gone';
COMMENT ON COLUMN page_history.warc_offset IS 'Byte offset of the record in the WARC file';
COMMENT ON COLUMN page_history.post_id IS 'The post that the page claims to be in its newest readable capture; NULL: it is no post';
