"""Small forms of words: dates as blogs print them, slugs, apostrophes, and the plain text of a piece of HTML."""

from __future__ import annotations

import html
import re
from datetime import date
from functools import cache

MONTHS = ("January", "February", "March", "April", "May", "June",
          "July", "August", "September", "October", "November", "December")  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TAG = re.compile(r"<[^>]+>")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def plain(markup: str) -> str:
    """The text of ``markup``, which holds inline tags only."""
    return html.unescape(_TAG.sub("", markup))


def escaped(text: str) -> str:
    return html.escape(text, quote=False)


@cache
def slug_of(title: str, longest: int = 60) -> str:
    """The title in lower case with hyphens, cut at a word."""
    slug = _NOT_SLUG.sub("-", title.lower().replace("'", "").replace("’", "").replace("‘", "")).strip("-")
    return slug if len(slug) <= longest else slug[: slug.rindex("-", 0, longest + 1)]


def curled(text: str) -> str:
    """``text`` with typographic apostrophes."""
    return text.replace("'", "’")


def straight(text: str) -> str:
    """``text`` as an old keyboard types it."""
    return text.replace("’", "'").replace("‘", "'").replace("–", "-")


def sentence_case(text: str) -> str:
    """``text`` with a capital first letter, past an opening quotation mark."""
    at = 1 if text[:1] in "‘“" else 0
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]


def ordinal(number: int) -> str:
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def day_month_year(day: date) -> str:
    """14 March 2016"""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def ordinal_day(day: date) -> str:
    """2nd October 2019"""
    return f"{ordinal(day.day)} {MONTHS[day.month - 1]} {day.year}"


def month_day_year(day: date) -> str:
    """March 14, 2016"""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def weekday_day(day: date) -> str:
    """Monday, 14 March 2016"""
    return f"{WEEKDAYS[day.weekday()]}, {day_month_year(day)}"


def month_year(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def iso_moment(day: date, hour: int = 9) -> str:
    """An RFC 3339 time in the morning of ``day``."""
    return f"{day.isoformat()}T{hour:02d}:30:00+00:00"


def mail_date(day: date) -> str:
    """The date as RFC 5322 and HTTP write it."""
    return f"{WEEKDAYS[day.weekday()][:3]}, {day.day:02d} {MONTHS[day.month - 1][:3]} {day.year} 09:30:00 GMT"
