"""How much a theme is written about, period by period, and what a reader should be warned of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.intervals import PER_WORDS, clustered_rate, wilson
from analysis.periods import Period, is_fine_enough, period_of, periods_between
from analysis.records import Grain, PostView, Trend, TrendPoint
from analysis.trend_warnings import trend_warnings

FEWEST_POSTS = 5  # below this a period's interval would span nearly everything, and its limits would mislead
STEADY = 0.8  # share of the periods with posts that a blog must have posts in, to be in the same-blogs line
FEWEST_STEADY = 2
UNLINKED = (
    "No blogs tie all periods together: those of some periods wrote in no other. Levels cannot be compared across "
    "them, and there is no adjusted line."
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A post as the trend sees it."""

    blog: str
    url: str
    words: int
    hits: int


def trend(
    posts: Iterable[PostView], theme: str, *, period: Grain = "year", seed: int = 0, resamples: int = 1000
) -> Trend:
    """The theme's share of posts and rate per 10,000 words in each period, with 95 % intervals.

    Share: Wilson. Rate: bootstrap over blogs, then posts within blogs (`intervals.clustered_rate`). No interval below
    `FEWEST_POSTS` posts. A period without posts is a point without figures. Posts whose date is coarser than ``period``
    are left out and counted. Beside them the lines that a changing panel of blogs cannot move, and the tests of drift
    (`analysis.drift`). The order of the posts does not matter; the same ``seed`` gives the same figures.
    Raises ValueError for a ``period`` that is not known or fewer than 100 ``resamples``.
    """
    if resamples < 100:
        raise ValueError(f"{resamples} resamples are too few for a 95 % interval: give 100 or more")
    every = sorted(posts, key=lambda post: (post.published, post.blog, post.url))
    for post in every[:1]:
        period_of(post.published, period)
    kept = [post for post in every if is_fine_enough(post.precision, period)]
    by_period: dict[Period, list[Counted]] = defaultdict(list)
    for post in kept:
        hits = sum(hit.theme == theme for hit in post.hits)
        by_period[period_of(post.published, period)].append(Counted(post.blog, post.url, post.words, hits))
    points = _line(by_period, theme, seed, resamples)
    steady = steady_blogs(by_period)
    same: tuple[TrendPoint, ...] = ()
    if len(steady) >= FEWEST_STEADY and len(steady) < len({post.blog for post in kept}):
        same = _line(_of_blogs(by_period, steady), theme, seed, resamples)
    left_out = len(every) - len(kept)
    warnings = trend_warnings(points, kept, theme, period, left_out, FEWEST_POSTS)
    return _with_tests(Trend(
        theme=theme, grain=period, points=points, left_out=left_out, warnings=warnings,
        same_blogs=same, steady_blogs=steady if same else (),
    ), kept, f"{seed}|{theme}")  # fmt: skip


def _with_tests(line: Trend, posts: Sequence[PostView], name: str) -> Trend:
    """``line`` with what is worked out on the panel of blogs and periods; numpy is loaded here, not before."""
    from analysis.adjusted import adjusted_line, equal_blogs_line, is_linked, yearly_ranks
    from analysis.drift import drift
    from analysis.panel import panel_of, panels_of

    rates, shares = panels_of(posts, line.theme, line.grain)
    return replace(
        line,
        warnings=(*line.warnings, *((UNLINKED,) if rates.hits.sum() and not is_linked(rates) else ())),
        adjusted=adjusted_line(rates),
        equal_blogs=equal_blogs_line(rates),
        drift=drift(rates, name=name),
        share_drift=drift(shares, figure="share", name=name),
        ranks=yearly_ranks(rates if line.grain == "year" else panel_of(posts, line.theme, "year")),
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


def steady_blogs(by_period: Mapping[Period, Sequence[Counted]]) -> tuple[str, ...]:
    """The blogs with posts in at least `STEADY` of the periods that have any."""
    seen: dict[str, int] = defaultdict(int)
    filled = [posts for posts in by_period.values() if posts]
    for posts in filled:
        for blog in {post.blog for post in posts}:
            seen[blog] += 1
    return tuple(sorted(blog for blog, periods in seen.items() if periods >= STEADY * len(filled)))


def _of_blogs(by_period: Mapping[Period, Sequence[Counted]], blogs: Iterable[str]) -> dict[Period, list[Counted]]:
    kept = set(blogs)
    return {period: [post for post in posts if post.blog in kept] for period, posts in by_period.items()}


def _line(
    by_period: Mapping[Period, Sequence[Counted]], theme: str, seed: int, resamples: int
) -> tuple[TrendPoint, ...]:
    """A point for every period from the first to the last, those without posts included."""
    if not by_period:
        return ()
    first, last = min(by_period), max(by_period)
    spans = periods_between(first.start, last.start, first.grain)
    return tuple(trend_point(theme, period, by_period.get(period, ()), seed, resamples) for period in spans)


def trend_point(
    theme: str, period: Period, posts: Sequence[Counted], seed: int = 0, resamples: int = 1000
) -> TrendPoint:
    """One period's figures. ``posts`` are in a fixed order, so that the resampling is the same every time."""
    words, hits = sum(post.words for post in posts), sum(post.hits for post in posts)
    with_hit = sum(post.hits > 0 for post in posts)
    by_blog: dict[str, list[Counted]] = defaultdict(list)
    for post in sorted(posts, key=lambda post: (post.blog, post.url)):
        by_blog[post.blog].append(post)
    share_interval = rate_interval = None
    if len(posts) >= FEWEST_POSTS:
        share_interval = wilson(with_hit, len(posts))
        counts = [([post.hits for post in blog], [post.words for post in blog]) for blog in by_blog.values()]
        rate_interval = clustered_rate(counts, seed=seed, name=f"{theme}|{period.name}", resamples=resamples)
    return TrendPoint(
        theme=theme,
        period=period.name,
        start=period.start,
        posts=len(posts),
        posts_with_hit=with_hit,
        blogs=len(by_blog),
        words=words,
        hits=hits,
        share=with_hit / len(posts) if posts else None,
        share_low=share_interval[0] if share_interval else None,
        share_high=share_interval[1] if share_interval else None,
        rate=hits / words * PER_WORDS if words else None,
        rate_low=rate_interval[0] if rate_interval else None,
        rate_high=rate_interval[1] if rate_interval else None,
    )
