"""Reading a published snapshot: for analyses, for the command line, and for whoever writes SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from analysis.records import Author, Named, PostView, Site, ThemeHit, Work
from warehouse.connection import connect, cursor
from warehouse.errors import LexiconNotCounted, QueryFailed, WarehouseMissing

T = TypeVar("T")

POSTS_AT_ONCE, HITS_AT_ONCE = 500, 100_000

# What a stranger's SQL must not do: read or write files, load code, or take back these settings.
AD_HOC = (
    "SET TimeZone = 'UTC'",
    "SET python_enable_replacements = false",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)

# A date that is known to the month lies in a range only if the whole month does.
POST_VIEWS = """
SELECT
    p.post_id, p.canonical_url, p.title, p.blog,
    coalesce((SELECT list(a.name ORDER BY a.position) FROM post_people AS a WHERE a.post_id = p.post_id), []),
    p.published, p.published_precision, p.words, p.text,
    strftime(timezone('UTC', p.fetched_at), '%Y-%m-%dT%H:%M:%SZ'), p.warc_file || '@' || p.warc_offset
FROM posts_countable AS p
WHERE ($lexicon IS NULL OR (p.post_id, p.text_digest) IN (SELECT post_id, text_digest FROM theme_counts WHERE lexicon = $lexicon))
    AND ($earliest IS NULL OR p.published >= $earliest)
    AND ($latest IS NULL OR p.published_until <= $latest)
    AND ($blogs IS NULL OR list_contains($blogs, p.blog))
ORDER BY p.published, p.canonical_url
"""

HITS = """
SELECT post_id, theme, term, text, char_start, char_end FROM theme_hits
WHERE $blogs IS NULL OR post_id IN (SELECT post_id FROM posts WHERE list_contains($blogs, blog))
ORDER BY post_id, char_start, char_end, theme, term
"""

# Short forms stand for what they are short for; people, organisations, places and what the sector runs, but no dates or sums.
NAMED = """
SELECT DISTINCT m.post_id, coalesce(l.means, e.name) AS name, e.label
FROM mentions AS m JOIN entities AS e USING (entity_id) LEFT JOIN entity_links AS l USING (entity_id)
WHERE e.label IN ('PERSON', 'ORG', 'GPE', 'LOC', 'NORP', 'FAC', 'LAW', 'EVENT', 'PROGRAMME')
ORDER BY m.post_id, name, e.label
"""
SIGNED = """
SELECT post_id, name, given, family, is_organisation FROM post_people ORDER BY post_id, position
"""
CITED = """
SELECT DISTINCT c.post_id, w.work_id, w.authors, w.year, w.title, w.container, coalesce('https://doi.org/' || w.doi, w.url) AS url
FROM work_citations AS c JOIN works AS w USING (work_id)
ORDER BY c.post_id, w.work_id
"""
# A host is a listed blog's if all posts under it are that one's; of a host that several share, what lies in a blog's scope is that one's.
# Links within the blog itself are left out, others within its host too, and so are addresses without a dot, which lead to no site.
HOST = r"'^https?://(?:[^/?#@]*@)?(?:www\.)?([^/:?#]+\.[^/:?#]+)', 1"
PATH = r"'^https?://[^/?#]+([^?#]*)', 1"
LINKED = f"""
WITH hosts AS (
    SELECT regexp_extract(lower(canonical_url), {HOST}) AS host, min(blog) AS blog
    FROM posts GROUP BY 1 HAVING count(DISTINCT blog) = 1
), scopes AS (
    SELECT regexp_extract(lower(scope), {HOST}) AS host, rtrim(regexp_extract(lower(scope), {PATH}), '/') || '/' AS path, blog
    FROM blogs
), found AS (
    SELECT DISTINCT post_id, regexp_extract(lower(url), {HOST}) AS host, regexp_extract(lower(url), {PATH}) || '/' AS path FROM links
), told AS (
    SELECT f.post_id, f.host, coalesce(any_value(h.blog), arg_max(s.blog, length(s.path))) AS blog
    FROM found AS f
    LEFT JOIN hosts AS h USING (host)
    LEFT JOIN scopes AS s ON h.blog IS NULL AND s.host = f.host AND starts_with(f.path, s.path)
    WHERE f.host <> ''
    GROUP BY f.post_id, f.host, f.path
)
SELECT DISTINCT t.post_id, t.host, t.blog
FROM told AS t JOIN posts AS p USING (post_id)
WHERE t.blog IS DISTINCT FROM p.blog AND (t.blog IS NOT NULL OR t.host <> regexp_extract(lower(p.canonical_url), {HOST}))
ORDER BY t.post_id, t.host, t.blog NULLS LAST
"""  # noqa: S608 - no value from outside


def open(path: Path | str, read_only: bool = True, *, files: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection to the published snapshot at ``path``, its views and macros ready.

    Read-only connections are safe for ad hoc SQL: no file but this one can be read or written, and no setting changed;
    with ``files`` other files can be read and written (the snapshot itself cannot).
    They keep to the snapshot that they opened; open anew to see a newer one (in the same process: once all older
    connections to it are closed, since DuckDB shares them). `WarehouseMissing` where there is no file.
    """
    file = Path(path)
    if not file.exists():
        raise WarehouseMissing(file)
    con = connect(file, read_only=read_only)
    locked = con.execute("SELECT current_setting('lock_configuration')").fetchone()
    if read_only and not (locked and locked[0]):
        for setting in AD_HOC[:1] if files else AD_HOC:
            con.execute(setting)
    return con


def rows(con: duckdb.DuckDBPyConnection, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The column names and rows that ``sql`` gives; `QueryFailed` with DuckDB's message where it refuses."""
    try:
        done = con.execute(sql)
        return [str(column[0]) for column in done.description or ()], done.fetchall()
    except duckdb.Error as error:
        raise QueryFailed(str(error)) from error


def batches(con: duckdb.DuckDBPyConnection, sql: str) -> Any:
    """What ``sql`` gives as an Arrow reader of record batches; `QueryFailed` with DuckDB's message where it refuses."""
    try:
        return con.execute(sql).to_arrow_reader()
    except duckdb.Error as error:
        raise QueryFailed(str(error)) from error


def post_views(
    con: duckdb.DuckDBPyConnection,
    lexicon: str | None = None,
    *,
    earliest: date | None = None,
    latest: date | None = None,
    blogs: Sequence[str] | None = None,
    names: bool = False,
) -> Iterator[PostView]:
    """The countable posts in order of date and URL, with the hits of ``lexicon`` (its digest; None: without hits), and,
    if ``names`` are asked for, their authors in full, the entities that they name, the works that they cite and the sites that
    they link to.

    Both ends of the range are included; a post dated to a month or year is in it only if that whole period is.
    Posts that were not searched with ``lexicon`` are left out; `LexiconNotCounted` if the counts are another one's.
    """
    if lexicon is not None:
        _check_counted(con, lexicon)
    asked: dict[str, Any] = {
        "lexicon": lexicon,
        "earliest": earliest,
        "latest": latest,
        "blogs": None if blogs is None else list(blogs),
    }
    named = _met(con, NAMED, Named) if names else {}
    linked = _met(con, LINKED, Site) if names else {}
    cited, signed = (_cited(con), _signed(con)) if names else ({}, {})
    hits = _hits(con, asked["blogs"]) if lexicon is not None else {}
    found = cursor(con).execute(POST_VIEWS, asked)
    while some := found.fetchmany(POSTS_AT_ONCE):
        for post_id, url, title, blog, authors, published, precision, words, text, fetched_at, warc in some:
            yield PostView(
                url=url,
                title=title or "[untitled]",
                blog=blog,
                authors=tuple(authors),
                published=published,
                precision=precision,
                words=words,
                text=text,
                fetched_at=fetched_at,
                warc=warc,
                hits=tuple(hits.get(post_id, ())),
                named=tuple(named.get(post_id, ())),
                cited=tuple(cited.get(post_id, ())),
                signed=tuple(signed.get(post_id, ())),
                linked=tuple(linked.get(post_id, ())),
            )


def posts_with_lemma(con: duckdb.DuckDBPyConnection, lemmas: Collection[str]) -> set[str]:
    """The addresses of the posts in which a token has one of ``lemmas``."""
    found = con.execute(
        "SELECT canonical_url FROM posts WHERE post_id IN "
        "(SELECT post_id FROM tokens JOIN forms USING (form_id) WHERE list_contains(?, lemma))",
        [sorted(lemmas)],
    )
    return {str(url) for (url,) in found.fetchall()}


def tags(con: duckdb.DuckDBPyConnection, url: str) -> list[tuple[str, str] | None]:
    """Lemma and part of speech of a post's tokens, None for one that no language model has read."""
    found = con.execute(
        "SELECT lemma, pos FROM words JOIN posts USING (post_id) WHERE canonical_url = ? ORDER BY position", [url]
    )
    return [None if lemma is None else (lemma, pos) for lemma, pos in found.fetchall()]


def counted_lexicon(con: duckdb.DuckDBPyConnection) -> str | None:
    """The digest of the lexicon that the stored hits were found with; None: nothing was counted."""
    found = con.execute("SELECT lexicon FROM theme_counts LIMIT 1").fetchone()
    return str(found[0]) if found else None


def extractor_versions(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The versions of the reading rules that the posts were read by: mostly one."""
    found = con.execute("SELECT DISTINCT extractor_version FROM posts ORDER BY extractor_version").fetchall()
    return [str(version) for (version,) in found]


def _check_counted(con: duckdb.DuckDBPyConnection, lexicon: str) -> None:
    stored = counted_lexicon(con)
    is_empty = con.execute("SELECT count(*) = 0 FROM posts").fetchone()
    if stored != lexicon and not (is_empty and is_empty[0]):
        raise LexiconNotCounted(lexicon, stored)


def _hits(con: duckdb.DuckDBPyConnection, blogs: list[str] | None) -> dict[int, list[ThemeHit]]:
    """The hits of every post. A name or form is one object however often it is there: of hits there are millions."""
    import pyarrow as pa

    known: dict[str, str] = {}
    hits: defaultdict[int, list[ThemeHit]] = defaultdict(list)
    for batch in cursor(con).execute(HITS, {"blogs": blogs}).to_arrow_reader(HITS_AT_ONCE):
        posts, themes, terms, texts, starts, ends = (
            _shared(column, known) if pa.types.is_string(column.type) else column.to_numpy().tolist()
            for column in batch.columns
        )
        for post_id, hit in zip(posts, map(ThemeHit, themes, terms, starts, ends, texts), strict=True):
            hits[post_id].append(hit)
    return hits


def _shared(texts: Any, known: dict[str, str]) -> list[str]:
    """The texts of an Arrow column, equal ones one object."""
    coded = texts.dictionary_encode()
    each = [known.setdefault(text, text) for text in coded.dictionary.to_pylist()]
    return [each[at] for at in coded.indices.to_numpy().tolist()]


def _met(con: duckdb.DuckDBPyConnection, query: str, kind: Callable[..., T]) -> dict[int, list[T]]:
    """Of every post what ``query`` finds in it; equal ones are one object, since a large sector names millions."""
    known: dict[T, T] = {}
    found: dict[int, list[T]] = {}
    for post_id, *said in _each(con, query):
        one = kind(*said)
        found.setdefault(post_id, []).append(known.setdefault(one, one))
    return found


def _cited(con: duckdb.DuckDBPyConnection) -> dict[int, list[Work]]:
    """The works of every post; a work that many cite is one object."""
    known: dict[int, Work] = {}
    found: dict[int, list[Work]] = {}
    for post_id, key, authors, year, title, container, url in _each(con, CITED):
        work = known.setdefault(key, Work(key, tuple(authors), year, title, container, url))
        found.setdefault(post_id, []).append(work)
    return found


def _signed(con: duckdb.DuckDBPyConnection) -> dict[int, list[Author]]:
    """The authors of every post, in its order."""
    found: dict[int, list[Author]] = {}
    for post_id, *author in _each(con, SIGNED):
        found.setdefault(post_id, []).append(Author(*author))
    return found


def _each(con: duckdb.DuckDBPyConnection, query: str) -> Iterator[tuple[Any, ...]]:
    rows = cursor(con).execute(query)
    while some := rows.fetchmany(POSTS_AT_ONCE * 20):
        yield from some
