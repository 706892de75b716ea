"""Dates as people write them: month names of the main European languages, and the shapes a date is printed in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from extract.records import Precision

EARLIEST, LATEST = 1991, 2069
"""Years outside are no publication dates of web pages; this room has no clock to be stricter with."""

# English, German, French, Spanish, Italian, Portuguese, Catalan, Dutch, Danish and Norwegian, Swedish, Icelandic, Finnish, Estonian,
# Latvian, Lithuanian, Polish, Czech, Slovak, Slovene, Serbian, Hungarian, Romanian, Welsh, Irish, Greek, Turkish, Russian, Ukrainian,
# Bulgarian, Hebrew (with "in" before it), Arabic (as in Egypt, the Levant and the Maghreb), Indonesian; in the case that stands in
# dates, and as people shorten them.
_MONTHS_OF = {
    1: "january jan januar jänner janvier janv enero ene gennaio gen janeiro gener januari ianuarie leden ledna styczeń stycznia január januára ionawr"
    " tammikuu tammikuuta eanáir ιανουαρίου ιανουάριος ocak января январь"
    " janúar jaanuar janvāris janvārī sausio јануар січня януари ינואר בינואר يناير جانفي",
    2: "february feb febr februar feber février fevrier févr febrero febbraio fevereiro fev febrer februari februarie únor února luty lutego február"
    " februára chwefror helmikuu helmikuuta feabhra φεβρουαρίου φεβρουάριος şubat февраля февраль"
    " febrúar veebruar februāris februārī vasario фебруар лютого февруари פברואר בפברואר فبراير شباط فيفري",
    3: "march mar märz maerz mrz mär mars marzo março marco març maart mrt martie březen března marzec marca március mawrth marts maaliskuu"
    " maaliskuuta márta μαρτίου μάρτιος mart марта март"
    " märts martā marec maret kovo березня מרץ במרץ مارس آذار",
    4: "april apr avril avr abril abr aprile aprilie duben dubna kwiecień kwietnia április apríla ebrill huhtikuu huhtikuuta aibreán απριλίου"
    " απρίλιος nisan апреля апрель"
    " apríl aprill aprīlis aprīlī balandžio април квітня אפריל באפריל أبريل ابريل نيسان أفريل",
    5: "may mai mayo maggio mag maio maig mei maj květen května maja május mája toukokuu toukokuuta bealtaine μαΐου μάιος mayıs мая май"
    " maí maijs maijā gegužės мај травня מאי במאי مايو أيار ماي",
    6: "june jun juni juin junio giugno giu junho juny iunie červen června czerwiec czerwca június júna mehefin kesäkuu kesäkuuta meitheamh"
    " ιουνίου ιούνιος haziran июня июнь"
    " júní juuni jūnijs jūnijā birželio junij јун червня юни יוני ביוני يونيو حزيران جوان",
    7: "july jul juli juil juillet julio luglio lug julho juliol iulie červenec července lipiec lipca július júla gorffennaf heinäkuu"
    " heinäkuuta iúil ιουλίου ιούλιος temmuz июля июль"
    " júlí juuli jūlijs jūlijā liepos julij јул липня юли יולי ביולי يوليو تموز جويلية",
    8: "august aug août aout agosto ago agost augustus augusti srpen srpna sierpień sierpnia augusztus augusta awst elokuu elokuuta lúnasa"
    " αυγούστου αύγουστος ağustos августа август"
    " ágúst agustus augusts augustā rugpjūčio avgust серпня אוגוסט באוגוסט أغسطس اغسطس آب أوت",
    9: "september sep sept septembre septiembre settembre set setembro setembre septembrie září wrzesień września szeptember septembra medi"
    " syyskuu syyskuuta σεπτεμβρίου σεπτέμβριος eylül сентября сентябрь"
    " septembris septembrī rugsėjo septembar септембар вересня септември ספטמבר בספטמבר سبتمبر أيلول",
    10: "october oct oktober okt octobre octubre ottobre ott outubro out octombrie říjen října październik października október októbra hydref"
    " lokakuu lokakuuta οκτωβρίου οκτώβριος ekim октября октябрь"
    " oktoober oktobris oktobrī spalio oktobar октобар жовтня октомври אוקטובר באוקטובר أكتوبر اكتوبر",
    11: "november nov novembre noviembre novembro noiembrie listopad listopadu listopada novembra tachwedd marraskuu marraskuuta samhain"
    " νοεμβρίου νοέμβριος kasım ноября ноябрь"
    " nóvember novembris novembrī lapkričio novembar новембар листопада ноември נובמבר בנובמבר نوفمبر",
    12: "december dec dez dezember décembre decembre déc diciembre dic dicembre dezembro desembre desember des decembrie prosinec prosince"
    " grudzień grudnia decembra rhagfyr joulukuu joulukuuta nollaig δεκεμβρίου δεκέμβριος aralık декабря декабрь"
    " detsember decembris decembrī gruodžio decembar децембар грудня декември דצמבר בדצמבר ديسمبر",
}
MONTHS = {name: number for number, names in _MONTHS_OF.items() for name in names.split()}

_ALSO_WORDS = frozenset({"des", "out", "set", "ago"})
"""Short forms of months that are other words too: before a year they need a day beside them."""


def _any_of(months: Iterable[str]) -> str:
    return rf"(?P<month>{_branches(sorted(months))})\b\.?"


def _branches(words: list[str]) -> str:
    """A pattern of ``words``, the longer first, in which what they begin with stands once: a tenth of the work of a plain list."""
    if words == [""]:
        return ""
    by_first: dict[str, list[str]] = {}
    for word in words:
        by_first.setdefault(word[:1], []).append(word[1:])
    ends = by_first.pop("", None) is not None
    longer = "|".join(re.escape(first) + _branches(rest) for first, rest in by_first.items())
    return f"(?:{longer})?" if ends else f"(?:{longer})" if len(by_first) > 1 else longer


_MONTH, _PLAIN_MONTH = _any_of(MONTHS), _any_of(MONTHS.keys() - _ALSO_WORDS)
# The clock, or the day of the last change, may follow the year without a space, as neighbouring elements do: "20164:29 am".
_YEAR = r"(?P<year>(?:19|20)\d\d)(?:(?![\d-])|(?=\d\d?:\d\d)|(?=\d\d?\.? [^\W\d_]{3,12}\.?,? (?:19|20)\d\d))"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|er|[.ºª°])?"

# Name, pattern; the first that matches at a place wins. A year of two digits is read behind dots, as in German lands, and behind
# slashes where the order of day and month is known. Arab papers print a month by both of its names ("3 أيار / مايو 2016").
# All are of lower case: patterns that ignore case take several times as long.
_SHAPES = tuple((name, re.compile(pattern)) for name, pattern in (
    ("iso", r"(?<![\d/])(?P<year>(?:19|20)\d\d)-(?P<month>0?[1-9]|1[0-2])-(?P<day>3[01]|[12]\d|0?[1-9])(?!\d|-\d)"),
    ("big-endian", r"(?<![\d/])(?P<year>(?:19|20)\d\d)[/.](?P<month>0?[1-9]|1[0-2])[/.](?P<day>3[01]|[12]\d|0?[1-9])(?![\d/])"),
    ("cjk", r"(?P<year>(?:19|20)\d\d)\s?[年년]\s?(?P<month>1[0-2]|0?[1-9])\s?[月월]\s?(?P<day>3[01]|[12]\d|0?[1-9])\s?[日일]"),
    ("day month year", rf"(?<![\d/.:-]){_DAY},?\s*[-/ ]?(?:\s*(?:of|de|den)\s+|\s*d['’]\s?)?{_MONTH},?(?:\s?/\s?[\u0621-\u064a]+)?(?:\s*[-/ ]?(?:\s*(?:de|del|of)\s+)?){_YEAR}"),
    ("month day year", rf"(?<!\w){_MONTH}\s*[-/ ]?(?:the\s+)?{_DAY}(?!\d|\s*[-–]\s*\d|:)\s*,?\s*[-/]?\s*{_YEAR}"),
    ("year month day", rf"(?<!\d)(?P<year>(?:19|20)\d\d)[.,]?\s*[-/ ]\s*(?:m\.\s*)?{_MONTH}\s*[-/ ]\s*{_DAY}(?!\d)"),
    ("dots", r"(?<![\d.])(?P<day>3[01]|[12]\d|0?[1-9])\s?\.\s?(?P<month>1[0-2]|0?[1-9])\s?\.\s?(?P<year>(?:19|20)\d\d)(?!\d|\.\d)"),
    ("bars", r"(?<![\d.])(?P<day>3[01]|[12]\d|0?[1-9]) \| (?P<month>1[0-2]|0?[1-9]) \| (?P<year>(?:19|20)\d\d)(?!\d)"),
    ("short dots", r"(?<![\d.])(?P<day>3[01]|[12]\d|0?[1-9])\.(?P<month>1[0-2]|0[1-9])\.(?P<year>[012]\d)(?![\d.]\d)"),
    ("bare dots", r"(?<![\d.])(?<!\bv)(?<!\bv )(?P<day>3[01]|[12]\d|[1-9])\.(?P<month>[1-9])\.(?P<year>[012]\d)(?![\d.]\d|\d)"),
    ("slashes", r"(?<![\d/-])(?P<first>3[01]|[12]\d|0?[1-9])(?P<sep>[/-])(?P<second>3[01]|[12]\d|0?[1-9])(?P=sep)(?P<year>(?:19|20)\d\d)(?![\d/])"),
    ("short slashes", r"(?<![\d/])(?P<first>3[01]|[12]\d|0?[1-9])/(?P<second>3[01]|[12]\d|0?[1-9])/(?P<year>[0129]\d)(?![\d/])"),
    ("month year", rf"(?<![\w-])(?<!\d[ ,.-])(?<!\d[., ][ ,])(?<!\d(?:st|nd|rd|th) ){_PLAIN_MONTH},?\s*(?:de\s+|del\s+|of\s+)?{_YEAR}"),
))  # fmt: skip
# What a text must hold for a shape to be worth a search: one of these signs, or the name of a month.
_SIGNS = {name: re.compile(sign) for name, sign in (
    ("iso", r"\d-\d"), ("big-endian", r"\d[/.]\d"), ("cjk", "[年년]"), ("dots", r"\d\s?\.\s?\d"), ("bars", r"\|"), ("short dots", r"\d\.\d"),
    ("bare dots", r"\d\.\d"), ("slashes", r"\d[/-]\d"), ("short slashes", r"\d/\d"),
)}  # fmt: skip
_WITH_MONTHS = frozenset({"day month year", "month day year", "year month day", "month year"})
_LETTERS = re.compile(r"[^\W\d_]+")
_ORDINALS = ("st", "nd", "rd", "th", "er", "º", "ª")
_HINT = re.compile(r"\d(?:(?:(?<=1)9|(?<=2)0)\d\d|\.\d\d?\.\d\d|/\d\d?/\d\d)")
"""What every date holds; the digit stands first so that the search leaps from one to the next."""


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
    said = _lowered(text)
    has_month = _names_month(said)
    for name, pattern in _SHAPES:
        if not (has_month if name in _WITH_MONTHS else _SIGNS[name].search(said)):
            continue
        for match in pattern.finditer(said):
            if any(match.start() < end and match.end() > start for start, end in taken):
                continue
            seen = _read(name, match, day_first)
            if seen is not None:
                found.append(seen)
                taken.append((seen.start, seen.end))
    return sorted(found, key=lambda seen: seen.start)


def _lowered(text: str) -> str:
    """``text`` in lower case, letter for letter."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


def _names_month(said: str) -> bool:
    words = _LETTERS.findall(said)
    glued = (word[len(end) :] for word in words for end in _ORDINALS if word.startswith(end))  # "4thmarch"
    return not MONTHS.keys().isdisjoint(words) or not MONTHS.keys().isdisjoint(glued)


def _read(name: str, match: re.Match[str], day_first: bool | None) -> Seen | None:
    groups = match.groupdict()
    year = _full(int(groups["year"]))
    precision: Precision = "day"
    if "slashes" in name:
        first, second = int(groups["first"]), int(groups["second"])
        if first > 12 >= second and name == "short slashes" and not day_first:
            return None  # 13/10/26 may begin with the year
        if first > 12 or first == second:
            day, month = first, second
        elif second > 12:
            month, day = first, second
        elif day_first is None:
            return None
        else:
            day, month = (first, second) if day_first else (second, first)
    elif name == "month year":
        day, month, precision = 1, MONTHS[groups["month"]], "month"
    else:
        said = groups["month"]
        month = int(said) if said.isdigit() else MONTHS[said]
        day = int(groups["day"])
    try:
        value = date(year, month, day)
    except ValueError:
        return None
    if not EARLIEST <= year <= LATEST:
        return None
    return Seen(value, precision, match.start(), match.end(), name)


def _full(year: int) -> int:
    """A year of two digits in the century in which the web can have it."""
    return year if year > 99 else year + (1900 if year > LATEST - 2000 else 2000)


_MACHINE = re.compile(
    r"\s*(?P<year>(?:19|20)\d\d)-?(?P<month>0[1-9]|1[0-2])-?(?P<day>0[1-9]|[12]\d|3[01])(?!\d{1,3}(?:\D|$))"
)
_EPOCH = re.compile(r"\s*(\d{10})(?:\d{3})?\s*$")
_MACHINE_MONTH = re.compile(r"\s*(?P<year>(?:19|20)\d\d)(?:[-/](?P<month>0?[1-9]|1[0-2]))?\s*$")


def machine_date(text: str, *, day_first: bool | None = None) -> date | None:
    """The day in a value written for machines (ISO 8601 and what passes for it), as its own clock shows it; else None."""
    found = machine_value(text, day_first=day_first)
    return found[0] if found is not None and found[1] == "day" else None


def machine_value(text: str, *, day_first: bool | None = None) -> tuple[date, Precision] | None:
    """The day in a value written for machines, else the month or the year if it gives no more; None if neither."""
    match, epoch, month = _MACHINE.match(text), _EPOCH.match(text), _MACHINE_MONTH.match(text)
    found: tuple[date, Precision] | None = None
    try:
        if match:
            found = date(int(match["year"]), int(match["month"]), int(match["day"])), "day"
        elif epoch:
            found = date(1970, 1, 1) + timedelta(seconds=int(epoch.group(1))), "day"
        elif month:
            found = date(int(month["year"]), int(month["month"] or 1), 1), "month" if month["month"] else "year"
    except ValueError:
        return None
    if match or epoch or month:
        return found if found and EARLIEST <= found[0].year <= LATEST else None
    printed = list(dates_in(text[:200], day_first=day_first))
    return next(
        ((seen.value, precision) for precision in ("day", "month") for seen in printed if seen.precision == precision),
        None,
    )
