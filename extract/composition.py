"""Blocks → the article text, with its headings and links where they stand in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from extract.layout import Block, paragraphs
from extract.page import Page
from extract.records import PARAGRAPH_BREAK, Heading, Link


@dataclass(frozen=True, slots=True)
class Article:
    """The body as text with what stands where in it: ``start`` and ``end`` bound its blocks on the page.

    ``source`` names the reader that was believed.
    """

    text: str
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    source: str | None
    start: int
    end: int

    @property
    def paragraphs(self) -> list[str]:
        return self.text.split(PARAGRAPH_BREAK) if self.text else []


def composed(page: Page, blocks: Sequence[Block], source: str, start: int, end: int) -> Article:
    """The text of ``blocks`` with the offsets of its headings and links."""
    pieces: list[str] = []
    headings: list[Heading] = []
    links: list[Link] = []
    at = 0
    for group in paragraphs(blocks):
        if pieces:
            at += len(PARAGRAPH_BREAK)
        line: list[str] = []
        for block in group:
            if line:
                line.append(" | ")
                at += 3
            if block.is_heading:
                headings.append(Heading(level=int(block.tag[1]), text=block.text, start=at))
            if block.link_chars:
                links.extend(_links(page, block, at))
            line.append(block.text)
            at += len(block.text)
        pieces.append("".join(line))
    return Article(PARAGRAPH_BREAK.join(pieces), tuple(headings), tuple(links), source if pieces else None, start, end)


def text_of_blocks(blocks: Sequence[Block]) -> str:
    """The text that `composed` makes of ``blocks``."""
    return PARAGRAPH_BREAK.join(" | ".join([block.text for block in group]) for group in paragraphs(blocks))


def _links(page: Page, block: Block, offset: int) -> list[Link]:
    """The links of a block, where they stand once its white space is folded."""
    spans: list[tuple[str, int, int]] = []
    length = 0  # of the folded text so far
    pending = False  # white space seen since
    for part, href in block.parts:
        words = part.split()
        if not words:
            pending = pending or bool(part)
            continue
        if part[0].isspace():
            pending = True
        start = length + (1 if pending and length else 0)
        length = start + sum(map(len, words)) + len(words) - 1
        pending = part[-1].isspace()
        url = page.absolute(href) if href and not href.startswith("#") else None
        if url:
            if spans and spans[-1][0] == url and start - spans[-1][2] <= 1:  # one link in several pieces
                start = spans.pop()[1]
            spans.append((url, start, length))
    return [
        Link(url=url, text=block.text[start:end], start=offset + start, end=offset + end) for url, start, end in spans
    ]


def without_paragraphs(body: Article, gone: Collection[int]) -> Article:
    """``body`` without the paragraphs of these indices, and without what points into them."""
    if not gone:
        return body
    starts: list[int] = []
    moved: list[int | None] = []
    kept: list[str] = []
    old = new = 0
    for i, paragraph in enumerate(body.paragraphs):
        starts.append(old)
        moved.append(None if i in gone else new - old)
        old += len(paragraph) + len(PARAGRAPH_BREAK)
        if i not in gone:
            kept.append(paragraph)
            new += len(paragraph) + len(PARAGRAPH_BREAK)

    def shift(at: int) -> int | None:
        return moved[bisect_right(starts, at) - 1]

    headings = tuple(replace(h, start=h.start + by) for h in body.headings if (by := shift(h.start)) is not None)
    links = tuple(
        replace(k, start=k.start + by, end=k.end + by) for k in body.links if (by := shift(k.start)) is not None
    )
    return replace(body, text=PARAGRAPH_BREAK.join(kept), headings=headings, links=links)


def links_by_paragraph(body: Article) -> list[list[str]]:
    """The URLs that each paragraph links to, in order."""
    found: list[list[str]] = []
    at = 0
    for paragraph in body.paragraphs:
        end = at + len(paragraph)
        found.append([link.url for link in body.links if at <= link.start < end])
        at = end + len(PARAGRAPH_BREAK)
    return found


def heading_paragraphs(body: Article) -> frozenset[int]:
    """The indices of the paragraphs that are headings."""
    starts = {heading.start for heading in body.headings}
    found = set()
    at = 0
    for i, paragraph in enumerate(body.paragraphs):
        if at in starts:
            found.add(i)
        at += len(paragraph) + len(PARAGRAPH_BREAK)
    return frozenset(found)
