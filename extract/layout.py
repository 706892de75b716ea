"""A page as a flat list of text blocks, and where each of its elements begins and ends in that list.

One walk over the tree makes everything that the body readers need: an element of the tree becomes an interval of blocks,
so that comparing two candidates for the article is arithmetic on two intervals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from extract.elements import Element
from extract.zones import NO_SIGNS, SKIPPED_TAGS, Names, Signs, signs_of

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr", "center-inline", "img", "picture", "source", "br", "o:p", "meta", "link",
})  # fmt: skip
_MARKING = frozenset({"a", "b", "strong", "br"})
"""The inline elements that say something of their text, or part it."""
_ROW_CELLS = frozenset({"td", "th"})
_MAX_BLOCKS = 20_000
"""Blocks read of one page: an archive that lists everything ever written stops here."""


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

    def elements(self, names: Names, *tags: str) -> list[Element]:
        """The elements whose class, id, rel, itemprop or property match ``names`` (of ``tags`` only, if any are given)."""
        found = self.named.get(names, [])
        return [element for element in found if element.tag in tags] if tags else list(found)

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
    """The state of one walk: the blocks finished, the one being written, and the elements that are open."""

    __slots__ = ("blocks", "bold", "bold_chars", "box_of", "boxes", "breaks", "has_text", "links", "open", "parts", "row", "rows")  # fmt: skip

    def __init__(self, root: Element) -> None:
        self.blocks: list[Block] = []
        self.boxes: list[Box] = []
        self.box_of: dict[Element, Box] = {}
        self.parts: list[tuple[str, str | None]] = []
        self.has_text = False
        self.bold = 0
        self.bold_chars = 0
        self.breaks = 0
        self.links: list[str | None] = [None]
        self.open = [Box(root, "body", signs_of("body", ()), 0, 0)]
        self.row = 0
        self.rows = 0

    def add(self, text: str) -> None:
        link = self.links[-1]
        if not text.isspace():
            self.has_text = True
            self.breaks = 0
            if self.bold:
                self.bold_chars += len(text)
        elif not self.parts and link is None:
            return  # the white space between two blocks
        self.parts.append((text, link))

    def line_break(self) -> None:
        """A second break in a row ends the paragraph: old pages have no others."""
        self.breaks += 1
        if self.breaks >= 2:
            self.flush()
        else:
            self.parts.append(("\n", None))

    def flush(self) -> None:
        parts = self.parts
        if self.has_text:
            text = " ".join((parts[0][0] if len(parts) == 1 else "".join([part for part, _ in parts])).split())
            if text:
                owner = self.open[-1]
                linked = sum([len(part) for part, href in parts if href is not None])
                if linked and owner.tag in HEADINGS:  # many a heading is an anchor that points at itself
                    linked = sum([len(part) for part, href in parts if href is not None and href[:1] != "#"])
                blocks = self.blocks
                blocks.append(
                    Block(
                        len(blocks),
                        owner.tag,
                        owner.element,
                        tuple(parts),
                        text,
                        linked,
                        self.bold_chars,
                        self.row,
                        owner.tag in HEADINGS,
                    )
                )
        self.parts = []
        self.has_text = False
        self.bold_chars = 0
        self.breaks = 0

    def enter(self, element: Element, tag: str, signs: Signs) -> None:
        if self.parts:
            self.flush()
        start = len(self.blocks)
        box = Box(element, tag, signs, start, start)
        self.open.append(box)
        self.boxes.append(box)
        self.box_of[element] = box
        if tag == "tr":
            self.rows += 1
            self.row = self.rows

    def leave(self, tag: str) -> None:
        if self.parts:
            self.flush()
        self.open.pop().end = len(self.blocks)
        if tag == "tr":
            self.row = 0


def lay_out(root: Element) -> Layout:
    """The blocks and boxes of a page, in document order.

    Hidden elements are left out, unless nothing is left then: some pages are unhidden by their scripts. So is what
    stands for readers without scripts, unless there is no other text: some pages are made by their scripts.
    """
    layout = _walked(root, SKIPPED_TAGS, with_hidden=False)
    if _has_text(layout):
        return layout
    whole = _walked(root, SKIPPED_TAGS - {"noscript"}, with_hidden=False)
    return whole if _has_text(whole) else _walked(root, SKIPPED_TAGS, with_hidden=True)


def _has_text(layout: Layout) -> bool:
    return any(len(block.text) >= 80 for block in layout.blocks)


def _walked(root: Element, skipped: frozenset[str], *, with_hidden: bool) -> Layout:
    walk = _Walk(root)
    blocks = walk.blocks
    named: dict[Names, list[Element]] = {}
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        tag = element.tag
        if event == "end":
            if tag in _INLINE:
                if tag in _MARKING:
                    _leave_inline(walk, tag)
            elif walk.open[-1].element is element:
                walk.leave(tag)
            text = element.tail
            if text:
                walk.add(text)
            continue
        if (tag in skipped and not _swallows(element, tag)) or len(blocks) >= _MAX_BLOCKS:
            events.skip_subtree()
            continue
        attributes = element.items()
        signs = signs_of(tag, attributes)
        if signs.is_hidden and not with_hidden:
            events.skip_subtree()
            if tag not in _INLINE:
                walk.enter(element, tag, NO_SIGNS)
            continue
        for names in signs.names:
            named.setdefault(names, []).append(element)
        if tag in _INLINE:
            if tag in _MARKING:
                _enter_inline(walk, tag, attributes)
        else:
            walk.enter(element, tag, signs)
        text = element.text
        if text:
            walk.add(text)
    walk.flush()
    # Opened in document order: by their start, and of those with the same start the outer one first.
    boxes = [box for box in walk.boxes if box.end > box.start]
    return Layout(blocks, boxes, [box for box in boxes if box.signs.zone], walk.box_of, named)


def _swallows(element: Element, tag: str) -> bool:
    """Whether a button that is never closed holds what follows it."""
    return tag == "button" and next(islice(element.iter(), 80, None), None) is not None


def _enter_inline(walk: _Walk, tag: str, attributes: Sequence[tuple[str, str]]) -> None:
    if tag == "br":
        walk.line_break()
    elif tag == "a":
        walk.links.append(next((value for name, value in attributes if name == "href"), None) or walk.links[-1])
    elif tag in ("b", "strong"):
        walk.bold += 1


def _leave_inline(walk: _Walk, tag: str) -> None:
    if tag == "a":
        if len(walk.links) > 1:
            walk.links.pop()
    elif tag in ("b", "strong") and walk.bold:
        walk.bold -= 1


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
