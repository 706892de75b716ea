"""Which part of a reference is what, by a trained model: a linear-chain CRF over the tokens (Lafferty et al. 2001).

The rules read first. What they read is one feature among others, and the model decides; only links and dates of access,
which have an unmistakable form, and what `extract.reference_settling` lists stay as the rules have them. `docs/models/references.md` says what it was trained on and how
good it is, `benchmarks/train_references.py` makes it.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pycrfsuite

from extract.names import behind_et_al
from extract.records import FieldSpan
from extract.reference_fields import NAME_FIELDS
from extract.reference_labels import labelled
from extract.reference_settling import settled
from extract.reference_tokens import Token, features_of, tokens_of

MODEL = Path(__file__).parent / "models" / "references.crfsuite"
CERTAIN = frozenset({"url", "doi", "accessed"})
"""What the rules alone decide."""
OUTSIDE = "O"

_taggers = threading.local()  # a tagger holds the reference that it is at work on


def tagged(text: str, tagger: pycrfsuite.Tagger | None = None) -> list[FieldSpan]:
    """The labelled parts of ``text``, in the order they stand. Linear in its length; never raises.

    ``tagger`` stands in for the shipped model.
    """
    rules = labelled(text)
    tokens = tokens_of(text)
    hints = labels_of(tokens, rules)
    labels = (tagger or _tagger()).tag(features_of(text, tokens, hints)) if tokens else []
    spans = [s for s in rules if s.field in CERTAIN]
    for field, first, last in _runs(labels, hints):
        start, end = _whole(text, tokens[first].start, tokens[last].end)
        if field in NAME_FIELDS:
            end = behind_et_al(text, end)
        spans.append(FieldSpan(field=field, start=start, end=end))
    return sorted(settled(spans, rules), key=lambda s: (s.start, s.end))


def _tagger() -> pycrfsuite.Tagger:
    found: pycrfsuite.Tagger | None = getattr(_taggers, "found", None)
    if found is None:
        found = _taggers.found = opened(MODEL)
    return found


def opened(model: Path) -> pycrfsuite.Tagger:
    """A tagger with the model of a file. Raises ValueError if the file holds none."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(model))
    return tagger


def labels_of(tokens: Sequence[Token], spans: Sequence[FieldSpan]) -> list[str]:
    """The field of each token, ``OUTSIDE`` where no span covers it. ``spans`` are in order and do not overlap."""
    labels = [OUTSIDE] * len(tokens)
    i = 0
    for span in spans:
        while i < len(tokens) and tokens[i].end <= span.start:
            i += 1
        while i < len(tokens) and tokens[i].start < span.end:
            labels[i] = span.field
            i += 1
    return labels


def _runs(labels: Sequence[str], hints: Sequence[str]) -> list[tuple[str, int, int]]:
    """(field, first token, last token) of each stretch that the labels "B-field I-field …" mark."""
    runs: list[tuple[str, int, int]] = []
    open_field = ""
    for i, (label, hint) in enumerate(zip(labels, hints, strict=True)):
        field = "" if label == OUTSIDE or hint in CERTAIN else label[2:]
        if field and field == open_field and label[0] == "I":
            runs[-1] = (field, runs[-1][1], i)
        elif field:
            runs.append((field, i, i))
        open_field = field
    return runs


_PAIRS = {"(": ")", "[": "]", "“": "”", "‘": "’", "«": "»"}
_OPENED_BY = {closing: opening for opening, closing in _PAIRS.items()}


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the marks around it that belong to its words: "£5 a week", "Who cares?", "(Re)making care", "… (1834)"."""
    while start and text[start - 1] in "£$€#":
        start -= 1
    if start and (closing := _PAIRS.get(text[start - 1])) and _is_open(text, start, end, closing, text[start - 1]):
        start -= 1
    while end < len(text):
        opening = _OPENED_BY.get(text[end])
        if not (text[end] in "?!%+#*" or (opening and _is_open(text, start, end, opening, text[end]))):
            break
        end += 1
    return start, end


def _is_open(text: str, start: int, end: int, one: str, other: str) -> bool:
    """Whether the span holds more of one half of a pair than of the other; the mark in "council’s" is no half."""
    inside = text[start : end + 1]
    marks = [c for c, after in pairwise(inside) if c in (one, other) and not (c == "’" and after.isalpha())]
    return marks.count(one) > marks.count(other)
