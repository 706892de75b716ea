"""Train what adapts spaCy's namer to the prose of blogs, and say what it gains on pages it has not seen.

    python -m benchmarks.train_entities --folds 3             # cross-validated by document: prints the scores
    python -m benchmarks.train_entities --out extract/models/names.npz

The pipeline's own namer goes on learning from the development halves of the named-entity sets. Those mark persons,
organisations and places only: for every other label the pipeline's own reading stands as the truth, so that it forgets
nothing. Kept is the difference to the pipeline's weights (half precision, averaged over the steps): it fits only the very
version of the pipeline that it was made from, which is pinned. Card: docs/models/names.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from extract.acronyms import acronyms
from extract.adaptation import MADE_FROM, adapt, differences, pipeline_name
from extract.entities import DEFAULT_MODEL, FOR_WORDS, NOT_NEEDED, EntityReader
from extract.shouting import calmed

SETS = Path(__file__).resolve().parent.parent.parent / "shared" / "eval" / "entities"
PLACES = frozenset({"GPE", "LOC", "FAC"})
EPOCHS, RATE, DROP, BATCH_WORDS, SEED = 4, 0.0003, 0.2, 1000, 0

Row = dict[str, Any]


def rows() -> list[Row]:
    """The documents of all sets; ``text`` as the reader shows it to the model."""
    found = []
    for path in sorted(SETS.glob("*.dev.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found.append({**row, "calm": calmed(row["text"], acronyms(row["text"]))})
    return found


def fold_of(row: Row, folds: int) -> int:
    """The fold of a document, by its id."""
    return int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % folds


def examples(model: Any, chosen: Sequence[Row]) -> Iterator[Any]:
    """Each document with its gold names, and the model's own reading for the labels that its gold leaves out."""
    from spacy.training import Example

    for row, read in zip(chosen, model.pipe(row["calm"] for row in chosen), strict=True):
        truth = model.make_doc(row["calm"])
        truth.ents = gold_spans(row, truth, read)
        yield Example(model.make_doc(row["calm"]), truth)


def gold_spans(row: Row, truth: Any, read: Any) -> list[Any]:
    from spacy.tokens import Span
    from spacy.util import filter_spans

    gold = []
    for entity in row["entities"]:
        span = truth.char_span(entity["start"], entity["end"], alignment_mode="expand")
        if span is not None:
            own = next((e.label_ for e in read.ents if e.label_ in PLACES and _meet(e, span)), "GPE")
            label = own if entity["label"] == "GPE|LOC" else entity["label"]
            gold.append(Span(truth, span.start, span.end, label=label))
    gold = filter_spans(gold)
    marked = {label for scored in row["scored"] for label in (PLACES if scored == "GPE|LOC" else (scored,))}
    silver = (Span(truth, e.start, e.end, label=e.label_) for e in read.ents if e.label_ not in marked)
    return gold + [span for span in silver if not any(_meet(span, other) for other in gold)]


def _meet(one: Any, other: Any) -> bool:
    return bool(one.start < other.end and other.start < one.end)


def trained(chosen: Sequence[Row], epochs: int) -> tuple[Any, dict[str, Any]]:
    """The pipeline after ``epochs`` over ``chosen``, and its weights' differences to those it had."""
    import spacy
    from thinc.api import Adam, fix_random_seed

    random.seed(SEED)
    fix_random_seed(SEED)
    model = spacy.load(DEFAULT_MODEL, exclude=NOT_NEEDED + FOR_WORDS)
    known = list(examples(model, chosen))
    model.resume_training()
    step = Adam(learn_rate=RATE, beta1=0.9, beta2=0.999, eps=1e-8, L2=0.0, grad_clip=1.0, use_averages=True)
    for epoch in range(epochs):
        random.shuffle(known)
        losses: dict[str, float] = {}
        for batch in _batches(known):
            model.update(batch, drop=DROP, sgd=step, losses=losses)
        print(f"epoch {epoch + 1} of {epochs}: loss {losses['ner']:.0f}", file=sys.stderr, flush=True)
    with model.use_params(step.averages):
        changed = differences(
            model.get_pipe("ner"), spacy.load(DEFAULT_MODEL, exclude=NOT_NEEDED + FOR_WORDS).get_pipe("ner")
        )
    return spacy.load(DEFAULT_MODEL, exclude=NOT_NEEDED + FOR_WORDS), changed


def _batches(known: Iterable[Any]) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for example in known:
        batch.append(example)
        if sum(len(one.reference) for one in batch) >= BATCH_WORDS:
            yield batch
            batch = []
    if batch:
        yield batch


def read_all(model: Any, chosen: Sequence[Row]) -> list[list[tuple[int, int, str]]]:
    return [
        [(m.start, m.end, m.label) for m in found]
        for found in EntityReader(model, pipeline_name(model)).read(r["text"] for r in chosen)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args()
    everything = rows()
    if chosen.folds:
        cross_validated(everything, chosen.folds, chosen.epochs)
    if chosen.out:
        import numpy

        model, changed = trained(everything, chosen.epochs)
        chosen.out.parent.mkdir(exist_ok=True)
        changed[MADE_FROM] = numpy.array(pipeline_name(model))
        numpy.savez_compressed(chosen.out, allow_pickle=False, **changed)


def cross_validated(everything: Sequence[Row], folds: int, epochs: int) -> None:
    """Print micro F1 (exact) of each set, with and without the adaptation, each document read by a model that has not seen it."""
    import spacy

    tallies: dict[str, Counter[tuple[str, str]]] = {"as it comes": Counter(), "adapted": Counter()}
    for fold in range(folds):
        model, changed = trained([row for row in everything if fold_of(row, folds) != fold], epochs)
        unseen = [row for row in everything if fold_of(row, folds) == fold]
        count(
            tallies["as it comes"], unseen, read_all(spacy.load(DEFAULT_MODEL, exclude=NOT_NEEDED + FOR_WORDS), unseen)
        )
        adapt(model.get_pipe("ner"), changed)
        count(tallies["adapted"], unseen, read_all(model, unseen))
        for name, tally in tallies.items():
            print(
                f"after fold {fold + 1}, {name}:",
                *(f"{s} {f1(tally, s):.4f}" for s in sorted({s for s, _ in tally})),
                flush=True,
            )


def count(tally: Counter[tuple[str, str]], unseen: Sequence[Row], read: Sequence[list[tuple[int, int, str]]]) -> None:
    """Add up the hits as the shared scorer does: edges tidied, places one class."""
    sys.path.insert(0, str(SETS.parent.parent / "tools"))
    from eval_entities import spans  # type: ignore[import-not-found]

    for row, found in zip(unseen, read, strict=True):
        scored = set(row["scored"]) | set(row.get("recall_only", ()))
        gold = set(spans(row["text"], [(e["start"], e["end"], e["label"]) for e in row["entities"]], False))
        said = {x for x in spans(row["text"], found, False) if x[2] in scored}
        for name in (row["set"], f"{row['set']}:{row.get('genre')}"):
            tally[name, "hits"] += len(gold & said)
            tally[name, "gold"] += len(gold)
            tally[name, "said"] += len(said)


def f1(tally: Counter[tuple[str, str]], name: str) -> float:
    return 2 * tally[name, "hits"] / max(1, tally[name, "gold"] + tally[name, "said"])


if __name__ == "__main__":
    main()
