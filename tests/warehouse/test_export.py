"""Files for other programs: whole, the same each time, and harmless in a spreadsheet."""

import csv
import html
import io
import json
import re
import shutil
import zipfile
from datetime import date

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.records import Blog
from warehouse import Store, tables
from warehouse.data_package import described
from warehouse.errors import QueryFailed
from warehouse.export import FORMULA, QUERIES, TEXTS, cell, export, write_rows

HOST = "https://harbour-voices.example"
DANGEROUS = '=HYPERLINK("https://trap.example","Click")'


@pytest.fixture(scope="module")
def filled(empty, tmp_path_factory, page, post, person):
    path = tmp_path_factory.mktemp("filled") / "working.duckdb"
    shutil.copy(empty, path)
    with Store(path) as store:
        load(store, page, post, person)
        yield store.connection


def load(store, page, post, person):
    store.load(tables([
        page(f"{HOST}/a", post(f"{HOST}/a", title=DANGEROUS, people=(person("@ada"), person("Bo")))),
        page(f"{HOST}/b", post(f"{HOST}/b", 'Says "no", twice.\n\nTruly.', date(2018, 1, 1), title="Quoted, \"and\"\nbroken")),
    ]))  # fmt: skip


def test_all_formats_hold_the_same_posts(filled, tmp_path):
    out = tmp_path / "out"
    files = export(filled, out, ("csv", "jsonl", "parquet"))
    assert {file.name for file in files} == {file.name for file in out.iterdir()}
    assert len(files) == 3 * (len(QUERIES) - len(TEXTS))
    with (out / "posts_flat.csv").open(encoding="utf-8", newline="") as file:
        from_csv = list(csv.DictReader(file))
    from_jsonl = [json.loads(line) for line in (out / "posts_flat.jsonl").read_text("utf-8").splitlines()]
    from_parquet = pq.read_table(out / "posts_flat.parquet").to_pylist()
    assert from_jsonl == from_parquet
    assert [row["url"] for row in from_csv] == [row["url"] for row in from_jsonl] == [f"{HOST}/a", f"{HOST}/b"]
    assert from_csv[1]["title"] == from_jsonl[1]["title"] == 'Quoted, "and"\nbroken'
    assert json.loads(from_csv[0]["authors"]) == from_jsonl[0]["authors"] == ["@ada", "Bo"]
    assert from_jsonl[0]["date"] == "2019-10-02"


def test_formulas_are_neutralised_in_csv_only(filled, tmp_path):
    export(filled, tmp_path, ("csv", "jsonl"))
    with (tmp_path / "posts_flat.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["title"] == "'" + DANGEROUS
    with (tmp_path / "post_people.csv").open(encoding="utf-8", newline="") as file:
        assert {row["name"] for row in csv.DictReader(file)} == {"'@ada", "Bo", "Ada Okafor"}
    assert json.loads((tmp_path / "posts_flat.jsonl").read_text("utf-8").splitlines()[0])["title"] == DANGEROUS


@settings(deadline=None)
@given(st.text() | st.integers() | st.none() | st.lists(st.text()))
def test_no_text_cell_begins_a_formula(value):
    written = cell(value)
    assert not (isinstance(written, str) and written.startswith(FORMULA))
    assert isinstance(value, list) or written in (value, f"'{value}")


def test_a_negative_number_stays_a_number():
    assert cell(-5) == -5


def test_full_text_is_there_only_when_asked_for(filled, tmp_path):
    export(filled, tmp_path / "without", ("csv", "jsonl"))
    assert not any("Small charities" in file.read_text("utf-8") for file in (tmp_path / "without").iterdir())
    export(filled, tmp_path / "with", ("jsonl",), with_text=True)
    texts = [json.loads(line)["text"] for line in (tmp_path / "with" / "texts.jsonl").read_text("utf-8").splitlines()]
    assert texts[1] == 'Says "no", twice.\n\nTruly.'


def sheet(file):
    """The cells of a workbook's first sheet as rows of (kind, value), and everything else that is in the file."""
    with zipfile.ZipFile(file) as book:
        parts = {name: book.read(name).decode() for name in book.namelist()}
    shared = [
        html.unescape(re.sub("<[^>]+>", "", item))
        for item in re.findall(r"<si>(.*?)</si>", parts.get("xl/sharedStrings.xml", ""), re.S)
    ]
    rows = []
    for row in re.findall(r"<row .*?</row>", parts["xl/worksheets/sheet1.xml"], re.S):
        cells = re.findall(r'<c r="[A-Z]+\d+"(?: t="(\w+)")?>(.*?)</c>', row, re.S)
        plain = [(kind, html.unescape(re.sub("<[^>]+>", "", inner))) for kind, inner in cells]
        rows.append([(kind, shared[int(value)] if kind == "s" else value) for kind, value in plain])
    return rows, parts


def test_a_workbook_holds_text_as_text_and_numbers_as_numbers(filled, tmp_path):
    export(filled, tmp_path, ("xlsx",))
    rows, parts = sheet(tmp_path / "posts_flat.xlsx")
    assert [value for _, value in rows[0]] == ["url", "title", "date", "authors", "blog", "kind", "words"]
    assert rows[1][1][1] == DANGEROUS, "as it is: a text cell is never a formula"
    assert rows[1][6] == ("", str(filled.execute("SELECT words FROM posts_flat ORDER BY url LIMIT 1").fetchone()[0]))
    assert rows[1][3][1] == '["@ada", "Bo"]'
    assert not any(
        "<f>" in part or "hyperlink" in part.lower().replace("=hyperlink", "")
        for name, part in parts.items()
        if "sheet" in name
    )
    keys, _ = sheet(tmp_path / "posts.xlsx")
    assert keys[1][0][1] == str(
        filled.execute("SELECT post_id FROM posts ORDER BY canonical_url LIMIT 1").fetchone()[0]
    )


def test_a_text_too_long_for_a_cell_is_cut_and_says_so(filled):
    out = io.BytesIO()
    write_rows(filled, "SELECT repeat('long ', 9000) AS text, chr(7) || 'bell' AS bell, true AS yes", "xlsx", out)
    ((_, text), (_, bell), yes) = sheet(out)[0][1]
    assert (len(text), text[-1], bell, yes) == (32_767, "…", "bell", ("b", "1"))


def test_large_tables_come_in_parts_by_blog_and_year(empty, tmp_path, page, post):
    path = tmp_path / "working.duckdb"
    shutil.copy(empty, path)
    with Store(path) as store:
        store.load(tables([
            page(f"{HOST}/a", post(f"{HOST}/a", "One.", date(2018, 1, 1))),
            page(f"{HOST}/b", post(f"{HOST}/b", "Two, in Eastmere.", None), blog="fen"),
        ]))  # fmt: skip
        files = export(store.connection, tmp_path / "out", ("parquet",), in_parts=True, with_text=True)
        described(store.connection, tmp_path / "out", files)
    parts = sorted(file.relative_to(tmp_path / "out").as_posix() for file in files if "posts/" in file.as_posix())
    assert parts == [
        "posts/blog=fen/published_year=__HIVE_DEFAULT_PARTITION__/part-0.parquet",
        "posts/blog=harbour/published_year=2018/part-0.parquet",
    ]
    read = duckdb.sql(f"SELECT blog, published_year, text FROM '{tmp_path}/out/texts/**/*.parquet' ORDER BY blog")
    assert read.fetchall() == [("fen", None, "Two, in Eastmere."), ("harbour", 2018, "One.")]
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))
    (posts,) = (resource for resource in package["resources"] if resource["name"] == "posts-parquet")
    assert posts["path"] == parts


def test_what_leaves_is_what_the_blogs_retention_lets_out(empty, tmp_path, page, post):
    path = tmp_path / "working.duckdb"
    shutil.copy(empty, path)
    blogs = {"open": "full-local", "derived": "derived-only", "meta": "metadata-only"}
    with Store(path) as store:
        store.save_blogs(
            Blog(key=key, name=key, url=HOST, scope=HOST, retention=retention) for key, retention in blogs.items()
        )
        store.load(tables([page(f"{HOST}/{key}", post(f"{HOST}/{key}"), blog=key) for key in (*blogs, "unknown")]))
        export(store.connection, tmp_path, ("jsonl",), with_text=True)
        ids = dict(store.connection.execute("SELECT post_id, blog FROM posts").fetchall())

    def held(table: str) -> set[str]:
        rows = [json.loads(line) for line in (tmp_path / f"{table}.jsonl").read_text("utf-8").splitlines()]
        return {ids[row["post_id"]] for row in rows}

    assert held("texts") == held("words") == {"open", "unknown"}
    for table in ("mentions", "links", "citations", "bib_references"):
        assert held(table) == {"open", "derived", "unknown"}, table
    assert held("posts") == held("post_people") == {*blogs, "unknown"}
    posts = [json.loads(line) for line in (tmp_path / "posts.jsonl").read_text("utf-8").splitlines()]
    assert {row["blog"] for row in posts if row["headings"]} == {"open", "unknown"}


def test_any_query_can_be_written_to_any_stream(filled):
    sql = (
        "SELECT sum(words) AS words, 0.0 / 0 AS nothing, [1, NULL] AS some, {'day': max(published)} AS nested, "
        "max(fetched_at) AS at_last FROM posts"
    )
    out = io.BytesIO()
    write_rows(filled, sql, "jsonl", out)
    (words,) = filled.execute("SELECT sum(words) FROM posts").fetchone()
    assert json.loads(out.getvalue()) == {
        "words": words,
        "nothing": None,
        "some": [1, None],
        "nested": {"day": "2019-10-02"},
        "at_last": "2026-01-05T12:00:00+00:00",
    }
    out = io.BytesIO()
    write_rows(filled, "SELECT title, title FROM posts ORDER BY url LIMIT 1", "csv", out)
    write_rows(filled, "SELECT words FROM posts LIMIT 0", "csv", out)
    assert out.getvalue().decode().splitlines()[1:] == [
        ",".join([f"""\"'{DANGEROUS.replace('"', '""')}\""""] * 2),
        "words",
    ]


def test_a_query_that_fails_says_why(filled):
    with pytest.raises(QueryFailed, match="no_such_column"):
        write_rows(filled, "SELECT no_such_column FROM posts", "csv", io.BytesIO())


def test_the_same_warehouse_gives_the_same_bytes(filled, tmp_path):
    first, second = (
        {file.name: file.read_bytes() for file in export(filled, tmp_path / name, ("csv", "jsonl", "parquet", "xlsx"))}
        for name in ("one", "two")
    )
    assert first == second


def test_a_published_snapshot_is_exported_through_a_safe_connection(store, page, snapshot, tmp_path):
    import warehouse

    store.load(tables([page()]))
    store.publish(snapshot)
    with warehouse.open(snapshot) as con:
        assert len(export(con, tmp_path / "out", ("parquet", "csv", "jsonl"))) == 3 * (len(QUERIES) - len(TEXTS))


def test_an_export_explains_itself(filled, tmp_path):
    files = export(filled, tmp_path, ("csv", "jsonl"))
    described(filled, tmp_path, files)
    with (tmp_path / "data-dictionary.csv").open(encoding="utf-8", newline="") as file:
        explained = {(row["table"], row["column"]): row["meaning"] for row in csv.DictReader(file)}
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    assert {resource["path"] for resource in package["resources"]} == {file.name for file in files}
    for resource in package["resources"]:
        table, _, form = resource["path"].rpartition(".")
        fields = [field["name"] for field in resource["schema"]["fields"]]
        assert all(explained[table, field] for field in fields), table
        if form == "csv":
            with (tmp_path / resource["path"]).open(encoding="utf-8", newline="") as file:
                assert set(next(csv.reader(file))) <= set(fields)
