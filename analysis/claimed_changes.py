"""Changepoints of many themes side by side: which of them may be claimed.

The family is the themes, with one test each: whether the rate changes at all, over all dates at once. The themes whose q (Benjamini & Hochberg
1995) is 5 % or less are the chosen ones; within each, a step must stand at 5 % × chosen ÷ tested over the number of its steps,
which keeps the mean share of false claims over the chosen themes at 5 % (Benjamini & Bogomolov 2014, *JRSS B* 76).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from analysis.blog_tests import ALPHA
from analysis.changepoint import Changes
from analysis.multiplicity import adjusted


def claimed_changes(found: Sequence[Changes], again: Callable[[str, float], Changes]) -> list[Changes]:
    """The changes with the q of theme and step set, and only the steps that may be claimed over all themes.

    ``again`` looks a theme through once more, at a stricter level than 5 %: needed only where several steps stand.
    """
    tested = [one.p for one in found if one.p is not None]
    qs = iter(adjusted(tested))
    corrected = [one if one.p is None else replace(one, q=next(qs)) for one in found]
    chosen = sum(_is_chosen(one) for one in corrected)
    return [_claimed(one, len(tested), chosen, again) for one in corrected]


def _is_chosen(changes: Changes) -> bool:
    return changes.q is not None and changes.q <= ALPHA


def _claimed(changes: Changes, tested: int, chosen: int, again: Callable[[str, float], Changes]) -> Changes:
    if not _is_chosen(changes):
        return replace(changes, points=(), drift_fits_as_well=False)
    level = ALPHA * chosen / tested
    if any(point.p * len(changes.points) > level for point in changes.points):
        changes = replace(again(changes.theme, level), q=changes.q)
    times = len(changes.points) * tested / chosen
    points = tuple(replace(point, q=max(changes.q or 0.0, point.p * times)) for point in changes.points)
    return replace(changes, points=points)
