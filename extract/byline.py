"""Who the page says wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from lxml import etree

from extract.calendar_words import dates_in
from extract.linked_data import ORGANISATION_TYPES, articles, resolved, types
from extract.person_words import is_generic, is_organisation
from extract.page import Page
from extract.persons import Credited, as_person, credited, from_bio
from extract.places import path_of, zones_above
from extract.records import Person
from extract.sight import Sight

Element = etree._Element
Found = list[Person]

_META = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "citation_author", "byl", "byline",
         "article.author", "creator", "authors", "cxenseparse:author", "rbauthors", "og:article:author", "bt:author", "dc.contributor")  # fmt: skip
_BY_LINE = re.compile(
    r"^\W*(?:by|posted by|written by|words by|words|blog by|guest (?:blog|post) by|author|authors|published by|submitted by|story by|text|von|par|por|di|door|autor(?:in)?|a cura di|scritto da|pubblicato da|escrito por|publicado por|écrit par|publié par|veröffentlicht von|verfasst von|geschrieben von|text|posted)\b\s*:?\s*\S",
    re.I,
)  # fmt: skip
_DATE_BY = re.compile(r"^[^a-z]{0,6}(?:\w+,?\s+){0,2}\d.{4,40}?\W(?P<who>(?:posted by|written by|by|von|par|por|di)\s+[A-ZÀ-Þ].*)$")
_WRITTEN_BY = re.compile(r"^(?:this (?:blog|post|article|guest (?:blog|post)|piece|entry)(?: post)? (?:is|was|has been) |(?:guest |blog )?(?:post|blog|article) )(?:written|contributed|authored|posted|by)\b(?: by)?\s+(?P<who>.{4,300}?)\.?$", re.I)
_WRITES = re.compile(r"^.{20,240}?,\s+(?:writes|says|argues|asks|reports|explains)\s+(?P<who>[A-ZÀ-Þ][\w.'’-]+(?:\s+[\w.'’-]+){1,3})\W*$|^(?P<first>[A-ZÀ-Þ][\w.'’-]+(?:\s+[A-ZÀ-Þ][\w.'’-]+){1,2})\s+(?:writes|blogs)\b.{0,200}$")


def _persons(names: Iterable[Credited], printed: str, source: str) -> Found:
    return [
        Person(name=c.name, given=c.given, family=c.family, honorific=c.honorific, role=c.role, affiliation=c.affiliation,
               is_organisation=c.family is None and is_organisation(c.name), as_printed=printed.strip()[:400], source=source)
        for c in names
    ]  # fmt: skip


# --- declared ---------------------------------------------------------------------------------------------------------


def from_jsonld(sight: Sight) -> Iterator[Found]:
    nodes = sight.page.linked_data
    for node in articles(nodes):
        found: Found = []
        for item in resolved(node.get("author") or node.get("creator"), nodes):
            found.extend(_from_node(sight, item))
        if found:
            yield found


def _from_node(sight: Sight, item: Any) -> Found:
    if isinstance(item, str):
        return _named(sight, item, "jsonld")
    if not isinstance(item, dict):
        return []
    name = item.get("name")
    names = name if isinstance(name, list) else [name]
    kinds = types(item)
    found: Found = []
    for said in names:
        if isinstance(said, dict):
            said = said.get("name") or said.get("@value")
        if not isinstance(said, str) or not said.strip():
            continue
        if kinds & ORGANISATION_TYPES and not as_person(said):
            if not _is_publisher(sight, said) and not is_generic(said):
                found.append(Person(name=" ".join(said.split()), is_organisation=True, as_printed=said, source="jsonld"))
        else:
            found.extend(_named(sight, said, "jsonld"))
    return found


def from_meta(sight: Sight) -> Iterator[Found]:
    for name in _META:
        found: Found = []
        for said in sight.page.meta.get(name, ()):
            if "://" not in said and len(said) < 160:
                found.extend(_named(sight, said, "meta"))
        if found:
            yield found


def _named(sight: Sight, said: str, source: str) -> Found:
    """The people in a declared author: names, or a handle that is neither the site's name nor a role account."""
    said = " ".join(re.sub(r"<[^>]+>", " ", said).split())
    if is_generic(said) or _is_publisher(sight, said):
        return []
    return [p for p in _persons(credited(said, marked=True), said, source) if not is_generic(p.name)]


def _is_publisher(sight: Sight, name: str) -> bool:
    """Whether a name is the site's own: it says who publishes, not who wrote."""
    own = re.sub(r"\W+", "", name.lower())
    page = sight.page
    names = [*page.meta.get("og:site_name", ()), *page.meta.get("application-name", ()), *page.meta.get("twitter:site", ())]
    names.extend(sight.site.title_affixes if sight.site else ())
    host = re.sub(r"^www\.|\.[a-z.]{2,6}$", "", page.base_url.split("//")[-1].split("/")[0].lower())
    return not own or any(own == re.sub(r"\W+", "", n.lower()) for n in names) or own == re.sub(r"\W+", "", host)


# --- marked in the page -----------------------------------------------------------------------------------------------

_MARKED = re.compile(r"rel=author|(?:itemprop|property)=(?:\w+:)?(?:author|creator)")
_CLASSED = re.compile(r"author|byline|by-line|vcard|(?:^|[\s-])fn(?:\s|$)|writer|contributor|autor(?!e?play|isi)|auteur|username|user-name|posted-by|creator|submitted|journalist|redakteur|(?:^|\s)by(?:\s|$)")
_NOT_NAMES = re.compile(r"comment|avatar|image|img|photo|bio|desc|social|follow|title|role|job|more|count|date|time|icon|twitter|email|list-?item|related|widget|box-?(?:desc|content)|infos?$", re.I)
_NAME_CLASS = re.compile(r"(?:^|\s|--)(?:author-?(?:name|link)?|byline-?(?:name|author|link)?|fn|p-author|entry-author(?:-name)?|post-author(?:-name)?|article-?author(?:-name)?|writer(?:-name)?|vcard|by|by-line|autor|auteur|username|posted-by|byline\S*)(?=$|\s|--)")
_AUTHOR_HREF = re.compile(r"/(?:authors?|profile|people|person|contributors?|by|writers?|autor(?:en|es)?|auteurs?|users?|members?|staff|team|columnists?|reporters?|journalists?|redakteure?|blogs)/|[?&]author=|blogger\.com/profile", re.I)


def _elements(page: Page, names: re.Pattern[str]) -> list[Element]:
    return [element for element in page.layout.elements(names) if element.tag not in ("img", "link", "meta", "body", "html", "form")]


def from_marked(sight: Sight) -> Iterator[Found]:
    """Elements that say by rel, itemprop or property that they name the author."""
    yield from _from_elements(sight, _elements(sight.page, _MARKED), "marked", marked=True)


def from_named_element(sight: Sight) -> Iterator[Found]:
    """Short elements whose class speaks of an author, the nearest to the title first."""
    from extract.zones import attributes_text

    sure, rest = [], []
    for element in _elements(sight.page, _CLASSED):
        names = attributes_text(element.attrib)
        (sure if _NAME_CLASS.search(names) and not _NOT_NAMES.search(names) else rest).append(element)
    yield from _from_elements(sight, sure, "byline class", marked=False)
    yield from _from_elements(sight, [e for e in rest if not _NOT_NAMES.search(e.get("class") or "")], "byline class", marked=False)


def _from_elements(sight: Sight, elements: list[Element], source: str, *, marked: bool) -> Iterator[Found]:
    near = []
    for order, element in enumerate(elements):
        text = element_text(element)
        if not text or len(text) > 250 or sight.is_elsewhere(element):
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
        found = [p for p in _persons(credited(text, marked=marked or _is_link_to_author(element)), text, source) if not is_generic(p.name)]
        if found:
            first = distance if first is None else first
            taken.extend(p for p in found if p.name not in {t.name for t in taken})
    if taken:
        yield taken


def _is_link_to_author(element: Element) -> bool:
    link = element if element.tag == "a" else next(iter(element.iter("a")), None)
    return link is not None and bool(_AUTHOR_HREF.search(link.get("href") or "")) and element_text(link) == element_text(element)


def element_text(element: Element) -> str:
    """The text of an element, a line for each block in it, inline pieces kept apart, so that names do not run together."""
    pieces: list[str] = []
    total = 0
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        is_break = inner.tag in _BREAKING
        if event == "start":
            said = "" if inner.tag in ("script", "style", "svg", "noscript", "button") else inner.text
            pieces.append("\n" if is_break else " ")
        else:
            said = inner.tail if inner is not element else ""
            pieces.append("\n" if is_break else " ")
        if said:
            pieces.append(" ".join(said.split()) if said.strip() else " ")
            total += len(said)
            if total > 700:
                return ""
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line.replace(" ,", ",") for line in lines if line)


_BREAKING = frozenset({"div", "p", "li", "br", "h1", "h2", "h3", "h4", "h5", "h6", "td", "tr", "ul", "dd", "dt", "section", "figure", "figcaption"})


def from_learnt_place(sight: Sight) -> Iterator[Found]:
    """A name where this blog's other pages have theirs."""
    if sight.site is None:
        return
    signatures = signatures_at(byline_places(sight.page), lambda element: "comments" not in zones_above(element))
    for place in sight.site.byline_places:
        if place.path in signatures:
            yield signatures[place.path]


def signatures_at(places: Iterable[tuple[str, Element, str]], is_usable: Callable[[Element], bool]) -> dict[str, Found]:
    """The people named at each path: co-authors stand in elements of the same path."""
    found: dict[str, Found] = {}
    for path, element, text in places:
        people_ = names_in(text)
        if people_ and is_usable(element):
            known = found.setdefault(path, [])
            known.extend(p for p in people_ if p.name not in {k.name for k in known})
    return found


_BY_WORD = re.compile(r"(?:^|\s|[|•·–-])(?:(?:posted|written|published|submitted)\s+)?(?:by|von|par|por|di|da|author|autor(?:e|in)?|posted by)\b\s*:?\s*(?P<who>[^\s:].*)$", re.I)


def names_in(text: str) -> Found:
    """The people named by a line that is known to be a byline: behind a "by", else its whole text."""
    if not text or len(text) > 250:
        return []
    for line in text.split("\n"):
        said = _BY_WORD.search(line)
        if said:
            names = credited(said["who"], marked=True)
            if names:
                return [p for p in _persons(names, line, "learnt place") if not is_generic(p.name)]
    return [p for p in _persons(credited(text, marked=True), text, "learnt place") if not is_generic(p.name)] if len(text) <= 100 else []


def byline_places(page: Page) -> list[tuple[str, Element, str]]:
    """Path, element and text of what may be the page's byline: marked or classed as one, or a short block with a "by" in it."""
    found = [(path_of(block.element), block.element, block.text) for block in page.layout.blocks
             if len(block.text) <= 160 and not block.is_heading and _BY_WORD.search(block.text)]  # fmt: skip
    for element in dict.fromkeys([*_elements(page, _MARKED), *_elements(page, _CLASSED)]):
        text = element_text(element)
        if text and len(text) <= 160:
            found.append((path_of(element), element, text))
    return found


# --- lines of text ----------------------------------------------------------------------------------------------------


def from_by_line(sight: Sight) -> Iterator[Found]:
    """Lines such as ``By Ann Example, the Example Trust`` between title and text, or right after the text."""
    for i in _near(sight):
        block = sight.page.layout.blocks[i]
        text = block.text
        if len(text) > 220 or sight.is_elsewhere(block.element):
            continue
        if not _BY_LINE.match(text) and (dated := _DATE_BY.match(text)):
            text = dated["who"]
        beside = _beside_date(sight, text)
        if beside:
            yield _persons(beside, text, "by line")
        elif _BY_LINE.match(text):
            names = [p for p in _persons(credited(text, marked=bool(re.match(r"\W*posted by \w+$", text, re.I))), text, "by line") if not is_generic(p.name)]
            if names:
                yield names


def _beside_date(sight: Sight, text: str) -> list[Credited]:
    """The name in a line that holds a date, a name and nothing else: ``19 May 2020 · Ann Example``."""
    seen = next(dates_in(text, day_first=sight.day_first), None) if len(text) <= 90 else None
    if seen is None:
        return []
    rest = _CLOCK.sub(" ", f"{text[: seen.start]} | {text[seen.end :]}")
    pieces = [piece for piece in re.split(r"\s*[|·•–—]\s*|\s+-\s+|^[\s,]+|[\s,]+$", rest) if piece and piece.strip(" ,")]
    people_ = [person for piece in pieces if (person := as_person(re.sub(r"^[Bb]y\s+", "", piece.strip(" ,"))))]
    return people_ if len(people_) == 1 and len(pieces) <= 2 else []


_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?|uhr|[A-Z]{2,4}\b)?|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b,?|\d+ min(?:ute)?s?(?: read)?|\b(?:updated|published|posted)(?: on)?:?", re.I)


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
        if not names and i <= sight.start + 1 and (bio := from_bio(text)):
            names = [bio]
        if names:
            yield _persons(names, text, "sentence")


def from_signature(sight: Sight) -> Iterator[Found]:
    """The article's last line, where it is a name with a role, or a name behind a dash."""
    blocks = sight.page.layout.blocks
    for i in range(min(len(blocks), sight.end + 1) - 1, max(sight.start, sight.end - 4), -1):
        text = blocks[i].text
        if len(text) > 100 or blocks[i].is_heading or blocks[i].link_density > 0.5 or sight.is_elsewhere(blocks[i].element):
            continue
        names = credited(text.lstrip("–—- ")) if _SIGNED.match(text) else []
        if len(names) == 1 and (names[0].role or text[0] in "–—-"):
            yield _persons(names, text, "signature")


_SIGNED = re.compile(r"^[–—-]?\s*(?:[A-ZÀ-Þ][\w.'’-]*\s+){1,3}[A-ZÀ-Þ][\w.'’-]+(?:,\s+[^.!?]{3,60})?$")


def from_name_line(sight: Sight) -> Iterator[Found]:
    """A line that is a name and nothing else, between title and text, or above the title."""
    if sight.title_at is None:
        return
    blocks = sight.page.layout.blocks
    for i in range(max(0, sight.title_at - 2), min(len(blocks), sight.start + 2, sight.title_at + 12)):
        block = blocks[i]
        if i == sight.title_at or block.is_heading or len(block.text) > 60 or sight.is_elsewhere(block.element):
            continue
        href = next((href for _, href in block.parts if href), "")
        person = as_person(block.text)
        if person and (not href or _AUTHOR_HREF.search(href) or person.name.lower().replace(" ", "-") in href.lower()):
            yield _persons([person], block.text, "name line")


def _near(sight: Sight) -> list[int]:
    n = len(sight.page.layout.blocks)
    first = sight.title_at if sight.title_at is not None else max(0, sight.start - 4)
    head = list(range(max(0, first - 3), min(n, sight.start + 3, first + 40)))
    return head + [i for i in range(max(sight.start, sight.end - 3), min(n, sight.end + 4)) if i not in head]


# --- the choice -------------------------------------------------------------------------------------------------------

# Most trustworthy first. What is declared is checked against what is shown: see `people`.
READERS: tuple[Callable[[Sight], Iterator[Found]], ...] = (
    from_learnt_place,  # proved on the blog's other pages
    from_jsonld,  # says what it is
    from_marked,  # says what it is, in the page
    from_named_element,  # a class name speaks of an author
    from_by_line,  # the line says so in words
    from_sentence,  # the text says so in words
    from_meta,  # often the site's owner, whoever wrote
    from_signature,  # letters and newsletters are signed at the end
    from_name_line,  # nothing but a name where bylines stand
)


def people(sight: Sight) -> tuple[Person, ...]:
    """Who wrote the page, in the order named; empty if it names nobody.

    A sentence that tells role and affiliation is preferred to a bare mention of the same name, and a declared list that
    holds the names found, and more, to those alone.
    """
    found: Found = []
    for read in READERS:
        found = next(iter(read(sight)), [])
        if found:
            break
    declared = next(from_jsonld(sight), [])
    if {p.name for p in found} < {p.name for p in declared}:
        found = declared
    return tuple(_enriched(found, sight))


def _enriched(found: Found, sight: Sight) -> Found:
    """``found`` with honorific, role and affiliation from sentences and lines that name the same persons."""
    if not found or all(p.role and p.affiliation for p in found):
        return found
    told = {p.name.lower(): p for read in (from_sentence, from_by_line) for people_ in read(sight) for p in people_ if p.role or p.affiliation or p.honorific}
    return [told.get(p.name.lower(), p) if not (p.role or p.affiliation) else p for p in found]
