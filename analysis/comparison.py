"""Two bodies of posts against each other: periods, blogs, or groups of blogs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from analysis.dispersion import deviation_of_proportions
from analysis.keywords import FEWEST, Keyness, keyness
from analysis.multiplicity import adjusted
from analysis.records import PostView
from analysis.tokens import folded, token_spans

FEWEST_BLOGS = 2
MOST_UNEVEN = 0.8  # DP over blogs: above, one blog carries the word
LEVEL = 0.01  # of q


@dataclass(frozen=True, slots=True, kw_only=True)
class Distinctive:
    """A word that one side uses more. ``q`` is its p corrected for all words compared. ``groups`` and ``dp`` in ``keyness``
    are over the blogs of the side that uses it more."""

    keyness: Keyness
    q: float


def compared(
    target: Iterable[PostView], reference: Iterable[PostView], *, n: int = 30, fewest: int = FEWEST
) -> tuple[tuple[Distinctive, ...], tuple[Distinctive, ...]]:
    """The words that ``target`` uses more, and those that ``reference`` uses more; at most ``n`` each, by weighted log-odds.

    A word that fewer than two blogs of its side use, or that is spread over them with a DP above 0.8, is left out where the side has
    two blogs or more: one blog's word is not a period's. G² takes words as independent, which words of one post
    are not: q ranks, it does not prove. Source: Dunning 1993, Monroe et al. 2008, Gries 2008.
    """
    sides = [_by_blog(posts) for posts in (target, reference)]
    return _more(sides[0], sides[1], n, fewest), _more(sides[1], sides[0], n, fewest)


def _by_blog(posts: Iterable[PostView]) -> dict[str, Counter[str]]:
    printed: dict[str, Counter[str]] = {}
    for post in posts:
        text = post.text
        printed.setdefault(post.blog, Counter()).update([text[start:stop] for start, stop in token_spans(text)])
    counts: dict[str, Counter[str]] = {}
    for blog, forms in printed.items():
        counts[blog] = Counter()
        for form, times in forms.items():
            counts[blog][folded(form).removesuffix("'s")] += times
    return counts


def _more(
    side: dict[str, Counter[str]], other: dict[str, Counter[str]], n: int, fewest: int
) -> tuple[Distinctive, ...]:
    rows = keyness(_summed(side), _summed(other), fewest=fewest)
    sizes = {blog: counts.total() for blog, counts in sorted(side.items())}
    found: list[Distinctive] = []
    for row, q in zip(rows, adjusted([row.p for row in rows]), strict=True):
        if len(found) < n and row.z > 0 and q <= LEVEL:
            uses = [side[blog][row.term] for blog in sizes]
            dp = deviation_of_proportions(uses, list(sizes.values())) if row.target else None
            spread = replace(row, groups=sum(map(bool, uses)), dp=dp)
            if len(side) < FEWEST_BLOGS or ((spread.groups or 0) >= FEWEST_BLOGS and (dp or 0.0) <= MOST_UNEVEN):
                found.append(Distinctive(keyness=spread, q=q))
    return tuple(found)


def _summed(blogs: Mapping[str, Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for counts in blogs.values():
        total.update(counts)
    return total
