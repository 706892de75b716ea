"""The boxes around each block as numbers, for the learned judge: what they hold, and which blocks stand in like ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from extract.layout import Box

Column = npt.NDArray[np.float32]
Whole = npt.NDArray[np.int64]
Sums = npt.NDArray[np.float64]

SIZES = (2, 5, 15)
"""Blocks that a box must hold at least to be one of the three around a block."""


class Surroundings(NamedTuple):
    """For each block: its innermost box of each size (a number), and numbers that like boxes and like blocks in them share."""

    around: list[Whole]
    limits: Whole
    like: Whole
    alike: Whole
    depth: Column


def surroundings(boxes: Sequence[Box], start: int, end: int) -> Surroundings:
    """What stands around the blocks from ``start`` up to ``end``."""
    n = end - start
    around = [np.zeros(n, np.int64) for _ in SIZES]
    like = np.zeros(n, np.int64)
    own = [0] * n  # of boxes that hold one block: most do, so they are no slices
    steps = [0] * (n + 1)
    limits = [(0, n)]
    kinds: dict[tuple[str, str], int] = {}
    for box in boxes:
        if box.start >= end:
            break  # they are in the order of their starts
        if box.end <= start:
            continue
        first, last = box.start - start, box.end - start
        if first < 0:
            first = 0
        if last > n:
            last = n
        steps[first] += 1
        steps[last] -= 1
        kind = kinds.setdefault((box.tag, box.signs.hints), len(kinds) + 1)
        size = last - first
        if size == 1:
            own[first] = kind
            continue
        like[first:last] = kind
        for least, inner in zip(SIZES, around, strict=True):
            if size < least:
                break
            inner[first:last] = len(limits)
        limits.append((first, last))
    pairs: dict[tuple[int, int], int] = {}
    around_it = [(kind or outer, outer) for kind, outer in zip(own, like.tolist(), strict=True)]
    alike = np.array([pairs.setdefault(pair, len(pairs)) for pair in around_it], np.int64)
    depth = np.cumsum(steps[:-1], dtype=np.float32)
    return Surroundings(around, np.array(limits, np.int64), like, alike, depth)


def box_columns(boxes: Surroundings, sums: Sums) -> Sums:
    """What the boxes around each block hold; ``sums`` are of characters, of those in links, of prose and of kept text."""
    first, last = boxes.limits[np.stack(boxes.around)].transpose(2, 0, 1)
    size = np.maximum(1, last - first)
    text, links, prose, kept = sums[:4, last] - sums[:4, first]
    text = np.maximum(1.0, text)
    all_prose = max(1.0, float(sums[2, -1]))
    found = (prose / all_prose, prose / text, links / text, np.minimum(size, 400), text / size, kept / text)
    return np.concatenate(found)
