"""Reference lists in text whose lines were broken by hand or by a page: which lines, and where each entry begins.

Posts pasted from a paper, and documents turned to text, have no paragraphs to go by. What tells entries apart is, in
order of trust: consecutive numbers, names followed by a year, names at the start of a line behind a finished line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extract.names import LOWER, UPPER, scan_names
from extract.reference_draft import ANY_YEAR, PAREN_YEAR
from extract.reference_labels import labelled
from extract.references import STRONG_HEADINGS

_NUMBER = re.compile(r"\s*(?:\[(\d{1,3})\]|\((\d{1,3})\)|(\d{1,3})\.)(?!\d)\s*(?=\S)")
_HEADING_NUMBER = re.compile(r"^[\s\d.IVX]*\s*|[\s:.]*$")
_PAGE_NUMBER = re.compile(r"\s*(?:page\s+)?[-–—|]*\s*\d{1,4}\s*[-–—|]*\s*(?:of\s+\d+)?\s*", re.IGNORECASE)
_END = re.compile(
    r"\s*(?:\d+\.?\s+)?(?:appendix|annex|anhang|about the authors?|authors?:|received|submitted|accepted|correspond\w+|contact|zusammenfassung|"
    r"abstract|summary|résumé|resumen|acknowledg\w+|notes?$|endnotes|tables?\b|figures?\b|title:|copyright|©|biograph\w+|note on|citation$|how to cite)",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"(?:[.)\]»”\"/>?!]|\d|(?:https?://|www\.)\S+)\s*$")
_DITTO = re.compile(r"\s*(?:[_—–-]{2,}|\*{3}|[\"”]{2}|ders\.|dies\.)")
_CONTINUES = re.compile(rf"\s*(?:{LOWER}|\d|[(\[&“]|https?:|www\.)")
_YEARS = re.compile(r"\d{4}\s?[-–—]\s?\d{2}")
_LEADS_ON = re.compile(r"(?:[,&-]|\band|\b[Ii]n\s?:)\s*$")  # behind these a name goes on with the line before
_LONGEST = 14
"""Lines of one entry at most."""
_PATIENCE = 8
"""Lines without a new entry after which the list is over."""


def entries_of_lines(lines: Sequence[str]) -> list[str]:
    """The entries of the reference list in ``lines``, each joined to one line; empty if there is no list.

    The list begins behind the last heading that says so. Page numbers and running heads inside it are left out.
    """
    start = _list_start(lines)
    if start is None:
        return []
    kept = _without_running_lines(lines, start)
    starts = _numbered_starts(kept) or _named_starts(kept)
    entries = []
    for i, first in enumerate(starts):
        last = starts[i + 1] if i + 1 < len(starts) else _last_line(kept, first)
        entries.append(joined(kept[first : min(last, first + _LONGEST)]))
    return entries


def joined(lines: Sequence[str]) -> str:
    """The lines as one, a word broken with a hyphen at a line's end made whole."""
    text = ""
    for line in (line.strip() for line in lines):
        is_broken = text.endswith("-") and line[:1].islower()
        text = text[:-1] + line if is_broken else f"{text} {line}".strip()
    return text


def _list_start(lines: Sequence[str]) -> int | None:
    """The line behind the last heading that entries follow."""
    for i in range(len(lines) - 1, -1, -1):
        if len(lines[i]) < 60 and STRONG_HEADINGS.fullmatch(_HEADING_NUMBER.sub("", lines[i])):
            ahead = lines[i + 1 : i + 12]
            if sum(1 for k in range(len(ahead)) if _evidence(ahead, k) or _NUMBER.match(ahead[k])) >= 1:
                return i + 1
    return _headless_start(lines)


def _headless_start(lines: Sequence[str]) -> int | None:
    """Without a heading: the first line of a stretch where entries with author and year begin again and again."""
    marks = [i for i in range(len(lines)) if _evidence(lines, i) == 2 or _NUMBER.match(lines[i])]
    for a, b, c in zip(marks, marks[1:], marks[2:], strict=False):
        if c - a <= 12 and b - a <= 8 and any(_evidence(lines, k) for k in (a, b, c)):
            return a
    return None


def _without_running_lines(lines: Sequence[str], start: int) -> list[str]:
    """The lines of the list, up to where something else begins, without page numbers and lines printed on every page."""
    often = {text for text, n in Counter(_digitless(line) for line in lines).items() if n >= 3 and len(text) > 8}
    kept: list[str] = []
    idle = 0
    for i in range(start, len(lines)):
        line = lines[i]
        if len(line.strip()) < 2 or _PAGE_NUMBER.fullmatch(line) or _digitless(line) in often:
            continue
        if _END.match(line) and kept and _CLOSED.search(kept[-1]):
            break
        idle = 0 if _evidence(lines, i) or _NUMBER.match(line) else idle + 1
        if idle > _PATIENCE:
            return kept[: len(kept) - _PATIENCE + 4]
        kept.append(line)
    return kept


def _digitless(line: str) -> str:
    return re.sub(r"[\W\d]+", " ", line).strip().casefold()


def _evidence(lines: Sequence[str], i: int) -> int:
    """2: names and a year begin here; 1: names (or a dash for "the same") do; 0: neither."""
    if _is_tail(lines[i]):
        return 0
    text = joined(lines[i : i + 3])[:300]
    if not text or not (text[0].isupper() or text[0] in "-_—–*\"“'‘[" or _opens_with_particle(text)):
        return 0
    if _DITTO.match(text):
        return 2 if ANY_YEAR.search(text) else 1
    spans = {s.field: s for s in labelled(text)[:4]}
    names = spans.get("authors") or spans.get("editors")
    year = spans.get("year")
    if names is None or re.search(r"[^\W_]", text[: names.start]):
        return 0
    is_person = scan_names(text, names.start) is not None
    if not is_person and re.search(r"[^\W\d_]{3}[.:]\s", text[names.start : names.end]):
        return 0  # the end of one entry and the names of the next
    if year is not None and 0 <= year.start - names.end < 14:
        return 0 if not is_person and _YEARS.match(text, year.start) else 2
    listed = scan_names(text, names.start)
    return 1 if listed is not None and listed.is_strong else 0


def _is_tail(line: str) -> bool:
    """Whether a line is what is left of an entry: one to three words and a full stop ("Toronto Press.")."""
    return line.rstrip().endswith(".") and len(line.split()) <= 3 and not any(c.isdigit() for c in line)


def _opens_with_particle(text: str) -> bool:
    return re.match(rf"(?:van|von|de|di|du|da|den|der|ten|ter|al)\b[\s\w-]{{0,12}}\s{UPPER}", text) is not None


def _numbered_starts(lines: Sequence[str]) -> list[int]:
    """Where consecutively numbered entries begin; empty if the list is not numbered."""
    starts: list[int] = []
    expected = 1
    for i, line in enumerate(lines):
        match = _NUMBER.match(line)
        if match is None:
            continue
        number = int(next(g for g in match.groups() if g))
        if number == expected or (starts and expected < number <= expected + 2):
            starts.append(i)
            expected = number + 1
    return starts if len(starts) >= 3 and starts[0] <= 3 else []


def _named_starts(lines: Sequence[str]) -> list[int]:
    """Where entries begin that no number marks. If years follow the names in most, they must in all."""
    evidence = [_evidence(lines, i) for i in range(len(lines))]
    early = sum(e == 2 for e in evidence) > 0.5 * sum(e > 0 for e in evidence)
    starts: list[int] = []
    for i, e in enumerate(evidence):
        before = lines[i - 1] if i else "."
        is_closed = _CLOSED.search(before) is not None
        if (e == 2 and (is_closed or (not _CONTINUES.match(lines[i]) and not _LEADS_ON.search(before)))) or (
            e == 1 and not early and is_closed and (not starts or i > starts[-1])
        ):
            starts.append(i)
    return starts


def _last_line(lines: Sequence[str], first: int) -> int:
    """Where the list's last entry ends: behind its first finished line that holds a year, or the next finished one."""
    seen_year = False
    for i in range(first, min(first + _LONGEST, len(lines))):
        seen_year = seen_year or ANY_YEAR.search(lines[i]) is not None or PAREN_YEAR.search(lines[i]) is not None
        following = lines[i + 1] if i + 1 < len(lines) else ""
        if (
            seen_year
            and _CLOSED.search(lines[i])
            and not _CONTINUES.match(following)
            and len(lines[i]) < len(lines[first]) * 0.9
        ):
            return i + 1
    return min(first + _LONGEST, len(lines))
