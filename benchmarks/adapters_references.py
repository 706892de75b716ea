"""Thin adaptors in the shapes that the shared scorers ask for: references, citations, entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from extract.citations import link_citations
from extract.entities import EntityReader, load_ner
from extract.records import Name, Reference
from extract.reference_fields import reference_of
from extract.reference_lines import entries_of_lines
from extract.references import parse_reference

_FIELDS = ("year", "title", "container", "volume", "issue", "pages", "publisher", "location", "doi", "url")


def reference(raw: str) -> dict[str, Any]:
    """One reference string's fields; a field that it lacks is missing."""
    return _fields_of(parse_reference(raw))


def reference_unseen(raw: str) -> dict[str, Any]:
    """The same, read by the model of a cross-validation that was not trained on the reference's paper."""
    from benchmarks.train_references import unseen

    return _fields_of(reference_of(raw, unseen(raw)(raw)))


def _fields_of(read: Reference) -> dict[str, Any]:
    fields: dict[str, Any] = {f: v for f in _FIELDS if (v := getattr(read, f)) is not None}
    for field in ("authors", "editors"):
        if names := getattr(read, field):
            fields[field] = [_named(n) for n in names]
    return {**fields, "type": read.kind}


def _named(name: Name) -> dict[str, str]:
    return {k: v for k in ("family", "given", "literal") if (v := getattr(name, k)) is not None}


def citations(paragraphs: list[str], references: list[str]) -> list[dict[str, Any]]:
    """The citations, with positions in ``references``."""
    found = link_citations(paragraphs, references)
    return [{"para": c.para, "start": c.start, "end": c.end, "refs": list(c.references)} for c in found]


def entities(text: str) -> list[tuple[int, int, str]]:
    """The named entities of one text: (start, end, label)."""
    return next(entities_batch([text]))


def entities_batch(texts: Iterable[str]) -> Iterator[list[tuple[int, int, str]]]:
    """The named entities of many texts, in their order."""
    for mentions in _reader().read(texts):
        yield [(m.start, m.end, m.label) for m in mentions]


@cache
def _reader() -> EntityReader:
    return load_ner()


def references_section(lines: list[str]) -> list[str]:
    """The entries of the reference list in a text's lines."""
    return entries_of_lines(lines)
