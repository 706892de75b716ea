"""How much a theme is written about, period by period, and what a reader should be warned of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from analysis.intervals import PER_WORDS, Interval, wilson
from analysis.periods import Period
from analysis.records import Grain, PostView, Trend, TrendPoint
from analysis.trend_warnings import trend_warnings

if TYPE_CHECKING:
    from analysis.corpus import Corpus
    from analysis.panel import Panel

FEWEST_POSTS = 5  # below this a period's interval would span nearly everything, and its limits would mislead
STEADY = 0.8  # share of the periods with posts that a blog must have posts in, to be in the same-blogs line
FEWEST_STEADY = 2
UNLINKED = (
    "No blogs tie all periods together: those of some periods wrote in no other. Levels cannot be compared across "
    "them, and there is no adjusted line."
)


def trend(
    posts: Iterable[PostView], theme: str, *, period: Grain = "year", seed: int = 0, resamples: int = 1000
) -> Trend:
    """The theme's share of posts and rate per 10,000 words in each period, with 95 % intervals.

    Share: Wilson. Rate: bootstrap over blogs, then posts within blogs (`intervals.clustered_rates`). No interval below
    `FEWEST_POSTS` posts. A period without posts is a point without figures. Posts whose date is coarser than ``period``
    are left out and counted. Beside them the lines that a changing panel of blogs cannot move, and the tests of drift
    (`analysis.drift`). The order of the posts does not matter; the same ``seed`` gives the same figures.
    Raises ValueError for a ``period`` that is not known or fewer than 100 ``resamples``.
    """
    if resamples < 100:
        raise ValueError(f"{resamples} resamples are too few for a 95 % interval: give 100 or more")
    from analysis.corpus import corpus_of
    from analysis.panel import panels_of

    corpus = corpus_of(posts)
    rates, shares = panels_of(corpus, theme, period)
    intervals = partial(corpus.rate_intervals, theme, period, seed=seed, resamples=resamples)
    points = _line(theme, rates, shares, intervals())
    steady = steady_blogs(shares)
    same: tuple[TrendPoint, ...] = ()
    if FEWEST_STEADY <= len(steady) < len(shares.blogs):
        same = _line(theme, rates.of_blogs(steady), shares.of_blogs(steady), intervals(blogs=steady))
    left_out = int((corpus.placed(period).place < 0).sum())
    line = Trend(
        theme=theme, grain=period, points=points, left_out=left_out,
        warnings=trend_warnings(points, corpus, theme, period, left_out, FEWEST_POSTS),
        same_blogs=same, steady_blogs=steady if same else (),
    )  # fmt: skip
    return _with_tests(line, corpus, rates, shares, f"{seed}|{theme}")


def _with_tests(line: Trend, corpus: Corpus, rates: Panel, shares: Panel, name: str) -> Trend:
    """``line`` with what is worked out on the panel of blogs and periods."""
    from analysis.adjusted import adjusted_line, equal_blogs_line, is_linked, yearly_ranks
    from analysis.drift import drift
    from analysis.panel import panel_of

    return replace(
        line,
        warnings=(*line.warnings, *((UNLINKED,) if rates.hits.sum() and not is_linked(rates) else ())),
        adjusted=adjusted_line(rates),
        equal_blogs=equal_blogs_line(rates),
        drift=drift(rates, name=name),
        share_drift=drift(shares, figure="share", name=name),
        ranks=yearly_ranks(rates if line.grain == "year" else panel_of(corpus, line.theme, "year")),
    )


def side_by_side(lines: Sequence[Trend]) -> list[Trend]:
    """The trends with the q of their tests set, corrected for how many themes are looked at (Benjamini & Hochberg)."""
    from analysis.drift import corrected

    rates = corrected([line.drift for line in lines if line.drift])
    shares = corrected([line.share_drift for line in lines if line.share_drift])
    if not len(rates) == len(shares) == len(lines):
        raise ValueError("a trend without its tests cannot be corrected: make all of them by `trend`")
    return [
        replace(line, drift=rate, share_drift=share) for line, rate, share in zip(lines, rates, shares, strict=True)
    ]


def steady_blogs(shares: Panel) -> tuple[str, ...]:
    """The blogs with posts in at least `STEADY` of the periods that have any."""
    there = shares.exposure > 0
    filled = int(there.any(axis=0).sum())
    return tuple(blog for blog, row in zip(shares.blogs, there, strict=True) if row.sum() >= STEADY * filled)


def _line(theme: str, rates: Panel, shares: Panel, intervals: Sequence[Interval | None]) -> tuple[TrendPoint, ...]:
    """A point for every period from the first to the last with a post, those between without posts included."""
    posts = shares.exposure.sum(axis=0)
    filled = [at for at, count in enumerate(posts) if count]
    return tuple(
        trend_point(
            theme,
            rates.periods[at],
            posts=int(posts[at]),
            with_hit=int(shares.hits[:, at].sum()),
            blogs=int((shares.exposure[:, at] > 0).sum()),
            words=int(rates.exposure[:, at].sum()),
            hits=int(rates.hits[:, at].sum()),
            rate_interval=intervals[at],
        )
        for at in (range(filled[0], filled[-1] + 1) if filled else ())
    )


def trend_point(
    theme: str,
    period: Period,
    *,
    posts: int,
    with_hit: int,
    blogs: int,
    words: int,
    hits: int,
    rate_interval: Interval | None,
) -> TrendPoint:
    """One period's figures; without intervals where there are too few posts."""
    share_interval = wilson(with_hit, posts) if posts >= FEWEST_POSTS else None
    rate_interval = rate_interval if posts >= FEWEST_POSTS else None
    return TrendPoint(
        theme=theme,
        period=period.name,
        start=period.start,
        posts=posts,
        posts_with_hit=with_hit,
        blogs=blogs,
        words=words,
        hits=hits,
        share=with_hit / posts if posts else None,
        share_low=share_interval[0] if share_interval else None,
        share_high=share_interval[1] if share_interval else None,
        rate=hits / words * PER_WORDS if words else None,
        rate_low=rate_interval[0] if rate_interval else None,
        rate_high=rate_interval[1] if rate_interval else None,
    )
