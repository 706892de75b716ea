"""Hits and words of every blog in every period: what tests of change are made on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.corpus import Floats as Floats
from analysis.corpus import corpus_of
from analysis.periods import MONTHS, Period
from analysis.records import Grain, PostView

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

    def of_blogs(self, blogs: Sequence[str]) -> Panel:
        """Only the rows of ``blogs``, over the same periods."""
        kept = [at for at, blog in enumerate(self.blogs) if blog in blogs]
        return Panel(blogs=tuple(self.blogs[at] for at in kept), periods=self.periods, hits=self.hits[kept],
                     exposure=self.exposure[kept])  # fmt: skip


def panel_of(posts: Iterable[PostView], theme: str, grain: Grain, figure: Figure = "rate") -> Panel:
    """The panel of a theme. Posts whose date is coarser than ``grain`` are left out, as in `trend`."""
    return panels_of(posts, theme, grain)[figure == "share"]


def panels_of(posts: Iterable[PostView], theme: str, grain: Grain) -> tuple[Panel, Panel]:
    """The panels of a theme's rate and of its share of posts, over the blogs that have a post in any period."""
    corpus = corpus_of(posts)
    periods, hits = corpus.placed(grain).periods, corpus.counts_of(theme)
    written = corpus.cells(grain, np.ones_like(hits))
    there = written.sum(axis=1) > 0
    blogs = tuple(blog for blog, keep in zip(corpus.blogs, there, strict=True) if keep)
    rate, share = (
        Panel(blogs=blogs, periods=periods, hits=corpus.cells(grain, counted)[there], exposure=exposure[there])
        for counted, exposure in ((hits, corpus.cells(grain, corpus.words)), ((hits > 0).astype(np.int64), written))
    )
    return rate, share
