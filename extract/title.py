"""A page's title, without what the site puts around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from extract.elements import Element, text_of
from extract.linked_data import articles, texts
from extract.page import Page
from extract.places import ends_with, path_of, zones_above
from extract.records import SiteProfile
from extract.zones import Names, attributes_text


@dataclass(frozen=True, slots=True)
class Title:
    """``text`` as the page gives it, the reader that found it, and the block it stands in (None: only in the head)."""

    text: str
    source: str
    position: int | None = None


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the readers look at: the page, the titles that its head gives, and what is known of its blog."""

    page: Page
    said: list[str]
    site: SiteProfile | None


_WORDS = re.compile(r"\w+")
_SEPARATOR = re.compile(r"\s+[|–—·»«•:>/\\~-]+\s+|\s*[|»«•]+\s*|\s+::\s+|:\s+(?=[A-Z][\w.& ]{2,40}$)")
_MARKED = Names(r"title|headline|p-name|=name(?:\s|$)")
_TITLE_NAMES = re.compile(
    r"(?:^|\s|--)(?:(?:entry|post|article|blog|story|page|node|news|single|content|main|blog-?post|item)-?(?:title|headline|heading)|headline|title|p-name|posttitle|article-?header-title|h1)(?=$|\s|--)"
)
_NOT_HERE = frozenset(
    {"comments", "related", "aside", "navigation", "footer", "newsletter", "share", "notice", "advert", "author"}
)
_LONGEST = 300


def words(text: str) -> str:
    return " ".join(_WORDS.findall(text.lower().replace("’", "'").replace("'", "")))


def from_rule(seen: _Seen) -> Iterator[Title]:
    """Where the blog's own rules say."""
    for element in seen.page.ruled.get("title", ()):
        if text := _text(element):
            yield Title(text, "rule", seen.page.layout.position(element))


def from_heading(seen: _Seen) -> Iterator[Title]:
    """The heading that the head's titles repeat: word for word before in part, h1 before h2, headings before other elements."""
    heads = [words(text) for text in seen.said]
    found: list[tuple[int, Title]] = []
    for element, text in _headings(seen.page):
        own = words(text)
        rank = next((i for i, head in enumerate(heads) if own == head), None)
        if (rank is None and not any(_repeats(own, head) for head in heads)) or not _is_here(element, text, seen):
            continue
        if element.tag not in _HEADINGS and len(own.split()) < 2:
            continue
        order = (0 if rank is not None else 10) + (_HEADINGS.index(element.tag) if element.tag in _HEADINGS else 5)
        name = f"heading {element.tag}" if element.tag in _HEADINGS else "marked element"
        found.append((order, Title(text, name, seen.page.layout.position(element))))
    found.sort(key=lambda item: item[0])
    yield from (title for _, title in found)


_HEADINGS = ("h1", "h2", "h3", "h4")


def _headings(page: Page) -> Iterator[tuple[Element, str]]:
    for element in [
        *page.root.iter(*_HEADINGS),
        *page.layout.elements(_MARKED, "div", "span", "p", "a", "strong", "td"),
    ]:
        text = _text(element)
        if text:
            yield element, text


def _is_here(element: Element, text: str, seen: _Seen) -> bool:
    """Whether a heading is the page's own: neither the site's name nor in a part that speaks of other things."""
    return (
        not _is_site_name(text, seen.page, seen.site)
        and not seen.page.links_home(element)
        and not (_NOT_HERE & zones_above(element))
    )


def _repeats(own: str, head: str) -> bool:
    """Whether a heading is what a head title says, or its greater part."""
    if own == head:
        return True
    if own not in head:
        return False
    return (len(own) >= 0.35 * len(head) and len(own) >= 8) or len(own.split()) >= 4


def from_learnt_place(seen: _Seen) -> Iterator[Title]:
    """The one heading where this blog's other pages have theirs."""
    for place in seen.site.layout.title_places if seen.site is not None else ():
        found = [(e, t) for e, t in _headings(seen.page) if ends_with(path_of(e), place.path)]
        if len(found) == 1 and _is_here(*found[0], seen):
            yield Title(found[0][1], "learnt place", seen.page.layout.position(found[0][0]))


def from_named_heading(seen: _Seen) -> Iterator[Title]:
    """A heading under one of the names that themes give to the title."""
    for element, text in _headings(seen.page):
        if element.tag not in _HEADINGS[:3] or not _is_here(element, text, seen):
            continue
        above = element.getparent()
        names = attributes_text(element.attrib) if element.attrib else ""
        if (
            _TITLE_NAMES.search(names)
            or "headline" in (element.get("itemprop") or "")
            or (above is not None and above.attrib and _TITLE_NAMES.search(attributes_text(above.attrib)))
        ):
            yield Title(text, f"named {element.tag}", seen.page.layout.position(element))


def from_only_h1(seen: _Seen) -> Iterator[Title]:
    """The page's only h1, where it is not the site's name."""
    found = [(e, t) for e, t in _headings(seen.page) if e.tag == "h1" and _is_here(e, t, seen)]
    if len(found) == 1:
        yield Title(found[0][1], "only h1", seen.page.layout.position(found[0][0]))


def from_bold_line(seen: _Seen) -> Iterator[Title]:
    """A line in bold that the head's title ends or begins with: pages older than the habit of headings."""
    pieces = {words(piece) for said in seen.said for piece in _SEPARATOR.split(said)}
    for block in seen.page.layout.blocks[:60]:
        own = words(block.text)
        if (
            block.bold_chars >= 0.8 * len(block.text)
            and len(own.split()) >= 3
            and own in pieces
            and not _is_site_name(block.text, seen.page, seen.site)
        ):
            yield Title(block.text, "bold line", block.index)


def from_head(seen: _Seen) -> Iterator[Title]:
    """What the head says, without the site's affixes."""
    for text in seen.said:
        yield Title(without_affixes(text, seen.page, seen.site), "head", None)


# Heading first: it is what readers see; the head's versions are shortened for search engines or lengthened by the site.
READERS: tuple[Callable[[_Seen], Iterator[Title]], ...] = (
    from_rule, from_heading, from_learnt_place, from_only_h1, from_named_heading, from_bold_line, from_head,
)  # fmt: skip


def title(page: Page, site: SiteProfile | None = None) -> Title | None:
    """The page's title; None if it has none."""
    return next(titles(page, site), None)


def titles(page: Page, site: SiteProfile | None = None) -> Iterator[Title]:
    """What the page's title may be, the most trusted first."""
    seen = _Seen(page, _head_titles(page), site)
    for read in READERS:
        for found in read(seen):
            if found.text and len(found.text) <= _LONGEST and _WORDS.search(found.text):
                yield found


def _head_titles(page: Page) -> list[str]:
    """The titles that the head gives, the most exact first."""
    said = [t for node in articles(page.linked_data) for key in ("headline", "name") for t in texts(node.get(key))][:2]
    for name in (
        "og:title",
        "twitter:title",
        "dc.title",
        "dcterms.title",
        "citation_title",
        "parsely-title",
        "sailthru.title",
        "headline",
        "title",
    ):
        said.extend(page.meta.get(name, ())[:1])
    if page.head_title:
        said.append(page.head_title)
    told = [text for text in dict.fromkeys(said) if _WORDS.search(text) and not _is_site_name(text, page, None)]
    if told or not page.head_title:
        return told
    # nothing but the site's name: its own front page, or a post that has no title
    is_claimed = page.path == "/" or len(said) > 1
    return [page.head_title] if is_claimed else []


def _is_site_name(text: str, page: Page, site: SiteProfile | None) -> bool:
    own = words(text)
    names = [*page.meta.get("og:site_name", ()), *page.meta.get("application-name", ())]
    if site is not None:
        names.extend(site.title_affixes)
    return any(own == words(name) for name in names)


def without_affixes(text: str, page: Page, site: SiteProfile | None) -> str:
    """``text`` without the site's name before or behind it."""
    if site is not None:
        for affix in site.title_affixes:
            for cut in (text.removesuffix(affix), text.removeprefix(affix)):
                cut = cut.strip(" |–—-·»«•:>/~")
                if cut != text and cut:
                    return cut
    pieces = _SEPARATOR.split(text)
    if len(pieces) == 1:
        return text
    names = [words(name) for name in (*page.meta.get("og:site_name", ()), *page.meta.get("application-name", ()))]
    host = re.sub(r"[^a-z0-9]", "", page.host)
    last, first = words(pieces[-1]), words(pieces[0])
    if last and (last in names or last.replace(" ", "") in host or host.split(".")[0] in last.replace(" ", "")):
        return text[: text.rfind(pieces[-1])].rstrip(" |–—-·»«•:>/~")
    if first and (first in names or first.replace(" ", "") in host):
        return text[text.find(pieces[0]) + len(pieces[0]) :].lstrip(" |–—-·»«•:>/~")
    if len(pieces[-1].split()) <= 4 and len(first.split()) > len(last.split()) and len(first.split()) >= 3:
        return text[: text.rfind(pieces[-1])].rstrip(" |–—-·»«•:>/~")
    return text


def _text(element: Element) -> str:
    return text_of(element)[: _LONGEST + 1]
