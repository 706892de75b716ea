CREATE VIEW fetch_health AS
SELECT blog, outcome, reason, count(*) AS urls, max(fetched_at) AS last_fetched_at
FROM (
    FROM fetches QUALIFY row_number() OVER (PARTITION BY blog, url ORDER BY fetched_at DESC, fetch_id) = 1
)
GROUP BY ALL;
COMMENT ON VIEW fetch_health IS 'How the last request for each URL ended, counted by blog';
COMMENT ON COLUMN fetch_health.blog IS 'Key of the blog';
COMMENT ON COLUMN fetch_health.outcome IS 'fetched, unchanged, redirected, failed or excluded';
COMMENT ON COLUMN fetch_health.reason IS 'Why it failed or was excluded';
COMMENT ON COLUMN fetch_health.urls IS 'URLs';
COMMENT ON COLUMN fetch_health.last_fetched_at IS 'The latest of these requests';
