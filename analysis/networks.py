"""Who cites what, and what is cited together. And names, authors or works counted over time, as themes are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from analysis.records import PostView, ThemeHit


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """``posts`` of ``blog`` cite ``work``."""

    blog: str
    work: str
    posts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two works cited in the same ``posts`` of so many ``blogs``, or two blogs that cite the same ``works``."""

    one: str
    other: str
    shared: int
    jaccard: float
    blogs: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationNetwork:
    """Blogs and works (two-mode), and its two projections; each the weightiest first."""

    edges: tuple[Edge, ...]
    cited_together: tuple[Pair, ...]
    alike_blogs: tuple[Pair, ...]


def edges_of(cited: Iterable[tuple[str, str, str]]) -> tuple[Edge, ...]:
    """How many posts of each blog cite each work, from (blog, post, work), the weightiest first. A post counts a work once."""
    edges = Counter((blog, work) for blog, _, work in set(cited))
    return tuple(
        Edge(blog=blog, work=work, posts=posts)
        for (blog, work), posts in sorted(edges.items(), key=lambda item: (-item[1], item[0]))
    )


def citation_network(cited: Iterable[tuple[str, str, str]], *, fewest: int = 2) -> CitationNetwork:
    """From (blog, post, work) for every citation. ``fewest`` posts, or works, that a pair must share.

    A post that cites a work twice counts once.
    """
    cited = list(cited)
    works_of: dict[tuple[str, str], set[str]] = defaultdict(set)
    for blog, post, work in cited:
        works_of[blog, post].add(work)
    posts_of: Counter[str] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    where: dict[tuple[str, str], set[str]] = defaultdict(set)
    by_blog: dict[str, set[str]] = defaultdict(set)
    for (blog, _), works in works_of.items():
        by_blog[blog] |= works
        posts_of.update(works)
        for pair in combinations(sorted(works), 2):
            together[pair] += 1
            where[pair].add(blog)
    cited_together = [
        Pair(
            one=one, other=other, shared=shared, jaccard=shared / (posts_of[one] + posts_of[other] - shared),
            blogs=len(where[one, other]),
        )
        for (one, other), shared in together.items() if shared >= fewest
    ]  # fmt: skip
    alike = [
        Pair(one=one, other=other, shared=len(both), jaccard=len(both) / len(by_blog[one] | by_blog[other]))
        for one, other in combinations(sorted(by_blog), 2)
        if len(both := by_blog[one] & by_blog[other]) >= fewest
    ]
    return CitationNetwork(
        edges=edges_of(cited),
        cited_together=_ranked(cited_together),
        alike_blogs=_ranked(alike),
    )


def _ranked(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    return tuple(sorted(pairs, key=lambda pair: (-pair.shared, -pair.jaccard, pair.one, pair.other)))


def counted_as_themes(posts: Iterable[PostView], named: Mapping[str, Iterable[str]]) -> list[PostView]:
    """The posts with a hit for every name in ``named[url]`` (entities mentioned, authors, works cited) in the place of their own.

    So `trend` and `changepoints` count a name as they count a theme. The hits have no place in the text.
    """
    return [replace(post, hits=_hits(tuple(named.get(post.url, ())))) for post in posts]


def _hits(names: Sequence[str]) -> tuple[ThemeHit, ...]:
    return tuple(ThemeHit(theme=name, term=name, start=0, end=0, text="") for name in names)
