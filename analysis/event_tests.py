"""Did anything change at a theme's named days? An interrupted series for each, corrected over all days of a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from analysis.change_words import ALPHA
from analysis.chart_events import shown_events
from analysis.keeping import kept
from analysis.theme_file import Event, Theme

if TYPE_CHECKING:
    from analysis.changepoint import Changepoint
    from analysis.corpus import Corpus
    from analysis.drift import Interrupted
    from analysis.panel import Panel

UP, DOWN = "▲", "▼"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTest:
    """A named day, its number on the charts, and what changed in the monthly rate: at once, and in the drift."""

    number: int
    event: Event
    found: Interrupted

    @property
    def mark(self) -> str:
        """Which way the level went, where that may be claimed (q ≤ 5 %); else nothing."""
        level = self.found.level
        if level.q is None or level.q > ALPHA:
            return ""
        return UP if (level.ratio is None and level.high is None) or (level.ratio or 0) > 1 else DOWN


def event_tests(
    posts: Corpus, theme: Theme, changes: Sequence[Changepoint] = (), *, seed: int = 0
) -> tuple[EventTest, ...]:
    """The tests at the days of ``theme.events`` that lie within the months of ``posts``, by day; not corrected.

    Steps at the other days are in the model, and so are ``changes`` whose date is surely another: else a step a year later makes
    the line before and after the day cross at it, and would be laid at its door.
    """
    from analysis.panel import panel_of

    return tests_at(panel_of(posts, theme.key, "month"), theme.events, changes, name=f"{seed}|{theme.key}")


@kept
def tests_at(
    panel: Panel, events: Sequence[Event], changes: Sequence[Changepoint], *, name: str
) -> tuple[EventTest, ...]:
    """The same of a panel of counts; ``name`` fixes what is drawn."""
    from analysis.drift import interrupted

    if not panel.periods or not events:
        return ()
    within = shown_events(events, panel.periods[0].start, panel.periods[-1].last_day)
    days = [event.day for _, event in within]
    tests = []
    for number, event in within:
        elsewhere = [one.start for one in changes if not one.earliest <= event.day.replace(day=1) <= one.latest]
        found = interrupted(panel, event.day, others=[*days, *elsewhere], name=name)
        tests.append(EventTest(number=number, event=event, found=found))
    return tuple(tests)


def corrected_events(tests: Sequence[tuple[EventTest, ...]]) -> list[tuple[EventTest, ...]]:
    """The tests of each theme with q set, over all days of all themes, levels and drifts together."""
    from analysis.drift import corrected

    flat = [test for one in tests for event in one for test in (event.found.level, event.found.drift)]
    done = iter(corrected(flat))
    return [
        tuple(replace(one, found=replace(one.found, level=next(done), drift=next(done))) for one in of_theme)
        for of_theme in tests
    ]


def marks_of(tests: Sequence[EventTest]) -> Mapping[Event, str]:
    """The days to mark on a chart."""
    return {test.event: test.mark for test in tests if test.mark}
