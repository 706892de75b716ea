"""Hits and words of every blog in every period: what tests of change are made on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from analysis.periods import MONTHS, Period, is_fine_enough, period_of, periods_between
from analysis.records import Grain, PostView

Floats = NDArray[np.float64]
T = TypeVar("T")
Figure = Literal["rate", "share"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Counts, blogs × periods. ``exposure`` is words where ``hits`` are hits, posts where they are posts with a hit.

    Every period from the first to the last is there; a blog that is silent in one has exposure 0 in it.
    """

    blogs: tuple[str, ...]
    periods: tuple[Period, ...]
    hits: Floats
    exposure: Floats

    @property
    def grain(self) -> Grain:
        return self.periods[0].grain if self.periods else "year"

    @property
    def years(self) -> Floats:
        """The middle of each period in years, from the middle of the whole: slopes are per year."""
        at = (np.arange(len(self.periods)) + 0.5) * MONTHS[self.grain] / 12
        return np.asarray(at - at.mean() if len(at) else at, dtype=float)

    def part(self, first: int, after: int) -> Panel:
        """The periods from number ``first`` up to, and without, number ``after``."""
        return Panel(
            blogs=self.blogs, periods=self.periods[first:after], hits=self.hits[:, first:after],
            exposure=self.exposure[:, first:after],
        )  # fmt: skip


def panel_of(posts: Iterable[PostView], theme: str, grain: Grain, figure: Figure = "rate") -> Panel:
    """The panel of a theme. Posts whose date is coarser than ``grain`` are left out, as in `trend`."""
    return panels_of(posts, theme, grain)[figure == "share"]


def panels_of(posts: Iterable[PostView], theme: str, grain: Grain) -> tuple[Panel, Panel]:
    """The panels of a theme's rate and of its share of posts, in one reading."""
    cells: dict[tuple[str, Period], list[int]] = {}
    for post in posts:
        if is_fine_enough(post.precision, grain):
            key = (post.blog, period_of(post.published, grain))
            cell = cells.get(key)
            if cell is None:
                cell = cells[key] = [0, 0, 0, 0]
            hits = sum([hit.theme == theme for hit in post.hits]) if post.hits else 0
            cell[0] += hits
            cell[1] += post.words
            cell[2] += hits > 0
            cell[3] += 1
    if not cells:
        nothing = Panel(blogs=(), periods=(), hits=np.zeros((0, 0)), exposure=np.zeros((0, 0)))
        return nothing, nothing
    blogs = sorted({blog for blog, _ in cells})
    starts = [period.start for _, period in cells]
    periods = tuple(periods_between(min(starts), max(starts), grain))
    counts = np.zeros((4, len(blogs), len(periods)))
    row, column = _places(blogs), _places(periods)
    for (blog, period), cell in cells.items():
        counts[:, row[blog], column[period]] = cell
    return (
        Panel(blogs=tuple(blogs), periods=periods, hits=counts[0], exposure=counts[1]),
        Panel(blogs=tuple(blogs), periods=periods, hits=counts[2], exposure=counts[3]),
    )


def _places(items: Sequence[T]) -> dict[T, int]:
    return {item: place for place, item in enumerate(items)}
