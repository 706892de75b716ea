"""A reference while it is being read, and the patterns that every step of the reading shares."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.names import UPPER
from extract.records import FieldSpan
from extract.words import word_set

LONGEST = 3000
"""Characters of an entry that are read: no reference is longer, and hostile lines are."""
TAKEN = "\0"
"""What stands in ``Draft.rest`` for a character that is already accounted for."""

UPPERS = UPPER[1:-1]
DASH = r"[-–—‒−‐]"
RANGE = rf"[A-Za-z]?\d{{1,6}}\s?{DASH}{{1,2}}\s?[A-Za-z]?\d{{1,6}}"
YEAR = r"(?:(?:1[4-9]|20)\d\d(?!\d)(?:\s?[/–-]\s?(?:\d{4}|\d\d)(?!\d))?(?:\s?[a-z](?![\w]))?)"
NO_YEAR = (
    r"(?:in\s+press|im\s+erscheinen|im\s+druck|in\s+print|forthcoming|to\s+appear|under\s+review|in\s+preparation|submitted|"
    r"n\.\s?d\.?|no\s+date|undated|s\.\s?d\.|o\.\s?J\.)"
)
PAREN_YEAR = re.compile(
    rf"[(\[]\s*(?:orig\w*\.?\s+)?(?:(?:1[4-9]|20)\d\d\]?\s?/\s?)?(?P<year>{YEAR}|{NO_YEAR})(?:-\d\d-\d\d)?(?:\s*[\[(]\d{{4}}[\])])?"
    rf"(?:\s*[,:/;]\s?[^()\[\]]{{0,40}}|\s+[^\W\d_][^()\[\]]{{0,24}})?\s*[)\]]", re.IGNORECASE,
)  # fmt: skip
ANY_YEAR = re.compile(rf"(?<![\w/.–-])(?P<year>(?:1[4-9]|20)\d\d[a-z]?)(?![\w/]|{DASH}\d|\.\d)")
MONTH = (
    r"(?:jan(?:uary|eiro)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|"
    r"dec(?:ember)?|spring|summer|autumn|fall|winter|januar|februar|märz|mai|juni|juli|oktober|dezember)"
)

# Full stops after these end no sentence.
_ABBREVIATED = word_set(
    "vs dr mr mrs ms prof st no nr vol bd ed eds hrsg jr sr inc ltd co corp dept univ e.g i.e cf al etc fig ca approx rev int j natl"
)
_INITIALISM = re.compile(rf"(?:{UPPER}\.)*{UPPER}")
_BREAK = re.compile(rf"[.?!][”’\"')\]]*\s+(?=[“‘\"'«(\[]?[\d{UPPERS}])")
COMMA = re.compile(rf",[”’\"']?\s+(?=[“‘\"'«]?{UPPER})")


class Draft:
    """The text with what is taken blanked out (same length, so that offsets stay), and the spans taken so far.

    ``start`` is where what has not been read yet begins.
    """

    def __init__(self, text: str) -> None:
        self.rest = text[:LONGEST].replace(TAKEN, " ")
        self.spans: list[FieldSpan] = []
        self.start = 0

    def take(self, field: str, start: int, end: int) -> None:
        """Labels the characters from ``start`` to ``end``; an empty stretch is no span."""
        if start < end:
            self.spans.append(FieldSpan(field=field, start=start, end=end))

    def blank(self, start: int, end: int) -> None:
        """Marks a stretch as accounted for, whether it was labelled or is mere wording ("pp.", "Available at")."""
        self.rest = self.rest[:start] + TAKEN * (end - start) + self.rest[end:]

    def take_groups(self, match: re.Match[str]) -> None:
        """Labels each named group of ``match`` with the group's name, and blanks the whole match."""
        for field, value in match.groupdict().items():
            if value:
                self.take(field, match.start(field), match.end(field))
        self.blank(match.start(), match.end())

    def has(self, *fields: str) -> bool:
        return any(span.field in fields for span in self.spans)

    def span(self, field: str) -> FieldSpan | None:
        return next((span for span in self.spans if span.field == field), None)


def last_match(pattern: re.Pattern[str], text: str, floor: int = 0, end: int | None = None) -> re.Match[str] | None:
    """The last match of ``pattern`` that begins at ``floor`` or behind it."""
    found = None
    for found in pattern.finditer(text, floor, len(text) if end is None else end):  # noqa: B007
        pass
    return found


def sentence_breaks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """(end of the left part, start of the right part) of each break that no abbreviation or initial explains."""
    for match in _BREAK.finditer(text, start, end):
        before = text[max(start, match.start() - 25) : match.start()].split()
        word = before[-1].strip("(“‘\"'") if before else ""
        if text[match.start()] == "." and (_INITIALISM.fullmatch(word) or word.casefold() in _ABBREVIATED):
            continue
        yield match.start() + (text[match.start()] in "?!"), match.end()
