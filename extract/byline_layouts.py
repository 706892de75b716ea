"""Authors whom a page names in another place than a byline: under a portrait, over a section, in a teaser, in an About box."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from extract.declared_authors import Found, persons
from extract.elements import Element, text_of
from extract.layout import Block
from extract.person_words import NOT_IN_NAMES, is_generic, is_organisation
from extract.persons import Credited, as_person, credited, from_bio
from extract.places import zones_above
from extract.sight import Sight
from extract.zones import Names

_FIGURE_REACH = 4  # elements from a caption up to what holds its picture


def from_portrait(sight: Sight) -> Iterator[Found]:
    """Name and office under a picture that its ``alt`` calls by the same name, at the head of the article."""
    blocks = sight.page.layout.blocks
    first = sight.title_at if sight.title_at is not None else max(0, sight.start - 4)
    for block in blocks[first : sight.start + 2]:
        if len(block.text) > 140 or "," not in block.text or "caption" not in zones_above(block.element):
            continue
        named = next(iter(credited(block.text)), None)
        if named is None or not named.role or named.name.lower() not in _alt_beside(block):
            continue
        _, *offices = block.text.split(", ")
        if len(offices) > 1:  # the last is where one works, and may have an "and" in it
            named = replace(named, role=", ".join(offices[:-1]), affiliation=offices[-1].removeprefix("the "))
        yield persons([named], block.text, "portrait")


def _alt_beside(block: Block) -> str:
    """What the picture beside a caption is called, in lower case."""
    here: Element | None = block.element
    for _ in range(_FIGURE_REACH):
        if here is None:
            break
        image = next(iter(here.iter("img")), None)
        if image is not None:
            return " ".join((image.get("alt") or "").lower().split())
        here = here.getparent()
    return ""


_VIEW = re.compile(
    r"^(?i:(?:(?:a|the|another|one) )?(?:view|perspective|response|reflection|answer|contribution)s? (?:from|by|of)) (?P<who>[A-ZÀ-Þ].{3,90})$"
)


def from_sections(sight: Sight) -> Iterator[Found]:
    """A post in several voices: headings such as ``A view from Ann Example``, lines that introduce who speaks next."""
    blocks = sight.page.layout.blocks[sight.start : sight.end]
    views = {block.index: match["who"] for block in blocks if (match := _VIEW.match(block.text))}
    if not views:
        return
    found: list[Credited] = []
    printed: list[str] = []
    for block in blocks:
        if block.index in views:
            named = credited(views[block.index])
        else:
            bio = from_bio(block.text) if len(block.text) <= 200 else None
            named = [bio] if bio else []
        new = [person for person in named if person.name not in {known.name for known in found}]
        found += new
        printed += [views.get(block.index, block.text)] * len(
            new
        )  # a heading stays in the text, a name is no line of it
    if found:
        yield [
            person for name, line in zip(found, printed, strict=True) for person in persons([name], line, "sections")
        ]


_TEASER = re.compile(
    r"^(?P<who>[A-ZÀ-Þ][a-zà-ÿ’'-]+)(?: [A-ZÀ-Þ][\w’'-]+)? (?:returns|reflects|looks|asks|considers|explains|shares|wonders|explores|describes|discusses|introduces|thinks|reports|tells|argues)\b.{5,140}(?:\.{3}|…)$"
)


def from_teaser(sight: Sight) -> Iterator[Found]:
    """A first line that leads into the text and trails off: ``Ann returns to the subject of …``; a first name will do."""
    blocks = sight.page.layout.blocks
    for block in blocks[max(0, sight.start - 2) : sight.start + 1]:
        said = _TEASER.match(block.text)
        if said is None or said["who"].lower() in NOT_IN_NAMES:
            continue
        whole = as_person(" ".join(block.text.split()[:2]))
        yield persons([whole or Credited(name=said["who"])], block.text, "teaser")


_LABEL = re.compile(r"^\W*(?:(?:posted|written|words) )?(?:by|von|par|por|di|da)\b\W*", re.I)


def from_known_name(sight: Sight) -> Iterator[Found]:
    """A line about the article that is one of the names under which the blog's other posts appeared, and nothing else."""
    names = {name.lower(): name for name in sight.site.author_names} if sight.site is not None else {}
    if not names:
        return
    blocks = sight.page.layout.blocks
    first = sight.title_at if sight.title_at is not None else sight.start
    for block in [
        *blocks[max(0, first - 2) : sight.start + 2],
        *blocks[max(sight.start, sight.end - 2) : sight.end + 3],
    ]:
        said = _LABEL.sub("", block.text).strip(" .,|·–-").lower() if len(block.text) <= 80 else ""
        if said in names and not sight.is_elsewhere(block.element):
            yield persons([as_person(names[said]) or Credited(name=names[said])], block.text, "known name")


_ABOUT = re.compile(r"^\W*about(?: me)?\W*$", re.I)


def from_about_box(sight: Sight) -> Iterator[Found]:
    """The name right under "About" beside the posts of a weblog that has its author's name in its title."""
    blocks = sight.page.layout.blocks
    title = (sight.page.head_title or "").lower()
    for heading, block in pairwise(blocks):
        name = block.text.strip()
        if not _ABOUT.match(heading.text) or len(name) > 40 or block.link_density > 0.5 or is_generic(name):
            continue
        if name.lower() not in title or name.lower() in NOT_IN_NAMES:
            continue
        person = as_person(name) or (Credited(name=name) if re.fullmatch(r"[A-ZÀ-Þ][a-zà-ÿ’'-]+", name) else None)
        if person is not None:
            yield persons([person], name, "about box")


# What platforms call the line under the blog's name: WordPress, Ghost and Hugo themes; Blogger.
_TAGLINES = Names(r"^(?:(?:site|blog)-?(?:description|tagline|subtitle|slogan)|tagline|descriptionwrapper)$")
_WHOSE = re.compile(
    r"^(?:(?i:(?:the |an? )?(?:[\w-]+ ){0,2}(?:we)?b(?:log|site)|journal|diary|notes|notizen|thoughts|writings?|tagebuch) )?(?i:by|of|von|par|por|di)\s+(?P<who>[A-ZÀ-Þ][\w.'’ -]{3,50})$"
)


def from_tagline(sight: Sight) -> Iterator[Found]:
    """The person whose weblog it is by the line under its name: ``by Ann Example``, ``The blog of Ann Example``."""
    for element in sight.page.layout.elements(_TAGLINES):
        text = text_of(element)
        said = _WHOSE.match(text) if len(text) <= 100 else None
        person = as_person(said["who"]) if said else None
        if person is not None and person.family and not is_generic(person.name) and not is_organisation(person.name):
            yield persons([person], text, "tagline")
