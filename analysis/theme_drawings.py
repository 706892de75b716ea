"""A theme's charts, and the words that stand beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analysis import charts, figures
from analysis.change_words import changes_said, drift_said, ranks_said
from analysis.chart_changes import shown_changes
from analysis.chart_composition import composition_chart
from analysis.chart_events import shown_events
from analysis.composition import composition_lines, composition_said
from analysis.event_tests import marks_of
from analysis.multiples import Multiples, multiples
from analysis.periods import period_of
from analysis.records import PostView
from analysis.report_records import ThemeFindings
from analysis.theme_file import Event

if TYPE_CHECKING:
    from analysis.changepoint import Changepoint

Both = tuple[str, str]  # a chart for a wide page, and one for a telephone


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A theme's charts as SVG, what is marked on them, and what tests and lines say. Without a post all are empty."""

    share: Both = ("", "")
    rate: Both = ("", "")
    composition: Both = ("", "")
    spark: str = ""
    multiples: Multiples | None = None
    events: Sequence[tuple[int, Event]] = ()
    changes: Sequence[Changepoint] = ()
    tests: Sequence[str] = ()
    composition_said: str = ""
    lines: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


def drawn_theme(found: ThemeFindings, posts: Sequence[PostView], names: Mapping[str, str]) -> Drawn:
    """The theme's charts on ``posts``; ``names`` are those of blogs."""
    line, key, label = found.trend, found.theme.key, found.theme.label
    if not line.points:
        return Drawn()
    first, last = line.points[0].start, period_of(line.points[-1].start, line.grain).last_day
    said = (
        f"{label} by {line.grain}, {line.points[0].period} to {line.points[-1].period}; the table below has the figures"
    )

    def both(draw: Callable[[int], str]) -> Both:
        return draw(charts.WIDE), draw(charts.NARROW)

    return Drawn(
        share=both(
            lambda width: charts.trend_chart(
                line, "share", name=f"{key}-share-{width}", label=f"{charts.TITLES['share']}: {said}",
                events=found.theme.events, width=width,
            )
        ),
        rate=both(
            lambda width: charts.trend_chart(
                line, "rate", name=f"{key}-rate-{width}", label=f"{charts.TITLES['rate']}: {said}",
                events=found.theme.events, changes=found.changes, width=width, marks=marks_of(found.events),
            )
        ),
        composition=both(
            lambda width: composition_chart(
                line, name=f"{key}-lines-{width}", label=f"Composition check: {said}", width=width
            )
        ),
        spark=charts.sparkline(line, name=f"{key}-spark", label=f"Share of posts: {said}"),
        multiples=multiples(posts, key, names),
        events=shown_events(found.theme.events, first, last),
        changes=shown_changes(found.changes),
        tests=_tests_said(found),
        composition_said=_set(composition_said(line)),
        lines=composition_lines(line),
    )  # fmt: skip


def _tests_said(found: ThemeFindings) -> list[str]:
    line = found.trend
    said = [drift_said(test) for test in (line.drift, line.share_drift) if test]
    said += [ranks_said(line.ranks)] if line.ranks else []
    return [_set(sentence) for sentence in (*said, *changes_said(found.changes))]


def _set(sentence: str) -> str:
    """With true minus signs, and no line broken before a per cent sign."""
    return re.sub(r"(?<!\w)-(?=\d)", "−", sentence).replace(" %", f"{figures.NBSP}%")
