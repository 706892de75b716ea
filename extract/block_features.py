"""What the learned judge of blocks looks at: the blocks in and around the chosen part of a page as rows of numbers.

No column looks at words, so that what is learnt holds in any language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from math import log1p
from typing import Any

import numpy as np
import numpy.typing as npt

from extract.article import REGION, Standing
from extract.block_boxes import SIZES, Column, Sums, box_columns, surroundings
from extract.candidates import Candidate
from extract.layout import Block, Box
from extract.records import Kind

_BEFORE, _BEHIND = 12, 25
"""Blocks around the chosen part that are judged too: a standfirst above it, a part that the readers missed below."""
_MOST = 3_000
"""Blocks judged of one page."""

_TAGS = {"p": 1, "h1": 2, "h2": 3, "h3": 4, "h4": 5, "h5": 6, "h6": 6, "li": 7, "td": 8, "th": 8, "div": 9, "section": 10, "article": 10,
         "main": 10, "blockquote": 11, "pre": 12, "dt": 13, "dd": 13, "figcaption": 14, "figure": 14, "body": 15, "center": 15, "header": 16,
         "footer": 17, "summary": 18, "details": 18, "form": 19, "address": 20, "aside": 20, "nav": 20, "ul": 21, "ol": 21}  # fmt: skip
_ENDS = {
    ".": 1,
    "!": 2,
    "?": 2,
    ":": 3,
    "…": 4,
    ",": 5,
    ";": 5,
    ")": 6,
    "]": 6,
    '"': 7,
    "”": 7,
    "’": 7,
    "»": 8,
    ">": 8,
    "›": 8,
    "→": 8,
}
_ZONES = ("hidden", "comments", "navigation", "share", "newsletter", "related", "author", "meta", "tags", "caption", "advert", "notice",
          "header", "footer", "aside")  # fmt: skip
_READERS = ("body class", "density", "parents")
_KINDS = ("post", "listing", "other")
_SIDES = (1, -1)
_NEAR, _NEAR_KEPT = 4, 3  # blocks

NAMES: tuple[str, ...] = (
    "log length", "link density", "bold", "tag", "end", "opening", "commas", "sentences", "repeats", "in title", "prose",
    "zone", "zones", *(f"reader {source}" for source in _READERS), "agreement",
    *(f"box {size} {what}" for what in ("share", "prose", "links", "blocks", "length", "kept") for size in SIZES),
    *(f"{by:+d} {what}" for by in _SIDES for what in ("log length", "tag", "kept", "alike")),
    "near length", "near links", "near prose", "near kept prose",
    *(f"page {what}" for what in ("kind", "dated", "blocks", "prose", "share chosen", "prose chosen", "agreement", "cells", "furniture", "links", "kept", "region")),
    "kept", "kept near", "before", "behind", "place", "place in text", "behind title", "behind heading", "depth", "depth against text",
    "text in box", "text in like boxes", "text of like blocks",
)  # fmt: skip
"""The columns of `rows`. "Kept" is what the rules would keep; boxes are the elements around a block, the readers those of `extract.candidates`."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the rules made of a page: the indices of the blocks they ``kept``, its title, its kind and whether it is dated."""

    kept: Collection[int]
    title: str
    title_at: int | None
    kind: Kind
    is_dated: bool


def reach(where: Standing, opinion: Opinion) -> tuple[int, int]:
    """The blocks that are judged: from the first up to but without the last."""
    first, last = where.choice.start, where.choice.end
    if opinion.kept:
        first, last = min(first, *opinion.kept), max(last, *opinion.kept)
    start = max(0, first - _BEFORE)
    return start, min(len(where.layout.blocks), last + _BEHIND, start + _MOST)


def rows(where: Standing, opinion: Opinion, start: int, end: int) -> npt.NDArray[np.float32]:
    """A row for each block from ``start`` up to ``end``, its columns in the order of `NAMES`."""
    weighing, choice = where.weighing, where.choice
    blocks = where.layout.blocks[start:end]
    n = len(blocks)
    matrix = np.zeros((len(NAMES), n), np.float32)
    filled = _Filled(matrix)
    own = filled.next(11)
    own[:] = _own_columns(blocks, weighing.said[start:end], opinion.title.lower())
    length = own[0].copy()
    np.log1p(length, out=own[0])
    log_length, density, tag, prose = own[0], own[1], own[3], own[10]
    _fill_zones(filled.next(2), weighing.zones, start, end)
    agreement = _fill_readers(filled.next(len(_READERS) + 1), where.guesses, start)

    index = np.arange(n, dtype=np.float32)
    kept = np.zeros(n, np.float32)
    kept[[i - start for i in opinion.kept if start <= i < end]] = 1
    kept_prose = prose * kept
    all_kept = max(1.0, float(kept_prose.sum()))
    boxes = surroundings(where.layout.boxes, start, end)
    first, last = max(0, choice.start - start), min(n, choice.end - start)
    sums = _sums(np.stack([length, length * density, prose, length * kept, density, kept_prose, kept]))
    chars, links = sums[0], sums[1]

    filled.next(6 * len(SIZES))[:] = box_columns(boxes, sums)
    for shifted in _shifted(np.stack([log_length, tag, kept, boxes.alike.astype(np.float32)])):
        columns = filled.next(4)
        columns[:] = shifted
        columns[3] = shifted[3] == boxes.alike
    filled.next(4)[:] = _near(sums[[0, 4, 2, 5]], _NEAR)
    everything = max(1.0, weighing.prose_of_all(0, len(where.layout.blocks)))
    in_choice = float(prose[first:last].sum())
    page = (
        _KINDS.index(opinion.kind), opinion.is_dated, min(len(where.layout.blocks), 2000), log1p(everything), in_choice / everything, log1p(in_choice),
        float(agreement[first:last].mean()) if last > first else 0.0, float((tag == 8).mean()), sum(weighing.furniture[start:end]) / n,
        float(links[-1] / max(1.0, chars[-1])), log1p(all_kept), choice.source == REGION,
    )  # fmt: skip
    filled.next(len(page))[:] = np.array(page, np.float32)[:, None]
    at = opinion.title_at
    rest: tuple[npt.ArrayLike, ...] = (
        kept, _near(sums[6:], _NEAR_KEPT)[0], _within(first - index, 0, 60), _within(index - last + 1, 0, 60),
        _within((index - first) / max(1, last - first), -1, 2), _within((chars[:-1] - chars[first]) / max(1.0, chars[last] - chars[first]), -1, 2),
        -40.0 if at is None else _within(index + (start - at), -30, 60),
        np.minimum(index - np.maximum.accumulate(np.where((tag >= 2) & (tag <= 6), index, -1)), 30),
        boxes.depth, boxes.depth - float((boxes.depth * kept_prose).sum()) / all_kept,
        *(np.bincount(numbers, kept_prose)[numbers] / all_kept for numbers in (boxes.around[0], boxes.like, boxes.alike)),
    )  # fmt: skip
    for row, column in zip(filled.next(len(rest)), rest, strict=True):
        row[:] = column
    return matrix.T


class _Filled:
    """A matrix that is filled from the top, some columns at a time."""

    def __init__(self, matrix: npt.NDArray[np.float32]) -> None:
        self._matrix = matrix
        self._at = 0

    def next(self, columns: int) -> npt.NDArray[np.float32]:
        self._at += columns
        return self._matrix[self._at - columns : self._at]


def _own_columns(blocks: Sequence[Block], prose: Sequence[float], title: str) -> npt.NDArray[np.float32]:
    """What each block is by itself; its length first."""
    seen = Counter([block.text for block in blocks])
    longest = 2 * len(title) + 40 if title else 0
    found: list[float] = []
    for block, said in zip(blocks, prose, strict=True):
        text = block.text
        length = len(text)
        found += (
            length,
            min(1.0, block.link_chars / length),
            block.bold_chars / length,
            _TAGS.get(block.tag, 0),
            _ENDS.get(text[-1], 0),
            1 if text[0].isupper() else 2 if text[0].islower() else 3 if text[0].isdigit() else 0,
            text.count(","),
            text.count(". "),
            seen[text],
            _in_title(text.lower(), title) if length <= longest else 0,
            said,
        )
    return np.array(found, np.float32).reshape(-1, 11).T


def _in_title(said: str, title: str) -> int:
    """2 for the title itself, 1 for a part of it or a line that holds it, else 0."""
    return 2 if said == title else 1 if len(said) > 12 and (said in title or title in said) else 0


def _fill_zones(columns: npt.NDArray[np.float32], zones: Sequence[Box], start: int, end: int) -> None:
    """The innermost furniture zone that each block stands in, and how many there are around it."""
    name, count = columns
    for box in zones:
        if box.end > start and box.start < end:
            here = slice(max(0, box.start - start), box.end - start)
            name[here] = _ZONES.index(box.zone or "hidden") + 1
            count[here] += 1


def _fill_readers(columns: npt.NDArray[np.float32], guesses: Sequence[Candidate], start: int) -> Column:
    """Whether some readers of candidates chose each block, and the share of all that did, by their weights: the last column."""
    heard = sum(guess.weight for guess in guesses) or 1.0
    for guess in guesses:
        here = slice(max(0, guess.start - start), max(0, guess.end - start))
        columns[-1, here] += guess.weight / heard
        if guess.source in _READERS:
            columns[_READERS.index(guess.source), here] = 1
    agreement: Column = columns[-1]
    return agreement


def _within(column: npt.NDArray[Any], low: float, high: float) -> npt.NDArray[Any]:
    """`numpy.clip`, which takes many times as long for so few numbers."""
    cut: npt.NDArray[Any] = np.minimum(np.maximum(column, low), high)
    return cut


def _sums(columns: npt.NDArray[np.float32]) -> Sums:
    """The sums of columns up to each row."""
    sums = np.zeros((columns.shape[0], columns.shape[1] + 1), np.float64)
    np.cumsum(columns, axis=1, out=sums[:, 1:])
    return sums


def _near(sums: Sums, far: int) -> Sums:
    """The means of the rows at most ``far`` away, from the sums up to each row."""
    at = np.arange(sums.shape[1] - 1)
    low, high = np.maximum(0, at - far), np.minimum(len(at), at + far + 1)
    means: Sums = (sums[:, high] - sums[:, low]) / (high - low)
    return means


def _shifted(columns: npt.NDArray[np.float32]) -> Iterator[npt.NDArray[np.float32]]:
    """The columns of what stands each of `_SIDES` before (behind if negative); -1 where nothing does."""
    for by in _SIDES:
        shifted = np.full(columns.shape, -1.0, np.float32)
        if by > 0:
            shifted[:, by:] = columns[:, :-by]
        else:
            shifted[:, :by] = columns[:, -by:]
        yield shifted
