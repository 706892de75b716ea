"""Files for other programs: whole, the same each time, and harmless in a spreadsheet."""

import csv
import io
import json
import shutil
from datetime import date

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse import Store, tables
from warehouse.data_package import described
from warehouse.errors import QueryFailed
from warehouse.export import FORMULA, QUERIES, cell, export, write_rows

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
    assert len(files) == 3 * (len(QUERIES) - 1)
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
        {file.name: file.read_bytes() for file in export(filled, tmp_path / name, ("csv", "jsonl", "parquet"))}
        for name in ("one", "two")
    )
    assert first == second


def test_a_published_snapshot_is_exported_through_a_safe_connection(store, page, snapshot, tmp_path):
    import warehouse

    store.load(tables([page()]))
    store.publish(snapshot)
    with warehouse.open(snapshot) as con:
        assert len(export(con, tmp_path / "out", ("parquet", "csv", "jsonl"))) == 3 * (len(QUERIES) - 1)


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
