"""A page as a flat list of text blocks, and where each of its elements begins and ends in that list.

One walk over the tree makes everything that the body readers need: an element of the tree becomes an interval of blocks,
so that comparing two candidates for the article is arithmetic on two intervals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from extract.elements import MANY, Element
from extract.zones import NO_SIGNS, SKIPPED_TAGS, Names, Signs, attributes_text, signs_of, zone_of

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr", "center-inline", "img", "picture", "source", "br", "o:p", "meta", "link",
})  # fmt: skip
_BOLD = frozenset({"b", "strong"})
_PERMALINKS = frozenset("¶#§🔗∞")
"""What documentation tools and static site generators link behind a heading, so that one can point at it."""
_ROW_CELLS = frozenset({"td", "th"})
MAX_BLOCKS = 20_000
"""Blocks read of one page: an archive that lists everything ever written stops here."""
MAX_ELEMENTS = 120_000
"""Elements read of one page: five megabytes of text have fewer, five megabytes of tags take seconds."""


@dataclass(slots=True, eq=False)
class Block:
    """One paragraph, heading, list item or table cell. ``tag`` is that of the nearest block element, ``element``.

    ``text`` has its white space folded; ``parts`` are its pieces as they came, each with the link it stands in.
    """

    index: int
    tag: str
    element: Element
    parts: tuple[tuple[str, str | None], ...]
    text: str
    link_chars: int
    bold_chars: int
    row: int
    is_heading: bool

    @property
    def link_density(self) -> float:
        return min(1.0, self.link_chars / len(self.text)) if self.link_chars else 0.0


@dataclass(slots=True, eq=False)
class Box:
    """A block-level element as an interval of blocks: ``start`` up to but without ``end``."""

    element: Element
    tag: str
    signs: Signs
    start: int
    end: int

    @property
    def hints(self) -> str:
        return self.signs.hints

    @property
    def zone(self) -> str | None:
        return self.signs.zone


@dataclass(slots=True, eq=False)
class Layout:
    blocks: list[Block] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    zones: list[Box] = field(default_factory=list)
    box_of: dict[Element, Box] = field(default_factory=dict)
    named: dict[Names, list[Element]] = field(default_factory=dict)
    limit: str | None = None
    """The limit at which the walk stopped, if it did not reach the end of the page."""
    passed_over: frozenset[str] = frozenset()
    """Which of ``noscript`` and ``hidden`` elements were left out."""

    def elements(self, names: Names, *tags: str) -> list[Element]:
        """The first `MANY` elements whose class, id, rel, itemprop or property match ``names`` (of ``tags`` only, if given)."""
        found = self.named.get(names, ())
        return [element for element in found if element.tag in tags][:MANY] if tags else list(found[:MANY])

    def boxes_named(self, names: Names) -> list[Box]:
        """The block-level ones among the elements that match ``names``, without the empty ones."""
        found = [self.box_of.get(element) for element in self.named.get(names, ())]
        return [box for box in found if box is not None and box.end > box.start]

    def position(self, element: Element) -> int:
        """The index of the block at which an element begins."""
        here: Element | None = element
        while here is not None:
            box = self.box_of.get(here)
            if box is not None:
                return box.start
            here = here.getparent()
        return 0


class _Walk:
    """The blocks finished, and the one being written."""

    __slots__ = ("blocks", "bold", "bold_chars", "breaks", "has_text", "parts", "row")

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.parts: list[tuple[str, str | None]] = []
        self.has_text = False
        self.bold = 0
        self.bold_chars = 0
        self.breaks = 0
        self.row = 0

    def add(self, text: str, link: str | None) -> None:
        if not text.isspace():
            self.has_text = True
            self.breaks = 0
            if self.bold:
                self.bold_chars += len(text)
        elif not self.parts and link is None:
            return  # the white space between two blocks
        self.parts.append((text, link))

    def line_break(self, owner: Box) -> None:
        """A second break in a row ends the paragraph: old pages have no others."""
        self.breaks += 1
        if self.breaks >= 2:
            self.flush(owner)
        else:
            self.parts.append(("\n", None))

    def flush(self, owner: Box) -> None:
        """What was written is a block of ``owner``, unless it is white space."""
        parts = self.parts
        if self.has_text:
            if owner.tag in HEADINGS and len(parts) > 1:
                parts = [
                    part for part in parts if not (part[1] or "").startswith("#") or part[0].strip() not in _PERMALINKS
                ]
            text = " ".join((parts[0][0] if len(parts) == 1 else "".join([part for part, _ in parts])).split())
            if text:
                tag = owner.tag
                is_heading = tag in HEADINGS
                linked = 0
                for part, href in parts:  # many a heading is an anchor that points at itself
                    if href is not None and not (is_heading and href[:1] == "#"):
                        linked += len(part)
                blocks = self.blocks
                blocks.append(
                    Block(len(blocks), tag, owner.element, tuple(parts), text, linked, self.bold_chars, self.row, is_heading)
                )  # fmt: skip
        self.parts = []
        self.has_text = False
        self.bold_chars = 0
        self.breaks = 0


def lay_out(root: Element) -> Layout:
    """The blocks and boxes of a page, in document order.

    Hidden elements are left out, unless nothing is left then: some pages are unhidden by their scripts. So is what
    stands for readers without scripts, unless there is no other text: some pages are made by their scripts.
    """
    layout = _walked(root, SKIPPED_TAGS, with_hidden=False)
    if not _has_text(layout) and "noscript" in layout.passed_over:
        whole = _walked(root, SKIPPED_TAGS - {"noscript"}, with_hidden=False)
        layout = whole if _has_text(whole) else layout
    if not _has_text(layout) and "hidden" in layout.passed_over:
        layout = _walked(root, SKIPPED_TAGS, with_hidden=True)
    return layout


def _has_text(layout: Layout) -> bool:
    return any(len(block.text) >= 80 for block in layout.blocks)


def _walked(root: Element, skipped: frozenset[str], *, with_hidden: bool) -> Layout:
    walk = _Walk()
    blocks = walk.blocks
    here = Box(root, "body", signs_of("body", ()), 0, 0)
    around: list[Box] = []  # the boxes that are open, without the innermost, which is here
    link: str | None = None
    links: list[str | None] = []  # those that are open around it
    boxes: list[Box] = []
    box_of: dict[Element, Box] = {}
    named: dict[Names, list[Element]] = {}
    passed_over: set[str] = set()
    limit: str | None = None
    elements = rows = 0
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        tag = element.tag
        if event == "end":
            if tag in _INLINE:
                if tag == "a":
                    link = links.pop() if links else None
                elif tag in _BOLD and walk.bold:
                    walk.bold -= 1
            elif here.element is element and around:
                if walk.parts:
                    walk.flush(here)
                here.end = len(blocks)
                here = around.pop()
                if tag == "tr":
                    walk.row = 0
            text = element.tail
            if text:
                walk.add(text, link)
            continue
        elements += 1
        if elements > MAX_ELEMENTS or len(blocks) >= MAX_BLOCKS:
            limit = f"{MAX_ELEMENTS:,} elements" if elements > MAX_ELEMENTS else f"{MAX_BLOCKS:,} blocks"
            break
        if tag in skipped and not _swallows(element, tag):
            events.skip_subtree()
            if tag == "noscript":
                passed_over.add(tag)
            continue
        signs = signs_of(tag, element.items())
        is_left_out = signs.is_hidden and not with_hidden
        if is_left_out:
            events.skip_subtree()
            passed_over.add("hidden")
            signs = NO_SIGNS
        for names in signs.names:
            named.setdefault(names, []).append(element)
        if tag not in _INLINE:
            if walk.parts:
                walk.flush(here)
            start = len(blocks)
            around.append(here)
            here = Box(element, tag, signs, start, start)
            boxes.append(here)
            box_of[element] = here
            if tag == "tr":
                rows += 1
                walk.row = rows
        elif not is_left_out:
            if tag == "a":
                links.append(link)
                link = element.get("href") or link
            elif tag == "br":
                walk.line_break(here)
            elif tag in _BOLD:
                walk.bold += 1
        text = element.text
        if text and not is_left_out:
            walk.add(text, link)
    walk.flush(here)
    for box in (here, *around):
        box.end = len(blocks)
    # Opened in document order: by their start, and of those with the same start the outer one first.
    boxes = [box for box in boxes if box.end > box.start]
    zones = _named_by_layout([box for box in boxes if box.signs.zone], boxes, blocks)
    return Layout(blocks, boxes, zones, box_of, named, limit, frozenset(passed_over))


_MANY_SECTIONS = 3


def _named_by_layout(zones: list[Box], boxes: list[Box], blocks: list[Block]) -> list[Box]:
    """``zones`` without the sections of a text that are named by their headings, as ``<section id="more-on-rents">``.

    Documentation tools and converters of papers name all of a text's sections so; a theme's boxes are never three of them.
    """
    slugs = {box for box in zones if _is_slug(box, blocks)}
    if not slugs or sum(_is_slug(box, blocks) for box in boxes) < _MANY_SECTIONS:
        return zones
    return [box for box in zones if box not in slugs or _zone_by_class(box)]


def _zone_by_class(box: Box) -> str | None:
    return zone_of(box.tag, attributes_text({"class": box.element.get("class") or ""}))


def _is_slug(box: Box, blocks: list[Block]) -> bool:
    """Whether a section's id is its heading in an address's spelling."""
    name = box.element.get("id") if box.tag in ("section", "div") and blocks[box.start].is_heading else None
    return name is not None and _folded(name) == _folded(_NUMBER.sub("", blocks[box.start].text))


_NUMBER = re.compile(r"^[\d.]+\s+")


def _folded(text: str) -> str:
    return "-".join(re.findall(r"[^\W_]+", text.lower()))


def _swallows(element: Element, tag: str) -> bool:
    """Whether a button that is never closed holds what follows it."""
    return tag == "button" and next(islice(element.iter(), 80, None), None) is not None


def paragraphs(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """``blocks`` in groups that make one paragraph each: the cells of a table row belong together."""
    group: list[Block] = []
    for block in blocks:
        if group and not (block.row and block.row == group[-1].row and block.tag in _ROW_CELLS and group[-1].tag in _ROW_CELLS
                          and len(block.text) < 300):  # fmt: skip
            yield group
            group = []
        group.append(block)
    if group:
        yield group
