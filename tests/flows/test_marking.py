"""`themes test` and `themes suggest` on the sample sector: marks are kept, counted, and compared."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from flows.errors import SectorscopeError
from flows.marking import file_of, marks_of, not_quoted, remove_quotes
from flows.workspace import opened

THEME = "volunteering"


def lines_of(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


@pytest.fixture(scope="module")
def copied(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's workspace without its archive, to write marks into."""
    folder = tmp_path_factory.mktemp("marks") / "sector"
    shutil.copytree(demo, folder, ignore=shutil.ignore_patterns("archive", "reports", ".sectorscope"))
    return folder


def test_marks_are_asked_kept_and_counted(command, copied: Path) -> None:
    command("-w", copied, "themes", "test", THEME, "--mark", "ada", "--sample", "4", input="r\nw\nx\nr\nr\n")
    command("-w", copied, "themes", "test", THEME, "--mark", "ben", "--sample", "3", input="r\nr\nq\n")
    with (copied / "marks" / f"{THEME}.ada.csv").open(encoding="utf-8", newline="") as lines:
        assert [row["mark"] for row in csv.DictReader(lines)] == ["right", "wrong", "right", "right"]
    found = json.loads(command("-w", copied, "themes", "test", THEME, "--json").stdout)
    whole = found["precision"][0]
    assert (whole["marked"], whole["right"], whole["unmarked"]) == (4, 3, 0)
    (pair,) = found["agreement"]
    assert (pair["one"], pair["other"], pair["both_marked"], pair["share"]) == ("ada", "ben", 2, 0.5)
    told = command("-w", copied, "themes", "test", THEME).stdout
    assert "precision of the theme: 75% (95 %: 30%–95%), 3 of 4 marked right" in told
    assert "ada and ben marked 2 hits both: 50% alike" in told


def test_marking_goes_on_where_it_stopped(command, copied: Path) -> None:
    before = marks_of(opened(copied), THEME)["ada"]
    command("-w", copied, "themes", "test", THEME, "--mark", "ada", "--sample", "2", input="w\nw\n")
    after = marks_of(opened(copied), THEME)["ada"]
    assert len(after) == len(before) + 2 and before.items() <= after.items()


def test_a_blog_that_lets_no_text_out_is_marked_without_quotes(command, copied: Path) -> None:
    workspace = opened(copied)
    quoted = list(lines_of(file_of(workspace, THEME, "ada")))
    assert all("[" in line["text"] for line in quoted)
    with duckdb.connect(str(workspace.warehouse)) as con:
        con.execute("UPDATE blogs SET retention = 'derived-only'")
    hidden = not_quoted(workspace)
    command("-w", copied, "themes", "test", THEME, "--mark", "dee", "--sample", "2", input="r\nw\n")
    assert [(line["text"], line["mark"]) for line in lines_of(file_of(workspace, THEME, "dee"))] == [
        ("", "right"),
        ("", "wrong"),
    ]
    before = marks_of(workspace, THEME)
    assert remove_quotes(workspace, hidden - {quoted[0]["url"]}) > 0
    left = [{**line, "text": line["text"] if line["url"] == quoted[0]["url"] else ""} for line in quoted]
    assert list(lines_of(file_of(workspace, THEME, "ada"))) == left
    assert marks_of(workspace, THEME) == before
    assert remove_quotes(workspace, hidden - {quoted[0]["url"]}) == 0


def test_a_mark_that_is_none_is_named(copied: Path) -> None:
    path = file_of(opened(copied), "funding", "cora")
    path.parent.mkdir(exist_ok=True)
    path.write_text("url,start,end,mark\nhttps://a.example/,1,5,perhaps\n", encoding="utf-8")
    with pytest.raises(SectorscopeError, match=r"funding\.cora\.csv:2 is no mark"):
        marks_of(opened(copied), "funding")
    with pytest.raises(SectorscopeError, match="cannot name a file"):
        file_of(opened(copied), "funding", "../cora")


def test_terms_are_suggested_with_evidence(command, copied: Path) -> None:
    rows = json.loads(command("-w", copied, "themes", "suggest", THEME, "--json").stdout)
    assert all(row["uses"] > row["elsewhere"] and row["near"] >= 2 and row["url"].startswith("http") for row in rows)
    assert all(row["blogs"] >= 2 for row in rows)
