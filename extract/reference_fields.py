"""From labelled spans to a `Reference`: the half that does not care who found the spans.

A labeller is a function ``text -> list[FieldSpan]``; `extract.reference_labels.labelled` is the one by rules, and a learnt
one can stand in its place. Spans may overlap no other span; a field may have several spans (the first one counts, but
for ``authors`` and ``editors``, whose lists are joined).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.names import is_organisation, scan_names, whole_names
from extract.records import FieldSpan, Name, Reference, ReferenceKind

NAME_FIELDS = ("authors", "editors")
# Fields whose value is the span's text, freed of the punctuation around it.
PLAIN_FIELDS = (
    "year", "title", "container", "volume", "issue", "pages", "publisher", "location", "genre", "doi", "url", "accessed",
)  # fmt: skip

EDGES = " \t\r\n\x0b\x0c\u00a0.,;:–—-|/"
QUOTES = "\"'“”‘’„‚«»‹›`´"
_PAIRS = {"(": ")", "[": "]", "“": "”", "‘": "’", "„": "“", "«": "»"}

# What kind of work it is, first hit wins. Each is (kind, fields that must be there, words in genre, title or container).
KINDS: tuple[tuple[ReferenceKind, tuple[str, ...], str], ...] = (
    ("thesis", (), r"\b(?:thesis|dissertation|habilitation\w*|tese|disserta[çc][ãa]o|th[èe]se|diplomarbeit)\b"),
    ("conference", (), r"\b(?:conference|proceedings|proc\.|symposium|congress|workshop|presented (?:at|to)|annual meeting|tagung)\b"),
    ("chapter", ("container", "editors"), r""),
    ("article", ("container", "volume"), r""),
    ("article", ("container", "issue"), r""),
    ("report", (), r"\b(?:working papers?|discussion papers?|technical report|report (?:no|nr|for|to|of)\b|white paper|briefing|policy paper)"),
    ("chapter", ("container", "publisher"), r""),
    ("article", ("container", "pages"), r""),
    ("news", ("container",), r"\b(?:news|guardian|times|telegraph|herald|gazette|zeitung|le monde|independent|daily|observer)\b"),
    ("web", ("container", "url"), r""),
    ("book", ("publisher",), r""),
    ("web", ("url",), r""),
    ("report", (), r"\breport\b"),
)  # fmt: skip
_KINDS = tuple((kind, needs, re.compile(words, re.IGNORECASE)) for kind, needs, words in KINDS)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space, outer punctuation and a pair of quotes or brackets around all of it."""
    while True:
        before = (start, end)
        while start < end and (text[start] in EDGES or text[start] == "\0"):
            start += 1
        while (
            end > start and (text[end - 1] in EDGES or text[end - 1] == "\0") and not _closes_initial(text, start, end)
        ):
            end -= 1
        if end - start > 1 and _is_wrapped(text, start, end):
            start, end = start + 1, end - 1
        if text[start:end].endswith(("(", "[")):
            end -= 1
        for opening, closing in ("()", "[]"):  # one bracket whose other half is outside
            if text[start:end].startswith(opening) and closing not in text[start:end]:
                start += 1
        if (start, end) == before:
            return start, end


def _closes_initial(text: str, start: int, end: int) -> bool:
    """Whether the last full stop belongs to an abbreviation with an inner one ("U.S.", "D.C.")."""
    return text[end - 1] == "." and end - start >= 4 and text[end - 3] == "." and text[end - 2].isupper()


def _is_wrapped(text: str, start: int, end: int) -> bool:
    first, last = text[start], text[end - 1]
    if first in QUOTES and last in QUOTES:
        inner = text[start + 1 : end - 1]
        return not any(c in inner for c in (first, last) if c not in "'’‘") or first not in "'‘"
    return _PAIRS.get(first) == last and last not in text[start + 1 : end - 1]


def reference_of(text: str, spans: Sequence[FieldSpan], position: int = 0) -> Reference:
    """The reference that ``spans`` describe. Spans are trimmed; empty ones are dropped."""
    kept: list[FieldSpan] = []
    values: dict[str, str] = {}
    names: dict[str, list[Name]] = {field: [] for field in NAME_FIELDS}
    et_al = False
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        if span.field in NAME_FIELDS:
            listed = scan_names(text, span.start, span.end)
            if listed is None or listed.end < span.end:
                listed = whole_names(text, span.start, span.end) or listed
            if listed is not None:
                found = [n.name for n in listed.names]
                known = names[span.field]
                if known and (found[0].literal is None) != (known[0].literal is None):
                    if found[0].literal is not None:
                        continue  # beside people's names in another place: words of a title
                    known.clear()
                known += found
                et_al = et_al or (listed.et_al and span.field == "authors")
                kept.append(span)
        elif span.field in PLAIN_FIELDS and span.field not in values:
            start, end = trimmed(text, span.start, span.end)
            if start < end:
                values[span.field] = " ".join(text[start:end].split())
                kept.append(FieldSpan(field=span.field, start=start, end=end))
    if "year" in values:
        values["year"] = year_form(values["year"])
    if "doi" in values:
        values["doi"] = values["doi"].rstrip(".,;)")
    return Reference(
        position=position, as_printed=text, kind=kind_of(values, bool(names["editors"])), authors=tuple(names["authors"]),
        editors=tuple(names["editors"]), et_al=et_al, spans=tuple(kept),
        **values,
    )  # fmt: skip


def year_form(printed: str) -> str:
    """``2018``, ``2018a``, ``in press``, ``n.d.``: lower case, one form for each way to say "no date"."""
    said = " ".join(printed.casefold().split())
    if re.fullmatch(r"n\.?\s?d\.?|no date|undated|s\.?\s?d\.?|o\.?\s?j\.?", said):
        return "n.d."
    return re.sub(r"(?<=\d)\s+(?=[a-z]$)", "", said)


def kind_of(values: dict[str, str], has_editors: bool) -> ReferenceKind:
    """The kind of work, as far as the fields tell (``KINDS``); ``other`` if they do not."""
    words = " ".join(values.get(f, "") for f in ("genre", "container", "title"))
    present = set(values) | ({"editors"} if has_editors else set())
    for kind, needs, pattern in _KINDS:
        if present.issuperset(needs) and pattern.search(words):
            if (
                kind == "book"
                and is_organisation(values["publisher"])
                and "press" not in values["publisher"].casefold()
            ):
                return "report"  # a department, council or foundation publishes reports; publishing houses, books
            return kind
    return "other"
