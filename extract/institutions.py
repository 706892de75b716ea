"""Names of institutions told by their form: what a small language model misses.

"the Tarn Valley Foundation", "University of Wessex", "Office for Village Affairs": English builds such names so regularly
that a pattern finds the ones a statistical model overlooks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.words import word_set

# What the name of an institution ends in ("Tarn Valley Foundation").
HEADS = (
    "University|College|Foundation|Council|Trust|Association|Commission|Institute|Federation|Party|Union|Agency|Authority|"
    "Board|Committee|Society|Fund|Partnership|Network|Alliance|Forum|Charity|Academy|Bank|Service|Museum|Hospice|Co-operative"
)
# What it begins with, and the small words that lead on ("Office for Village Affairs").
OPENERS = "University|Institute|Department|Ministry|Office|Centre|Center|Bureau|Council|Association|Federation|School|Bank|House"

_CAP = r"[A-Z][\w’'&-]*"
_HEADED = re.compile(rf"\b(?P<name>(?:{_CAP}\s(?:(?:and|of|for|&)\s)?){{1,5}}(?:{HEADS}))\b(?!\s{_CAP})")
_OPENED = re.compile(
    rf"\b(?P<name>(?:{_CAP}\s){{0,2}}(?:{OPENERS})\s(?:of|for)\s(?:the\s)?{_CAP}(?:\s(?:(?:and|&|of)\s)?{_CAP}){{0,4}})"
)
# Capitalised words that open a sentence or describe: no part of a name that they stand before.
_NO_FIRST_WORDS = word_set(
    "the a an our my your their his her its this that these those every each any some no local national regional your new old many most "
    "all both in on at for from with by when while as if but and or so what who how however since after before dear see read via under over"
)


def institution_spans(text: str) -> Iterator[tuple[int, int]]:
    """The spans of names that have an institution's form, without the article before them; each at least two words."""
    for pattern in (_HEADED, _OPENED):
        for match in pattern.finditer(text):
            start, end = match.span("name")
            while (
                word := re.match(r"[\w’'&-]+\s", text[start:end])
            ) and word.group().strip().casefold() in _NO_FIRST_WORDS:
                start += word.end()
            if " " in text[start:end] and not re.match(r"(?:and|of|for|&)\s", text[start:end]):
                yield start, end
