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
