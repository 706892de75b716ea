"""The content region: what a page shows between its head and its foot, for pages on which no article stands out.

Listings, catalogues, forums and front pages have no article: a reader of articles finds one teaser on them, or nothing.
What they say is the whole of the part between menus and foot, labels and links included.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from extract.digests import digest_of
from extract.layout import Block, Box, Layout
from extract.pruning import furniture_name
from extract.records import Dated, Kind

# Zones that are no content on any page.
_AROUND = frozenset({"navigation", "footer", "hidden", "notice", "share", "newsletter"})
# And on a page that claims to be one post: others' words, and what else there is to read.
_BESIDE = frozenset({"comments", "related", "aside", "advert"})

_MAIN_SHARE = 0.25
"""Of the page's text: a main element with less holds a frame, the content came elsewhere."""
_ZONE_SHARE = 0.5
"""Of the region's text: a zone with more is the content under an odd name."""
_BEFORE_TITLE = 0.3
"""Of the region's text: what stands before its h1 is the head if it is no more than this."""
_TEASERS = 0.6
"""Of what stands above a title."""
_A_GOOD_PART, _MORE_THAN_HALF, _NEARLY_ALL = 0.5, 0.6, 0.85
"""Of the region's text: what an article on it holds at least, the more the less else tells of one."""


def region(layout: Layout, kind: Kind, furniture: Collection[str] = (), title_at: int | None = None) -> list[Block]:
    """The blocks of a page's content region, without ``furniture`` and lines that are furniture by what they say.

    It begins at the first h1, or at the title, in block ``title_at``, where there is none.
    """
    start, end = _bounds(layout)
    gone = _AROUND | _BESIDE if kind == "post" else _AROUND
    blocks = _from_title(_outside(layout, start, end, gone), title_at if kind == "post" else None)
    blocks = [b for b in blocks if not _is_furniture(b, kind) and not (furniture and digest_of(b.text) in furniture)]
    return _without_menus(_once(blocks))


def without_teasers_above(blocks: list[Block], title_at: int | None) -> list[Block]:
    """The blocks of a post's region from its title on, where most of what stands above it are lines with links: news of other posts."""
    title = next((i for i, block in enumerate(blocks) if block.index == title_at), 0)
    ahead = blocks[:title]
    linked = _chars([block for block in ahead if block.link_density > 0.1])
    is_theirs = linked >= _TEASERS * _chars(ahead) and _chars(blocks[title:]) > _BEFORE_TITLE * _chars(blocks)
    return blocks[title:] if is_theirs else blocks


def stands_out(
    body: Sequence[Block], around: Sequence[Block], kind: Kind, published: Dated | None, *, is_told: bool
) -> bool:
    """Whether ``body`` is the page's article and not one of many pieces of the region ``around`` it.

    A dated post is believed unless hardly anything was found, a dated text on another page if it is long; what has no
    date must be a good part of the region, and nearly all of it where nothing ``is_told`` of an article at all. Of a
    body that stands outside the region, as a page's small print does, that is a part of nothing.
    """
    if is_long(body, kind, published):
        return True
    least = _A_GOOD_PART
    if published is None and kind == "post":
        least = _MORE_THAN_HALF if is_told else _NEARLY_ALL
    shown = {block.index for block in around}
    return _chars([block for block in body if block.index in shown]) >= least * max(1, _chars(around))


def is_long(body: Sequence[Block], kind: Kind, published: Dated | None) -> bool:
    """Whether ``body`` is a dated text so long that it stands out from any region: most posts, so ask this first."""
    return published is not None and _chars(body) >= (400 if kind == "post" else 1500)


def _bounds(layout: Layout) -> tuple[int, int]:
    """The main element if it holds a good part of the page's text; else the whole page."""
    blocks = layout.blocks
    mains = [box for box in layout.boxes if box.tag == "main" or box.element.get("role") == "main"]
    main = max(mains, key=lambda box: _chars(blocks[box.start : box.end]), default=None)
    if main is None or _chars(blocks[main.start : main.end]) <= _MAIN_SHARE * _chars(blocks):
        return 0, len(blocks)
    return main.start, main.end


def _outside(layout: Layout, start: int, end: int, gone: Collection[str]) -> list[Block]:
    """The blocks from ``start`` to ``end`` that stand in none of the zones ``gone``."""
    span = _chars(layout.blocks[start:end])
    out: set[int] = set()
    for box in layout.zones:
        if box.zone in gone and not _is_content(box, layout, start, end, span):
            out.update(range(box.start, box.end))
    return [block for block in layout.blocks[start:end] if block.index not in out]


def _is_content(box: Box, layout: Layout, start: int, end: int, span: int) -> bool:
    if box.start <= start and box.end >= end:
        return True
    return _chars(layout.blocks[max(start, box.start) : min(end, box.end)]) > _ZONE_SHARE * span


def _is_furniture(block: Block, kind: Kind) -> bool:
    """Whether a line is furniture by what it says; on a page of many entries their dates are a part of what it tells."""
    name = furniture_name(block)
    return name is not None and (kind == "post" or name != "date")


def _from_title(blocks: list[Block], title_at: int | None) -> list[Block]:
    """``blocks`` from the first h1 on, else from the title, if only the head stands before it."""
    h1 = next((i for i, block in enumerate(blocks) if block.tag == "h1"), None)
    title = next((i for i, block in enumerate(blocks) if block.index == title_at), 0)
    if h1 is None and title:
        return blocks[title:] if _chars(blocks[title:]) > _BEFORE_TITLE * _chars(blocks) else blocks
    at = h1 or 0
    return blocks[at:] if _chars(blocks[:at]) < _BEFORE_TITLE * _chars(blocks) else blocks


_REPEAT = 25  # characters: shorter labels repeat rightly, one an entry


def _once(blocks: Sequence[Block]) -> list[Block]:
    """``blocks`` without longer ones said already: sliders and menus for small screens repeat what is there."""
    seen: set[str] = set()
    kept = []
    for block in blocks:
        if len(block.text) >= _REPEAT and block.text in seen:
            continue
        seen.add(block.text)
        kept.append(block)
    return kept


def _without_menus(blocks: Sequence[Block]) -> list[Block]:
    """``blocks`` without runs of four or more short links with nothing between them."""
    kept: list[Block] = []
    run: list[Block] = []
    for block in [*blocks, None]:
        if block is not None and block.link_density > 0.8 and len(block.text) < 40 and not block.is_heading:
            run.append(block)
            continue
        if len(run) < 4 or _chars(run) >= 25 * len(run):
            kept.extend(run)
        run = []
        if block is not None:
            kept.append(block)
    return kept


def _chars(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks)
