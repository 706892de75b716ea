"""A page's title, without what the site puts around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import unescape

from extract.elements import Element, heading_of
from extract.head_titles import SEPARATOR, head_titles, is_site_name, without_affixes, words
from extract.page import Page
from extract.places import zones_above
from extract.records import SiteProfile
from extract.zones import Names, attributes_text


@dataclass(frozen=True, slots=True)
class Title:
    """``text`` as the page gives it, the reader that found it, and the block it stands in (None: only in the head)."""

    text: str
    source: str
    position: int | None = None


@dataclass(frozen=True, slots=True)
class _Heading:
    """An element that may hold the title. ``rank`` is its tag's place in `_HEADINGS`; behind them for other elements."""

    element: Element
    text: str
    rank: int

    @property
    def source(self) -> str:
        return f"heading {self.element.tag}" if self.rank < len(_HEADINGS) else "marked element"


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the readers look at: the page, its headings, the titles that its head gives, and what is known of its blog."""

    page: Page
    headings: list[_Heading]
    said: list[str]
    site: SiteProfile | None

    def titled(self, heading: _Heading, source: str) -> Title:
        return Title(heading.text, source, self.page.layout.position(heading.element))

    def zones(self, heading: _Heading) -> frozenset[str] | None:
        """The zones of other things that a heading stands in; None if it is the site's name."""
        if is_site_name(heading.text, self.page, self.site) or self.page.links_home(heading.element):
            return None
        return _NOT_HERE & zones_above(heading.element)

    def is_here(self, heading: _Heading) -> bool:
        return self.zones(heading) == frozenset()


_HEADINGS = ("h1", "h2", "h3", "h4")
_WORDS = re.compile(r"\w+")
_MARKED = Names(r"title|headline|p-name|=name(?:\s|$)")
_TITLE_NAMES = re.compile(
    r"(?:^|\s|--)(?:(?:entry|post|article|blog|story|page|node|news|single|content|main|blog-?post|item)-?(?:title|headline|heading)|headline|title|p-name|posttitle|article-?header-title|h1)(?=$|\s|--)"
)
_NOT_HERE = frozenset(
    {"comments", "related", "aside", "navigation", "footer", "newsletter", "share", "notice", "advert", "author"}
)
_MISNAMED = frozenset({"aside", "navigation", "advert", "notice"})
"""Of these, the ones that also name what holds everything, a bar that repeats the title, or the trail that ends with it."""
_LONGEST = 300


def from_heading(seen: _Seen) -> Iterator[Title]:
    """The heading that says word for word what the head says: h1 before h2, headings before other elements.

    Headings in a zone with the wrong name are believed last, and other elements there not at all.
    """
    heads = {words(text) for text in seen.said}
    found: list[tuple[int, _Heading]] = []
    for heading in seen.headings:
        own = words(heading.text)
        is_heading = heading.rank < len(_HEADINGS)
        if own not in heads or (not is_heading and len(own.split()) < 2):
            continue
        zones = seen.zones(heading)
        if zones == frozenset():
            found.append((heading.rank, heading))
        elif zones and is_heading and zones <= _MISNAMED:
            found.append((heading.rank + len(_HEADINGS) + 1, heading))
    found.sort(key=lambda item: item[0])
    yield from (seen.titled(heading, heading.source) for _, heading in found)


def from_like_h1(seen: _Seen) -> Iterator[Title]:
    """The h1 that repeats a title of the head in part; or the only one, if it says much the same in other words.

    What is marked in it comes first: themes put a kicker or a day beside the title.
    """
    yield from _alike(seen, range(1))
    for heading in _only_h1(seen):
        if not seen.is_here(heading) and _is_alike(heading, seen):
            continue  # in a bar and all of it in the head: the site's name
        if len(words(heading.text).split()) >= _FEW and _says_much_the_same(heading, seen):
            inner = (h for h in seen.headings if heading.element in h.element.iterancestors())
            yield from (seen.titled(h, h.source) for h in inner if _is_alike(h, seen))
            plain = seen.titled(heading, "only h1")
            yield replace(plain, text=_without_kicker(heading.text, seen.said))


def _without_kicker(text: str, said: list[str]) -> str:
    """``text`` without a kicker: the few words and the mark that stand before what the head says word for word."""
    for head in said:
        kicker = text[: -len(head)].rstrip()
        if kicker and text.endswith(head) and kicker[-1] in _AFTER_KICKER and len(words(kicker).split()) <= _FEW:
            return head
    return text


_AFTER_KICKER = ":|/–—-·»"
_FEW = 4
"""Words: an h1 with fewer may name the site or the section, and then the head names it too."""
_SAME_WORDS = 0.4
"""Of the words of the shorter of two titles."""


def _says_much_the_same(heading: _Heading, seen: _Seen) -> bool:
    own = set(words(heading.text).split())
    heads = (set(words(text).split()) for text in seen.said)
    return any(len(own & head) > _SAME_WORDS * min(len(own), len(head)) for head in heads)


def from_like_heading(seen: _Seen) -> Iterator[Title]:
    """A lower heading or a marked element that repeats a title of the head in part; a section's heading may do so too."""
    yield from _alike(seen, range(1, len(_HEADINGS) + 1))


def _alike(seen: _Seen, ranks: range) -> Iterator[Title]:
    for heading in sorted((h for h in seen.headings if h.rank in ranks), key=lambda h: h.rank):
        if _is_alike(heading, seen) and seen.is_here(heading):
            yield seen.titled(heading, heading.source)


def _is_alike(heading: _Heading, seen: _Seen) -> bool:
    own = words(heading.text)
    if heading.rank == len(_HEADINGS) and len(own.split()) < 2:
        return False
    return any(_repeats(own, words(head)) for head in seen.said)


def _headings(page: Page) -> list[_Heading]:
    ranked = [(element, _HEADINGS.index(str(element.tag))) for element in page.root.iter(*_HEADINGS)]
    marked = page.layout.elements(_MARKED, "div", "span", "p", "a", "strong", "td")
    ranked.extend((element, len(_HEADINGS)) for element in marked)
    read = ((element, unescape(heading_of(element)[: _LONGEST + 1]), rank) for element, rank in ranked)
    return [_Heading(element, text, rank) for element, text, rank in read if text]


def _repeats(own: str, head: str) -> bool:
    """Whether a heading is what a head title says, or its greater part."""
    if own == head:
        return True
    if own not in head:
        return False
    return (len(own) >= 0.35 * len(head) and len(own) >= 8) or len(own.split()) >= 4


def from_named_heading(seen: _Seen) -> Iterator[Title]:
    """A heading under one of the names that themes give to the title; below h1, if the head's titles share words with it."""
    for heading in seen.headings:
        is_titles = heading.rank == 0 or not seen.said or (heading.rank < 3 and _says_much_the_same(heading, seen))
        if is_titles and heading.rank < 3 and _is_named(heading.element) and seen.is_here(heading):
            yield seen.titled(heading, f"named {heading.element.tag}")


def _is_named(element: Element) -> bool:
    above = element.getparent()
    return bool(
        (element.attrib and _TITLE_NAMES.search(attributes_text(element.attrib)))
        or "headline" in (element.get("itemprop") or "")
        or (above is not None and above.attrib and _TITLE_NAMES.search(attributes_text(above.attrib)))
    )


def from_only_h1(seen: _Seen) -> Iterator[Title]:
    """The page's only h1, where it is not the site's name."""
    yield from (seen.titled(heading, "only h1") for heading in _only_h1(seen) if seen.is_here(heading))


def _only_h1(seen: _Seen) -> list[_Heading]:
    """The only h1, if there is one in place else under a wrong name; the site's name does not count."""
    found = [h for h in seen.headings if h.rank == 0 and (zones := seen.zones(h)) is not None and zones <= _MISNAMED]
    if len(found) > 1:
        found = [h for h in found if seen.is_here(h)]
    return found if len(found) == 1 else []


def from_bold_line(seen: _Seen) -> Iterator[Title]:
    """A line in bold that the head's title ends or begins with: pages older than the habit of headings."""
    pieces = {words(piece) for said in seen.said for piece in SEPARATOR.split(said)}
    for block in seen.page.layout.blocks[:60]:
        own = words(block.text)
        if (
            block.bold_chars >= 0.8 * len(block.text)
            and len(own.split()) >= 3
            and own in pieces
            and not is_site_name(block.text, seen.page, seen.site)
        ):
            yield Title(block.text, "bold line", block.index)


def from_head(seen: _Seen) -> Iterator[Title]:
    """What the head says, without the site's affixes; of a front page, all of it."""
    for text in seen.said:
        whole = text if seen.page.path == "/" else without_affixes(text, seen.page, seen.site, seen.said)
        yield Title(whole, "head", None)


# Heading first: it is what readers see; the head's versions are shortened for search engines or lengthened by the site.
READERS: tuple[Callable[[_Seen], Iterator[Title]], ...] = (
    from_heading, from_like_h1, from_like_heading, from_only_h1, from_named_heading, from_bold_line, from_head,
)  # fmt: skip


def title(page: Page, site: SiteProfile | None = None) -> Title | None:
    """The page's title; None if it has none."""
    seen = _Seen(page, _headings(page), head_titles(page), site)
    for read in READERS:
        for found in read(seen):
            if found.text and len(found.text) <= _LONGEST and _WORDS.search(found.text):
                return found
    return None
