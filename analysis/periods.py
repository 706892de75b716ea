"""Years, quarters and months: which one a day is in, and which lie between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from analysis.records import Grain

MONTHS: dict[Grain, int] = {"year": 12, "quarter": 3, "month": 1}
FINE_ENOUGH: dict[Grain, frozenset[str]] = {
    "year": frozenset({"day", "month", "year"}),
    "quarter": frozenset({"day", "month"}),
    "month": frozenset({"day", "month"}),
}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One year, quarter or month. Its name is ``2019``, ``2019-Q2`` or ``2019-06``."""

    start: date
    grain: Grain

    @property
    def name(self) -> str:
        if self.grain == "year":
            return f"{self.start.year:04d}"
        if self.grain == "quarter":
            return f"{self.start.year:04d}-Q{(self.start.month + 2) // 3}"
        return f"{self.start.year:04d}-{self.start.month:02d}"

    @property
    def following(self) -> Period:
        months = self.start.year * 12 + self.start.month - 1 + MONTHS[self.grain]
        return Period(date(months // 12, months % 12 + 1, 1), self.grain)

    @property
    def last_day(self) -> date:
        return self.following.start - timedelta(days=1)


@lru_cache(maxsize=100_000)  # a hundred thousand posts have some thousand days
def period_of(day: date, grain: Grain) -> Period:
    """The period that ``day`` is in. Raises ValueError for a grain that is not known."""
    if grain not in MONTHS:
        raise ValueError(f"the period {grain!r} is not known; choose {', '.join(MONTHS)}")
    months = MONTHS[grain]
    return Period(date(day.year, (day.month - 1) // months * months + 1, 1), grain)


def periods_between(first: date, last: date, grain: Grain) -> Iterator[Period]:
    """Every period from the one of ``first`` to the one of ``last``, gaps included."""
    period, end = period_of(first, grain), period_of(last, grain)
    while period <= end:
        yield period
        period = period.following


def is_fine_enough(precision: Literal["day", "month", "year"], grain: Grain) -> bool:
    """Whether a date known to ``precision`` tells the period."""
    return precision in FINE_ENOUGH[grain]
