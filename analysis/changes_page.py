"""The page "what changed since the last report"."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from analysis import figures
from analysis.figure_files import figures_json
from analysis.report_records import GivenFile, ReportInput, ThemeFindings
from analysis.since import SHOWN_POSTS, Since, since
from analysis.templating import environment

CHANGES = "changes.html"


def write_changes(folder: Path, report: ReportInput, findings: Sequence[ThemeFindings]) -> tuple[GivenFile, ...]:
    """Write the page into ``folder`` where there is an earlier report; an older page is taken away where there is none."""
    (folder / CHANGES).unlink(missing_ok=True)
    if report.earlier is None:
        return ()
    now = json.loads(figures_json(report, findings))
    found = since(now, [post.url for post in report.posts], report.earlier)
    (folder / CHANGES).write_text(changes_html(report, found), encoding="utf-8", newline="")
    note = f"against the report on data of {figures.day(found.data_date)}: new posts, moved figures, changed terms"
    return (GivenFile(CHANGES, "What changed since the last report", note),)


def changes_html(report: ReportInput, found: Since) -> str:
    """The page; the same bytes for the same reports."""
    titles = {post.url: post for post in report.posts}
    newest = sorted((titles[url] for url in found.new), key=lambda post: (post.published, post.url), reverse=True)
    page = environment().get_template("changes.html")
    return page.render(report=report, since=found, new=newest[:SHOWN_POSTS], gone=found.gone[:SHOWN_POSTS], names={
        row.blog: row.name for row in report.coverage
    })  # fmt: skip
