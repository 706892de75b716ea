"""Authors whose names stand in elements marked as such, or where the blog's other pages have theirs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from extract.byline_labels import is_picture_credit, said_by
from extract.declared_authors import Found, persons
from extract.elements import Element, lines_of
from extract.page import Page
from extract.person_words import is_generic
from extract.persons import credited
from extract.places import ends_with, path_of, zones_above
from extract.sight import Sight
from extract.zones import Names, attributes_text

_MARKED = Names(r"rel=author|(?:itemprop|property)=(?:\w+:)?(?:author|creator)")
_CLASS = r"author|byline|by-line|vcard|(?:^|[\s-])fn(?:\s|$)|writer|contributor|autor(?!e?play|isi)|auteur|username|user-name|posted-by|creator|submitted|journalist|redakteur|(?:^|\s)by(?:\s|$)"
_CLASSED, _CLASS_WORD = Names(_CLASS), re.compile(_CLASS)
# What a class name says behind its "author" where the element holds something of the author's, not the name …
_NOT_BEHIND = re.compile(
    r"comment|avatar|image|img|photo|bio|desc|social|follow|title|role|job|more|count|date|time|icon|twitter|email|list-?item|related|widget|content|text|label|position|company"
)
# … and before it where the author is not this article's.
_NOT_BEFORE = re.compile(
    r"comment|image|img|photo|pic(?:ture)?-|media|caption|credit|related|widget|quote|teaser|review(?:er)?-|sidebar|testimonial"
)
_NAME_CLASS = re.compile(
    r"(?:^|\s|--)(?:author-?(?:name|link)?|byline-?(?:name|author|link)?|fn|p-author|entry-author(?:-name)?|post-author(?:-name)?|article-?author(?:-name)?|writer(?:-name)?|vcard|by|by-line|autor|auteur|username|posted-by|byline\S*)(?=$|\s|--)"
)
AUTHOR_HREF = re.compile(
    r"/(?:authors?|editors?|profile|people|person|contributors?|by|writers?|autor(?:en|es)?|auteurs?|users?|members?|staff|team|columnists?|reporters?|journalists?|redakteure?|blogs)/|[?&]author=|blogger\.com/profile",
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
    yield from _nearest(_readable(sight, _elements(sight.page, _MARKED)), "marked", marked=True)


def from_named_element(sight: Sight) -> Iterator[Found]:
    """Short elements about the article whose class speaks of an author, the nearest to the title first."""
    for elements in _named_elements(sight):
        near = [item for item in _readable(sight, elements) if item[0] <= _REACH]
        yield from _nearest(near, "byline class", marked=False)


def from_far_element(sight: Sight) -> Iterator[Found]:
    """Such elements far from the article: as often as not another post's, so they count only where all name the same people."""
    for elements in _named_elements(sight):
        far = [item for item in _readable(sight, elements) if item[0] > _REACH]
        said = [names for item in far if (names := _people_in(item, "byline class", marked=False))]
        if said and all({p.name for p in names} == {p.name for p in said[0]} for names in said):
            yield said[0]


_REACH = 12
"""Blocks between a byline and the article's ends. Farther off, half of the names in elements so called are of other posts."""


def _named_elements(sight: Sight) -> tuple[list[Element], list[Element]]:
    """The elements whose class speaks of an author's name, and those whose class speaks of an author."""
    sure: list[Element] = []
    rest: list[Element] = []
    for element in _elements(sight.page, _CLASSED):
        speaking = [word for word in attributes_text(element.attrib).split() if _names_author(word)]
        if speaking:
            (sure if any(map(_NAME_CLASS.search, speaking)) else rest).append(element)
    return sure, rest


@lru_cache(maxsize=20_000)
def _names_author(word: str) -> bool:
    """Whether one word of an element's hints says that it holds the author's name: ``article-title__authors``, not ``author-bio``."""
    found = _CLASS_WORD.search(word)
    return (
        found is not None
        and not _NOT_BEHIND.search(word, found.end())
        and not _NOT_BEFORE.search(word[: found.start()])
    )


# Distance to the article in blocks, place in the document, element, text.
_Readable = tuple[int, int, Element, str]


def _readable(sight: Sight, elements: list[Element]) -> list[_Readable]:
    """The elements that may hold a byline, the nearest to title, beginning or end of the article first."""
    found = []
    for order, element in enumerate(elements):
        text = lines_of(element)
        if not text or len(text) > 250 or is_picture_credit(text):
            continue
        if sight.is_elsewhere(element) or sight.page.links_home(element):
            continue
        at = sight.page.layout.position(element)
        anchor = sight.title_at if sight.title_at is not None else sight.start
        found.append((min(abs(at - anchor), abs(at - sight.start), abs(at - sight.end) + 3), order, element, text))
    return sorted(found, key=lambda item: item[:2])


def _people_in(item: _Readable, source: str, *, marked: bool) -> Found:
    _, _, element, text = item
    is_sure = marked or _is_link_to_author(element) or said_by(text) is not None
    said = persons(credited(text, marked=is_sure), text, source)
    return [p for p in said if not is_generic(p.name)]


def _nearest(readable: list[_Readable], source: str, *, marked: bool) -> Iterator[Found]:
    """The people named by the nearest element that names any, and by those beside it."""
    taken: Found = []
    first: int | None = None
    for item in readable:
        if first is not None and item[0] > first + 2:
            break
        found = _people_in(item, source, marked=marked)
        if found:
            first = item[0] if first is None else first
            taken.extend(p for p in found if p.name not in {t.name for t in taken})
    bare = [p for p in taken if not any(p.name.startswith(f"{t.name} ") and t.family for t in taken)]
    if bare:  # the line around a name has the body behind it: "Ann Example Halls", and in it "Ann Example"
        yield bare


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
