"""`themes test` and `themes suggest` on the sample sector: marks are kept, counted, and compared."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from flows.errors import SectorscopeError
from flows.marking import file_of, marks_of
from flows.workspace import opened

THEME = "volunteering"


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
