"""Dates that elements mark: ``time``, microdata, and what hAtom used before them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.calendar_words import dates_in, machine_date
from extract.elements import Element, text_of
from extract.records import Dated
from extract.sight import Sight
from extract.zones import Names

UTC_MOMENT = re.compile(
    r"(?:\d{4}-?\d\d-?\d\d[T ]|\w{3}, \d{1,2} \w{3} \d{4} )(\d\d):?(\d\d)(?::?\d{1,2}(?:\.\d+)?)?\s*(Z|UTC|GMT|[+-]00:?00)",
    re.I,
)
"""A moment in UTC, as ISO 8601 or RFC 5322 write it."""

MODIFIED_WORDS = re.compile(
    r"updat|modif|edited|revis|review|aktualisiert|geändert|stand:|mis à jour|aggiornat|actualizad|atualizad|last[- ]?chang|bijgewerkt",
    re.I,
)
PUBLISHED_WORDS = re.compile(
    r"publi|posted|posté|pubbl|veröffentlicht|erstellt|created|written|gepubliceerd|originally|submitted|eingestellt|geschrieben|inserito|postado|escrito",
    re.I,
)
REFUSED_WORDS = re.compile(
    r"copyright|©|\(c\)|all rights|since|established|expires?|deadline|retrieved|accessed|abgerufen|archived|event|starts?\b|ends?\b|born\b|version|valid|joined|member since|comment",
    re.I,
)


_MARKED = Names(
    r"(?:itemprop|property)=(?:\w+:)?(?:datepublished|datecreated|date|created|issued)(?:\s|$)|(?:^|\s)pubdate(?:\s|$)"
)
_PUBLISHED_NAME = Names(r"(?:^|\s)(?:dt-)?published(?:\s|$)|(?:^|\s)(?:post-|entry-)?date(?:\s|$)")
DATE_NAMES = Names(r"date|time|publish|posted|meta|byline|created|submitted|fecha|datum|info|datetime|when|caption")


def from_itemprop(sight: Sight) -> Iterator[Dated]:
    for element in sight.page.layout.elements(_MARKED):
        if not sight.is_elsewhere(element):
            found = _machine(sight, element, "itemprop")
            if found:
                yield found


def from_time_tag(sight: Sight) -> Iterator[Dated]:
    """``time`` elements that are not of comments, teasers or updates; those named as published first, then the nearest to the title."""
    ranked = []
    for order, element in enumerate(_time_elements(sight)):
        name = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        above = element.getparent()
        around = f"{name} {(above.get('class') or '') if above is not None else ''} {_text_before(element)}"
        if sight.is_elsewhere(element):
            continue
        if (MODIFIED_WORDS.search(name) and not PUBLISHED_WORDS.search(name)) or MODIFIED_WORDS.search(
            _text_before(element)
        ):
            continue
        found = _machine(sight, element, "time tag")
        if found:
            named = bool(PUBLISHED_WORDS.search(around) or "entry-date" in around or element.get("pubdate") is not None)
            ranked.append((not named, sight.distance(element), order, found))
    ranked.sort(key=lambda item: item[:3])
    yield from (found for *_, found in ranked)


def _time_elements(sight: Sight) -> list[Element]:
    """``time`` elements, and what stood for them before: an ``abbr`` (or anything named ``published``) with a title."""
    named = sight.page.layout.elements(_PUBLISHED_NAME)
    titled = [element for element in named if element.get("title") and element.tag != "time"]
    return [*sight.page.times, *titled]


def _machine(sight: Sight, element: Element, source: str) -> Dated | None:
    shown = text_of(element)
    said = element.get("datetime") or element.get("content") or element.get("title") or shown
    day = machine_date(said, day_first=sight.day_first)
    if day is None and shown and said != shown:
        day, said = machine_date(shown, day_first=sight.day_first), shown
    if day is None:
        return None
    seen = next((s for s in dates_in(shown[:120], day_first=sight.day_first) if s.precision == "day"), None)
    if seen and abs((seen.value - day).days) == 1 and (UTC_MOMENT.match(said.strip()) or source == "time tag"):
        day, said = seen.value, shown  # the attribute is in UTC, what is shown is local
    return Dated(value=day, precision="day", source=source, as_printed=said)


def _text_before(element: Element) -> str:
    before = element.getprevious()
    above = element.getparent()
    said = (before.tail or "") if before is not None else ((above.text or "") if above is not None else "")
    if before is not None and not said.strip():
        said = text_of(before)[-40:]
    return said[-40:]
