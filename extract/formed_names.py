"""Names told by their form: Acts of Parliament and sums of money.

>>> [(text, label) for *_, text, label in _shown("The Localism Act 2011 cost £1.5 million.")]
[('Localism Act 2011', 'LAW'), ('£1.5 million', 'MONEY')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_CAP = r"[A-Z][\w’'&-]{0,30}"
_ACT = re.compile(r"\b(?:Act|Bill)\b(?:,?\s(?:19|20)\d\d\b)?(?!\s[A-Z][a-z])")
# What stands before "Act": capitalised words, with small ones between them, and a part in brackets.
_TITLE = re.compile(
    rf"(?<![\w-])(?:{_CAP},?\s(?:(?:and|of|for|&)\s)?|\({_CAP}(?:\s(?:(?:and|of)\s)?{_CAP}){{0,6}}\)\s){{1,14}}\Z"
)
_LONGEST_TITLE = 150
_SUM = re.compile(
    r"[£€$]\s?\d[\d,]{0,20}(?:\.\d{1,4})?(?:\s?(?:k|m|bn|million|billion|trillion|thousand))?(?!\w)", re.IGNORECASE
)
# Words that open a sentence: no part of a title that they stand before.
_NO_FIRST_WORD = re.compile(
    r"(?:The|A|An|This|That|These|Our|Under|In|With|By|And|But|When|If|As|For|Since|After|Before|New|Both|Any|Every|While|Although|Of)\s"
)


def formed_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """The spans of laws ("Public Services (Social Value) Act 2012") and of sums in ``text``, with their labels."""
    for act in _ACT.finditer(text):
        floor = max(0, act.start() - _LONGEST_TITLE)
        if (title := _TITLE.search(text[floor : act.start()])) is None:
            continue
        start = floor + title.start()
        while (opening := _NO_FIRST_WORD.match(text, start, act.start())) is not None:
            start = opening.end()
        if start < act.start():
            yield start, act.end(), "LAW"
    for found in _SUM.finditer(text):
        yield *found.span(), "MONEY"


def _shown(text: str) -> list[tuple[int, int, str, str]]:
    return [(start, end, text[start:end], label) for start, end, label in formed_spans(text)]
