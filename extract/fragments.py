"""A quick question before a slow one: whether a text holds anything that a table of patterns could match."""

from __future__ import annotations

import re
from collections.abc import Iterable

# The standard library's own reading of a pattern: what `re.compile` begins with.
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_REPEATS = frozenset({codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT})


def sieve(patterns: Iterable[str]) -> re.Pattern[str]:
    """A pattern that is found in every text in which one of ``patterns`` is found, and seldom in another.

    Each pattern is reduced to fragments of plain text of which each of its matches holds one; the sieve looks for all of
    them at once. For case-sensitive patterns. Raises ValueError for one that matches without any plain text.
    """
    fragments: set[str] = set()
    for pattern in patterns:
        needed = _needed(_parser.parse(pattern))
        if needed is None:
            raise ValueError(f"this pattern holds no text that each of its matches needs: {pattern}")
        fragments |= needed
    shortest = [one for one in sorted(fragments) if not any(other != one and other in one for other in fragments)]
    return re.compile(_by_first_letter(shortest))


def _needed(parsed: Any) -> frozenset[str] | None:
    """Texts one of which stands in every match; None if a match may do without any. The longest such are the most telling."""
    found: list[frozenset[str]] = []
    run = ""
    for code, argument in parsed:
        if code is codes.LITERAL:
            run += chr(argument)
            continue
        if run:
            found.append(frozenset({run}))
            run = ""
        inner = _needed_by(code, argument)
        if inner is not None:
            found.append(inner)
    if run:
        found.append(frozenset({run}))
    return max(found, key=lambda texts: (min(map(len, texts)), -len(texts)), default=None)


def _needed_by(code: Any, argument: Any) -> frozenset[str] | None:
    if code is codes.SUBPATTERN:
        return _needed(argument[3])
    if code in _REPEATS:
        return _needed(argument[2]) if argument[0] else None
    if code is codes.BRANCH:
        branches = [_needed(branch) for branch in argument[1]]
        whole = [branch for branch in branches if branch is not None]
        return frozenset().union(*whole) if len(whole) == len(branches) else None
    return None


def _by_first_letter(texts: list[str]) -> str:
    """An alternation of ``texts`` in which no letter is tried twice at a place: many times as fast as a plain one."""
    rests: dict[str, list[str]] = {}
    for text in texts:
        rests.setdefault(text[0], []).append(text[1:])
    return "|".join(
        re.escape(first) if "" in rest else f"{re.escape(first)}(?:{_by_first_letter(rest)})"
        for first, rest in rests.items()
    )
