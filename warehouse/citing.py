"""`works` and `work_citations`, made anew from what the posts cite (`warehouse.works` says what is one work)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from warehouse.schemas import as_table
from warehouse.works import Cited, is_cited_link, link_title, work_rows

if TYPE_CHECKING:
    import duckdb

BASIS = """
SELECT concat_ws('-', (SELECT count(*) FROM bib_references), (SELECT sum(hash(r)) FROM bib_references AS r),
    (SELECT count(*) FROM links), (SELECT sum(hash(k)) FROM links AS k))
"""

REFERENCES = """
SELECT post_id, position, kind, [coalesce(a.family, a.literal) FOR a IN authors], year, title, container, doi, url
FROM bib_references
"""


def link_works(con: duckdb.DuckDBPyConnection) -> int:
    """Make both tables anew unless references and links are as they were; how many works there are.

    Call it within a transaction.
    """
    basis = con.execute(BASIS).fetchone()
    if basis == con.execute("SELECT digest FROM works_basis").fetchone():
        found = con.execute("SELECT count(*) FROM works").fetchone()
        return int(found[0]) if found else 0
    works, citations = work_rows(_cited(con))
    con.execute("DELETE FROM work_citations; DELETE FROM works; DELETE FROM works_basis")
    for table, rows in (("works", works), ("work_citations", citations)):
        con.register("incoming", as_table(table, rows))
        con.execute(f"INSERT INTO {table} BY NAME FROM incoming")
        con.unregister("incoming")
    con.execute("INSERT INTO works_basis VALUES (?)", basis)
    return len(works)


def _cited(con: duckdb.DuckDBPyConnection) -> Iterator[Cited]:
    """The entries of reference lists, and the links in texts that point at works."""
    for post_id, position, kind, authors, year, title, container, doi, url in con.execute(REFERENCES).fetchall():
        yield Cited(
            post_id=post_id, how="reference", position=position, kind=kind, authors=tuple(a for a in authors if a),
            year=year, title=title, container=container, doi=doi, url=url,
        )  # fmt: skip
    for post_id, position, url, text in con.execute("SELECT post_id, position, url, text FROM links").fetchall():
        if is_cited_link(url):
            yield Cited(post_id=post_id, how="link", position=position, title=link_title(text), url=url)
