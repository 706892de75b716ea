"""Authors whom a line names as such: "By …", "Author: …", a name beside the date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.byline_labels import is_bare_label, said_by
from extract.calendar_words import dates_in
from extract.declared_authors import Found, own_host, persons
from extract.person_words import NOT_IN_NAMES, is_generic, is_organisation
from extract.persons import Credited, credited
from extract.places import zones_above
from extract.sight import Sight

# The foot of each post under the oldest blog theme: "Filed under: Housing — hutkeeper @ 10:15 am".
_FILED_BY = re.compile(r"[—–-]\s*(?P<who>[^—–@|]{2,40}?)\s*@\s*\d{1,2}:\d\d")


def from_by_line(sight: Sight) -> Iterator[Found]:
    """Lines such as ``By Ann Example, the Example Trust`` between title and text, or right after the text."""
    for i in _near(sight):
        block = sight.page.layout.blocks[i]
        if len(block.text) > 220:
            continue
        names, text = _named_at(sight, i)
        found = [p for p in persons(names, text, "by line") if not is_generic(p.name)]
        if found and not sight.is_elsewhere(block.element) and "caption" not in zones_above(block.element):
            yield found


def _named_at(sight: Sight, i: int) -> tuple[list[Credited], str]:
    """The people whom block ``i`` says to have written, and the words that name them."""
    blocks = sight.page.layout.blocks
    text = blocks[i].text
    if names := _beside_date(sight, text):
        return names, text
    if is_bare_label(text):
        text = " ".join(" ".join(part for part, _ in blocks[i + 1].parts).split()) if i + 1 < len(blocks) else ""
        return (credited(text) if len(text) <= _LONGEST_NAME else []), text
    if who := said_by(text):
        if who.lower().removeprefix("www.") == own_host(sight.page):  # "Author: halls.example"
            return [Credited(name=who)], text
        who = re.sub(r"^the\s+", "", who) if is_organisation(who) else who
        names = credited(who, marked=_is_signed(sight, i, who))
    if not names and (filed := _FILED_BY.search(text)):
        names = credited(filed["who"], marked=True)
    return names, text


_LONGEST_NAME = 80  # letters of a line that holds names and offices and nothing else
_POSTED_BY = re.compile(r"^\W*(?:posted by|eingestellt von|publié par|publicado por|pubblicato da)\s", re.I)
"""What blogging platforms print before the name under which somebody has an account."""


def _is_signed(sight: Sight, i: int, who: str) -> bool:
    """Whether what a line gives behind its "by" may be any name: a handle, or a body's.

    Where a date stands in the line, or where nothing but the "by" and the name stands between title and text.
    """
    text = sight.page.layout.blocks[i].text
    if _POSTED_BY.match(text):
        return True
    if len(text) > 120:
        return False
    if _CLOCK.search(text) or next(dates_in(text, day_first=sight.day_first or True), None):
        return True
    if any(word in NOT_IN_NAMES for word in who.lower().split()[:1]):
        return False
    return sight.title_at is not None and sight.title_at < i <= sight.start + 1 and len(text) <= len(who) + 12


def _beside_date(sight: Sight, text: str) -> list[Credited]:
    """The name in a line that holds dates, a name and nothing else: ``19 May 2020 · Ann Example``."""
    seen = list(dates_in(text, day_first=sight.day_first)) if len(text) <= 110 else []
    if not seen:
        return []
    for date_ in reversed(seen):
        text = f"{text[: date_.start]} | {text[date_.end :]}"
    pieces = [
        piece.strip(" ,–—-")
        for piece in re.split(r"\s*[|·•–—]\s*|\s+-\s+", _CLOCK.sub(" ", text))
        if piece.strip(" ,:–—-")
    ]
    found = credited(pieces[0]) if len(pieces) == 1 else []
    return found if len(found) == 1 and pieces[0].lower().removeprefix("by ").startswith(found[0].name.lower()) else []


_CLOCK = re.compile(
    r"\b\d{1,2}[:.h]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?|uhr|(?-i:[A-Z]{2,4}\b))?|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b,?|\d+ min(?:ute)?s?(?: read)?|\b(?:updated|published|posted|stand|aktualisiert|güncelleme|actualizado|aggiornato|bijgewerkt|opdateret|oppdatert|mis à jour)(?: (?:on|am|le|el|il))?\s*:?",
    re.I,
)


def _near(sight: Sight) -> list[int]:
    n = len(sight.page.layout.blocks)
    first = sight.title_at if sight.title_at is not None else max(0, sight.start - 4)
    head = list(range(max(0, first - 3), min(n, sight.start + 3, first + 40)))
    return head + [i for i in range(max(sight.start, sight.end - 3), min(n, sight.end + 4)) if i not in head]
