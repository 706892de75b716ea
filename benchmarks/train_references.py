"""Trains the model that reads references, and says how good it is on references that it has not seen.

    python -m benchmarks.train_references                    train on all of the sets: extract/models/references.crfsuite
    python -m benchmarks.train_references --cross-validate   the models that the quality gate scores with, in .cache/

The sets lie in the folder `shared` beside the checkout. What a trained model reads in the references it was trained on says
nothing, so the gate reads each reference with the model of a cross-validation that has not seen its paper (`unseen`);
these models are trained when they are first asked for, which takes some minutes, and again when the data, the features or
the settings change.
"""

from __future__ import annotations

import argparse
import hashlib
import os
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pycrfsuite

from benchmarks.reference_gold import FOLDS, SETS, Example, examples, fold_of, group_of, records
from extract import reference_tagger
from extract.records import FieldSpan

HERE = Path(__file__).parent
SHARED = HERE.parent.parent / "shared" / "eval" / "references"
ROOM = HERE.parent / "extract"
CACHE = HERE.parent / ".cache"
# L1 keeps the model small, L2 keeps it from trusting one word too much; words seen once are names of people and no sign.
SETTINGS = {"c1": 0.1, "c2": 0.05, "max_iterations": 100, "feature.minfreq": 2, "feature.possible_transitions": True}


def train(found: Sequence[Example], file: Path) -> None:
    """Train on ``found`` and write the model to ``file``."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", params=SETTINGS, verbose=False)
    for example in found:
        if example.labels:
            trainer.append(pycrfsuite.ItemSequence(example.features), example.labels)
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(f".{os.getpid()}")
    trainer.train(str(fresh))
    fresh.replace(file)


@cache
def _folds() -> Path:
    """Where the models of the cross-validation lie, trained if they were not."""
    digest = hashlib.sha256(repr(sorted(SETTINGS.items())).encode())
    for name in SETS:
        digest.update((SHARED / f"dev-{name}.jsonl.gz").read_bytes())
    for made_by in sorted([*ROOM.glob("reference*.py"), ROOM / "names.py", HERE / "reference_gold.py"]):
        digest.update(made_by.read_bytes())  # what makes features and labels
    folder = CACHE / f"references-{digest.hexdigest()[:12]}"
    missing = [fold for fold in range(FOLDS) if not _model(folder, fold).exists()]
    if missing:
        found = list(examples(SHARED))
        for fold in missing:
            train([example for example in found if example.fold != fold], _model(folder, fold))
    return folder


def _model(folder: Path, fold: int) -> Path:
    return folder / f"without-{fold}.crfsuite"


@cache
def _groups() -> dict[str, str]:
    return {record["raw"]: group_of(record["id"]) for name in SETS for record in records(SHARED, name)}


@cache
def _tagger(fold: int) -> pycrfsuite.Tagger:
    return reference_tagger.opened(_model(_folds(), fold))


def unseen(raw: str) -> Callable[[str], list[FieldSpan]]:
    """The reader of fields that has not seen the paper of ``raw``; the shipped one for what is in none of the sets."""
    group = _groups().get(raw)
    if group is None:
        return reference_tagger.tagged
    tagger = _tagger(fold_of(group))
    return lambda text: reference_tagger.tagged(text, tagger)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--cross-validate", action="store_true", help="train the models of the quality gate instead")
    if arguments.parse_args().cross_validate:
        print(_folds())
    else:
        train(list(examples(SHARED)), reference_tagger.MODEL)
        print(reference_tagger.MODEL)


if __name__ == "__main__":
    main()
