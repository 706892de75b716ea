"""Authors whose names stand in elements marked as such, or where the blog's other pages have theirs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from extract.declared_authors import Found, persons
from extract.elements import Element, lines_of
from extract.page import Page
from extract.person_words import is_generic
from extract.persons import credited
from extract.places import ends_with, path_of, zones_above
from extract.sight import Sight
from extract.zones import Names, attributes_text

_MARKED = Names(r"rel=author|(?:itemprop|property)=(?:\w+:)?(?:author|creator)")
_CLASSED = Names(
    r"author|byline|by-line|vcard|(?:^|[\s-])fn(?:\s|$)|writer|contributor|autor(?!e?play|isi)|auteur|username|user-name|posted-by|creator|submitted|journalist|redakteur|(?:^|\s)by(?:\s|$)"
)
_NOT_NAMES = re.compile(
    r"comment|avatar|image|img|photo|bio|desc|social|follow|title|role|job|more|count|date|time|icon|twitter|email|list-?item|related|widget|box-?(?:desc|content)|infos?$",
    re.I,
)
_NAME_CLASS = re.compile(
    r"(?:^|\s|--)(?:author-?(?:name|link)?|byline-?(?:name|author|link)?|fn|p-author|entry-author(?:-name)?|post-author(?:-name)?|article-?author(?:-name)?|writer(?:-name)?|vcard|by|by-line|autor|auteur|username|posted-by|byline\S*)(?=$|\s|--)"
)
AUTHOR_HREF = re.compile(
    r"/(?:authors?|profile|people|person|contributors?|by|writers?|autor(?:en|es)?|auteurs?|users?|members?|staff|team|columnists?|reporters?|journalists?|redakteure?|blogs)/|[?&]author=|blogger\.com/profile",
    re.I,
)


def _elements(page: Page, names: Names) -> list[Element]:
    return [
        element
        for element in page.layout.elements(names)
        if element.tag not in ("img", "link", "meta", "body", "html", "form")
    ]


def from_marked(sight: Sight) -> Iterator[Found]:
    """Elements that say by rel, itemprop or property that they name the author."""
    yield from _from_elements(sight, _elements(sight.page, _MARKED), "marked", marked=True)


def from_named_element(sight: Sight) -> Iterator[Found]:
    """Short elements whose class speaks of an author, the nearest to the title first."""
    sure: list[Element] = []
    rest: list[Element] = []
    for element in _elements(sight.page, _CLASSED):
        names = attributes_text(element.attrib)
        (sure if _NAME_CLASS.search(names) and not _NOT_NAMES.search(names) else rest).append(element)
    yield from _from_elements(sight, sure, "byline class", marked=False)
    yield from _from_elements(
        sight, [e for e in rest if not _NOT_NAMES.search(e.get("class") or "")], "byline class", marked=False
    )


def _from_elements(sight: Sight, elements: list[Element], source: str, *, marked: bool) -> Iterator[Found]:
    near = []
    for order, element in enumerate(elements):
        text = lines_of(element)
        if not text or len(text) > 250 or sight.is_elsewhere(element) or sight.page.links_home(element):
            continue
        at = sight.page.layout.position(element)
        anchor = sight.title_at if sight.title_at is not None else sight.start
        distance = min(abs(at - anchor), abs(at - sight.start), abs(at - sight.end) + 3)
        near.append((distance, order, element, text))
    near.sort(key=lambda item: item[:2])
    taken: Found = []
    first: int | None = None
    for distance, _, element, text in near:
        if first is not None and distance > first + 2:
            break
        found = [
            p
            for p in persons(credited(text, marked=marked or _is_link_to_author(element)), text, source)
            if not is_generic(p.name)
        ]
        if found:
            first = distance if first is None else first
            taken.extend(p for p in found if p.name not in {t.name for t in taken})
    if taken:
        yield taken


def _is_link_to_author(element: Element) -> bool:
    link = element if element.tag == "a" else next(iter(element.iter("a")), None)
    return link is not None and bool(AUTHOR_HREF.search(link.get("href") or "")) and lines_of(link) == lines_of(element)


def from_learnt_place(sight: Sight) -> Iterator[Found]:
    """A name where this blog's other pages have theirs."""
    if sight.site is None:
        return
    signatures = signatures_at(byline_places(sight.page), lambda element: "comments" not in zones_above(element))
    for place in sight.site.layout.byline_places:
        for path, found in signatures.items():
            if ends_with(path, place.path):
                yield found


def signatures_at(places: Iterable[tuple[str, Element, str]], is_usable: Callable[[Element], bool]) -> dict[str, Found]:
    """The people named at each path: co-authors stand in elements of the same path."""
    found: dict[str, Found] = {}
    for path, element, text in places:
        people_ = names_in(text)
        if people_ and is_usable(element):
            known = found.setdefault(path, [])
            known.extend(p for p in people_ if p.name not in {k.name for k in known})
    return found


_BY_WORD = re.compile(
    r"(?:^|\s|[|•·–-])(?:(?:posted|written|published|submitted)\s+)?(?:by|von|par|por|di|da|author|autor(?:e|in)?|posted by)\b\s*:?\s*(?P<who>[^\s:].*)$",
    re.I,
)


def names_in(text: str) -> Found:
    """The people named by a line that is known to be a byline: behind a "by", else its whole text."""
    if not text or len(text) > 250:
        return []
    for line in text.split("\n"):
        said = _BY_WORD.search(line)
        if said:
            names = credited(said["who"], marked=True)
            if names:
                return [p for p in persons(names, line, "learnt place") if not is_generic(p.name)]
    return (
        [p for p in persons(credited(text, marked=True), text, "learnt place") if not is_generic(p.name)]
        if len(text) <= 100
        else []
    )


def byline_places(page: Page) -> list[tuple[str, Element, str]]:
    """Path, element and text of what may be the page's byline: marked or classed as one, or a short block with a "by" in it."""
    found = [(path_of(block.element), block.element, block.text) for block in page.layout.blocks
             if len(block.text) <= 160 and not block.is_heading and _BY_WORD.search(block.text)]  # fmt: skip
    for element in dict.fromkeys([*_elements(page, _MARKED), *_elements(page, _CLASSED)]):
        text = lines_of(element)
        if text and len(text) <= 160:
            found.append((path_of(element), element, text))
    return found
