"""A working database of any age becomes one of the present schema; its views and macros are always ours."""

import duckdb
import pytest

from warehouse import Store, migrate, tables
from warehouse.errors import WarehouseBroken
from warehouse.migrate import sql_files

FIRST = "CREATE TABLE posts (post_id BIGINT, title VARCHAR);"
SECOND = "ALTER TABLE posts ADD COLUMN words INTEGER DEFAULT 0;"


@pytest.fixture
def con():
    with duckdb.connect() as con:
        yield con


@pytest.fixture
def history(monkeypatch):
    """The SQL files that `migrate` finds, to be filled by the test."""
    found = {"migrations": {}, "views": {}}
    monkeypatch.setattr(migrate, "sql_files", lambda folder: iter(found[folder].items()))
    return found


def test_an_empty_file_gets_everything_in_order(tmp_path):
    path = tmp_path / "new" / "working.duckdb"
    with Store(path) as store:
        done = store.connection.execute("SELECT name FROM migrations ORDER BY name").fetchall()
    assert [name for (name,) in done] == [name for name, _ in sql_files("migrations")] != []


def test_opening_again_runs_nothing_and_keeps_the_rows(working, page, everything):
    with Store(working) as store:
        store.load(tables([page()]))
        before = everything(store.connection)
    with Store(working) as store:
        assert everything(store.connection) == before
        assert migrate.migrate(store.connection, working) == []


def test_an_older_file_gets_only_what_it_lacks_even_under_views(con, history, tmp_path):
    history["migrations"]["001_first.sql"] = FIRST
    history["views"]["titles.sql"] = "CREATE VIEW titles AS SELECT title FROM posts; CREATE MACRO two() AS 2;"
    assert migrate.migrate(con, tmp_path) == ["001_first.sql"]
    migrate.create_views(con)
    con.execute("INSERT INTO posts VALUES (1, 'Ten years on')")
    history["migrations"]["002_second.sql"] = SECOND
    history["views"] = {"words.sql": "CREATE VIEW counted AS SELECT words FROM posts;"}
    assert migrate.migrate(con, tmp_path) == ["002_second.sql"]
    migrate.create_views(con)
    assert con.execute("FROM posts").fetchall() == [(1, "Ten years on", 0)]
    assert con.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall() == [("counted",)]


def test_a_migration_that_fails_leaves_no_trace(con, history, tmp_path):
    history["migrations"] = {"001_first.sql": FIRST, "002_second.sql": SECOND + "SELECT no_such_column FROM posts;"}
    with pytest.raises(duckdb.BinderException):
        migrate.migrate(con, tmp_path)
    assert con.execute("SELECT name FROM migrations").fetchall() == [("001_first.sql",)]
    assert con.execute("DESCRIBE posts").fetchall()[-1][0] == "title"


def test_a_file_of_a_newer_version_is_refused(working):
    with Store(working) as store:
        store.connection.execute("INSERT INTO migrations VALUES ('999_from_the_future.sql')")
    with pytest.raises(WarehouseBroken, match=r"newer version .* \(999_from_the_future"):
        Store(working)


VERSIONS = [name for name, _ in sql_files("migrations")]
ROWS = """
INSERT INTO blogs BY NAME SELECT 'harbour' AS blog, 'Harbour' AS name, 'https://h.example/' AS url, 'https://h.example/' AS scope, true AS enabled;
INSERT INTO pages BY NAME SELECT 1 AS page_id, 'harbour' AS blog, $url AS url, 'old' AS digest, 200 AS status, 'link' AS how,
    TIMESTAMPTZ '2025-01-01 00:00:00Z' AS fetched_at, 'a.warc.gz' AS warc_file, 0 AS warc_offset, 'post' AS kind, $url AS canonical_url,
    $post AS post_id, 'f00d' AS profile, true AS is_current;
INSERT INTO posts BY NAME SELECT $post AS post_id, 1 AS page_id, $url AS canonical_url, 'harbour' AS blog, $url AS url, 'Ten years on' AS title,
    'Some text.' AS text, 'x' AS text_digest, 2 AS words, false AS is_truncated, [] AS headings, [] AS breadcrumbs, [] AS tags,
    '1' AS extractor_version, 'old' AS digest, TIMESTAMPTZ '2025-01-01 00:00:00Z' AS fetched_at, 'a.warc.gz' AS warc_file, 0 AS warc_offset;
INSERT INTO runs VALUES (1, 'enrich', now(), now(), 'finished', MAP {}, MAP {});
"""


@pytest.mark.parametrize("last", range(1, len(VERSIONS) + 1), ids=VERSIONS)
def test_a_file_of_every_earlier_version_is_upgraded_in_place(last, tmp_path, page, everything):
    """Its rows stay, it is read again by the next run, and then nothing is wrong with it."""
    from warehouse import integrity
    from warehouse.rows import post_id

    path, url = tmp_path / "working.duckdb", "https://harbour-voices.example/ten-years"
    files = dict(sql_files("migrations"))
    with duckdb.connect(str(path)) as con:
        con.execute(migrate.RECORD)
        for name in VERSIONS[:last]:
            con.execute(files[name])
            con.execute("INSERT INTO migrations VALUES (?)", [name])
        for statement in filter(str.strip, ROWS.split(";\n")):
            values = {"url": url, "post": post_id(url)}
            con.execute(statement, {name: value for name, value in values.items() if f"${name}" in statement})
    with Store(path) as store:
        assert store.connection.execute("SELECT title, text FROM posts").fetchall() == [("Ten years on", "Some text.")]
        known = store.known_pages("harbour")
        assert known[url][2] == (None if last == 1 else "f00d"), "without tokens: to be read again"
        store.load(tables([page()]))
        store.mark_duplicates()
        assert integrity(store.connection) == []
        assert store.connection.execute("SELECT count(*) FROM pages").fetchone() == (2,)
        assert store.connection.execute("SELECT retention FROM blogs").fetchall() == [("full-local",)]
