"""Does a line move because blogs write otherwise, or because other blogs write? Four lines held against each other."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from analysis import figures
from analysis.change_words import percent_change
from analysis.records import Trend
from analysis.trend_warnings import FEW_HITS

RAW, ADJUSTED, EQUAL, SAME = "all posts", "levels taken out", "equal weight", "same blogs"
WHAT = {
    RAW: "all posts",
    ADJUSTED: "the blogs’ own levels taken out",
    EQUAL: "each blog the same weight",
    SAME: "only the same blogs",
}
FEWEST_PERIODS = 4  # two a half
FEWEST_BLOGS = 2  # one blog's year is no year of the sector's
ALIKE = math.log(1.25)  # halves' ratios that differ by less say the same, as far as such lines can tell
MOVES = math.log(1.1)


def composition_lines(line: Trend) -> dict[str, dict[str, float]]:
    """The rate per 10,000 words by period of each line that there is, under its name; nothing where there is one only."""
    found = {
        RAW: {
            point.period: point.rate for point in line.points if point.rate_low is not None and point.rate is not None
        },
        ADJUSTED: {point.period: point.rate for point in line.adjusted},
        EQUAL: {point.period: point.rate for point in line.equal_blogs if point.blogs >= FEWEST_BLOGS},
        SAME: {
            point.period: point.rate
            for point in line.same_blogs
            if point.rate_low is not None and point.rate is not None
        },
    }
    kept = {name: rates for name, rates in found.items() if rates}
    return kept if RAW in kept and len(kept) > 1 else {}


def composition_said(line: Trend) -> str:
    """One sentence: how far each line is from the first half of the time to the second, and whether they agree."""
    lines = composition_lines(line)
    if not lines:
        return "There is no other line to hold it against: too few blogs, or none that tie the periods together."
    common = [point.period for point in line.points if all(point.period in rates for rates in lines.values())]
    if len(common) < FEWEST_PERIODS:
        return (
            f"Fewer than {FEWEST_PERIODS} periods have a point on every line: they cannot be held against each other."
        )
    hits = sum(point.hits for point in line.points if point.period in common)
    if hits < FEW_HITS:
        return f"Only {figures.count(hits, 'hit')} in the periods that all lines have: too few to hold them against each other."
    ratios = {name: _ratio(rates, common) for name, rates in lines.items()}
    if any(ratio is None for ratio in ratios.values()):
        return "A line has no hit in one half of the time: they cannot be held against each other."
    moved = {name: ratio for name, ratio in ratios.items() if ratio is not None}
    told = "; ".join(f"{WHAT[name]} {percent_change(ratio)}" for name, ratio in moved.items())
    half = len(common) // 2
    span = f"From {common[0]}–{common[half - 1]} to {common[-half]}–{common[-1]}"
    return f"{span}: {told}. {_verdict([math.log(ratio) for ratio in moved.values()])}"


def _ratio(rates: Mapping[str, float], periods: Sequence[str]) -> float | None:
    """The mean of the later half over that of the earlier; the middle period of an odd number is in neither."""
    half = len(periods) // 2
    early, late = sum(rates[period] for period in periods[:half]), sum(rates[period] for period in periods[-half:])
    return late / early if early > 0 and late > 0 else None


def _verdict(moves: Sequence[float]) -> str:
    if max(moves) - min(moves) <= ALIKE:
        return "The lines agree: which blogs are there makes little difference."
    if min(moves) >= MOVES or max(moves) <= -MOVES:
        return "They move the same way, but not as far: part of it may come from which blogs are there."
    return "They do not agree: what the line over all posts does may come from which blogs are there, and no trend should be read from it alone."
