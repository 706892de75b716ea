"""How evenly a term is spread over the parts of a body of text: over posts, or over blogs."""

from __future__ import annotations

import math
from collections.abc import Sequence


def deviation_of_proportions(counts: Sequence[int], sizes: Sequence[int]) -> float:
    """DP (Gries 2008): 0 where each part has its due share, near 1 where a small part has all. Raises ValueError at 0 uses."""
    shares, due = _shares(counts, sizes)
    return sum(abs(share - size) for share, size in zip(shares, due, strict=True)) / 2


def dp_norm(counts: Sequence[int], sizes: Sequence[int]) -> float:
    """DP over the most it could be (Lijffijt & Gries 2012). 0 with one part only."""
    _, due = _shares(counts, sizes)
    return deviation_of_proportions(counts, sizes) / (1 - min(due)) if len(due) > 1 else 0.0


def juilland_d(counts: Sequence[int], sizes: Sequence[int]) -> float:
    """Juilland's D on relative frequencies: 1 even, 0 all in one part. Raises ValueError below two parts."""
    if len(counts) < 2:
        raise ValueError("Juilland's D needs two parts or more")
    rates = [count / size for count, size in zip(counts, sizes, strict=True)]
    mean = math.fsum(rates) / len(rates)
    if not mean:
        raise ValueError("a term that is never used has no dispersion")
    spread = math.sqrt(math.fsum((rate - mean) ** 2 for rate in rates) / len(rates))
    return 1 - spread / mean / math.sqrt(len(rates) - 1)


def divergence(counts: Sequence[int], sizes: Sequence[int]) -> float:
    """The Kullback–Leibler divergence of the term's spread from the parts' sizes, in bits (Gries 2022): 0 even."""
    shares, due = _shares(counts, sizes)
    return math.fsum(share * math.log2(share / size) for share, size in zip(shares, due, strict=True) if share)


def _shares(counts: Sequence[int], sizes: Sequence[int]) -> tuple[list[float], list[float]]:
    uses, words = sum(counts), sum(sizes)
    if not uses:
        raise ValueError("a term that is never used has no dispersion")
    return [count / uses for count in counts], [size / words for size in sizes]
