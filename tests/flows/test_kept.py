"""What a report leaves for the next one changes its speed and nothing else; changed themes are counted before figures are given."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.keeping import keeping, kept
from flows.kept import KeptResults
from flows.reporting import Wanted, report_of
from flows.workspace import Workspace
from warehouse import Store
from warehouse.errors import WarehouseBusy

CALLS: list[int] = []
HOLDER = """
import sys
from pathlib import Path
from warehouse import Store
with Store(Path(sys.argv[1])):
    print("open", flush=True)
    sys.stdin.readline()
"""


@kept
def doubled(number: int) -> int:
    CALLS.append(number)
    return 2 * number


@pytest.fixture
def workspace(demo: Path, tmp_path: Path) -> Workspace:
    """The demo's data with nothing kept, and without its working database."""
    for name in ("sectorscope.toml", "blogs.toml", "themes.toml", "warehouse.duckdb"):
        shutil.copy(demo / name, tmp_path)
    return Workspace(tmp_path)


def written(workspace: Workspace) -> dict[str, bytes]:
    """Every file of a report on two themes, in one and the same place."""
    folder = workspace.root / "out"
    shutil.rmtree(folder, ignore_errors=True)
    report_of(workspace, Wanted(themes=("austerity", "partnership"), folder=folder))
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def hits(workspace: Workspace) -> dict[str, int]:
    """The hits of each theme that a report gives."""
    figures = json.loads(written(workspace)["files/figures.json"])
    return {key: sum(row["hits"] for row in theme["terms"]) for key, theme in figures["themes"].items()}


def with_term(workspace: Workspace, term: str) -> None:
    text = workspace.themes_file.read_text(encoding="utf-8")
    before, theme, after = text.partition("[themes.partnership]")
    workspace.themes_file.write_text(
        before + theme + after.replace("terms = [", f'terms = [\n  "{term}",', 1), encoding="utf-8"
    )


def test_a_result_is_worked_out_once(tmp_path: Path) -> None:
    CALLS.clear()
    with keeping(KeptResults(tmp_path)):
        assert [doubled(2), doubled(3), doubled(2)] == [4, 6, 4]
    with keeping(results := KeptResults(tmp_path)):
        assert doubled(3) == 6
    assert (CALLS, results.asked, results.found) == ([2, 3], 1, 1)
    assert doubled(3) == 6
    assert CALLS == [2, 3, 3]


def test_what_is_damaged_or_cannot_be_kept_is_worked_out(tmp_path: Path) -> None:
    CALLS.clear()
    results = KeptResults(tmp_path)
    with keeping(results):
        doubled(2)
        (file,) = results.folder.iterdir()
        file.write_bytes(b"no pickle")
        assert doubled(2) == 4
    (tmp_path / "file").write_text("no folder")
    with keeping(KeptResults(tmp_path / "file")):
        assert doubled(2) == 4
    assert CALLS == [2, 2, 2]


def test_results_of_other_code_are_thrown_away(tmp_path: Path) -> None:
    (tmp_path / "another-version").mkdir()
    (tmp_path / "another-version" / "result").write_bytes(b"")
    KeptResults(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_report_with_kept_results_is_the_one_from_scratch(workspace: Workspace) -> None:
    first = written(workspace)
    assert any(workspace.kept.rglob("*"))
    assert written(workspace) == first
    with_term(workspace, "council*")
    changed = written(workspace)
    assert changed["report.html"] != first["report.html"]
    shutil.rmtree(workspace.kept)
    assert written(workspace) == changed


def test_changed_themes_are_counted_anew_before_a_report(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    before = hits(workspace)
    assert capsys.readouterr().err == ""
    with_term(workspace, "council*")
    after = hits(workspace)
    assert after["partnership"] > before["partnership"]
    assert after["austerity"] == before["austerity"]
    assert capsys.readouterr().err == "themes.toml was changed: its themes are counted anew\n"
    assert hits(workspace) == after
    assert capsys.readouterr().err == ""


def test_a_run_that_is_at_work_is_not_disturbed(workspace: Workspace) -> None:
    with_term(workspace, "council*")
    with Store(workspace.working):
        pass
    before = workspace.warehouse.read_bytes()
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, workspace.working], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(WarehouseBusy):
            written(workspace)
        holder.communicate("done\n")
    assert workspace.warehouse.read_bytes() == before
