"""The report before this one: found among the workspace's reports, so that the new one can say what changed."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.report_records import EarlierReport

HEAD = 4_000  # characters of figures.json in which its data's day stands


def earlier_report(reports: Path, folder: Path, data_date: date) -> EarlierReport | None:
    """The newest report in ``reports`` on data no newer than ``data_date``, other than that in ``folder``; None without one.

    What cannot be read, or is of another form, is passed over.
    """
    from analysis.report_records import EarlierReport

    dated = [(day, one) for one in others(reports, folder) if (day := data_day(one)) and day <= data_date]
    for _, one in sorted(dated, reverse=True):
        figures, posts = figures_of(one), posts_of(one)
        if figures is not None and posts is not None:
            return EarlierReport(name=one.name, figures=figures, posts=posts)
    return None


def others(reports: Path, folder: Path) -> list[Path]:
    """The folders with reports, but for ``folder``."""
    found = [one for one in reports.iterdir() if one.is_dir()] if reports.is_dir() else []
    return [one for one in found if one.resolve() != folder.resolve()]


def data_day(folder: Path) -> date | None:
    """The day of the data that a report rests on; None where its figures are not there."""
    try:
        with figures_file(folder).open(encoding="utf-8") as file:
            found = re.search(r'"data_date": "(\d{4}-\d\d-\d\d)"', file.read(HEAD), re.ASCII)
        return date.fromisoformat(found[1]) if found else None
    except (OSError, ValueError):
        return None


def figures_of(folder: Path) -> dict[str, Any] | None:
    """A report's figures; None where they cannot be read or are of another form."""
    from analysis.figure_files import SCHEMA

    try:
        found = json.loads(figures_file(folder).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and found.get("schema") == SCHEMA else None


def posts_of(folder: Path) -> frozenset[str] | None:
    """The addresses of the posts that a report counts; None where they cannot be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from analysis.figure_files import FOLDER, POSTS

    try:
        return frozenset(pq.read_table(folder / FOLDER / POSTS, columns=["url"])["url"].to_pylist())
    except (OSError, pa.ArrowException):
        return None


def figures_file(folder: Path) -> Path:
    from analysis.figure_files import FIGURES, FOLDER

    return folder / FOLDER / FIGURES


def told_of(reports: Path, page: Path) -> list[str]:
    """What a report says in short, for a terminal: its themes at a glance, and two lines on what changed since the last."""
    from analysis.since import since, since_lines
    from analysis.terminal import glance_lines

    figures, posts = figures_of(page.parent), posts_of(page.parent)
    if figures is None or posts is None:
        return []
    earlier = earlier_report(reports, page.parent, date.fromisoformat(figures["data_date"]))
    return [*glance_lines(figures), *([] if earlier is None else ["", *since_lines(since(figures, posts, earlier))])]
