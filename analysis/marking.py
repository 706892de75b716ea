"""Hits marked right or wrong by people: what to mark next, how precise a theme is, how far two people agree."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from analysis.agreement import Agreement, agreement
from analysis.intervals import wilson
from analysis.records import PostView, ThemeHit

Mark = Literal["right", "wrong"]
Key = tuple[str, int, int]  # URL of the post, first and last character of the hit

SIDE = 110  # characters of context


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """A hit to mark, in its context."""

    key: Key
    term: str
    published: str
    left: str
    keyword: str
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """Share of marked hits that are right, with Wilson's 95 % interval. ``term`` None: of the whole theme.

    ``unmarked``: hits that come before the last marked one in the order and have no mark. While there are any, the marked ones
    are no random sample, and ``low`` and ``high`` are None.
    """

    term: str | None
    hits: int
    marked: int
    right: int
    share: float | None
    low: float | None
    high: float | None
    unmarked: int = 0


def in_marking_order(posts: Iterable[PostView], theme: str) -> list[Sampled]:
    """The theme's hits in an order that is random and always the same, for everybody: whoever marks begins with the same."""
    hits = [_sampled(post, hit) for post in posts for hit in post.hits if hit.theme == theme]
    return sorted(hits, key=lambda hit: hashlib.sha256("|".join(map(str, hit.key)).encode()).digest())


def _sampled(post: PostView, hit: ThemeHit) -> Sampled:
    start, end = hit.start, hit.end
    return Sampled(
        key=(post.url, start, end), term=hit.term, published=post.published.isoformat(),
        left=" ".join(post.text[max(0, start - SIDE) : start].split()), keyword=" ".join(post.text[start:end].split()),
        right=" ".join(post.text[end : end + SIDE].split()),
    )  # fmt: skip


def precision(order: Sequence[Sampled], marks: Mapping[Key, Mark]) -> list[Precision]:
    """The theme's precision, then each term's, the most hits first. Marks of hits that are no longer counted do not matter."""
    last = max((place for place, hit in enumerate(order) if hit.key in marks), default=-1)
    terms: dict[str, list[Sampled]] = {}
    for hit in order:
        terms.setdefault(hit.term, []).append(hit)
    whole = _precision(None, order, marks, sum(hit.key not in marks for hit in order[: last + 1]))
    ranked = sorted(terms.items(), key=lambda item: (-len(item[1]), item[0]))
    seen = {hit.key for hit in order[: last + 1]}
    return [whole, *(
        _precision(term, hits, marks, sum(hit.key in seen and hit.key not in marks for hit in hits)) for term, hits in ranked
    )]  # fmt: skip


def _precision(term: str | None, hits: Sequence[Sampled], marks: Mapping[Key, Mark], unmarked: int) -> Precision:
    given = [marks[hit.key] for hit in hits if hit.key in marks]
    right = sum(mark == "right" for mark in given)
    low, high = wilson(right, len(given)) if given and not unmarked else (None, None)
    return Precision(
        term=term, hits=len(hits), marked=len(given), right=right, share=right / len(given) if given else None, low=low,
        high=high, unmarked=unmarked,
    )  # fmt: skip


def agreements(marks: Mapping[str, Mapping[Key, Mark]]) -> list[tuple[str, str, int, Agreement]]:
    """For every two people: how many hits both marked, and how far they agree on them."""
    found = []
    for one, other in combinations(sorted(marks), 2):
        both = sorted(marks[one].keys() & marks[other].keys())
        if both:
            pair = agreement([marks[one][key] for key in both], [marks[other][key] for key in both])
            found.append((one, other, len(both), pair))
    return found


def agreed(marks: Mapping[str, Mapping[Key, Mark]]) -> dict[Key, Mark]:
    """One mark for each hit: what more people say; where as many say right as wrong, wrong."""
    votes: dict[Key, list[Mark]] = {}
    for given in marks.values():
        for key, mark in given.items():
            votes.setdefault(key, []).append(mark)
    return {key: "right" if 2 * given.count("right") > len(given) else "wrong" for key, given in votes.items()}
