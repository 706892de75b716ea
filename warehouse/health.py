"""How the warehouse is: what there is of each blog, and whether the rows agree with each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from warehouse.errors import QueryFailed

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True, kw_only=True)
class BlogStatus:
    """One blog's row in ``sectorscope status``. ``failed`` counts URLs whose last request failed."""

    blog: str
    name: str
    enabled: bool
    pages: int
    posts: int
    countable: int
    undated: int
    truncated: int
    duplicates: int
    quarantined: int
    failed: int
    first_published: date | None
    last_published: date | None
    last_fetched_at: str | None


STATUS = """
WITH posted AS (
    SELECT
        blog, count(*) AS posts, count(*) FILTER (left_out IS NULL) AS countable,
        count(*) FILTER (published IS NULL) AS undated, count(*) FILTER (is_truncated) AS truncated,
        count(duplicate_of) AS duplicates, min(published) AS first_published, max(published) AS last_published
    FROM posts_judged GROUP BY blog
),
paged AS (SELECT blog, count(*) FILTER (is_current) AS pages, max(fetched_at) AS last_read FROM pages GROUP BY blog),
failures AS (SELECT blog, sum(urls) FILTER (outcome = 'failed') AS failed, max(last_fetched_at) AS last_fetched
    FROM fetch_health GROUP BY blog),
broken AS (SELECT blog, count(*) AS quarantined FROM quarantine GROUP BY blog),
known AS (SELECT blog FROM blogs UNION SELECT blog FROM paged UNION SELECT blog FROM failures)
SELECT
    blog, coalesce(b.name, blog), coalesce(b.enabled, false), coalesce(pages, 0), coalesce(posts, 0),
    coalesce(countable, 0), coalesce(undated, 0), coalesce(truncated, 0), coalesce(duplicates, 0),
    coalesce(quarantined, 0), coalesce(failed, 0)::BIGINT, first_published, last_published,
    strftime(timezone('UTC', coalesce(last_fetched, last_read)), '%Y-%m-%dT%H:%M:%SZ')
FROM known
LEFT JOIN blogs AS b USING (blog)
LEFT JOIN posted USING (blog)
LEFT JOIN paged USING (blog)
LEFT JOIN failures USING (blog)
LEFT JOIN broken USING (blog)
ORDER BY blog
"""


def status(con: duckdb.DuckDBPyConnection) -> list[BlogStatus]:
    """One row for each blog that is configured, crawled or read, by key."""
    return [BlogStatus(**dict(zip(BlogStatus.__slots__, row, strict=True))) for row in con.execute(STATUS).fetchall()]


def oversized(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Of each blog the posts that were too large to be read to their end. Snapshots of older versions do not say: empty."""
    if not con.execute(
        "SELECT 1 FROM duckdb_columns() WHERE table_name = 'posts' AND column_name = 'size_limit'"
    ).fetchall():
        return {}
    return dict(con.execute("SELECT blog, count(*) FROM posts WHERE size_limit IS NOT NULL GROUP BY blog").fetchall())


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """What the newest capture of a URL was read as; ``kind`` is None where it could not be read."""

    url: str
    kind: str | None
    canonical_url: str | None


def read_pages(con: duckdb.DuckDBPyConnection) -> dict[str, list[ReadPage]]:
    """The current pages of each blog, by URL."""
    pages: dict[str, list[ReadPage]] = {}
    found = con.execute(
        "SELECT blog, url, kind, canonical_url FROM pages WHERE is_current ORDER BY blog, url"
    ).fetchall()
    for blog, url, kind, canonical_url in found:
        pages.setdefault(blog, []).append(ReadPage(url=url, kind=kind, canonical_url=canonical_url))
    return pages


def not_quotable(con: duckdb.DuckDBPyConnection) -> set[str]:
    """The canonical URLs of the posts whose blog's retention lets no text out."""
    found = con.execute(
        "SELECT canonical_url FROM posts JOIN blogs USING (blog) WHERE coalesce(retention, 'full-local') <> 'full-local'"
    ).fetchall()
    return {str(url) for (url,) in found}


# (what is wrong, SQL that gives how many rows are so and one of them)
CHECKS = (
    *(
        (f"rows of {table} belong to no post", f"SELECT post_id FROM {table} ANTI JOIN posts USING (post_id)")  # noqa: S608
        for table in (
            "post_people",
            "bib_references",
            "citations",
            "links",
            "mentions",
            "theme_hits",
            "theme_counts",
            "tokens",
        )
    ),
    *(
        (
            f"rows of {table} stand twice",
            f"SELECT post_id FROM {table} GROUP BY post_id, position HAVING count(*) > 1",  # noqa: S608
        )
        for table in ("post_people", "bib_references", "citations", "links", "mentions")
    ),
    ("fetches stand twice", "SELECT url FROM fetches GROUP BY fetch_id, url HAVING count(*) > 1"),
    ("entities stand twice", "SELECT name FROM entities GROUP BY entity_id, name HAVING count(*) > 1"),
    ("people stand twice", "SELECT any_value(name) FROM people GROUP BY person_id HAVING count(*) > 1"),
    ("mentions name no entity", "SELECT text FROM mentions ANTI JOIN entities USING (entity_id)"),
    ("authors are missing in people", "SELECT name FROM post_people ANTI JOIN people USING (person_id)"),
    (
        "entities are named nowhere",
        "SELECT name FROM entities ANTI JOIN mentions USING (entity_id) ANTI JOIN spare.mentions AS waiting USING (entity_id)",
    ),
    ("people sign no post", "SELECT name FROM people ANTI JOIN post_people USING (person_id)"),
    (
        "posts have no current page",
        "SELECT canonical_url FROM posts ANTI JOIN (FROM pages WHERE is_current) USING (page_id, post_id)",
    ),
    (
        "posts are claimed by pages but missing",
        "SELECT canonical_url FROM pages ANTI JOIN posts USING (post_id) WHERE is_current AND post_id IS NOT NULL",
    ),
    (
        "URLs have more than one current page",
        "SELECT url FROM pages WHERE is_current GROUP BY blog, url HAVING count(*) > 1",
    ),
    (
        "canonical URLs share a post_id",
        "SELECT any_value(canonical_url) FROM pages WHERE post_id IS NOT NULL "
        "GROUP BY post_id HAVING count(DISTINCT canonical_url) > 1",
    ),
    (
        "posts are duplicates of nothing",
        "SELECT d.canonical_url FROM posts AS d ANTI JOIN posts AS p ON p.post_id = d.duplicate_of "
        "WHERE d.duplicate_of IS NOT NULL",
    ),
    (
        "posts give a date later than their capture",
        "SELECT canonical_url FROM posts WHERE published > timezone('UTC', fetched_at)::DATE + 1",
    ),
    *(
        (
            f"{table} point at other words than they hold",
            f"SELECT p.canonical_url FROM {table} AS t JOIN posts AS p USING (post_id) "  # noqa: S608
            "WHERE substring(p.text, t.char_start + 1, t.char_end - t.char_start) <> t.text",
        )
        for table in ("mentions", "theme_hits", "links")
    ),
    (
        "citations point at other words than they hold",
        "SELECT canonical_url FROM citations JOIN posts USING (post_id) WHERE as_printed IS DISTINCT FROM "
        "substring(string_split(text, e'\\n\\n')[para + 1], char_start + 1, char_end - char_start)",
    ),
    (
        "citations point at references that the post has not",
        "SELECT c.as_printed FROM (SELECT post_id, as_printed, unnest(reference_positions) AS position FROM citations) "
        "AS c ANTI JOIN bib_references USING (post_id, position)",
    ),
    ("citations of works are of no post", "SELECT work_id FROM work_citations ANTI JOIN posts USING (post_id)"),
    ("citations are of no work", "SELECT post_id FROM work_citations ANTI JOIN works USING (work_id)"),
    ("works are cited nowhere", "SELECT title FROM works ANTI JOIN work_citations USING (work_id)"),
    # Of a post's tokens only the last is looked at: a hundred million would take a while, and a slip moves all that follow.
    (
        "posts have tokens missing or twice",
        "SELECT post_id FROM tokens GROUP BY post_id HAVING min(position) <> 0 OR max(position) + 1 <> count(*)",
    ),
    (
        "posts have no tokens yet: run `sectorscope process`",
        "SELECT canonical_url FROM posts WHERE words > 0 AND post_id NOT IN (SELECT DISTINCT post_id FROM tokens)",
    ),
    (
        "tokens have no form",
        "SELECT form_id FROM (SELECT DISTINCT form_id FROM tokens) ANTI JOIN forms USING (form_id)",
    ),
    (
        "tokens point at other words than they hold",
        "SELECT p.canonical_url FROM (SELECT post_id, max(position) AS position FROM tokens GROUP BY post_id) "
        "JOIN tokens AS t USING (post_id, position) JOIN forms AS f USING (form_id) JOIN posts AS p USING (post_id) "
        "WHERE substring(p.text, t.char_start + 1, length(f.form)) <> f.form",
    ),
    *(
        (
            f"rows of {table} have another {column} than {', '.join(values)}",
            f"SELECT {column} FROM {table} WHERE {column} NOT IN ({', '.join(repr(value) for value in values)})",  # noqa: S608
        )
        for table, column, values in (
            ("posts", "published_precision", ("day", "month", "year")),
            ("posts", "modified_precision", ("day", "month", "year")),
            ("pages", "kind", ("post", "listing", "other")),
            ("fetches", "outcome", ("fetched", "unchanged", "redirected", "failed", "excluded")),
            ("blogs", "retention", ("full-local", "derived-only", "metadata-only")),
        )
    ),
    (
        "posts have a date without its precision or source, or the other way round",
        "SELECT canonical_url FROM posts WHERE (published IS NULL) <> (published_precision IS NULL) "
        "OR (published IS NULL) <> (published_source IS NULL)",
    ),
    *(
        (
            f"spans of {table} end before they begin",
            f"SELECT post_id FROM {table} WHERE char_start < 0 OR char_end < char_start",  # noqa: S608
        )
        for table in ("mentions", "theme_hits", "links", "citations")
    ),
    (
        "posts are duplicates without likeness, or of a duplicate",
        "SELECT d.canonical_url FROM posts AS d JOIN posts AS p ON p.post_id = d.duplicate_of "
        "WHERE p.duplicate_of IS NOT NULL OR d.duplicate_likeness IS NULL",
    ),
    ("hits are of no theme", "SELECT DISTINCT theme FROM theme_hits ANTI JOIN themes USING (theme)"),
    (
        "lexicons stand side by side",
        "SELECT lexicon FROM theme_counts GROUP BY lexicon QUALIFY count(*) OVER () > 1",
    ),
)


def integrity(con: duckdb.DuckDBPyConnection) -> list[str]:
    """What in the warehouse contradicts itself, one line for each kind of problem, with an example; empty: nothing."""
    problems = []
    for problem, sql in CHECKS:
        found = con.execute(f"SELECT count(*), min(x) FROM ({sql}) AS t(x)").fetchone()  # noqa: S608
        if found and found[0]:
            problems.append(f"{found[0]} {problem} (for example {found[1]})")
    return problems


FATES = """
WITH judged AS (SELECT blog, coalesce(left_out, 'counted') AS fate, count(*) AS posts FROM posts_judged GROUP BY ALL),
paged AS (SELECT blog, count(*) AS pages, count(*) FILTER (post_id IS NULL) AS not_posts FROM pages WHERE is_current GROUP BY blog)
SELECT
    b.blog, b.name, coalesce(any_value(g.pages), 0) AS pages,
    coalesce(sum(posts) FILTER (fate = 'counted'), 0)::BIGINT AS counted,
    coalesce(sum(posts) FILTER (fate = 'undated'), 0)::BIGINT AS undated,
    coalesce(sum(posts) FILTER (fate = 'duplicate'), 0)::BIGINT AS duplicates,
    coalesce(sum(posts) FILTER (fate = 'truncated'), 0)::BIGINT AS truncated,
    coalesce(any_value(g.not_posts), 0) AS not_posts,
    coalesce(sum(posts) FILTER (fate NOT IN ('counted', 'undated', 'duplicate', 'truncated')), 0)::BIGINT AS other
FROM blogs AS b LEFT JOIN judged AS j USING (blog) LEFT JOIN paged AS g USING (blog)
GROUP BY b.blog, b.name
ORDER BY b.blog
"""


def fates(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """What became of each blog's pages: counted, or left out for which reason (the fields of a report's coverage row)."""
    done = con.execute(FATES)
    names = [str(column[0]) for column in done.description or ()]
    return [dict(zip(names, row, strict=True)) for row in done.fetchall()]


def newest_capture(con: duckdb.DuckDBPyConnection) -> date:
    """The day (UTC) of the newest capture that a post was read from: the date of the data."""
    found = con.execute("SELECT max(timezone('UTC', fetched_at))::DATE FROM posts").fetchone()
    if not found or found[0] is None:
        raise QueryFailed("the warehouse holds no post yet: run `sectorscope run` first")
    return found[0]  # type: ignore[no-any-return]
