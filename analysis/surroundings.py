"""Who writes on a theme, whom its posts name, what they cite, and which other themes they speak of. Descriptions, no tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from analysis.collocation import cooccurrence
from analysis.records import Named, PostView, Site, Work
from analysis.report_records import AuthorRow, NameRow, ReportInput, SharedTheme, SiteRow, Surroundings, WorkRow
from analysis.word_changes import word_change

MOST_ROWS = 12
FEWEST_SHARED = 5  # posts with both themes, for a ratio to chance
FEWEST_POSTS = 2  # a name or work of one post is that post's, not the theme's
FEWEST_BLOGS = 2  # where there are several: what one blog alone names says who that blog is

T = TypeVar("T", bound=Hashable)


def all_surroundings(report: ReportInput) -> dict[str, Surroundings]:
    """The surroundings of every theme reported, by its key."""
    from analysis.corpus import corpus_of

    keys = tuple(report.themes or report.lexicon.keys)
    corpus = corpus_of(report.posts)
    on = {key: corpus.posts_with(key) for key in keys}
    shared = shared_themes(report.posts, {key: report.lexicon[key].label for key in keys})
    written = Counter(author for post in report.posts for author in dict.fromkeys(post.authors))
    named = Counter(name for post in report.posts for name in post.named)
    works = _spread(report.posts, lambda post: post.cited)
    sites = _spread(report.posts, lambda post: post.linked)
    return {
        key: Surroundings(
            authors=author_rows(posts, written),
            unsigned=sum(not post.authors for post in posts),
            names=name_rows(posts, named, len(report.posts)),
            works=work_rows(posts, works),
            citing=sum(bool(post.cited) for post in posts),
            sites=site_rows(posts, sites),
            shared=shared[key],
            words=word_change(posts, key, report.grain, seed=report.seed),
        )
        for key, posts in on.items()
    }


def author_rows(posts: Sequence[PostView], written: Mapping[str, int]) -> tuple[AuthorRow, ...]:
    """The names that sign most of ``posts``; ``written`` is how many posts of any theme each signs.

    Two people of one name are not told apart.
    """
    of = posts_of(posts, lambda post: post.authors)
    return tuple(
        AuthorRow(
            name=name,
            posts_with_hit=len(signed),
            posts=written[name],
            blogs=tuple(sorted({post.blog for post in signed})),
            first=min(post.published for post in signed),
            last=max(post.published for post in signed),
        )
        for name, signed in _most(of, 1, 1)
    )


def name_rows(posts: Sequence[PostView], named: Mapping[Named, int], of_all: int) -> tuple[NameRow, ...]:
    """The entities that most of ``posts`` name, beside the share of all other posts that name them."""
    of = posts_of(posts, lambda post: post.named)
    others = of_all - len(posts)
    return tuple(
        NameRow(
            name=entity.name,
            label=entity.label,
            posts=len(naming),
            blogs=len({post.blog for post in naming}),
            share=len(naming) / len(posts),
            elsewhere=(named[entity] - len(naming)) / others if others else None,
        )
        for entity, naming in _most(of, FEWEST_POSTS, _fewest_blogs(posts))
    )


def work_rows(posts: Sequence[PostView], of_all: Mapping[Work, tuple[int, int]]) -> tuple[WorkRow, ...]:
    """The works that most of ``posts`` cite, in a reference list or by a link; ``of_all`` counts posts and blogs of any theme."""
    of = posts_of(posts, lambda post: post.cited)
    return tuple(
        WorkRow(
            work=work, posts=len(citing), blogs=_blogs(citing), all_posts=of_all[work][0], all_blogs=of_all[work][1]
        )
        for work, citing in _most(of, 1, 1)
    )


def site_rows(posts: Sequence[PostView], of_all: Mapping[Site, tuple[int, int]]) -> tuple[SiteRow, ...]:
    """The sites that most of ``posts`` link to; ``of_all`` counts posts and blogs of any theme."""
    of = posts_of(posts, lambda post: post.linked)
    return tuple(
        SiteRow(
            site=site, posts=len(citing), blogs=_blogs(citing), all_posts=of_all[site][0], all_blogs=of_all[site][1]
        )
        for site, citing in _most(of, FEWEST_POSTS, _fewest_blogs(posts))
    )


def shared_themes(posts: Iterable[PostView], labels: Mapping[str, str]) -> dict[str, tuple[SharedTheme, ...]]:
    """For each theme of ``labels`` the others that share a post with it, those first that are there most above what chance gives."""
    found: dict[str, list[SharedTheme]] = {key: [] for key in labels}
    for pair in cooccurrence({hit.theme for hit in post.hits if hit.theme in labels} for post in posts):
        for one, other in (pair.themes, pair.themes[::-1]) if pair.both else ():
            times = pair.both / pair.expected if pair.both >= FEWEST_SHARED else None
            found[one].append(
                SharedTheme(theme=other, label=labels[other], both=pair.both, expected=pair.expected, times=times)
            )
    return {key: tuple(sorted(rows, key=lambda row: (-(row.times or 0), row.theme))) for key, rows in found.items()}


def posts_of(posts: Iterable[PostView], things: Callable[[PostView], Iterable[T]]) -> dict[T, list[PostView]]:
    """The posts that have each thing, in their order; one that has it twice counts once."""
    found: dict[T, list[PostView]] = {}
    for post in posts:
        for thing in dict.fromkeys(things(post)):
            found.setdefault(thing, []).append(post)
    return found


def _spread(posts: Iterable[PostView], things: Callable[[PostView], Iterable[T]]) -> dict[T, tuple[int, int]]:
    """How many posts, of how many blogs, have each thing."""
    return {thing: (len(having), _blogs(having)) for thing, having in posts_of(posts, things).items()}


def _blogs(posts: Iterable[PostView]) -> int:
    return len({post.blog for post in posts})


def _fewest_blogs(posts: Iterable[PostView]) -> int:
    return min(FEWEST_BLOGS, len({post.blog for post in posts}))


def _most(of: Mapping[T, list[PostView]], fewest_posts: int, fewest_blogs: int) -> list[tuple[T, list[PostView]]]:
    """Those in most posts, then blogs, then by what they are."""
    kept = [
        (thing, posts)
        for thing, posts in of.items()
        if len(posts) >= fewest_posts and len({post.blog for post in posts}) >= fewest_blogs
    ]
    kept.sort(key=lambda item: (-len(item[1]), -len({post.blog for post in item[1]}), str(item[0])))
    return kept[:MOST_ROWS]
