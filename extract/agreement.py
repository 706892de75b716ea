"""What the mentions of one text say together: a name that is told once in full is that name wherever it stands.

A small model sees a sentence at a time. It finds "Ida Marsh" where she is introduced and takes "Marsh" for a place two
paragraphs on, or overlooks her. These two rules read the whole text; a name that means two things in it keeps the label
that stands at each place.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

Span = tuple[int, int, str]

_REPEATED = frozenset({"PERSON", "ORG", "GPE", "LOC"})
_NOT_A_PERSON = frozenset({"ORG", "GPE", "LOC", "NORP", "FAC", "PRODUCT", "WORK_OF_ART"})
_SHORTEST = 4
"""Letters below which a name is not looked for again: short ones are words and initials too."""


def agreed(text: str, spans: Sequence[Span]) -> list[Span]:
    """``spans``, with parts of a person's full name labelled as that person, and names found once found everywhere."""
    persons = _parts_of_persons(text, spans)
    labelled = [
        (start, end, "PERSON" if label in _NOT_A_PERSON and text[start:end] in persons else label)
        for start, end, label in spans
    ]
    return sorted([*labelled, *_overlooked(text, labelled, persons)])


def full_names(text: str, spans: Sequence[Span]) -> dict[str, str]:
    """The first and last words of persons' full names, each with the one full name that it can stand for in ``text``."""
    return {part: full.pop() for part, full in _parts_of_persons(text, spans).items() if len(full) == 1}


def _parts_of_persons(text: str, spans: Sequence[Span]) -> dict[str, set[str]]:
    """First and last words of the full names of persons, each with the names that it is part of."""
    names: dict[str, set[str]] = {}
    for start, end, label in spans:
        words = text[start:end].split()
        if label == "PERSON" and 2 <= len(words) <= 4:
            for part in (words[0], words[-1]):
                names.setdefault(part, set()).add(" ".join(words))
    return names


def _overlooked(text: str, spans: Sequence[Span], persons: Collection[str]) -> list[Span]:
    """Where a name of ``spans`` stands again and the model passed by."""
    names: dict[str, str] = dict.fromkeys((word for word in persons if word.isalpha()), "PERSON")
    names.update((text[start:end], label) for start, end, label in spans if label in _REPEATED)
    names = {name: label for name, label in names.items() if len(name) >= _SHORTEST and name[0].isupper()}
    if not names:
        return []
    taken = Taken(spans)
    return [(*found.span(), names[found[0]]) for found in _any_of(names).finditer(text) if taken.take(*found.span())]


def _any_of(names: Mapping[str, str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![\w-])")


class Taken:
    """The characters of a text that spans hold already: who comes first has them."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._characters = {at for start, end, _ in spans for at in range(start, end)}

    def take(self, start: int, end: int) -> bool:
        """Whether the span lies where nothing was; from then on it is taken."""
        span = range(start, end)
        if not self._characters.isdisjoint(span):
            return False
        self._characters.update(span)
        return True
