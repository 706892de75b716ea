"""Others' programs read the snapshot: views and macros work in them, without a line of our code."""

import re
import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest

from warehouse import Store, tables

HOST = "https://harbour-voices.example"
NOTEBOOK = Path(__file__).parents[2] / "docs" / "trends.py"
QUERIES = {
    "FROM posts_flat": 2, "FROM posts_countable": 2, "FROM coverage": 1, "FROM words WHERE folded = 'cuts'": 1, "FROM copies": 0,
    "FROM works": 1, "FROM fetch_health": 0, "FROM page_history": 0, "FROM theme_trend('cuts', 'year')": 1,
    "FROM theme_by_blog('cuts')": 1, "FROM kwic('the cuts', 20)": 1, "FROM cooccurrence('cuts', 'cuts', 'month')": 1,
    "FROM top_entities('GPE')": 1, "FROM entity_trend('Eastmere', 'quarter')": 1, "FROM most_cited(5)": 1,
    "FROM who_cites('slow trust')": 1, "FROM author_posts('Ada Okafor')": 2,
}  # fmt: skip


@pytest.fixture(scope="module")
def published(empty, tmp_path_factory, page, counted):
    folder = tmp_path_factory.mktemp("clients")
    shutil.copy(empty, folder / "working.duckdb")
    with Store(folder / "working.duckdb") as store:
        store.load(tables([page(), page(f"{HOST}/other", "Nothing much was said that day.")]))
        counted(store, cuts=["cuts"])
        store.publish(folder / "a snapshot.duckdb")
    return folder / "a snapshot.duckdb"


@pytest.fixture(scope="module")
def plain(published):
    with duckdb.connect(str(published), read_only=True) as con:
        yield con


def test_plain_duckdb_knows_every_view_and_macro(plain):
    assert {sql: len(plain.execute(sql).fetchall()) for sql in QUERIES} == QUERIES
    asked = {name for sql in QUERIES for name in re.findall(r"FROM (\w+)", sql)}
    macros = "SELECT function_name FROM duckdb_functions() WHERE NOT internal AND function_type = 'table_macro'"
    assert {name for (name,) in plain.execute(macros).fetchall()} <= asked


def test_pandas_reads_it(plain):
    pytest.importorskip("pandas")
    frame = plain.execute("FROM theme_trend('cuts', 'year')").df()
    assert frame.loc[0, ["period", "posts", "hits"]].tolist() == ["2019", 2, 1]


def test_polars_reads_it(plain):
    pytest.importorskip("polars")
    assert plain.execute("FROM theme_trend('cuts', 'year')").pl()["hits"].to_list() == [1]


@pytest.mark.skipif(shutil.which("duckdb") is None, reason="no DuckDB shell here")
def test_the_duckdb_shell_reads_it(published):
    done = subprocess.run(
        ["duckdb", "-readonly", "-csv", str(published), "SELECT hits FROM theme_trend('cuts', 'year')"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["hits", "1"]


def test_the_notebook_asks_what_the_file_answers(plain):
    asked = re.findall(r'con\.execute\(\s*"([^"]+)"', NOTEBOOK.read_text(encoding="utf-8"))
    assert len(asked) == 3
    for sql in asked:
        assert plain.execute(sql, ["cuts", "year"][: sql.count("?")]).fetchall()


def test_the_notebook_runs(published, monkeypatch):
    pytest.importorskip("marimo")
    monkeypatch.setattr("sys.argv", ["trends.py", "--snapshot", str(published)])
    scope: dict[str, object] = {"__name__": "trends", "__file__": str(NOTEBOOK)}
    exec(compile(NOTEBOOK.read_text(encoding="utf-8"), str(NOTEBOOK), "exec"), scope)
    _, defined = scope["app"].run()  # type: ignore[attr-defined]
    assert [point["period"] for point in defined["points"]] == ["2019"]
