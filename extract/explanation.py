"""Why a page was read as it was: for each thing that was read, who found it where, and what else was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from extract import byline, dates
from extract.article import Standing, standing
from extract.candidates import agreements
from extract.kind import RULES, Reading
from extract.known import Known
from extract.layout import Block, Layout
from extract.page import Page
from extract.places import path_of
from extract.post import PageReading, page_of, post_of, read_page
from extract.records import BlogRule, Dated, ListedPost, Post, SiteProfile
from extract.site_templates import fitted
from extract.title import titles

_MOST = 8  # candidates told of each thing
_HEAD = frozenset({"jsonld", "meta", "head", "clock of the blog"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one reader found: ``source`` is its name, ``where`` the path of the element (``head``, ``address``, ``feed``).

    ``score`` tells of a body how far it agrees with the other guesses; the highest is taken.
    """

    value: str
    source: str
    where: str | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """``what`` is title, authors, date, body or kind; ``chosen`` what was believed; ``others`` the rest, most trusted first."""

    what: str
    chosen: Finding | None
    others: tuple[Finding, ...]


def explained(
    html: bytes | str,
    url: str,
    *,
    content_type: str | None = None,
    site: SiteProfile | None = None,
    rules: Sequence[BlogRule] = (),
    as_of: date | None = None,
    listed: ListedPost | None = None,
) -> tuple[Post, tuple[Explained, ...]]:
    """The post that `extract.extract_post` reads, and for each part of it what was found, where and by whom."""
    page = page_of(html, url, content_type, site, rules)
    page.as_of, page.listed = as_of, listed
    reading = read_page(page, site)
    here = fitted(site, page.layout) if site is not None else None
    post = post_of(reading)
    return post, (
        _told("title", _titles(page, here), _title(reading)),
        _told("authors", _authors(reading), _who(reading)),
        _told("date", _dates(reading), _day(reading)),
        _told("body", _bodies(page, here), _body(reading, post)),
        _told("kind", _kinds(reading, here), Finding(value=reading.kind, source=reading.kind_reason)),
    )


def _told(what: str, found: Iterator[Finding], chosen: Finding | None) -> Explained:
    others = [f for f in dict.fromkeys(found) if chosen is None or (f.value, f.source) != (chosen.value, chosen.source)]
    return Explained(what=what, chosen=chosen, others=tuple(others[:_MOST]))


# --- title, authors, date -----------------------------------------------------------------------------------------------


def _title(reading: PageReading) -> Finding | None:
    said = reading.title
    return None if said is None else _finding(reading.page.layout, said.text, said.source, said.text, said.position)


def _titles(page: Page, site: SiteProfile | None) -> Iterator[Finding]:
    for said in titles(page, site):
        yield _finding(page.layout, said.text, said.source, said.text, said.position)


def _who(reading: PageReading) -> Finding | None:
    if not reading.people:
        return None
    names = "; ".join(person.name for person in reading.people)
    first = reading.people[0]
    return _finding(reading.page.layout, names, first.source, first.as_printed)


def _authors(reading: PageReading) -> Iterator[Finding]:
    for read in (byline.from_rule, *byline.READERS):
        found = next(iter(read(reading.sight)), None)
        if found:
            names = "; ".join(person.name for person in found)
            yield _finding(reading.page.layout, names, found[0].source, found[0].as_printed)


def _day(reading: PageReading) -> Finding | None:
    said = reading.published
    return None if said is None else _finding(reading.page.layout, _precise(said), said.source, said.as_printed)


def _dates(reading: PageReading) -> Iterator[Finding]:
    for read in (dates.from_rule, *dates.READERS):
        said = next(iter(read(reading.sight)), None)
        if said is not None:
            yield _finding(reading.page.layout, _precise(said), said.source, said.as_printed)


def _precise(said: Dated) -> str:
    return said.value.isoformat()[: {"day": 10, "month": 7, "year": 4}[said.precision]]


def _finding(layout: Layout, value: str, source: str, printed: str, position: int | None = None) -> Finding:
    return Finding(value=value, source=source, where=_where(layout, source, printed, position))


def _where(layout: Layout, source: str, printed: str, position: int | None) -> str | None:
    """The path of the element that holds what was printed; the head and the address have none."""
    if source == "url":
        return "address"
    if source == "feed":
        return "feed"
    if source in _HEAD:
        return "head"
    blocks: Sequence[Block] = layout.blocks
    if position is not None and position < len(blocks):
        return path_of(blocks[position].element)
    line = printed.split("\n", 1)[0].strip()
    return next((path_of(block.element) for block in blocks if line and line in block.text), None)


# --- body and kind ------------------------------------------------------------------------------------------------------


def _body(reading: PageReading, post: Post) -> Finding | None:
    if not post.text:
        return None
    blocks = reading.page.layout.blocks
    start = min(reading.article.start, max(0, len(blocks) - 1))
    paragraphs = post.paragraphs
    value = f"{len(post.text.split())} words: {paragraphs[0][:80]} … {paragraphs[-1][-60:]}"
    return Finding(value=value, source=post.body_source or "none", where=path_of(blocks[start].element))


def _bodies(page: Page, site: SiteProfile | None) -> Iterator[Finding]:
    where: Standing = standing(page.layout, Known.of(site), page.ruled.get("body", ()))
    scores = agreements(where.weighing, where.guesses)
    ranked = sorted(zip(where.guesses, scores, strict=True), key=lambda pair: -pair[1])
    for guess, score in ranked:
        box = next((b for b in page.layout.boxes if (b.start, b.end) == (guess.start, guess.end)), None)
        words = sum(len(block.text.split()) for block in page.layout.blocks[guess.start : guess.end])
        opening = page.layout.blocks[guess.start].text[:60]
        place = path_of(box.element) if box is not None else None
        yield Finding(value=f"{words} words: {opening}", source=guess.source, where=place, score=round(score, 2))


def _kinds(reading: PageReading, site: SiteProfile | None) -> Iterator[Finding]:
    title = reading.title.text if reading.title else None
    body = (reading.article.start, reading.article.end)
    seen = Reading(reading.page, reading.article.text, title, reading.published, reading.people, body, site)
    for rule in RULES:
        verdict = rule(seen)
        if verdict is not None:
            yield Finding(value=verdict[0], source=verdict[1])
