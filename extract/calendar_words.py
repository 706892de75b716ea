"""Dates as people write them: month names of the main European languages, and the shapes a date is printed in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from extract.records import Precision

EARLIEST, LATEST = 1991, 2069
"""Years outside are no publication dates of web pages; this room has no clock to be stricter with."""

_MONTHS_OF = {
    1: "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari ianuarie leden styczeń stycznia január ionawr",
    2: "february feb febr februar feber février fevrier févr febrero febbraio fevereiro fev februari februarie únor luty lutego február chwefror",
    3: "march mar märz maerz mrz mär mars marzo março marco maart mrt martie březen marzec marca március mawrth marts",
    4: "april apr avril avr abril abr aprile aprilie duben kwiecień kwietnia április ebrill",
    5: "may mai mayo maggio mag maio mei maj květen maja május",
    6: "june jun juni juin junio giugno giu junho iunie červen czerwiec czerwca június mehefin",
    7: "july jul juli juil juillet julio luglio lug julho iulie červenec lipiec lipca július gorffennaf",
    8: "august aug août aout agosto ago augustus augusti srpen sierpień sierpnia augusztus awst",
    9: "september sep sept septembre septiembre settembre set setembro septembrie září wrzesień września szeptember medi",
    10: "october oct oktober okt octobre octubre ottobre ott outubro out octombrie říjen październik października október hydref oktobar",
    11: "november nov novembre noviembre novembro noiembrie listopad listopada tachwedd",
    12: "december dec dez dezember décembre decembre déc diciembre dic dicembre dezembro decembrie prosinec grudzień grudnia rhagfyr",
}
MONTHS = {name: number for number, names in _MONTHS_OF.items() for name in names.split()}

_MONTH = "(?P<month>" + "|".join(sorted(map(re.escape, MONTHS), key=lambda m: -len(m))) + r")\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d-])"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|er|[.ºª°])?"

# Name, pattern; the first that matches at a place wins. A year of two digits is read
# only behind dots, as in German lands: "3/4/12" says too little.
_SHAPES = tuple((name, re.compile(pattern, re.I)) for name, pattern in (
    ("iso", r"(?<![\d/])(?P<year>(?:19|20)\d\d)-(?P<month>0?[1-9]|1[0-2])-(?P<day>3[01]|[12]\d|0?[1-9])(?!\d|-\d)"),
    ("big-endian", r"(?<![\d/])(?P<year>(?:19|20)\d\d)[/.](?P<month>0?[1-9]|1[0-2])[/.](?P<day>3[01]|[12]\d|0?[1-9])(?![\d/])"),
    ("cjk", r"(?P<year>(?:19|20)\d\d)\s?[年년]\s?(?P<month>1[0-2]|0?[1-9])\s?[月월]\s?(?P<day>3[01]|[12]\d|0?[1-9])\s?[日일]"),
    ("day month year", rf"(?<![\d/.:-]){_DAY},?\s*[-/ ]?(?:\s*(?:of|de|d['’]|den)\s+)?{_MONTH},?(?:\s*[-/ ]?(?:\s*(?:de|del|of)\s+)?){_YEAR}"),
    ("month day year", rf"(?<!\w){_MONTH}\s*[-/ ]?(?:the\s+)?{_DAY}(?!\d|\s*[-–]\s*\d|:)\s*,?\s*[-/]?\s*{_YEAR}"),
    ("year month day", rf"(?<!\d)(?P<year>(?:19|20)\d\d),?\s*[-/ ]\s*{_MONTH}\s*[-/ ]\s*{_DAY}(?!\d)"),
    ("dots", r"(?<![\d.])(?P<day>3[01]|[12]\d|0?[1-9])\s?\.\s?(?P<month>1[0-2]|0?[1-9])\s?\.\s?(?P<year>(?:19|20)\d\d)(?!\d|\.\d)"),
    ("bars", r"(?<![\d.])(?P<day>3[01]|[12]\d|0?[1-9]) \| (?P<month>1[0-2]|0?[1-9]) \| (?P<year>(?:19|20)\d\d)(?!\d)"),
    ("short dots", r"(?<![\d.])(?P<day>3[01]|[12]\d|0?[1-9])\.(?P<month>1[0-2]|0[1-9])\.(?P<year>[012]\d)(?![\d.]\d)"),
    ("slashes", r"(?<![\d/-])(?P<first>3[01]|[12]\d|0?[1-9])(?P<sep>[/-])(?P<second>3[01]|[12]\d|0?[1-9])(?P=sep)(?P<year>(?:19|20)\d\d)(?![\d/])"),
    ("month year", rf"(?<![\w-])(?<!\d[ ,.-])(?<!\d[., ][ ,])(?<!\d(?:st|nd|rd|th) ){_MONTH},?\s*(?:de\s+|of\s+)?{_YEAR}"),
))  # fmt: skip
# What a text must hold for a shape to be worth a search: one of these signs, or the name of a month.
_SIGNS = {"iso": "-", "big-endian": "/.", "cjk": "年년", "dots": ".", "bars": "|", "short dots": ".", "slashes": "/-"}
_WITH_MONTHS = frozenset({"day month year", "month day year", "year month day", "month year"})
_LETTERS = re.compile(r"[^\W\d_]+")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|er)(?=.)")  # "4thMarch"
_HINT = re.compile(r"(?:19|20)\d\d|\d\.\d\d\.\d\d")


@dataclass(frozen=True, slots=True)
class Seen:
    """A date found in a text: its value, how exact it is, and where it stands."""

    value: date
    precision: Precision
    start: int
    end: int
    shape: str


def dates_in(text: str, *, day_first: bool | None = None) -> Iterator[Seen]:
    """The dates printed in ``text``, from left to right.

    ``day_first`` says how 3/4/2012 is to be read; None leaves out those that can be read both ways.
    """
    if _HINT.search(text):
        yield from _dates_in(text, day_first) if len(text) <= _SHORT else _found_in(text, day_first)


_SHORT = 300  # characters: lines of this length are looked at by one reader of a page after the other


@lru_cache(maxsize=128)
def _dates_in(text: str, day_first: bool | None) -> tuple[Seen, ...]:
    return tuple(_found_in(text, day_first))


def _found_in(text: str, day_first: bool | None) -> list[Seen]:
    taken: list[tuple[int, int]] = []
    found: list[Seen] = []
    has_month = _names_month(text)
    for name, pattern in _SHAPES:
        if (not has_month and name in _WITH_MONTHS) or not any(sign in text for sign in _SIGNS.get(name, ("",))):
            continue
        for match in pattern.finditer(text):
            if any(match.start() < end and match.end() > start for start, end in taken):
                continue
            seen = _read(name, match, day_first)
            if seen is not None:
                found.append(seen)
                taken.append((seen.start, seen.end))
    return sorted(found, key=lambda seen: seen.start)


def _names_month(text: str) -> bool:
    words = _LETTERS.findall(text.lower())
    return any(word in MONTHS or _ORDINAL.sub("", word, count=1) in MONTHS for word in words)


def _read(name: str, match: re.Match[str], day_first: bool | None) -> Seen | None:
    groups = match.groupdict()
    year = int(groups["year"]) + (2000 if name == "short dots" else 0)
    precision: Precision = "day"
    if name == "slashes":
        first, second = int(groups["first"]), int(groups["second"])
        if first > 12 or first == second:
            day, month = first, second
        elif second > 12:
            month, day = first, second
        elif day_first is None:
            return None
        else:
            day, month = (first, second) if day_first else (second, first)
    elif name == "month year":
        day, month, precision = 1, MONTHS[groups["month"].lower()], "month"
    else:
        said = groups["month"].lower()
        month = int(said) if said.isdigit() else MONTHS[said]
        day = int(groups["day"])
    try:
        value = date(year, month, day)
    except ValueError:
        return None
    if not EARLIEST <= year <= LATEST:
        return None
    return Seen(value, precision, match.start(), match.end(), name)


_MACHINE = re.compile(
    r"\s*(?P<year>(?:19|20)\d\d)-?(?P<month>0[1-9]|1[0-2])-?(?P<day>0[1-9]|[12]\d|3[01])(?!\d{1,3}(?:\D|$))"
)
_EPOCH = re.compile(r"\s*(\d{10})(?:\d{3})?\s*$")


def machine_date(text: str, *, day_first: bool | None = None) -> date | None:
    """The day in a value written for machines (ISO 8601 and what passes for it), as its own clock shows it; else None."""
    match = _MACHINE.match(text)
    if match:
        try:
            value = date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            return None
        return value if EARLIEST <= value.year <= LATEST else None
    epoch = _EPOCH.match(text)
    if epoch:
        value = date(1970, 1, 1) + timedelta(seconds=int(epoch.group(1)))
        return value if EARLIEST <= value.year <= LATEST else None
    return next((seen.value for seen in dates_in(text[:200], day_first=day_first) if seen.precision == "day"), None)
