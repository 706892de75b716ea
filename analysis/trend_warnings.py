"""What a careful reader would want to know before believing a trend. Each check gives sentences for that reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from analysis import figures
from analysis.periods import period_of
from analysis.records import Grain, TrendPoint

if TYPE_CHECKING:
    from analysis.corpus import Corpus, Ints

MOST = 0.5  # a blog with more than half of all is most of the figure
MOST_OF_A_PERIOD = 0.6
ONE_POST = 0.25  # of all hits
FEW_HITS = 20
FEW_BLOGS = 5  # a bootstrap over fewer clusters is too sure of itself
NAMED = 6  # periods or blogs named before "and N more"
EDGE = 0.25  # part of a period without posts at the series' edge that makes the period look unfinished


@dataclass(frozen=True, slots=True)
class Case:
    """All that the checks may look at. ``posts`` are the places in ``corpus`` of those whose date is fine enough."""

    points: Sequence[TrendPoint]
    corpus: Corpus
    posts: Ints
    theme: str
    grain: Grain
    left_out: int
    fewest: int

    @property
    def hits(self) -> Ints:
        """Of each post."""
        return self.corpus.counts_of(self.theme)[self.posts]

    def by_blog(self, values: Ints) -> dict[str, int]:
        """The posts' ``values`` added up for each blog that has one of the posts."""
        sums: dict[str, int] = {}
        for at in sorted(set(self.corpus.blog[self.posts].tolist())):
            sums[self.corpus.blogs[at]] = int(values[self.corpus.blog[self.posts] == at].sum())
        return sums


def too_coarse(case: Case) -> Iterator[str]:
    if case.left_out:
        yield f"{_posts(case.left_out)} left out: the date is too coarse to tell the {case.grain}."


def nothing(case: Case) -> Iterator[str]:
    if not len(case.posts):
        yield "No posts: there is nothing to count."


def gaps(case: Case) -> Iterator[str]:
    if empty := [point.period for point in case.points if not point.posts]:
        yield f"No posts at all in {_named(empty)}: a gap in the sources, not a zero."


def few_posts(case: Case) -> Iterator[str]:
    if few := [point.period for point in case.points if 0 < point.posts < case.fewest]:
        yield f"Fewer than {case.fewest} posts in {_named(few)}: no interval can be given, and the figure says little."


def few_hits(case: Case) -> Iterator[str]:
    hits = sum(point.hits for point in case.points)
    if len(case.posts) and hits < FEW_HITS:
        yield f"Only {hits} hit{'s' * (hits != 1)} in all: too few to speak of a trend."


def few_blogs(case: Case) -> Iterator[str]:
    blogs = len(set(case.corpus.blog[case.posts].tolist()))
    if blogs == 1:
        yield "One blog only: this is how that blog writes, not how a sector does."
    elif 1 < blogs < FEW_BLOGS:
        yield f"Only {blogs} blogs: the intervals are likely too narrow to stand for a sector."


def one_blog_dominates(case: Case) -> Iterator[str]:
    words = case.by_blog(case.corpus.words[case.posts])
    if len(words) < 2:
        return
    for what, counted in (("words", words), ("hits", case.by_blog(case.hits))):
        total = sum(counted.values())
        blog, most = min(counted.items(), key=lambda item: (-item[1], item[0]))
        if total and most > MOST * total:
            yield f"One blog carries the figure: {blog} has {figures.percent(most / total)} of all {what}."


def one_blog_dominates_a_period(case: Case) -> Iterator[str]:
    words = case.corpus.cells(case.grain, case.corpus.words)
    wrote = case.corpus.cells(case.grain, case.corpus.words * 0 + 1) > 0
    heavy = [
        period.name
        for at, period in enumerate(case.corpus.placed(case.grain).periods)
        if wrote[:, at].sum() > 1 and words[:, at].max() > MOST_OF_A_PERIOD * words[:, at].sum()
    ]
    if heavy:
        yield f"In {_named(heavy)} one blog wrote more than {figures.percent(MOST_OF_A_PERIOD)} of the words."


def one_post_dominates(case: Case) -> Iterator[str]:
    hits = case.hits
    total, most = int(hits.sum()), int(hits.max(initial=0))
    if len(hits) > 1 and total >= FEW_HITS and most > ONE_POST * total:
        url = max(case.corpus[at].url for at in case.posts[hits == most].tolist())
        yield f"One post has {figures.percent(most / total)} of all hits: {url}"


def panel_changes(case: Case) -> Iterator[str]:
    wrote = case.corpus.cells(case.grain, case.corpus.words * 0 + 1) > 0
    filled = [at for at in range(wrote.shape[1]) if wrote[:, at].any()]
    if len(filled) < 2:
        return
    periods = case.corpus.placed(case.grain).periods
    known = [at for at in range(len(case.corpus.blogs)) if wrote[at].any()]
    late = [case.corpus.blogs[at] for at in known if not wrote[at, filled[0]]]
    gone = [case.corpus.blogs[at] for at in known if not wrote[at, filled[-1]]]
    if late or gone:
        parts = [f"no post yet in {periods[filled[0]].name}: {_named(late)}"] if late else []
        parts += [f"none any more in {periods[filled[-1]].name}: {_named(gone)}"] if gone else []
        yield (
            f"The panel of {len(known)} blogs changes ({'; '.join(parts)}): the line over all blogs may move "
            "without anybody writing differently."
        )


def unfinished_edges(case: Case) -> Iterator[str]:
    days = case.corpus.exact_days
    if days is None or case.grain == "month":
        return
    first, last = (period_of(day, case.grain) for day in days)
    slack = timedelta(days=(last.last_day - last.start).days * EDGE)
    if days[0] - first.start > slack and first.name == case.points[0].period:
        yield f"{first.name} begins late: its first post is of {days[0].isoformat()}."
    if last.last_day - days[1] > slack and last.name == case.points[-1].period:
        yield f"{last.name} may be unfinished: its last post is of {days[1].isoformat()}."


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
    points: Sequence[TrendPoint], corpus: Corpus, theme: str, grain: Grain, left_out: int, fewest: int
) -> tuple[str, ...]:
    """Every warning that applies, the weightiest first."""
    posts = (corpus.placed(grain).place >= 0).nonzero()[0]
    case = Case(points, corpus, posts, theme, grain, left_out, fewest)
    return tuple(warning for check in CHECKS for warning in check(case))


def _posts(count: int) -> str:
    return f"{count} post is" if count == 1 else f"{count:,} posts are"


def _named(names: Sequence[str]) -> str:
    shown = ", ".join(names[:NAMED])
    return shown if len(names) <= NAMED else f"{shown} and {len(names) - NAMED} more"
