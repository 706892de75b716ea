"""What a report on many posts costs, and the same again after one term was changed.

    python -m benchmarks.report_speed [--posts 100000] [--folder FOLDER]

The sector is made up (`generated_sector`), the themes are the twelve of the default lexicon. Each step runs in a process of
its own, so that its peak memory is its own: the first report with nothing kept from an earlier one; the same again; and again
after a term was added to a theme, which counts that theme anew first. Making and loading the sector is not counted. In a
named FOLDER what is there is used again, also what `benchmarks.warehouse_scale` left there (`working.duckdb`). ``--profile``
prints where the first report's time goes.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree
from typing import Any

from benchmarks.generated_sector import THEMES
from benchmarks.warehouse_scale import load, make, measured
from flows.lexicon import count_themes, lexicon_of
from flows.publishing import publish_from
from flows.reporting import Wanted, report_of
from flows.workspace import Workspace
from flows.workspace import make as new_workspace
from warehouse import Store

ADDED = "quartermaster"  # a term that no post has: what is counted changes, and with it the lexicon's digest


def workspace_at(folder: Path, posts: int) -> Workspace:
    """A workspace in ``folder`` with ``posts`` made-up posts, counted and published."""
    workspace = Workspace(folder.resolve())
    if not (folder / "sectorscope.toml").exists():
        new_workspace(folder, name="Generated sector", contact="", themes=THEMES.read_text(encoding="utf-8"))
    workspace.themes_file.write_text(THEMES.read_text(encoding="utf-8"), encoding="utf-8")
    if not workspace.working.exists():
        workspace.hidden.mkdir(parents=True, exist_ok=True)
        if not (folder / "working.duckdb").exists():
            make(folder, posts)
            load(folder)
        (folder / "working.duckdb").rename(workspace.working)
    with Store(workspace.working) as store:
        count_themes(store, lexicon_of(workspace))
        publish_from(store, workspace)
    rmtree(workspace.kept, ignore_errors=True)
    return workspace


def change(workspace: Workspace) -> None:
    text = workspace.themes_file.read_text(encoding="utf-8")
    workspace.themes_file.write_text(text.replace("terms = [", f'terms = [\n  "{ADDED}",', 1), encoding="utf-8")
    lexicon_of(workspace)


def report(workspace: Workspace) -> None:
    report_of(workspace, Wanted())


STEPS: dict[str, Callable[[Workspace], None]] = {"report": report, "report again": report, "one term changed": report}


def step(folder: Path, name: str, *, profile: bool) -> dict[str, Any]:
    workspace = Workspace(folder.resolve())
    watch = cProfile.Profile() if profile and name == "report" else None

    def work() -> None:
        if watch:
            watch.runcall(STEPS[name], workspace)
        else:
            STEPS[name](workspace)

    found = measured(work)
    if watch:
        pstats.Stats(watch, stream=sys.stderr).sort_stats("cumulative").print_stats(60)
    return found


def run(folder: Path, posts: int, *, profile: bool) -> dict[str, Any]:
    workspace = workspace_at(folder, posts)
    found: dict[str, Any] = {"posts": posts, "themes": len(lexicon_of(workspace).themes)}
    for name in STEPS:
        if name == "one term changed":
            change(workspace)
        words = [sys.executable, "-m", "benchmarks.report_speed", "--folder", str(folder), "--step", name]
        done = subprocess.run(
            [*words, *(["--profile"] if profile else [])],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},  # as the command line has it
        )
        found[name] = json.loads(done.stdout)
    reports = sorted(workspace.reports.glob("*/report.html"))
    size = sum(file.stat().st_size for file in reports[-1].parent.rglob("*") if file.is_file())
    return found | {"report MB": round(size / 1e6, 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--step", choices=STEPS)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(step(given.folder, given.step, profile=given.profile)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        print(json.dumps(run(folder, given.posts, profile=given.profile), indent=1))


if __name__ == "__main__":
    main()
