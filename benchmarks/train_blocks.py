"""Train the judge of blocks (`extract.block_judge`) on the article sets, or cross-validate it by host.

    python -m benchmarks.train_blocks --cross-validate   F1 of each set under the rules alone, and judged by forests that never saw the host
    python -m benchmarks.train_blocks                    train on everything and write extract/block_judge.json

A block is text if most of its four-word shingles are in the gold text; of the set that has no gold texts but strings that
must or must not be there, the blocks with those strings are used. Pages weigh the same within a set, blocks by their words.
Trees are grown on logistic loss with Newton steps (Friedman 2001; Chen & Guestrin 2016, arXiv:1603.02754), their nodes at
one depth asking the same. Takes some minutes; needs ../shared.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib.util
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from benchmarks.quality import SHARED
from extract import post
from extract.article import Standing
from extract.block_features import NAMES, Opinion, reach, rows
from extract.block_judge import Forest
from extract.page import parse_page

MODEL = Path(post.__file__).with_name("block_judge.json")
WEIGHTS = {"scrapinghub": 2.5, "wcxb-article": 1.2, "wcxb-other": 1.2, "trafilatura": 0.6, "cleanportaleval": 1.8, "cleaneval": 0.4, "mozilla": 0.4}  # fmt: skip
"""How much a page of each set counts. Little where the gold keeps what we drop on purpose: captions, nearly all of a page of 2006."""

TREES, DEPTH, BINS, RATE, RIDGE, SEED = 250, 4, 48, 0.12, 8.0, 8
_COLUMNS, _ROWS = 0.4, 0.7  # shares that each tree sees
_FOLDS = 5

Bins = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """One page: the rows of the blocks that are judged, whether each is text, and how much it counts."""

    name: str
    host: str
    page: dict[str, Any]
    matrix: npt.NDArray[np.float32]
    is_text: npt.NDArray[np.bool_]
    weight: Floats


class _Judging:
    """A judge that keeps what it was asked and lets the rules' answer stand."""

    asked: tuple[Standing, Opinion] | None = None

    def __call__(self, where: Standing, opinion: Opinion) -> Sequence[int]:
        self.asked = (where, opinion)
        return sorted(opinion.kept)


def samples() -> list[Sample]:
    return [sample for name in WEIGHTS for page in pages(name) if (sample := _sample(name, page)) is not None]


def pages(name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(SHARED / "eval" / "article" / f"dev-{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _sample(name: str, page: dict[str, Any]) -> Sample | None:
    judge = _Judging()
    url = page.get("url") or ""
    post.read_page(parse_page(page["html"], url), None, judge=judge)
    if judge.asked is None:  # selected by a rule
        return None
    where, opinion = judge.asked
    start, end = reach(where, opinion)
    texts = [block.text for block in where.layout.blocks[start:end]]
    kept = np.array([start + i in opinion.kept for i in range(len(texts))])
    if page.get("gold_text"):
        is_text, known = _is_gold(texts, page["gold_text"]), np.ones(len(texts))
        size = np.array([max(3, len(_words(text))) for text in texts], np.float64)
        size /= max(60.0, size[is_text].sum(), size[kept].sum())
    else:
        is_text, known = _is_wanted(texts, page.get("with") or [], page.get("without") or [])
        size = known / max(1.0, known.sum())
    matrix = rows(where, opinion, start, end)
    slim = {key: page.get(key) for key in ("id", "html", "url", "gold_text", "with", "without")}
    return Sample(name, _host(url) or page["id"], slim, matrix, is_text, size * known * WEIGHTS[name])


def _host(url: str) -> str:
    """The registered part of a host, roughly: pages of one site are never on both sides of a fold."""
    parts = (urlsplit(url).hostname or "").removeprefix("www.").split(".")
    return ".".join(parts[-3:] if len(parts) > 2 and len(parts[-2]) <= 3 else parts[-2:])


# --- labels -----------------------------------------------------------------------------------------------------------


def _words(text: str) -> list[str]:
    return scorer().words(text)  # type: ignore[no-any-return]


def _is_gold(texts: Sequence[str], gold: str) -> npt.NDArray[np.bool_]:
    """Whether the gold text holds each block; of repeated ones as many as it holds, those among other gold first."""
    said = _words(gold)
    bag = set(zip(*(said[i:] for i in range(4)), strict=False))
    line = f" {' '.join(said)} "
    split = [_words(text) for text in texts]
    share = np.array([np.mean([s in bag for s in zip(*(w[i:] for i in range(4)), strict=False)]) if len(w) > 3 else np.nan for w in split])  # fmt: skip
    found: npt.NDArray[np.bool_] = np.nan_to_num(share) > 0.5
    places: dict[tuple[str, ...], list[int]] = {}
    for index in np.flatnonzero(found).tolist():
        places.setdefault(tuple(split[index]), []).append(index)
    for repeated, where in places.items():
        if len(where) > 1:
            where.sort(key=lambda i: -float(np.nanmean(share[max(0, i - 6) : i + 7])))
            found[where[max(1, line.count(f" {' '.join(repeated)} ")) :]] = False
    sure = found.copy()
    stream = [word for words in split for word in words]
    at = 0
    for i, words in enumerate(split):
        first, at = at, at + len(words)
        if words and np.isnan(
            share[i]
        ):  # too short to tell by itself: the gold must hold it beside what stands beside it
            if any(tuple(stream[s : s + 4]) in bag for s in range(max(0, at - 4), first + 1)):
                found[i] = True  # a cell of a table, a short list item
                continue
            before = next((split[j] for j in range(i - 1, max(-1, i - 6), -1) if sure[j]), None)
            behind = next((split[j] for j in range(i + 1, min(len(texts), i + 7)) if sure[j]), None)
            it = " ".join(words)
            found[i] = bool(before and f" {' '.join(before[-2:])} {it} " in line) or bool(behind and f" {it} {' '.join(behind[:2])} " in line)  # fmt: skip
    return found


def _is_wanted(
    texts: Sequence[str], wanted: Sequence[str], unwanted: Sequence[str]
) -> tuple[npt.NDArray[np.bool_], Floats]:
    """Whether each block has a string that must be there; and 1 for the blocks that have any string, else 0."""
    folded = [" ".join(text.split()) for text in texts]
    good = np.array([any(" ".join(s.split()) in text for s in wanted) for text in folded], bool)
    bad = np.array([any(" ".join(s.split()) in text for s in unwanted) for text in folded], bool)
    return good, (good | bad).astype(np.float64)


# --- growing ----------------------------------------------------------------------------------------------------------


def grown(learnt: Sequence[Sample]) -> Forest:
    matrix = np.concatenate([sample.matrix for sample in learnt])
    wanted = np.concatenate([sample.is_text for sample in learnt]).astype(np.float64)
    weight = np.concatenate([sample.weight for sample in learnt])
    counted = weight > 0
    matrix, wanted, weight = matrix[counted], wanted[counted], weight[counted] / weight[counted].mean()
    cuts = [np.unique(np.quantile(column, np.linspace(0, 1, BINS + 1)[1:-1])).astype(np.float32) for column in matrix.T]
    binned = np.stack([np.searchsorted(cut, column, side="left").astype(np.uint8) for cut, column in zip(cuts, matrix.T, strict=True)])  # fmt: skip
    chance = np.random.default_rng(SEED)
    share = float((wanted * weight).sum() / weight.sum())
    base = float(np.log(share / (1 - share)))
    odds = np.full(len(wanted), base)
    columns, values, leaves = [], [], []
    for _ in range(TREES):
        likely = 1 / (1 + np.exp(-odds))
        slope, bend = (wanted - likely) * weight, likely * (1 - likely) * weight
        seen = np.flatnonzero(chance.random(len(wanted)) < _ROWS)
        offered = np.flatnonzero(chance.random(len(NAMES)) < _COLUMNS)
        asks, leaf = _tree(binned, cuts, slope, bend, seen, offered)
        number = np.zeros(len(wanted), np.int64)
        for depth, (column, cut) in enumerate(asks):
            number |= (binned[column] > cut).astype(np.int64) << depth
        odds += leaf[number]
        columns.append([column for column, _ in asks])
        values.append([cuts[column][cut] for column, cut in asks])
        leaves.append(leaf)
    return Forest(np.array(columns), np.array(values, np.float32), np.array(leaves, np.float32), base)


def _tree(binned: Bins, cuts: Sequence[Any], slope: Floats, bend: Floats, seen: npt.NDArray[np.int64], offered: npt.NDArray[np.int64]) -> tuple[list[tuple[int, int]], Floats]:  # fmt: skip
    """The (column, cut) that each depth asks, chosen greedily, and the step of each leaf."""
    g, h = slope[seen], bend[seen]
    number = np.zeros(len(seen), np.int64)
    asks: list[tuple[int, int]] = []
    here = {int(column): binned[column][seen].astype(np.int64) for column in offered if len(cuts[column])}
    for depth in range(DEPTH):
        nodes = 1 << depth
        best, best_gain = (next(iter(here)), 0), -1.0
        for column, bins in here.items():
            at = number * (BINS + 1) + bins
            left_g = np.bincount(at, g, nodes * (BINS + 1)).reshape(nodes, -1).cumsum(1)
            left_h = np.bincount(at, h, nodes * (BINS + 1)).reshape(nodes, -1).cumsum(1)
            right_g, right_h = left_g[:, -1:] - left_g, left_h[:, -1:] - left_h
            gain = (left_g**2 / (left_h + RIDGE) + right_g**2 / (right_h + RIDGE)).sum(0)[: len(cuts[column])]
            cut = int(gain.argmax())
            if gain[cut] > best_gain:
                best, best_gain = (column, cut), float(gain[cut])
        asks.append(best)
        number |= (here[best[0]] > best[1]).astype(np.int64) << depth
    leaves = 1 << DEPTH
    return asks, RATE * np.bincount(number, g, leaves) / (np.bincount(number, h, leaves) + RIDGE)


# --- judging ----------------------------------------------------------------------------------------------------------


def cross_validated(all_samples: Sequence[Sample]) -> dict[str, list[tuple[float, float]]]:
    """For each set the (rules alone, judged) score of each page, by forests that never saw its host."""
    scores: dict[str, list[tuple[float, float]]] = {}
    fold = [int(hashlib.sha256(sample.host.encode()).hexdigest(), 16) % _FOLDS for sample in all_samples]
    for k in range(_FOLDS):
        forest = grown([sample for sample, f in zip(all_samples, fold, strict=True) if f != k])
        judge = _judge_of(forest)
        for sample, f in zip(all_samples, fold, strict=True):
            if f == k:
                page = parse_page(sample.page["html"], sample.page.get("url") or "")
                alone = post.read_page(page, None, judge=_Judging()).article.text
                with_judge = post.read_page(page, None, judge=judge).article.text
                scores.setdefault(sample.name, []).append((score(sample.page, alone), score(sample.page, with_judge)))
    return scores


def _judge_of(forest: Forest) -> Any:
    from extract.block_judge import judged

    return lambda where, opinion: judged(where, opinion, forest)


def score(page: dict[str, Any], text: str) -> float:
    """The page's F1, or the share of its strings that are where they should be."""
    if page.get("gold_text"):
        return float(scorer().page_scores(page["gold_text"], text)[2])
    right, wrong, missing, absent = scorer().string_counts(page.get("with") or [], page.get("without") or [], text)
    return float((right + absent) / max(1, right + wrong + missing + absent))


_LOADED: list[Any] = []


def scorer() -> Any:
    """The scorer of the article sets."""
    if not _LOADED:
        spec = importlib.util.spec_from_file_location("eval_article", SHARED / "tools" / "eval_article.py")
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        _LOADED.append(module)
    return _LOADED[0]


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--cross-validate", action="store_true")
    asked = arguments.parse_args()
    if not SHARED.is_dir():
        print(f"no evaluation sets at {SHARED}: nothing to learn from", file=sys.stderr)
        return 1
    found = samples()
    print(
        f"{len(found)} pages, {sum(len(s.is_text) for s in found)} blocks, of sets {dict(Counter(s.name for s in found))}"
    )
    if asked.cross_validate:
        for name, pairs in cross_validated(found).items():
            alone, judged = np.mean(pairs, axis=0)
            print(f"{name:18} rules {alone:.4f}   judged {judged:.4f}")
        return 0
    MODEL.write_text(json.dumps(grown(found).as_json(), separators=(",", ":")) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
