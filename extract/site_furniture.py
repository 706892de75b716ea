"""What a blog repeats on many pages: blocks of text, and places that hold furniture whatever is said there."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from extract.digests import digest_of
from extract.known import caption_blocks, is_caption
from extract.layout import Block
from extract.places import caption_place, tail_of
from extract.pruning import is_furniture_line
from extract.records import Place, Repeated
from extract.site_leaves import FEWEST, Leaf

_EDGE = 3  # blocks at either end of a text, where standing notes are
_LIST_HEADING = re.compile(
    r"\W*(?:references?|bibliography|further reading|reading list|sources?|works cited|notes|endnotes|footnotes|literature)\W*$",
    re.I,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d[a-z]?\b|\bin press\b|\bforthcoming\b|\bn\.d\.", re.I)
_OPENING = 60  # characters of a block that a person is shown


def furniture(leaves: Sequence[Leaf]) -> tuple[Repeated, ...]:
    """The blocks that stand on many posts.

    Around the articles: long ones on a few posts, short ones on many. Inside them only what opens or closes the text, as
    notes on the author do; what an author repeats in the text itself, and works that several posts cite, are article text.
    """
    outside: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    said: dict[str, str] = {}
    for leaf in leaves:
        edges, protected = _edges(leaf)
        around: set[str] = set()
        within: set[str] = set()
        for block in leaf.page.layout.blocks:
            if len(block.text) <= 2 or block.index in protected:
                continue
            key = digest_of(block.text)
            said[key] = min(said.get(key, block.text), block.text)
            is_within = leaf.sight.start <= block.index < leaf.sight.end and block.index not in edges
            (within if is_within else around).add(key)
        outside.update(around)
        inside.update(within | around)
    few, many = max(4, round(0.06 * len(leaves))), max(4, round(0.35 * len(leaves)))
    kept = [
        key for key, n in inside.items() if n >= many or outside[key] >= (few if len(said[key]) >= 40 else many)
    ]  # fmt: skip
    return tuple(Repeated(digest=key, opening=said[key][:_OPENING], pages=inside[key]) for key in sorted(kept))


def _edges(leaf: Leaf) -> tuple[frozenset[int], frozenset[int]]:
    """The blocks at the edges of a leaf's text; and those that may be entries of a list of references, which repeat rightly."""
    start, end = leaf.sight.start, leaf.sight.end
    blocks = leaf.page.layout.blocks[start:end]
    heading = next((b.index for b in blocks if len(b.text) < 40 and _LIST_HEADING.match(b.text)), end)
    entries = {b.index for b in blocks if b.index >= heading or (len(b.text) >= 40 and _YEAR.search(b.text))}
    return frozenset([*range(start, start + _EDGE), *range(end - _EDGE, end)]), frozenset(entries)


def furniture_places(leaves: Sequence[Leaf], repeated: Collection[str]) -> tuple[Place, ...]:
    """Paths inside the articles where nearly all that stands, on many posts, repeats or is furniture by what it says.

    What such a place says on another page is furniture too, in words not seen before.
    """
    seen: Counter[str] = Counter()
    gone: Counter[str] = Counter()
    pages: defaultdict[str, set[int]] = defaultdict(set)
    for number, leaf in enumerate(leaves):
        for block in leaf.page.layout.blocks[leaf.sight.start : leaf.sight.end]:
            path = tail_of(block.element)
            seen[path] += 1
            if digest_of(block.text) in repeated or is_furniture_line(block):
                gone[path] += 1
                pages[path].add(number)
    kept = [
        Place(path=path, pages=len(pages[path]))
        for path, n in gone.items()
        if path and n >= 0.8 * seen[path] and len(pages[path]) >= max(FEWEST, 0.2 * len(leaves))
    ]
    return tuple(sorted(kept, key=lambda place: (-place.pages, place.path)))


def caption_places(leaves: Sequence[Leaf]) -> tuple[Place, ...]:
    """Names and paths, within the reach of the articles, of captions that say something, and something else on each page.

    On a page alone a caption cannot be told from a teaser's or a stock picture's; over many pages the author's own can.
    """
    said: defaultdict[str, list[str]] = defaultdict(list)
    pages: defaultdict[str, set[int]] = defaultdict(set)
    for number, leaf in enumerate(leaves):
        for block in _captions(leaf):
            if is_caption(block):
                path = caption_place(block.element)
                said[path].append(block.text)
                pages[path].add(number)
    kept = [
        Place(path=path, pages=len(pages[path]))
        for path, texts in said.items()
        if path and len(pages[path]) >= 3 and len(set(texts)) >= 0.8 * len(texts)
    ]
    return tuple(sorted(kept, key=lambda place: (-place.pages, place.path)))


def _captions(leaf: Leaf) -> list[Block]:
    start = leaf.sight.start if leaf.title_at is None else min(leaf.sight.start, leaf.title_at + 1)
    return caption_blocks(leaf.page.layout, start, leaf.sight.end)
