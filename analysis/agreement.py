"""How far two people who marked the same hits agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Share of equal marks, and three that allow for chance: 1 is perfect, 0 no better than chance.

    kappa: Cohen 1960. ac1: Gwet 2008, which holds where nearly all marks are alike. alpha: Krippendorff 2004, nominal.
    None where chance alone would make all marks alike.
    """

    share: float
    kappa: float | None
    ac1: float | None
    alpha: float | None


def agreement(one: Sequence[Hashable], other: Sequence[Hashable]) -> Agreement:
    """Two people's marks of the same things, in the same order. Raises ValueError if they differ in number or are none."""
    if len(one) != len(other) or not one:
        raise ValueError(f"{len(one)} and {len(other)} marks: both must mark the same things, one or more")
    n = len(one)
    share = sum(a == b for a, b in zip(one, other, strict=True)) / n
    left, right = Counter(one), Counter(other)
    both = left + right
    by_chance = sum(left[mark] * right[mark] for mark in both) / n**2
    means = [count / (2 * n) for count in both.values()]
    gwet = sum(mean * (1 - mean) for mean in means) / (len(means) - 1) if len(means) > 1 else 0.0
    apart = 1 - sum(count * (count - 1) for count in both.values()) / (2 * n * (2 * n - 1))
    return Agreement(
        share=share,
        kappa=(share - by_chance) / (1 - by_chance) if by_chance < 1 else None,
        ac1=(share - gwet) / (1 - gwet),
        alpha=1 - (1 - share) / apart if apart else None,
    )
