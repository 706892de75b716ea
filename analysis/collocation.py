"""Words that stand side by side more often than their frequencies explain, and themes that share posts."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from analysis.keywords import Table, chi2_tail, g2, likelihood_ratio, odds_ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class Collocation:
    """Two neighbouring words. ``first`` and ``second`` count them in that place; logs are to base 2.

    log_dice: Rychlý 2008, at most 14, comparable between corpora. pmi and npmi: Church & Hanks 1990, Bouma 2009; both
    overrate rare pairs. mi3: Daille 1994. t_score: Church et al. 1991. g2: Dunning 1993.
    """

    words: tuple[str, str]
    together: int
    first: int
    second: int
    log_dice: float
    pmi: float
    npmi: float
    mi3: float
    t_score: float
    g2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPosts:
    """Two themes in the same posts: how many posts have ``both``, and how many the themes by themselves would give."""

    themes: tuple[str, str]
    both: int
    expected: float
    jaccard: float
    odds_ratio: float | None  # None where it divides by zero
    g2: float
    p: float  # posts taken as independent, which they are not within a blog: a description, not a test


def collocations(texts: Iterable[Sequence[str]], *, fewest: int = 5) -> tuple[Collocation, ...]:
    """Every pair of neighbours met ``fewest`` times or more, by logDice. No pair crosses from one text to the next."""
    pairs: Counter[tuple[str, str]] = Counter()
    for words in texts:
        pairs.update(pairwise(words))
    firsts: Counter[str] = Counter()
    seconds: Counter[str] = Counter()
    for (first, second), count in pairs.items():
        firsts[first] += count
        seconds[second] += count
    total = pairs.total()
    rows = [
        measured(words, count, firsts[words[0]], seconds[words[1]], total)
        for words, count in pairs.items()
        if count >= fewest
    ]
    return tuple(sorted(rows, key=lambda row: (-row.log_dice, row.words)))


def measured(words: tuple[str, str], together: int, first: int, second: int, total: int) -> Collocation:
    """The measures of one pair that stands ``together`` times among ``total`` pairs."""
    due = first * second / total
    pmi = math.log2(together / due)
    table = Table(together, second - together, first - together, total - first - second + together)
    return Collocation(
        words=words, together=together, first=first, second=second, pmi=pmi,
        npmi=pmi / -math.log2(together / total) if together < total else 1.0,
        mi3=math.log2(together**3 / due),
        t_score=(together - due) / math.sqrt(together),
        log_dice=14 + math.log2(2 * together / (first + second)),
        g2=likelihood_ratio(table),
    )  # fmt: skip


def cooccurrence(posts: Iterable[Collection[str]]) -> tuple[SharedPosts, ...]:
    """Every pair of themes, the most posts in common first; ``posts`` holds the themes that each post has a hit of."""
    return shared_posts(Counter(map(frozenset, posts)))


def shared_posts(posts: Mapping[frozenset[str], int]) -> tuple[SharedPosts, ...]:
    """The same of how many posts have just these themes."""
    alone: Counter[str] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    total = sum(posts.values())
    for themes, count in posts.items():
        alone.update(dict.fromkeys(themes, count))
        both.update(dict.fromkeys(combinations(sorted(themes), 2), count))
    rows = []
    for one, other in combinations(sorted(alone), 2):
        count, left, right = both[one, other], alone[one], alone[other]
        table = Table(count, left - count, right - count, total - left - right + count)
        everywhere = total in {left, right}  # a theme in every post: nothing can depend on it
        signed = 0.0 if everywhere else g2(table)
        rows.append(
            SharedPosts(
                themes=(one, other), both=count, expected=left * right / total, jaccard=count / (left + right - count),
                odds_ratio=odds_ratio(table), g2=signed, p=chi2_tail(signed),
            )
        )  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (-row.both, row.themes)))


def ngrams(texts: Iterable[Sequence[str]], n: int) -> tuple[Counter[str], Counter[str]]:
    """Every run of ``n`` words: how often it stands in the texts, and in how many of them."""
    uses: Counter[str] = Counter()
    spread: Counter[str] = Counter()
    for words in texts:
        runs = Counter(" ".join(words[k : k + n]) for k in range(len(words) - n + 1))
        uses.update(runs)
        spread.update(runs.keys())
    return uses, spread
