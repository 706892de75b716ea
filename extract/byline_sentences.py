"""Authors whom a line or a sentence of the text names: "By …", "This blog is written by …", a signature."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from extract.byline_labels import said_by
from extract.calendar_words import dates_in
from extract.declared_authors import Found, persons
from extract.marked_authors import AUTHOR_HREF
from extract.person_words import NOT_IN_NAMES, is_generic
from extract.persons import Credited, as_person, credited, from_bio
from extract.places import zones_above
from extract.sight import Sight

# The foot of each post under the oldest blog theme: "Filed under: Housing — hutkeeper @ 10:15 am".
_FILED_BY = re.compile(r"[—–-]\s*(?P<who>[^—–@|]{2,40}?)\s*@\s*\d{1,2}:\d\d")
_WRITTEN_BY = re.compile(
    r"^(?:this (?:blog|post|article|guest (?:blog|post)|piece|entry)(?: post)? (?:is|was|has been) |(?:guest |blog )?(?:post|blog|article) )(?:written|contributed|authored|posted|by)\b(?: by)?\s+(?P<who>.{4,300}?)\.?$",
    re.I,
)
_WRITES = re.compile(
    r"^.{20,240}?,\s+(?:writes|says|argues|asks|reports|explains)\s+(?P<who>[A-ZÀ-Þ][\w.'’-]+(?:\s+[\w.'’-]+){1,3})\W*$|^(?P<first>[A-ZÀ-Þ][\w.'’-]+(?:\s+[A-ZÀ-Þ][\w.'’-]+){1,2})\s+(?:writes|blogs)\b.{0,200}$"
)


def from_by_line(sight: Sight) -> Iterator[Found]:
    """Lines such as ``By Ann Example, the Example Trust`` between title and text, or right after the text."""
    for i in _near(sight):
        block = sight.page.layout.blocks[i]
        text = block.text
        if len(text) > 220 or sight.is_elsewhere(block.element) or "caption" in zones_above(block.element):
            continue
        names = _beside_date(sight, text)
        if not names and (who := said_by(text)):
            names = credited(who, marked=_is_signed(sight, i, who))
        if not names and (filed := _FILED_BY.search(text)):
            names = credited(filed["who"], marked=True)
        found = [p for p in persons(names, text, "by line") if not is_generic(p.name)]
        if found:
            yield found


def _is_signed(sight: Sight, i: int, who: str) -> bool:
    """Whether what a line gives behind its "by" may be any name: a handle, or a body's.

    Where a date stands in the line, or where nothing but the "by" and the name stands between title and text.
    """
    text = sight.page.layout.blocks[i].text
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


def from_sentence(sight: Sight) -> Iterator[Found]:
    """Sentences that introduce the author: ``This blog is written by …``, ``…, writes Ann Example``, ``Ann Example is Director of …``."""
    blocks = sight.page.layout.blocks
    for i in range(max(0, sight.start - 3), min(len(blocks), sight.start + 4)):
        text = blocks[i].text
        if len(text) > 400:
            continue
        said = _WRITTEN_BY.match(text)
        names = credited(said["who"]) if said else []
        if not names and (said := _WRITES.match(text)):
            names = credited(said["who"] or said["first"])
        if not names and i <= sight.start + 2 and (bio := from_bio(text)):
            names = [bio]
        if names:
            yield persons(names, text, "sentence")


def from_signature(sight: Sight) -> Iterator[Found]:
    """The article's last line, where it is a name with a role, or a name behind a dash."""
    blocks = sight.page.layout.blocks
    for i in range(min(len(blocks), sight.end + 1) - 1, max(sight.start, sight.end - 4), -1):
        text = blocks[i].text
        if (
            len(text) > 100
            or blocks[i].is_heading
            or blocks[i].link_density > 0.5
            or sight.is_elsewhere(blocks[i].element)
        ):
            continue
        names = credited(text.lstrip("–—- ")) if _SIGNED.match(text) else []
        if len(names) == 1 and (names[0].role or text[0] in "–—-"):
            yield persons(names, text, "signature")


_SIGNED = re.compile(r"^[–—-]?\s*(?:[A-ZÀ-Þ][\w.'’-]*\s+){1,3}[A-ZÀ-Þ][\w.'’-]+(?:,\s+[^.!?]{3,60})?$")


def from_name_line(sight: Sight) -> Iterator[Found]:
    """A line that is a name and nothing else, between title and text, or above the title."""
    if sight.title_at is None:
        return
    blocks = sight.page.layout.blocks
    for i in range(max(0, sight.title_at - 2), min(len(blocks), sight.start + 2, sight.title_at + 4)):
        block = blocks[i]
        if i == sight.title_at or block.is_heading or len(block.text) > 100 or sight.is_elsewhere(block.element):
            continue
        person = _lone_name(block.text, is_caption="caption" in zones_above(block.element))
        if (
            person is None or is_generic(person.name) or _is_in_address(person.name, sight)
        ):  # "Log Out" has the form of a name
            continue
        href = next((href for _, href in block.parts if href), "")
        if not href or AUTHOR_HREF.search(href) or person.name.lower().replace(" ", "-") in href.lower():
            yield persons([person], block.text, "name line")


def _lone_name(text: str, *, is_caption: bool) -> Credited | None:
    """The person whose name is all of a line, with an account or with role and organisation: so under a portrait too."""
    person = as_person(_ACCOUNT.sub("", said_by(text) or text))
    if person is None or is_caption:
        offices = credited(text) if text.count(",") in (1, 2) and text[-1] not in ".!?" else []
        person = offices[0] if len(offices) == 1 and offices[0].role else None
    return person


_ACCOUNT = re.compile(r",?\s*@\w+$")


def _is_in_address(name: str, sight: Sight) -> bool:
    """Whether the page's address holds the words of a name, not behind ``/author/``: a section's or the title's then."""
    slug = "-".join(re.findall(r"\w+", unfolded(name)))
    path = unfolded(sight.page.path)
    return re.search(rf"(?<![a-z0-9]){re.escape(slug)}(?![a-z0-9])", path) is not None and not AUTHOR_HREF.search(path)


_ASCII = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "æ": "ae", "å": "a", "_": "-", "+": "-"})


def unfolded(text: str) -> str:
    """``text`` as addresses spell it: small, without accents."""
    bare = unicodedata.normalize("NFKD", text.lower().translate(_ASCII))
    return "".join(c for c in bare if not unicodedata.combining(c))


def from_bio_box(sight: Sight) -> Iterator[Found]:
    """A name behind the article that heads a line about its bearer: ``Ann Example`` / ``Ann Example is …``."""
    blocks = sight.page.layout.blocks
    for i in range(max(sight.start + 1, sight.end - 4), min(len(blocks) - 1, sight.end + 8)):
        person = as_person(blocks[i].text) if len(blocks[i].text) <= 60 else None
        if person is None or person.given is None or sight.is_elsewhere(blocks[i].element):
            continue
        told = blocks[i + 1].text
        if re.match(
            rf"(?:{re.escape(person.name)}|{re.escape(person.given)})(?:,[^.]{{3,80}},)? (?:is|has|was|works|writes|leads)\b",
            told,
        ):
            yield persons([person], blocks[i].text, "bio")


def _near(sight: Sight) -> list[int]:
    n = len(sight.page.layout.blocks)
    first = sight.title_at if sight.title_at is not None else max(0, sight.start - 4)
    head = list(range(max(0, first - 3), min(n, sight.start + 3, first + 40)))
    return head + [i for i in range(max(sight.start, sight.end - 3), min(n, sight.end + 4)) if i not in head]
