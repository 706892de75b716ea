"""`sectorscope report` on the demo's workspace: its files, what it prints, and the report before it."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from flows.printing import BROWSERS

CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)


def test_the_path_goes_to_stdout_and_the_themes_at_a_glance_to_stderr(command, demo: Path, tmp_path: Path) -> None:
    done = command("-w", demo, "report", "austerity", "covid", "-o", tmp_path / "one")
    assert done.stdout == f"{tmp_path}/one/report.html\n"
    assert re.search(r"^Austerity and cuts +[▁-█·]+ +\d+ %", done.stderr, re.MULTILINE)
    figures = json.loads((tmp_path / "one" / "files" / "figures.json").read_text(encoding="utf-8"))
    assert set(figures["themes"]) == {"austerity", "covid"}
    assert figures["versions"].keys() >= {"sectorscope", "extractor"}


def test_a_report_is_held_against_the_one_before_it(command, demo: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    for name in ("sectorscope.toml", "blogs.toml", "themes.toml", "warehouse.duckdb"):
        shutil.copy(demo / name, workspace)
    first = command("-w", workspace, "report", "austerity", "--to", "2015", "-o", workspace / "reports" / "2015")
    assert "Since the report" not in first.stderr
    assert not (workspace / "reports" / "2015" / "changes.html").exists()
    second = command("-w", workspace, "report", "austerity")
    assert re.search(r"^Since the report of \d{4}-\d\d-\d\d: \d+ new, 0 gone of \d+ posts\.\nNot comparable: last was 2015-12-31, is open\.$",
                     second.stderr, re.MULTILINE)  # fmt: skip
    page = Path(second.stdout.strip()).parent / "changes.html"
    assert "Last was 2015-12-31, is open" in page.read_text(encoding="utf-8")


def test_what_is_no_report_is_passed_over(tmp_path: Path) -> None:
    from datetime import date

    from flows.earlier import earlier_report

    for name, text in (("broken", "{"), ("other", '{"schema": 99, "data_date": "2020-01-01"}'), ("none", "")):
        folder = tmp_path / name / "files"
        folder.mkdir(parents=True)
        (folder / "figures.json").write_text(text)
    assert earlier_report(tmp_path, tmp_path / "new", date(2026, 1, 1)) is None
    assert earlier_report(tmp_path / "not there", tmp_path / "new", date(2026, 1, 1)) is None


def test_a_report_that_only_counts_a_post_is_named_when_that_is_forgotten(tmp_path: Path) -> None:
    from analysis.figure_files import parquet
    from analysis.figure_tables import Table
    from flows.forgetting import reports_with
    from flows.workspace import Workspace

    folder = tmp_path / "reports" / "2026-01-01"
    (folder / "files").mkdir(parents=True)
    counted = Table("posts", (("url", str),), (("https://ash.example/1",),))
    (folder / "files" / "posts.parquet").write_bytes(parquet(counted))
    assert reports_with(Workspace(tmp_path), {"ash": ["https://ash.example/1"]}) == [folder]
    assert reports_with(Workspace(tmp_path), {"ash": ["https://ash.example/2"]}) == []


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium or Chrome here")
def test_a_browser_prints_the_report(command, demo: Path, tmp_path: Path) -> None:
    done = command("-w", demo, "report", "austerity", "--pdf", "-o", tmp_path / "out")
    assert done.stdout.splitlines()[-1] == f"{tmp_path}/out/report.pdf"
    pdf = (tmp_path / "out" / "report.pdf").read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) >= 2


def test_without_a_browser_it_says_what_to_do(command, demo: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setitem(os.environ, "CHROME", str(tmp_path / "no-browser"))
    done = command("-w", demo, "report", "austerity", "--pdf", "-o", tmp_path / "out", check=False)
    assert done.returncode == 1
    assert "no-browser is no program. Install Chromium, or name the program in the variable CHROME" in done.stderr
    assert not (tmp_path / "out").exists()


def test_topics_are_an_offer(command, demo: Path) -> None:
    done = command("-w", demo, "themes", "topics", "--n", "4")
    assert "Exploratory: topics are made by an algorithm" in done.stdout
    assert len(re.findall(r"stability \d\.\d\d", done.stdout)) == 4
    told = json.loads(command("-w", demo, "themes", "topics", "--n", "4", "--json").stdout)
    assert len(told["topics"]) == 4 and told["note"].startswith("Exploratory")


def test_kwic_finds_a_lemma_in_all_its_forms(command, demo: Path) -> None:
    told = json.loads(command("-w", demo, "kwic", "lemma:volunteer/NOUN", "--limit", "400", "--json").stdout)
    forms = {line["keyword"].casefold() for line in told}
    assert {"volunteer", "volunteers"} <= forms <= {"volunteer", "volunteers", "volunteer's", "volunteers'"}
    verbs = json.loads(command("-w", demo, "kwic", "lemma:volunteer/VERB", "--limit", "400", "--json").stdout)
    assert len(verbs) < len(told)
