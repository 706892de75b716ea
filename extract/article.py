"""The article text of a page: where it stands, without the furniture around and inside it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from extract.candidates import LEARNT, Candidate, Weighing, candidates, chosen, prose
from extract.digests import digest_of
from extract.elements import Element
from extract.known import NOTHING, Known, as_known
from extract.layout import Block, Box, Layout
from extract.pruning import (
    is_furniture_line,
    without_credits_at_edges,
    without_empty_headings,
    without_link_lists,
    without_repeats,
    without_tail,
)
from extract.zones import attributes_text

RULE, REGION = "rule", "region"
"""The sources of a body that a person's rule selects, and of one that is all that a page shows (`extract.region`)."""

_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the article of a page stands: the guess that was ``choice`` among ``guesses``, and the weights they were made by.

    ``ruled`` are the elements that a person says hold it: then they do, and what is between them does not belong to it.
    """

    layout: Layout
    weighing: Weighing
    guesses: list[Candidate]
    choice: Candidate
    ruled: tuple[Box, ...] = ()


def standing(layout: Layout, known: Known = NOTHING, ruled: Collection[Element] = ()) -> Standing:
    """The part of a page that holds its article; the whole page, hardly trusted, where no reader finds one."""
    weighing = Weighing(layout)
    guesses = candidates(weighing, known.body_places)
    if ruled:
        boxes = [box for box in layout.boxes if box.element in ruled]
        if boxes:
            choice = Candidate(RULE, min(box.start for box in boxes), max(box.end for box in boxes), 9.0)
            return Standing(layout, weighing, [choice, *guesses], choice, tuple(boxes))
    choice = chosen(weighing, guesses) or Candidate("body", 0, len(layout.blocks), 0.1)
    return Standing(layout, weighing, guesses, choice)


def article(
    where: Standing,
    *,
    titles: Collection[str] = (),
    title_at: int | None = None,
    drop: Collection[str] = (),
    known: Known = NOTHING,
) -> list[Block]:
    """The blocks of the article that stands ``where``.

    ``titles`` are lines that repeat the title, which stands in block ``title_at``, ``drop`` lines that are byline or date (both compared by their words),
    ``known`` is what the blog's other pages tell (see `extract.site`).
    """
    if where.ruled:
        held = {i for box in where.ruled for i in range(box.start, box.end)}
        blocks = [where.layout.blocks[i] for i in sorted(held)]
        return pruned(blocks, where.choice.start, titles, drop, known.furniture, is_whole=True)
    layout, weighing, choice = where.layout, where.weighing, _from_title(where, title_at)
    inside = _lead(layout, weighing, choice, title_at) + _outside_zones(layout, weighing, choice, title_at)
    if known is not NOTHING:
        reach = title_at + 1 if title_at is not None and 0 < choice.start - title_at <= _LEAD_REACH else choice.start
        inside = as_known(layout, inside, reach, choice.end, title_at, known)
    is_whole = choice.source == LEARNT
    return pruned(inside, choice.start, titles, drop, known.furniture, is_whole=is_whole)


_BEHIND_TITLE = 0.25
"""Of the prose of the chosen part: if less of it stands behind the title, that is no title but a teaser's."""


def _from_title(where: Standing, title_at: int | None) -> Candidate:
    """The chosen part from its title on: what stands before an article's title belongs to the page, not to it.

    A title below another h1 may be a section's, unless what stands before it are lines that begin with links.
    """
    choice, weighing = where.choice, where.weighing
    if title_at is None or not choice.start < title_at < choice.end:
        return choice
    ahead = where.layout.blocks[choice.start : title_at]
    teasers = sum(weighing.prose[block.index] for block in ahead if block.link_density > 0.1)
    before, behind = weighing.prose_in(choice.start, title_at), weighing.prose_in(title_at, choice.end)
    if teasers < 0.6 * before and any(block.tag == "h1" for block in where.layout.blocks[:title_at]):
        return choice
    if before > 0 and behind >= _BEHIND_TITLE * (before + behind):
        return replace(choice, start=title_at)
    return choice


def pruned(
    blocks: Sequence[Block],
    start: int,
    titles: Collection[str],
    drop: Collection[str],
    furniture: Collection[str],
    *,
    is_whole: bool = False,
) -> list[Block]:
    """Those of ``blocks`` that are article text by what they say.

    ``is_whole`` where they are known to begin and end with the article: a short line at its edge is then a salutation.
    """
    refused = {folded(line) for line in [*titles, *drop]} - {""}
    named = {folded(line) for line in titles} - {""}
    openings = {line.split(" ", 1)[0] for line in refused}
    kept = []
    for block in blocks:
        opening = _WORDS.search(block.text)
        if opening is None:
            continue
        words = folded(block.text) if opening.group().lower() in openings else ""
        if words in refused and (block.index < start + 15 or words not in named):
            continue
        if furniture and digest_of(block.text) in furniture:
            continue
        if is_furniture_line(block):
            continue
        kept.append(block)
    kept = without_tail(kept)
    kept = without_repeats(without_link_lists(kept))
    kept = without_credits_at_edges(kept) if is_whole else _trimmed(kept)
    return without_empty_headings(kept)


def amended(
    where: Standing,
    blocks: Sequence[Block],
    indices: Sequence[int],
    *,
    title_at: int | None = None,
    refused: Collection[str] = (),
    furniture: Collection[str] = (),
) -> list[Block]:
    """The blocks of ``indices``; those that are not among ``blocks`` must have nothing against them.

    Against a block are: a furniture zone, a place before the title, a standfirst's name above the text, what it says, that
    it was said already, that the blog repeats it, and to be one of the ``refused`` lines.
    """
    kept = {block.index for block in blocks}
    added = [where.layout.blocks[index] for index in indices if index not in kept]
    if added:
        lines = {folded(line) for line in refused} | {folded(block.text) for block in blocks}
        first = min(kept, default=len(where.layout.blocks))
        top = title_at if title_at is not None and title_at <= first else -1
        added = [
            block
            for block in added
            if block.index > top
            and not where.weighing.furniture[block.index]
            and not is_furniture_line(block)
            and folded(block.text) not in lines
            and not (block.index < first and _is_standfirst(block))
            and not (furniture and digest_of(block.text) in furniture)
        ]
    judged = kept.intersection(indices)
    found = [block for block in blocks if block.index in judged] + added
    found.sort(key=lambda block: block.index)
    return without_empty_headings(found)


def folded(text: str) -> str:
    """``text`` as its lower-case words: how lines are compared."""
    return " ".join(_WORDS.findall(text.lower()))


_LEAD_REACH = 25  # blocks between title and text: bylines, share buttons, captions


def _lead(layout: Layout, weighing: Weighing, choice: Candidate, title_at: int | None) -> list[Block]:
    """The standfirst: sentences between the title and the chosen part, at most three."""
    if title_at is None or not 0 < choice.start - title_at <= _LEAD_REACH:
        return []
    between = layout.blocks[title_at + 1 : choice.start]
    headers = {i for box in layout.zones if box.zone == "header" for i in range(box.start, box.end)}
    found = [b for b in between if _is_lead(b) and (not weighing.furniture[b.index] or b.index in headers)]
    return found if len(found) <= 3 else []


# A line so named is the editor's about the article, as headings under the title are; an unnamed one is its first paragraph.
_STANDFIRST = re.compile(
    r"dek|deck\b|sub-?tit|sub-?head|standfirst|blurb|strap-?line|tag-?line|kicker|header--?lead|heading-des|quote|summary|abstract|description"
)


def _is_lead(block: Block) -> bool:
    """One or more whole sentences that are not named as a standfirst."""
    text = block.text
    if len(text) < 60 or text[-1] not in '.!?…”"»’:' or not prose(block):
        return False
    return not _is_standfirst(block)


def _is_standfirst(block: Block) -> bool:
    """Whether a block, or what holds it, is named as one."""
    above = block.element.getparent()
    names = attributes_text(block.element.attrib) + " " + (attributes_text(above.attrib) if above is not None else "")
    return _STANDFIRST.search(names) is not None


def _outside_zones(layout: Layout, weighing: Weighing, choice: Candidate, title_at: int | None) -> list[Block]:
    """The blocks of ``choice`` outside furniture zones; a zone that would take most of its prose is let stand."""
    out = [False] * (choice.end - choice.start)
    total = max(1.0, weighing.prose_of_all(choice.start, choice.end))
    for box in layout.zones:
        start, end = max(box.start, choice.start), min(box.end, choice.end)
        if start >= end or (box.start <= choice.start and box.end >= choice.end):
            continue
        share = weighing.prose_of_all(start, end) / total
        if share <= _LIMITS.get(box.zone or "", 0.3):
            if box.zone != "header" or title_at is None:
                out[start - choice.start : end - choice.start] = [True] * (end - start)
                continue
            for i in range(start, end):
                lead = i > title_at and _is_lead(layout.blocks[i])
                out[i - choice.start] = out[i - choice.start] or not lead
    return [block for block, gone in zip(layout.blocks[choice.start : choice.end], out, strict=True) if not gone]


# How much of the prose a zone may take away. Names for these zones are sure, or are used by themes for the text itself.
_LIMITS = {"comments": 0.85, "hidden": 0.5, "related": 0.4, "newsletter": 0.35, "caption": 0.35, "meta": 0.2, "tags": 0.2,
           "header": 0.25, "footer": 0.35, "aside": 0.35, "author": 0.35, "notice": 0.25, "advert": 0.1}  # fmt: skip


def _trimmed(blocks: list[Block]) -> list[Block]:
    """``blocks`` without labels before the first and after the last sentence."""
    is_text = [bool(prose(block)) or _is_item(block) for block in blocks]
    if not any(is_text):
        return blocks
    first = is_text.index(True)
    last = len(blocks) - 1 - is_text[::-1].index(True)
    while first > 0 and blocks[first - 1].is_heading and blocks[first - 1].tag != "h1":
        first -= 1
    return blocks[first : last + 1]


def _is_item(block: Block) -> bool:
    """A list item, table cell or code of some length belongs to the text though it is no sentence."""
    return (
        block.tag in ("li", "td", "th", "pre", "blockquote", "dd", "dt")
        and block.link_density < 0.5
        and len(block.text) > 3
    )
