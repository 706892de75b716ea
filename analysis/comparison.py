"""Two bodies of posts against each other: periods, blogs, or groups of blogs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from analysis.dispersion import deviation_of_proportions
from analysis.keeping import kept
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
    more, less = ([(post.blog, post.text) for post in side] for side in (target, reference))
    return _told_apart(more, less, n, fewest)


@kept
def _told_apart(
    target: list[tuple[str, str]], reference: list[tuple[str, str]], n: int, fewest: int
) -> tuple[tuple[Distinctive, ...], tuple[Distinctive, ...]]:
    """`compared` of each post's blog and text."""
    sides = [_by_blog(texts) for texts in (target, reference)]
    rows = keyness(*(_summed(side) for side in sides), fewest=fewest)
    q = adjusted([row.p for row in rows])
    more = [(row, q) for row, q in zip(rows, q, strict=True) if row.z > 0 and q <= LEVEL]
    less = [(_turned(row), q) for row, q in zip(reversed(rows), reversed(q), strict=True) if row.z < 0 and q <= LEVEL]
    less.sort(key=lambda one: (-one[0].z, one[0].term))
    return _spread(more, sides[0], n), _spread(less, sides[1], n)


def _turned(row: Keyness) -> Keyness:
    """The same term with target and reference changed over."""
    return replace(row, target=row.reference, reference=row.target, g2=-row.g2, log_ratio=-row.log_ratio, z=-row.z)


def _by_blog(texts: Iterable[tuple[str, str]]) -> dict[str, Counter[str]]:
    printed: dict[str, Counter[str]] = {}
    for blog, text in texts:
        printed.setdefault(blog, Counter()).update([text[start:stop] for start, stop in token_spans(text)])
    counts: dict[str, Counter[str]] = {}
    for blog, forms in printed.items():
        counts[blog] = Counter()
        for form, times in forms.items():
            counts[blog][folded(form).removesuffix("'s")] += times
    return counts


def _spread(rows: Iterable[tuple[Keyness, float]], side: Mapping[str, Counter[str]], n: int) -> tuple[Distinctive, ...]:
    """The first ``n`` that more than one blog of their side carries."""
    sizes = {blog: counts.total() for blog, counts in sorted(side.items())}
    found: list[Distinctive] = []
    for row, q in rows:
        uses = [side[blog][row.term] for blog in sizes]
        dp = deviation_of_proportions(uses, list(sizes.values())) if row.target else None
        spread = replace(row, groups=sum(map(bool, uses)), dp=dp)
        if len(side) < FEWEST_BLOGS or ((spread.groups or 0) >= FEWEST_BLOGS and (dp or 0.0) <= MOST_UNEVEN):
            found.append(Distinctive(keyness=spread, q=q))
        if len(found) == n:
            break
    return tuple(found)


def _summed(blogs: Mapping[str, Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for counts in blogs.values():
        total.update(counts)
    return total
