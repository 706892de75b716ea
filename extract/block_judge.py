"""The learned judge of blocks: which blocks that the rules kept are furniture after all, and which they dropped are text.

A small forest of boosted trees over what stands where on a page (`extract.block_features`), trained by
``benchmarks/train_blocks.py`` on pages of many hosts. All nodes at one depth of a tree ask the same question, so that a
tree is a table and its leaf a number in base two (Langley & Sage's oblivious trees, as in CatBoost, arXiv:1706.09516).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from extract.article import REGION, Standing
from extract.block_features import NAMES, Opinion, reach, rows
from extract.layout import paragraphs

DROPPED_BELOW = 0.35
"""A kept block that is less likely text than this goes."""
ADDED_ABOVE = 0.65
"""A dropped block that is more likely text than this comes back: the rules have their reasons, so it takes more than a half."""
MOST_DROPPED = 0.2
"""Of the text of a region of a page that is no post: where the judge would drop more, it does not understand the page, and drops nothing."""

_MODEL = Path(__file__).with_name("block_judge.json")


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees of one depth: at each depth of each a column and the value that must be exceeded; ``leaves`` are log odds."""

    columns: npt.NDArray[np.int64]
    values: npt.NDArray[np.float32]
    leaves: npt.NDArray[np.float32]
    base: float

    def likelihood(self, matrix: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        """How likely each row is text."""
        trees, depth = self.columns.shape
        answers = (matrix.T[self.columns.ravel()] > self.values.ravel()[:, None]).reshape(trees, depth, -1)
        numbers = answers[:, 0].astype(np.int64)
        for i in range(1, depth):
            numbers += answers[:, i].astype(np.int64) << i
        numbers += (np.arange(trees) << depth)[:, None]
        odds = self.base + self.leaves.ravel()[numbers].sum(axis=0, dtype=np.float64)
        likely: npt.NDArray[np.float64] = 1.0 / (1.0 + np.exp(-odds))
        return likely

    def as_json(self) -> dict[str, Any]:
        trees = zip(self.columns.tolist(), self.values.tolist(), self.leaves.tolist(), strict=True)
        return {
            "base": self.base,
            "trees": [
                {"asks": [[NAMES[c], round(v, 5)] for c, v in zip(columns, values, strict=True)], "leaves": [round(leaf, 4) for leaf in leaves]}
                for columns, values, leaves in trees
            ],
        }  # fmt: skip


def forest_of(said: dict[str, Any]) -> Forest:
    """The forest that `Forest.as_json` wrote."""
    trees = said["trees"]
    return Forest(
        np.array([[NAMES.index(name) for name, _ in tree["asks"]] for tree in trees], np.int64),
        np.array([[value for _, value in tree["asks"]] for tree in trees], np.float32),
        np.array([tree["leaves"] for tree in trees], np.float32),
        float(said["base"]),
    )


@cache
def _forest() -> Forest:
    return forest_of(json.loads(_MODEL.read_text(encoding="utf-8")))


def judged(where: Standing, opinion: Opinion, forest: Forest | None = None) -> Sequence[int]:
    """The indices of the blocks that are article text, in order, seeing what the rules kept; by the model that comes with the package."""
    start, end = reach(where, opinion)
    if end <= start:
        return sorted(opinion.kept)
    likely = (forest or _forest()).likelihood(rows(where, opinion, start, end)).tolist()
    blocks = where.layout.blocks[start:end]
    at = 0
    for group in paragraphs(blocks):  # the cells of a table row stay together
        if len(group) > 1:
            likely[at : at + len(group)] = [sum(likely[at : at + len(group)]) / len(group)] * len(group)
        at += len(group)
    kept = frozenset(opinion.kept)
    dropped = {index for index, text in enumerate(likely, start) if index in kept and text <= DROPPED_BELOW}
    if (
        where.choice.source == REGION
        and opinion.kind != "post"
        and _chars(where, dropped) > MOST_DROPPED * _chars(where, kept)
    ):
        dropped = set()
    return [
        index
        for index, text in enumerate(likely, start)
        if (index not in dropped if index in kept else text > ADDED_ABOVE)
    ]


def _chars(where: Standing, indices: Iterable[int]) -> int:
    return sum(len(where.layout.blocks[index].text) for index in indices)
