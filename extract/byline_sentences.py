"""Authors whom a line or a sentence of the text names: "By …", "This blog is written by …", a signature."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.calendar_words import dates_in
from extract.declared_authors import Found, persons
from extract.marked_authors import AUTHOR_HREF
from extract.person_words import is_generic
from extract.persons import Credited, as_person, credited, from_bio
from extract.places import zones_above
from extract.sight import Sight

_BY_LINE = re.compile(
    r"^\W*(?:by|posted by|written by|words by|words|blog by|guest (?:blog|post) by|author|authors|published by|submitted by|story by|text|von|par|por|di|door|autor(?:in)?|a cura di|scritto da|pubblicato da|escrito por|publicado por|écrit par|publié par|veröffentlicht von|verfasst von|geschrieben von|text|posted)\b\s*:?\s*\S",
    re.I,
)  # fmt: skip
_DATE_BY = re.compile(
    r"^[^a-z]{0,6}(?:\w+,?\s+){0,2}\d.{4,40}?\W(?P<who>(?:posted by|written by|by|von|par|por|di)\s+[A-ZÀ-Þ].*)$"
)
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
        if not _BY_LINE.match(text) and (dated := _DATE_BY.match(text)):
            text = dated["who"]
        beside = _beside_date(sight, text)
        if beside:
            yield persons(beside, text, "by line")
        elif _BY_LINE.match(text):
            names = [
                p
                for p in persons(
                    credited(text, marked=bool(re.match(r"\W*posted by \w+$", text, re.I))), text, "by line"
                )
                if not is_generic(p.name)
            ]
            if names:
                yield names


def _beside_date(sight: Sight, text: str) -> list[Credited]:
    """The name in a line that holds dates, a name and nothing else: ``19 May 2020 · Ann Example``."""
    seen = list(dates_in(text, day_first=sight.day_first)) if len(text) <= 110 else []
    if not seen:
        return []
    for date_ in reversed(seen):
        text = f"{text[: date_.start]} | {text[date_.end :]}"
    pieces = [
        piece.strip(" ,") for piece in re.split(r"\s*[|·•–—]\s*|\s+-\s+", _CLOCK.sub(" ", text)) if piece.strip(" ,:")
    ]
    found = credited(pieces[0]) if len(pieces) == 1 else []
    return found if len(found) == 1 and pieces[0].lower().removeprefix("by ").startswith(found[0].name.lower()) else []


_CLOCK = re.compile(
    r"\b\d{1,2}[:.h]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?|uhr|[A-Z]{2,4}\b)?|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b,?|\d+ min(?:ute)?s?(?: read)?|\b(?:updated|published|posted)(?: on)?\s*:?",
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
        href = next((href for _, href in block.parts if href), "")
        person = as_person(block.text)
        if person is None:  # name, role and organisation: the line under a portrait
            offices = credited(block.text) if block.text.count(",") in (1, 2) and block.text[-1] not in ".!?" else []
            person = offices[0] if len(offices) == 1 and offices[0].role else None
        if person is None or is_generic(person.name):  # "Log Out" has the form of a name
            continue
        if not href or AUTHOR_HREF.search(href) or person.name.lower().replace(" ", "-") in href.lower():
            yield persons([person], block.text, "name line")


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
