"""Where the rules know better than the model: what its training sets do not have, or have in another way."""

from __future__ import annotations

from collections.abc import Sequence

from extract.records import FieldSpan
from extract.reference_fields import NAME_FIELDS

# What the rules supply where the model finds none: in its training sets "in press" and "n.d." are no years, and many leave
# the place out. Beside a genre ("PhD thesis") stands the university, beside editors the publisher of their volume.
_SUPPLIED = ("year", "location")
_SUPPLIED_BESIDE = (("genre", "publisher"), ("editors", "publisher"))
# What the rules divide where the model sees one field: "15.3" is volume and issue, "… Research Conference ABC" was held by ABC.
_DIVIDED = (("volume", "issue"), ("container", "publisher"))
_NEAR = 8
"""Characters between authors and the year that follows them."""


def settled(spans: Sequence[FieldSpan], rules: Sequence[FieldSpan]) -> list[FieldSpan]:
    """The model's ``spans``, with the few that the rules know better."""
    first = {span.field: span for span in reversed(rules)}
    found = _with_authors(list(spans), first)
    for whole, part in _DIVIDED:
        found = _divided(found, first, whole, part)
    return _supplied(found, first, (*_SUPPLIED, *(field for sign, field in _SUPPLIED_BESIDE if sign in first)))


def _with_authors(spans: list[FieldSpan], first: dict[str, FieldSpan]) -> list[FieldSpan]:
    """Authors with the year behind them open an entry: what the model takes for the title there is not.

    Organisations are rare as authors in the sets, and so are whole dates. A journal may stand there too: that the model knows.
    """
    authors, year = first.get("authors"), first.get("year")
    if not authors or not year or not 0 <= year.start - authors.end < _NEAR:
        return spans
    for one, fields in ((authors, NAME_FIELDS), (year, ("year",))):
        if not _has(spans, *fields) and not any(span.field == "container" and _meet(span, one) for span in spans):
            spans = _supplied([*(span for span in spans if not _meet(span, one)), one], first, ("title",))
    return spans


def _divided(spans: list[FieldSpan], first: dict[str, FieldSpan], whole: str, part: str) -> list[FieldSpan]:
    one = next((span for span in spans if span.field == whole), None)
    halves = [first[field] for field in (whole, part) if field in first]
    if one is None or len(halves) < 2 or _has(spans, part):
        return spans
    if not all(one.start <= half.start and half.end <= one.end for half in halves):
        return spans
    return [span for span in spans if span is not one] + halves


def _supplied(spans: list[FieldSpan], first: dict[str, FieldSpan], fields: Sequence[str]) -> list[FieldSpan]:
    for field in fields:
        one = first.get(field)
        if one and not _has(spans, field) and not any(_meet(span, one) for span in spans):
            spans = [*spans, one]
    return spans


def _has(spans: Sequence[FieldSpan], *fields: str) -> bool:
    return any(span.field in fields for span in spans)


def _meet(one: FieldSpan, other: FieldSpan) -> bool:
    return one.start < other.end and other.start < one.end
