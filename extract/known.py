"""What a blog's other pages tell of the article on this one: what to add to it, and what to take away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.calendar_words import dates_in
from extract.candidates import prose
from extract.layout import Block, Layout
from extract.marked_authors import names_in
from extract.places import caption_place, ends_with, path_of, tail_of
from extract.pruning import is_furniture_line, without_credit
from extract.records import SiteProfile


@dataclass(frozen=True, slots=True)
class Known:
    """What a blog's other pages tell of this one: digests of blocks that repeat; paths that hold the article, furniture
    within it, captions that are the author's words, and date and byline."""

    furniture: frozenset[str] = frozenset()
    body_places: frozenset[str] = frozenset()
    furniture_places: frozenset[str] = frozenset()
    caption_places: frozenset[str] = frozenset()
    date_places: tuple[str, ...] = ()
    byline_places: tuple[str, ...] = ()

    @classmethod
    def of(cls, site: SiteProfile | None) -> Known:
        if site is None:
            return NOTHING
        here = site.layout
        return cls(
            furniture=site.furniture_digests,
            body_places=frozenset(place.path for place in here.body_places),
            furniture_places=frozenset(place.path for place in here.furniture_places),
            caption_places=frozenset(place.path for place in here.caption_places),
            date_places=tuple(place.path for place in here.date_places),
            byline_places=tuple(place.path for place in here.byline_places),
        )


NOTHING = Known()


def as_known(
    layout: Layout, inside: Sequence[Block], start: int, end: int, title_at: int | None, known: Known
) -> list[Block]:
    """``inside`` with the captions from ``start`` to ``end`` that are the author's words, without what stands in places of
    furniture, date and byline."""
    kept = {block.index: block for block in inside}
    for block in caption_blocks(layout, start, end) if known.caption_places else ():
        if is_caption(block) and caption_place(block.element) in known.caption_places:
            kept[block.index] = without_credit(block)
    blocks = _without_labels([kept[i] for i in sorted(kept)], title_at)
    if known.furniture_places:
        blocks = [block for block in blocks if tail_of(block.element) not in known.furniture_places]
    edges = {block.index for block in [*blocks[:_EDGE], *blocks[-_EDGE:]]}
    return [b for b in blocks if b.index not in edges or not _is_imprint(b, known)]


def is_caption(block: Block) -> bool:
    """Whether a caption says something; fewer words name a person, or a photographer."""
    bare = without_credit(block)
    return len(bare.text.split()) >= _CAPTION_WORDS and not is_furniture_line(bare)


_CAPTION_WORDS = 5


def _without_labels(blocks: list[Block], title_at: int | None) -> list[Block]:
    """``blocks`` from the title on, where only labels stand before it."""
    before = [block for block in blocks if title_at is not None and block.index < title_at]
    return blocks if any(map(prose, before)) else blocks[len(before) :]


def _is_imprint(block: Block, known: Known) -> bool:
    """Whether a line holds a date or a name where the blog's posts have theirs; old pages have their text there too."""
    if len(block.text) > 160 or prose(block) or not (known.date_places or known.byline_places):
        return False
    path = path_of(block.element)
    if any(ends_with(path, place) for place in known.date_places) and next(dates_in(block.text), None) is not None:
        return True
    return any(ends_with(path, place) for place in known.byline_places) and bool(names_in(block.text))


_EDGE = 5  # blocks at either end of a text


def caption_blocks(layout: Layout, start: int, end: int) -> list[Block]:
    """The blocks from ``start`` to ``end`` that say what a picture or a film shows."""
    held = {
        i for box in layout.zones if box.zone == "caption" or box.tag == "object" for i in range(box.start, box.end)
    }
    return [layout.blocks[i] for i in sorted(held) if start <= i < end]
