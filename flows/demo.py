"""`sectorscope demo`: the built-in sample sector, served on this machine, crawled for real, and reported on."""

from __future__ import annotations

import json
import sys
import time
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from flows.workspace import SETTINGS, Workspace, make

if TYPE_CHECKING:
    from analysis.records import Trend

DEMO_SETTINGS = """\
# The demo's workspace: its blogs are served by `sectorscope demo` itself, on this machine only.
[workspace]
name = "Sample sector"
contact = "demo@sectorscope.example"

[crawl]
delay = 0.0
proxy = "{proxy}"
"""


# Themes of the summary, and what a year's point and the truth file must agree on
SHOWN = ("austerity", "partnership", "volunteering", "digital", "covid")
COUNTS = ("posts", "posts_with_hit", "hits")


def default_themes() -> str:
    """The theme lexicon that a new workspace gets."""
    return (files("sector") / "themes.toml").read_text(encoding="utf-8")


def demonstrate(folder: Path) -> Path:
    """Serve, crawl and report; prints the report's path and a summary of ten lines. Gives the report's path."""
    from sector.sample.sector import build
    from sector.sample.server import serve

    started = time.monotonic()
    workspace = Workspace(folder.resolve())
    if not (folder / SETTINGS).exists():
        make(folder, name="Sample sector", contact="", themes=default_themes())
    workspace.blogs_file.write_text(
        (files("sector.sample") / "blogs.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    with serve(build()) as server:
        (folder / SETTINGS).write_text(DEMO_SETTINGS.format(proxy=server.proxy_url), encoding="utf-8")
        report = run(workspace)
        requests = len(server.log)
    for line in summary(workspace, report, requests, time.monotonic() - started):
        print(line)
    return report


def run(workspace: Workspace) -> Path:
    from flows.runtime import prepare

    prepare(workspace)
    from flows.pipeline import pipeline
    from flows.progress import shown

    with shown():
        outcome = pipeline(str(workspace.root))
    for blog, problem in outcome.problems:
        print(f"{blog}: {problem}", file=sys.stderr)
    if outcome.report is None:
        raise RuntimeError("the sample sector gave no report: this is a fault of Sectorscope")
    return Path(outcome.report)


def summary(workspace: Workspace, report: Path, requests: int, seconds: float) -> list[str]:
    """Ten lines: what was crawled and read, what the themes did and what was planted, where the report is, what to try."""
    from flows.asking import posts_of, trend_of
    from flows.health import statuses
    from flows.lexicon import lexicon_of

    rows = statuses(workspace)
    posts = posts_of(workspace, lexicon_of(workspace).digest)
    truth = json.loads((files("sector.sample") / "truth.json").read_text(encoding="utf-8"))
    return [
        f"Sample sector: {len(rows)} blogs, {requests} requests, {sum(row['posts'] or 0 for row in rows)} posts"
        f" of {len(truth['posts'])}, {len(posts)} countable, in {seconds:.0f} s",
        *(told(trend_of(workspace, theme, "year")[0], truth["themes"][theme]) for theme in SHOWN),
        f"Report: {report}",
        f'Try:    sectorscope -w {workspace.root} sql "from coverage"',
        f"        sectorscope -w {workspace.root} kwic austerity",
        f"        sectorscope -w {workspace.root} trend partnership",
    ]


def told(found: Trend, planted: dict[str, dict[str, float]]) -> str:
    """A theme in one line: its sparkline, its highest year, and in how many years its counts are those planted."""
    from analysis.terminal import share_line

    sure = [point for point in found.points if point.share_low is not None]
    top = max(sure or found.points, key=lambda point: (point.share or 0, point.posts))
    same = sum(
        (point.posts, point.posts_with_hit, point.hits) == tuple(planted[point.period][name] for name in COUNTS)
        for point in found.points
        if point.period in planted
    )
    return (
        f"  {found.theme:13} {share_line(found.points)}  highest in {top.period}: {100 * (top.share or 0):.0f} % of {top.posts} posts;"
        f" as planted in {same} of {len(planted)} years"
    )
