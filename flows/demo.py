"""`sectorscope demo`: the built-in sample sector, served on this machine, crawled for real, and reported on."""

from __future__ import annotations

import json
import sys
import time
from importlib.resources import files
from pathlib import Path

from flows.workspace import SETTINGS, Workspace, make

DEMO_SETTINGS = """\
# The demo's workspace: its blogs are served by `sectorscope demo` itself, on this machine only.
[workspace]
name = "Sample sector"
contact = "demo@sectorscope.example"

[crawl]
delay = 0.0
proxy = "{proxy}"
"""


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
    """Ten lines: what was crawled and read, what the themes did, where the report is, what to try next."""
    from analysis.findings import headline
    from analysis.terminal import sparkline
    from flows.asking import posts_of, trend_of
    from flows.health import statuses
    from flows.reporting import lexicon_of

    rows = statuses(workspace)
    lexicon = lexicon_of(workspace)
    posts = posts_of(workspace, lexicon.digest)
    truth = json.loads((files("sector.sample") / "truth.json").read_text(encoding="utf-8"))
    lines = [
        f"Sample sector: {len(rows)} blogs, {requests} requests, {sum(row['posts'] or 0 for row in rows)} posts"
        f" (truth: {sum(post['kind'] == 'post' for post in truth['posts'])}), {len(posts)} countable, in {seconds:.0f} s",
    ]
    for theme in ("austerity", "partnership", "volunteering", "digital", "covid"):
        found, _ = trend_of(workspace, theme, "year")
        lines.append(
            f"  {theme:13} {sparkline([point.share for point in found.points])}  {headline(found, lexicon[theme])}"
        )
    lines += [
        f"Report: {report}",
        f'Try:    sectorscope -w {workspace.root} sql "from coverage"',
        f"        sectorscope -w {workspace.root} kwic austerity",
        f"        sectorscope -w {workspace.root} trend partnership",
    ]
    return lines
