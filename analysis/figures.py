"""How figures are written for readers: percentages, intervals, counts, days."""

from __future__ import annotations

from datetime import date

NBSP = "\u00a0"


def percent(share: float | None) -> str:
    """``34 %``; one decimal below ten per cent; a dash where there is none."""
    return "–" if share is None else f"{_number(share * 100)}{NBSP}%"


def percent_interval(low: float | None, high: float | None) -> str:
    """``26–43 %``, or nothing at all where there is no interval."""
    return "" if low is None or high is None else f"{_number(low * 100)}–{_number(high * 100)}{NBSP}%"


def rate(value: float | None) -> str:
    return "–" if value is None else _number(value)


def rate_interval(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"{_number(low)}–{_number(high)}"


def q(value: float) -> str:
    """``q = 0.012``, from a thousandth on."""
    return "q < 0.001" if value < 0.001 else f"q = {value:.2g}"


def count(number: int, one: str, many: str | None = None) -> str:
    """``1 post``, ``1,200 posts``."""
    return f"{number:,}{NBSP}{one if number == 1 else many or one + 's'}"


def day(value: date, precision: str = "day") -> str:
    """``3 April 2012``, ``April 2012`` or ``2012``: no finer than it is known."""
    if precision == "year":
        return str(value.year)
    month = f"{MONTHS[value.month - 1]} {value.year}"
    return month if precision == "month" else f"{value.day} {month}"


def iso(value: date, precision: str = "day") -> str:
    """``2012-04-03``, ``2012-04`` or ``2012``: no finer than it is known."""
    return value.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]]


def _number(value: float) -> str:
    if value == 0:
        return "0"
    if value < 0.05:
        return "under 0.1"
    return f"{value:.1f}" if value < 9.95 else f"{value:,.0f}"


MONTHS = ("January", "February", "March", "April", "May", "June", "July",
          "August", "September", "October", "November", "December")  # fmt: skip
