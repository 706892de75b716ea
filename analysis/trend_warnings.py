"""What a careful reader would want to know before believing a trend. Each check gives sentences for that reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from analysis import figures
from analysis.periods import period_of
from analysis.records import Grain, PostView, TrendPoint

MOST = 0.5  # a blog with more than half of all is most of the figure
MOST_OF_A_PERIOD = 0.6
ONE_POST = 0.25  # of all hits
FEW_HITS = 20
FEW_BLOGS = 5  # a bootstrap over fewer clusters is too sure of itself
NAMED = 6  # periods or blogs named before "and N more"
EDGE = 0.25  # part of a period without posts at the series' edge that makes the period look unfinished


@dataclass(frozen=True, slots=True)
class Case:
    """All that the checks may look at. ``posts`` are those whose date is fine enough."""

    points: Sequence[TrendPoint]
    posts: Sequence[PostView]
    theme: str
    grain: Grain
    left_out: int
    fewest: int

    def hits_of(self, post: PostView) -> int:
        return sum(hit.theme == self.theme for hit in post.hits)


def too_coarse(case: Case) -> Iterator[str]:
    if case.left_out:
        yield f"{_posts(case.left_out)} left out: the date is too coarse to tell the {case.grain}."


def nothing(case: Case) -> Iterator[str]:
    if not case.posts:
        yield "No posts: there is nothing to count."


def gaps(case: Case) -> Iterator[str]:
    if empty := [point.period for point in case.points if not point.posts]:
        yield f"No posts at all in {_named(empty)}: a gap in the sources, not a zero."


def few_posts(case: Case) -> Iterator[str]:
    if few := [point.period for point in case.points if 0 < point.posts < case.fewest]:
        yield f"Fewer than {case.fewest} posts in {_named(few)}: no interval can be given, and the figure says little."


def few_hits(case: Case) -> Iterator[str]:
    hits = sum(point.hits for point in case.points)
    if case.posts and hits < FEW_HITS:
        yield f"Only {hits} hit{'s' * (hits != 1)} in all: too few to speak of a trend."


def few_blogs(case: Case) -> Iterator[str]:
    blogs = len({post.blog for post in case.posts})
    if blogs == 1:
        yield "One blog only: this is how that blog writes, not how a sector does."
    elif 1 < blogs < FEW_BLOGS:
        yield f"Only {blogs} blogs: the intervals are likely too narrow to stand for a sector."


def one_blog_dominates(case: Case) -> Iterator[str]:
    words: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    for post in case.posts:
        words[post.blog] += post.words
        hits[post.blog] += case.hits_of(post)
    if len(words) < 2:
        return
    for what, counted in (("words", words), ("hits", hits)):
        total = counted.total()
        blog, most = min(counted.items(), key=lambda item: (-item[1], item[0]))
        if total and most > MOST * total:
            yield f"One blog carries the figure: {blog} has {figures.percent(most / total)} of all {what}."


def one_blog_dominates_a_period(case: Case) -> Iterator[str]:
    by_period: dict[str, Counter[str]] = {}
    for post in case.posts:
        by_period.setdefault(period_of(post.published, case.grain).name, Counter())[post.blog] += post.words
    heavy = [
        name
        for name, words in sorted(by_period.items())
        if len(words) > 1 and max(words.values()) > MOST_OF_A_PERIOD * words.total()
    ]
    if heavy:
        yield f"In {_named(heavy)} one blog wrote more than {figures.percent(MOST_OF_A_PERIOD)} of the words."


def one_post_dominates(case: Case) -> Iterator[str]:
    hits = [(case.hits_of(post), post.url) for post in case.posts]
    total = sum(count for count, _ in hits)
    most, url = max(hits, default=(0, ""))
    if len(hits) > 1 and total >= FEW_HITS and most > ONE_POST * total:
        yield f"One post has {figures.percent(most / total)} of all hits: {url}"


def panel_changes(case: Case) -> Iterator[str]:
    filled = [point.period for point in case.points if point.posts]
    if len(filled) < 2:
        return
    seen: dict[str, set[str]] = {}
    for post in case.posts:
        seen.setdefault(post.blog, set()).add(period_of(post.published, case.grain).name)
    late = sorted(blog for blog, periods in seen.items() if filled[0] not in periods)
    gone = sorted(blog for blog, periods in seen.items() if filled[-1] not in periods)
    if late or gone:
        parts = [f"no post yet in {filled[0]}: {_named(late)}"] if late else []
        parts += [f"none any more in {filled[-1]}: {_named(gone)}"] if gone else []
        yield (
            f"The panel of {len(seen)} blogs changes ({'; '.join(parts)}): the line over all blogs may move "
            "without anybody writing differently."
        )


def unfinished_edges(case: Case) -> Iterator[str]:
    exact = [post.published for post in case.posts if post.precision == "day"]
    if not exact or case.grain == "month":
        return
    first, last = period_of(min(exact), case.grain), period_of(max(exact), case.grain)
    slack = timedelta(days=(last.last_day - last.start).days * EDGE)
    if min(exact) - first.start > slack and first.name == case.points[0].period:
        yield f"{first.name} begins late: its first post is of {min(exact).isoformat()}."
    if last.last_day - max(exact) > slack and last.name == case.points[-1].period:
        yield f"{last.name} may be unfinished: its last post is of {max(exact).isoformat()}."


CHECKS: tuple[Callable[[Case], Iterator[str]], ...] = (  # what weighs most comes first
    nothing,
    few_hits,
    few_blogs,
    panel_changes,
    one_blog_dominates,
    one_blog_dominates_a_period,
    one_post_dominates,
    gaps,
    few_posts,
    unfinished_edges,
    too_coarse,
)


def trend_warnings(
    points: Sequence[TrendPoint], posts: Sequence[PostView], theme: str, grain: Grain, left_out: int, fewest: int
) -> tuple[str, ...]:
    """Every warning that applies, the weightiest first."""
    case = Case(points, posts, theme, grain, left_out, fewest)
    return tuple(warning for check in CHECKS for warning in check(case))


def _posts(count: int) -> str:
    return f"{count} post is" if count == 1 else f"{count:,} posts are"


def _named(names: Sequence[str]) -> str:
    shown = ", ".join(names[:NAMED])
    return shown if len(names) <= NAMED else f"{shown} and {len(names) - NAMED} more"
