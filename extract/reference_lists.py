"""The reference list of a page: found among its blocks, cut from the article, its entries read.

The list may stand where the readers of the article see furniture: behind it, in a footer, as nothing but links. So it is
looked for among all blocks of the article and behind it, not only among those that were kept; `extract.references` says
which lines are entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from extract.layout import Block, Layout, paragraphs
from extract.page import Page
from extract.pruning import TAIL_HEADINGS
from extract.records import Reference
from extract.references import cut_references, heading_strength, is_entry, is_only_link

# What is printed where a note is pointed at, and before the note: 3, [3], iv, *, †.
MARKER = re.compile(r"\s*[\[(]?\s*(?:\d{1,3}|[ivxlc]{1,7}|[a-z]|[*†‡§]{1,3})\s*[\])]?\s*[.:]?\s*", re.IGNORECASE)
# What leads back from the note to the text.
_BACK = re.compile(
    r"[\s\[(]*(?:[↩↑⤴⇑^←⏎]\ufe0e?|back|return|jump up|top)(?:\s+to\s+[\w\s]{1,20})?[\s\])]*", re.IGNORECASE
)
# Zones whose lines are nobody's references, whatever they look like.
_NEVER = frozenset({"comments", "share", "newsletter", "navigation", "advert", "notice", "tags", "hidden"})
_REACH = 150
"""Blocks behind the article in which a list of it may stand."""
_LONGEST_NOTE = 1_500
"""Characters: what numbers point at and is longer is a section of the text, as in specifications."""


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """The references of an article, the blocks that are left of it without them, and which of its notes is which.

    ``notes`` gives for a target within the page ("fn1", what "#fn1" leads to) the position of the reference.
    """

    blocks: list[Block]
    references: tuple[Reference, ...]
    notes: dict[str, int]


Parts = tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph, or one line of a paragraph in which ``<br>`` stands behind each entry.

    ``at`` is where in the parts of its block the line begins.
    """

    text: str
    parts: Parts
    blocks: list[Block]
    at: int = 0

    @property
    def is_heading(self) -> bool:
        return self.blocks[0].is_heading


def reference_list(page: Page, blocks: Sequence[Block]) -> ReferenceList:
    """The references of the article that consists of ``blocks``."""
    if not blocks:
        return ReferenceList([], (), {})
    kept = {block.index for block in blocks}
    start, end = blocks[0].index, blocks[-1].index + 1
    reach = _tail_end(page.layout, end)
    refused = _refused(page.layout, start, reach) - kept
    found = [block for block in page.layout.blocks[start:reach] if block.index not in refused]
    lines = [line for group in paragraphs(found) for line in _lines(group)]
    targets = _targets(page, blocks)
    pointed_at = set(targets.values())
    noted = {
        i
        for i, line in enumerate(lines)
        if len(line.text) <= _LONGEST_NOTE and any(block.index in pointed_at for block in line.blocks)
    }
    cut = cut_references(
        [line.text for line in lines],
        {i for i, line in enumerate(lines) if line.is_heading},
        _Links(page, lines),
        behind=sum(line.blocks[0].index < end for line in lines),
        notes=noted,
    )
    first_of = {block.index: n for n, i in reversed(list(enumerate(cut.sources))) for block in lines[i].blocks}
    return ReferenceList(
        blocks=_without(blocks, [lines[i] for i in sorted(cut.paragraphs)]),
        references=cut.references,
        notes={name: first_of[at] for name, at in targets.items() if at in first_of},
    )


def _tail_end(layout: Layout, end: int) -> int:
    """Where the search behind the article ends: at what is headed as another part of the page."""
    last = min(len(layout.blocks), end + _REACH)
    for i in range(end, last):
        block = layout.blocks[i]
        if block.is_heading and heading_strength(block.text, True) is None and TAIL_HEADINGS.match(block.text.lower()):
            return i
    return last


def _refused(layout: Layout, start: int, end: int) -> set[int]:
    zones = (box for box in layout.zones if box.zone in _NEVER and (box.start > start or box.end < end))
    return {i for box in zones for i in range(max(start, box.start), min(end, box.end))}


# --- lines ---------------------------------------------------------------------------------------------------------------


def _lines(group: Sequence[Block]) -> list[_Line]:
    if len(group) > 1:
        texts = [_text(block.parts) for block in group]
        joint = " " if MARKER.fullmatch(texts[0]) else " | "
        return [_Line(joint.join(texts), tuple(p for block in group for p in block.parts), list(group))]
    block = group[0]
    whole = _Line(_text(block.parts) if block.link_chars else block.text, block.parts, [block])
    if not any(text == "\n" for text, _ in block.parts):
        return [whole]
    broken = _rejoined(list(_broken(block)))
    entries = sum(is_entry(line.text) for line in broken)
    has_heading = any(heading_strength(line.text, False) for line in broken[:-1])
    return broken if entries >= 2 or (has_heading and entries) else [whole]


def _broken(block: Block) -> Iterator[_Line]:
    at = 0
    for i, (text, _) in enumerate((*block.parts, ("\n", None))):
        if text == "\n":
            parts = block.parts[at:i]
            if said := _text(parts):
                yield _Line(said, parts, [block], at)
            at = i + 1


def _rejoined(lines: Sequence[_Line]) -> list[_Line]:
    """The lines, with what was broken inside an entry made whole: a line goes on that its predecessor did not finish."""
    found: list[_Line] = []
    for line in lines:
        if found and _goes_on(found[-1].text, line.text):
            before = found.pop()
            line = replace(before, text=f"{before.text} {line.text}", parts=before.parts + line.parts)
        found.append(line)
    return found


def _goes_on(before: str, line: str) -> bool:
    is_unfinished = is_entry(before) and before[-1] not in '.)]”’"'
    return is_unfinished and not is_entry(line) and not is_only_link(line)


def _text(parts: Parts) -> str:
    """What the parts say, without the numbers and arrows that lead from a note back to the text."""
    said = (text for text, href in parts if not (href and href.startswith("#") and _leads_back(text)))
    return " ".join("".join(said).split())


def _leads_back(text: str) -> bool:
    return MARKER.fullmatch(text) is not None or _BACK.fullmatch(text) is not None


class _Links(Sequence[list[str]]):
    """The URLs that each line links to, made absolute when they are asked for: only those of entries are."""

    def __init__(self, page: Page, lines: Sequence[_Line]) -> None:
        self._page, self._lines = page, lines

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, i: Any) -> Any:
        hrefs = (href for _, href in self._lines[i].parts if href and not href.startswith("#"))
        return list(dict.fromkeys(url for href in hrefs if (url := self._page.absolute(href))))


# --- notes ---------------------------------------------------------------------------------------------------------------


def _targets(page: Page, blocks: Sequence[Block]) -> dict[str, int]:
    """The blocks that numbers in the article point at, by the name of their anchor; each stands behind what points at it."""
    pointing: dict[str, int] = {}
    for block in blocks:
        for text, href in block.parts:
            if href and href.startswith("#") and len(href) > 1 and MARKER.fullmatch(text):
                pointing.setdefault(href[1:], block.index)
    if not pointing:
        return {}
    found: dict[str, int] = {}
    for element in page.root.iter():
        for name in (element.get("id"), element.get("name")):
            if name in pointing and name not in found:
                at = page.layout.position(element)
                if at > pointing[name]:
                    found[name] = at
    return found


# --- what is left --------------------------------------------------------------------------------------------------------


def _without(blocks: Sequence[Block], taken: Sequence[_Line]) -> list[Block]:
    """The blocks without the lines that were taken; of a block that begins with something else, that is kept."""
    at: dict[int, int] = {}
    for line in taken:
        for block in line.blocks:
            at[block.index] = min(line.at, at.get(block.index, line.at))
    left: list[Block] = []
    for block in blocks:
        if block.index not in at:
            left.append(block)
        elif (start := at[block.index]) and (text := " ".join("".join(t for t, _ in block.parts[:start]).split())):
            parts = block.parts[:start]
            linked = sum(len(part) for part, href in parts if href is not None)
            left.append(replace(block, parts=parts, text=text, link_chars=linked))
    return left
