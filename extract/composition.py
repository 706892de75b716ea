"""Blocks → the article text, with its headings and links where they stand in it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from extract.layout import Block, paragraphs
from extract.page import Page
from extract.records import PARAGRAPH_BREAK, Heading, Link

CELL_BREAK = " | "
"""What stands between the cells of a table row."""


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
                line.append(CELL_BREAK)
                at += len(CELL_BREAK)
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
    return PARAGRAPH_BREAK.join(CELL_BREAK.join([block.text for block in group]) for group in paragraphs(blocks))


def _links(page: Page, block: Block, offset: int) -> list[Link]:
    """The links of a block, where they stand once its white space is folded."""
    spans: list[tuple[str, int, int]] = []
    for href, start, end in _linked(block):
        url = page.absolute(href) if not href.startswith("#") else None
        if url:
            if spans and spans[-1][0] == url and start - spans[-1][2] <= 1:  # one link in several pieces
                start = spans.pop()[1]
            spans.append((url, start, end))
    return [
        Link(url=url, text=block.text[start:end], start=offset + start, end=offset + end) for url, start, end in spans
    ]


def _linked(block: Block) -> Iterator[tuple[str, int, int]]:
    """(href, start, end) of each piece of a block that stands in a link, in the block's folded text."""
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
        if href:
            yield href, start, length


def markers(blocks: Sequence[Block], names: Container[str]) -> Iterator[tuple[int, int, int, str]]:
    """(paragraph, start, end, name) of each link to one of ``names`` within the page, in the paragraphs of ``blocks``."""
    for i, group in enumerate(paragraphs(blocks)):
        at = 0
        for block in group:
            if block.link_chars:
                for href, start, end in _linked(block):
                    if href.startswith("#") and href[1:] in names:
                        yield i, at + start, at + end, href[1:]
            at += len(block.text) + len(CELL_BREAK)
