"""How a batch becomes part of what is stored: SQL in steps, run by `Store` within one transaction.

Several pages may claim one canonical URL, and the batches that bring them come in any order. So the outcome is a
function of the set of pages, never of their order:

- of a URL's captures, the newest that could be read is current;
- of the current pages that claim a post, the one whose own URL is the canonical one speaks for it, else the one with
  the shortest URL, else the first by alphabet;
- what the other claimants say is kept in the schema ``spare``, so that one of them can step in.

First it is settled which pages are current and which of them speak; this leaves temporary tables of who moves where
(`MOVES`). Then rows move, for `posts` and for each of its children.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warehouse.errors import RowsBroken
from warehouse.schemas import BATCH

if TYPE_CHECKING:
    import duckdb

CHILDREN = ("post_people", "bib_references", "citations", "links", "mentions", "tokens")

# `accepted`: captures whose reading is new. A failed reading never replaces a good one of the same bytes, nor an older
# capture a newer one. `touched`: their URLs. `contested`: posts that may change hands. `fresh`: current posts of the
# batch. `stale`: pages in `spare` whose rows no longer hold. `unnamed`: entities that perhaps nothing names any more.
ACCEPT = """
CREATE OR REPLACE TEMP TABLE accepted AS
SELECT i.page_id FROM incoming_pages AS i LEFT JOIN pages AS p USING (page_id)
WHERE p.page_id IS NULL OR (i.kind IS NOT NULL, i.fetched_at) >= (p.kind IS NOT NULL, p.fetched_at);

CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT blog, url FROM incoming_pages;

CREATE OR REPLACE TEMP TABLE contested AS
SELECT post_id FROM pages SEMI JOIN touched USING (blog, url) WHERE post_id IS NOT NULL
UNION
SELECT post_id FROM incoming_pages WHERE post_id IS NOT NULL;

MERGE INTO pages USING (FROM incoming_pages SEMI JOIN accepted USING (page_id)) AS i USING (page_id)
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME;

CREATE OR REPLACE TEMP TABLE newest AS
SELECT page_id FROM pages SEMI JOIN touched USING (blog, url)
QUALIFY row_number() OVER (PARTITION BY blog, url ORDER BY kind IS NULL, fetched_at DESC, digest) = 1;

UPDATE pages SET is_current = page_id IN (FROM newest)
WHERE (blog, url) IN (FROM touched) AND is_current <> (page_id IN (FROM newest));

CREATE OR REPLACE TEMP TABLE fresh AS
SELECT page_id, post_id FROM incoming_posts SEMI JOIN accepted USING (page_id) SEMI JOIN newest USING (page_id);

CREATE OR REPLACE TEMP TABLE stale AS
SELECT page_id FROM spare.posts
WHERE page_id IN (FROM accepted)
    OR page_id IN (SELECT page_id FROM pages SEMI JOIN touched USING (blog, url) WHERE NOT is_current);

CREATE OR REPLACE TEMP TABLE unnamed AS SELECT entity_id FROM incoming_entities;
INSERT INTO entities BY NAME FROM incoming_entities ANTI JOIN entities USING (entity_id);

DELETE FROM quarantine WHERE page_id IN (SELECT page_id FROM incoming_pages);
INSERT INTO quarantine BY NAME FROM incoming_quarantine;
"""

FORGET = """
CREATE OR REPLACE TEMP TABLE accepted AS SELECT page_id FROM pages LIMIT 0;
CREATE OR REPLACE TEMP TABLE fresh AS SELECT page_id, post_id FROM pages LIMIT 0;
CREATE OR REPLACE TEMP TABLE unnamed AS SELECT entity_id FROM entities LIMIT 0;

CREATE OR REPLACE TEMP TABLE contested AS
SELECT DISTINCT post_id FROM pages SEMI JOIN touched USING (blog, url) WHERE post_id IS NOT NULL;

CREATE OR REPLACE TEMP TABLE stale AS SELECT page_id FROM pages SEMI JOIN touched USING (blog, url);

DELETE FROM quarantine WHERE page_id IN (FROM stale);
DELETE FROM pages WHERE page_id IN (FROM stale);
"""

# Forms that are new get the next numbers; the batch's own numbers become those of the warehouse.
CODE = """
INSERT INTO forms BY NAME
SELECT i.* REPLACE ((SELECT coalesce(max(form_id), -1) FROM forms) + row_number() OVER (ORDER BY form, lemma, pos) AS form_id)
FROM incoming_forms AS i ANTI JOIN forms AS f
    ON i.form = f.form AND i.lemma IS NOT DISTINCT FROM f.lemma AND i.pos IS NOT DISTINCT FROM f.pos;

CREATE OR REPLACE TEMP TABLE coded AS
SELECT i.form_id AS given, f.form_id FROM incoming_forms AS i JOIN forms AS f
    ON i.form = f.form AND i.lemma IS NOT DISTINCT FROM f.lemma AND i.pos IS NOT DISTINCT FROM f.pos;

CREATE OR REPLACE TEMP VIEW incoming_tokens AS
SELECT i.* REPLACE (c.form_id AS form_id) FROM incoming_coded AS i JOIN coded AS c ON c.given = i.form_id;
"""

# `chosen`: post → the page that speaks for it. `renamed`: people who perhaps are spelt otherwise now.
CHOOSE = """
CREATE OR REPLACE TEMP TABLE chosen AS
SELECT post_id, page_id FROM pages SEMI JOIN contested USING (post_id) WHERE is_current
QUALIFY row_number() OVER (PARTITION BY post_id ORDER BY url <> canonical_url, length(url), url, blog) = 1;

CREATE OR REPLACE TEMP TABLE leaving AS
SELECT post_id, page_id FROM posts SEMI JOIN contested USING (post_id)
WHERE (post_id, page_id) NOT IN (FROM chosen) OR page_id IN (FROM accepted);

CREATE OR REPLACE TEMP TABLE demoted AS
SELECT l.post_id, l.page_id FROM leaving AS l JOIN pages AS p USING (page_id, post_id)
WHERE p.is_current AND page_id NOT IN (FROM accepted);

CREATE OR REPLACE TEMP TABLE promoted AS
SELECT post_id, page_id FROM chosen SEMI JOIN spare.posts USING (page_id) ANTI JOIN stale USING (page_id);

CREATE OR REPLACE TEMP TABLE arriving AS SELECT post_id, page_id FROM chosen SEMI JOIN fresh USING (page_id);

CREATE OR REPLACE TEMP TABLE benched AS SELECT page_id FROM fresh ANTI JOIN chosen USING (page_id);

CREATE OR REPLACE TEMP TABLE renamed AS SELECT DISTINCT person_id FROM post_people SEMI JOIN leaving USING (post_id);

INSERT INTO unnamed
SELECT entity_id FROM mentions SEMI JOIN leaving USING (post_id)
UNION
SELECT entity_id FROM spare.mentions SEMI JOIN stale USING (page_id);
"""

# Who moves → how the rows of `posts` move, and those of a child table. In this order.
MOVES = {
    "stale": (
        "DELETE FROM spare.posts WHERE page_id IN (FROM stale)",
        "DELETE FROM spare.<child> WHERE page_id IN (FROM stale)",
    ),
    "demoted": (
        "INSERT INTO spare.posts BY NAME SELECT * EXCLUDE (duplicate_of) FROM posts SEMI JOIN demoted USING (post_id)",
        "INSERT INTO spare.<child> BY NAME "
        "SELECT d.page_id, c.* EXCLUDE (post_id) FROM <child> AS c JOIN demoted AS d USING (post_id)",
    ),
    "leaving": (
        "DELETE FROM posts WHERE post_id IN (SELECT post_id FROM leaving) "
        "AND post_id NOT IN (SELECT post_id FROM arriving UNION ALL SELECT post_id FROM promoted)",
        "DELETE FROM <child> WHERE post_id IN (SELECT post_id FROM leaving)",
    ),
    "promoted": (
        "MERGE INTO posts USING (FROM spare.posts SEMI JOIN promoted USING (page_id)) AS i USING (post_id) "
        "WHEN MATCHED THEN UPDATE BY NAME WHEN NOT MATCHED THEN INSERT BY NAME; "
        "DELETE FROM spare.posts WHERE page_id IN (SELECT page_id FROM promoted)",
        "INSERT INTO <child> BY NAME "
        "SELECT m.post_id, c.* EXCLUDE (page_id) FROM spare.<child> AS c JOIN promoted AS m USING (page_id) "
        "ORDER BY m.post_id, c.position; "
        "DELETE FROM spare.<child> WHERE page_id IN (SELECT page_id FROM promoted)",
    ),
    "arriving": (
        "MERGE INTO posts USING (FROM incoming_posts SEMI JOIN arriving USING (page_id)) AS i USING (post_id) "
        "WHEN MATCHED THEN UPDATE BY NAME WHEN NOT MATCHED THEN INSERT BY NAME",
        "INSERT INTO <child> BY NAME "
        "SELECT m.post_id, c.* EXCLUDE (page_id) FROM incoming_<child> AS c JOIN arriving AS m USING (page_id) "
        "ORDER BY m.post_id, c.position",
    ),
    "benched": (
        "INSERT INTO spare.posts BY NAME FROM incoming_posts SEMI JOIN benched USING (page_id)",
        "INSERT INTO spare.<child> BY NAME FROM incoming_<child> SEMI JOIN benched USING (page_id)",
    ),
}

# Hits hold as long as the text does. A person's name is the spelling that most posts use.
TIDY = """
DELETE FROM theme_counts WHERE post_id IN (SELECT post_id FROM leaving)
    AND (post_id, text_digest) NOT IN (SELECT post_id, text_digest FROM posts);
DELETE FROM theme_hits WHERE post_id IN (SELECT post_id FROM leaving ANTI JOIN theme_counts USING (post_id));

INSERT INTO renamed SELECT DISTINCT person_id FROM post_people SEMI JOIN contested USING (post_id);
DELETE FROM people WHERE person_id IN (FROM renamed);
INSERT INTO people BY NAME
SELECT person_id, first(name ORDER BY used DESC, name) AS name, bool_and(is_organisation) AS is_organisation
FROM (
    SELECT person_id, name, count(*) AS used, bool_and(is_organisation) AS is_organisation
    FROM post_people SEMI JOIN renamed USING (person_id) GROUP BY person_id, name
)
GROUP BY person_id;

DELETE FROM entities WHERE entity_id IN (
    SELECT entity_id FROM unnamed
    ANTI JOIN mentions USING (entity_id)
    ANTI JOIN spare.mentions AS waiting USING (entity_id)
);
"""

# Forms that no post has any more would tell of posts that are gone.
UNUSED = """
DELETE FROM forms WHERE form_id NOT IN (SELECT form_id FROM tokens UNION SELECT form_id FROM spare.tokens)
"""

TWO_URLS = """
SELECT p.canonical_url, i.canonical_url FROM posts AS p JOIN incoming_posts AS i USING (post_id)
WHERE p.canonical_url <> i.canonical_url
"""


def merge(con: duckdb.DuckDBPyConnection, batch: dict[str, Any]) -> None:
    """Make ``batch`` (`rows.tables`) part of what is stored. Call it within a transaction."""
    registered = {name: "incoming_coded" if name == "tokens" else f"incoming_{name}" for name in BATCH}
    for name, view in registered.items():
        con.register(view, batch[name])
    try:
        if clash := con.execute(TWO_URLS).fetchone():
            raise RowsBroken(f"{clash[0]} and {clash[1]} have the same post_id: tell the makers of Sectorscope")
        con.execute(ACCEPT)
        con.execute(CODE)
        _settle(con)
    finally:
        con.execute("DROP VIEW IF EXISTS temp.incoming_tokens")
        for view in registered.values():
            con.unregister(view)


def drop(con: duckdb.DuckDBPyConnection, blog: str, urls: list[str]) -> None:
    """Forget all captures of ``urls`` and what only they said. Call it within a transaction."""
    con.execute("CREATE OR REPLACE TEMP TABLE touched AS SELECT ? AS blog, unnest(?::VARCHAR[]) AS url", [blog, urls])
    con.execute(FORGET)
    _settle(con)
    if urls:
        con.execute(UNUSED)


def _settle(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(CHOOSE)
    for movers, (of_posts, of_children) in MOVES.items():
        if con.execute(f"SELECT 1 FROM {movers} LIMIT 1").fetchone():  # noqa: S608 - the names stand above
            con.execute(of_posts)
            for child in CHILDREN:
                con.execute(of_children.replace("<child>", child))
    con.execute(TIDY)
