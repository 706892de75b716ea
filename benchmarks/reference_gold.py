"""The labelled references of the evaluation sets as token sequences that a model can be trained on.

The sets give values, not positions. A value is found in the raw string by its letters and digits; where it stands more
than once, the place that the rules would read it at is taken. A field whose gold is unknown (``skip``) takes what the rules
read, where no known field claims those words. A reference with a value that its string does not hold is left out.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.records import FieldSpan
from extract.reference_labels import labelled
from extract.reference_tagger import CERTAIN, OUTSIDE, labels_of
from extract.reference_tokens import Token, features_of, tokens_of

SETS = ("excite-en", "parscit", "grobid", "anystyle-gold", "anystyle-core")
FOLDS = 4
NAMES = ("authors", "editors")
# Links first, so that a volume is not found in one; then what is long, and stands once.
FIELDS = ("url", "doi", "title", "container", "publisher", "location", "pages", "year", "volume", "issue")
RULES_ONLY = ("genre", "accessed")
"""Fields that the sets do not have."""
# Collections whose ids count references, not papers: each reference is a group of its own.
UNGROUPED = re.compile(r"anystyle-|parscit-|grobid-(?:citations|1708|1709|raw_ref_corrected)-\d+$")
_MOST_PLACES = 5


@dataclass(frozen=True, slots=True)
class Example:
    """A reference of a set; ``labels`` is None where its gold values are not all found in it."""

    source: str
    raw: str
    gold: dict[str, Any]
    group: str
    features: list[list[str]]
    labels: list[str] | None

    @property
    def fold(self) -> int:
        """The part of the cross-validation in which it is unseen: the same for all references of its paper."""
        return fold_of(self.group)


def fold_of(group: str) -> int:
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % FOLDS


def group_of(identity: str) -> str:
    """What must not be split between training and test: the paper, where the id names one, else the reference."""
    return identity if UNGROUPED.match(identity) else identity.rsplit("-", 1)[0]


def records(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(folder / f"dev-{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def examples(folder: Path) -> Iterator[Example]:
    """Every reference of ``SETS`` in ``folder``."""
    for name in SETS:
        for record in records(folder, name):
            raw = record["raw"]
            tokens, rules = tokens_of(raw), labelled(raw)
            hints = labels_of(tokens, rules)
            labels = _labels(record, tokens, rules, hints)
            yield Example(
                name,
                raw,
                record["gold"],
                group_of(record["id"]),
                features_of(raw, tokens, hints),
                None if labels is None else _opened(labels),
            )


def _labels(record: dict[str, Any], tokens: list[Token], rules: list[FieldSpan], hints: list[str]) -> list[str] | None:
    raw, gold, skip = record["raw"], record["gold"], set(record.get("skip", ()))
    letters = _Letters(raw)
    labels = [""] * len(tokens)

    def covered(start: int, end: int) -> list[int]:
        return [i for i, token in enumerate(tokens) if token.start < end and token.end > start]

    for field in (*NAMES, *FIELDS):
        value = gold.get(field)
        if not value or field in skip:
            continue
        places = letters.places_of_names(value) if field in NAMES else letters.places(str(value))
        best: tuple[tuple[bool, float], list[int]] | None = None
        for start, end in places:
            inside = covered(start, end)
            if not inside or any(labels[i] for i in inside):
                continue
            whole = tokens[inside[0]].start >= start and tokens[inside[-1]].end <= end
            agreement = sum(hints[i] == field for i in inside) / len(inside)
            if best is None or (whole, agreement) > best[0]:
                best = (whole, agreement), inside
        if best is None:
            return None
        for i in best[1]:
            labels[i] = field
    for span in rules:
        inside = covered(span.start, span.end)
        if (span.field in skip or span.field in RULES_ONLY) and not any(labels[i] for i in inside):
            for i in inside:
                labels[i] = span.field
    return [OUTSIDE if not label or label in CERTAIN else label for label in labels]


def _opened(labels: list[str]) -> list[str]:
    """The labels with the beginning of each stretch marked: B-title I-title O …"""
    return [
        label if label == OUTSIDE else f"{'I' if i and labels[i - 1] == label else 'B'}-{label}"
        for i, label in enumerate(labels)
    ]


class _Letters:
    """The letters and digits of a string, folded as the scorer folds them, and where each stands."""

    def __init__(self, text: str) -> None:
        pairs = [(folded, i) for i, c in enumerate(text) for folded in _folded(c)]
        self.folded = "".join(c for c, _ in pairs)
        self.at = [i for _, i in pairs]

    def _span(self, start: int, end: int) -> tuple[int, int]:
        return self.at[start], self.at[end - 1] + 1

    def places(self, value: str) -> Iterator[tuple[int, int]]:
        said = _folded(value)
        at = self.folded.find(said) if said else -1
        while at != -1:
            yield self._span(at, at + len(said))
            at = self.folded.find(said, at + 1)

    def places_of_names(self, names: list[dict[str, str]]) -> Iterator[tuple[int, int]]:
        """Where the names stand one after another, in whatever order their parts are printed."""
        first = _folded(names[0].get("family") or names[0].get("literal") or "")
        at, tried = (self.folded.find(first) if first else -1), 0
        while at != -1 and tried < _MOST_PLACES:
            given = _folded(names[0].get("given") or "")
            start, end = at, at + len(first)
            if given and self.folded.startswith(given, end):
                end += len(given)
            elif given and self.folded[:start].endswith(given):
                start -= len(given)
            reach = self._through(names[1:], end)
            if reach is not None:
                yield self._span(start, reach)
            at, tried = self.folded.find(first, at + 1), tried + 1

    def _through(self, names: list[dict[str, str]], end: int) -> int | None:
        for name in names:
            family, given = _folded(name.get("family") or name.get("literal") or ""), _folded(name.get("given") or "")
            at = self.folded.find(family, end)
            if at == -1 or at - end > len(given) + 25:
                return None
            end = at + len(family)
            end += len(given) if given and self.folded.startswith(given, end) else 0
        return end


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text))
    letters = "".join(c for c in plain if not unicodedata.combining(c)).casefold().replace("&", "and")
    return re.sub(r"[\W_]+", "", letters)
