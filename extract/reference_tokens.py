"""The words of a reference, and what about them tells one field from the next: what the sequence model sees.

A token is a word, a number, a run of initials ("J.K.") or a link. Punctuation is no token: it stands in the *gap* between
two tokens, and says more there. What a token looks like (its features) depends on itself, its neighbours and the gaps
around it, on the clause that it stands in, on how far the reading has come (a year seen, a quotation open), and on what the
rules (`extract.reference_labels`) take it for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from extract.names import ORGANISATION_WORDS, PARTICLES, UPPER
from extract.publishers import COUNTRIES, PLACES, is_publisher
from extract.reference_draft import LONGEST, MONTH
from extract.words import word_set

_DASHES = "-–—‒−‐"
_TOKEN = re.compile(
    rf"""(?:https?://|ftp://|www\.)[^\s<>"“”]+|\b10\.\d{{4,9}}/[^\s"<>]+
    |{UPPER}\.(?:-?{UPPER}\.)*
    |\d+(?:\s?[{_DASHES}]\s?\d+|[a-z]{{1,2}}(?![^\W_]))?
    |[^\W\d_]+(?:['’‐-][^\W\d_]+)*""",
    re.VERBOSE,
)
_MONTH = re.compile(MONTH, re.IGNORECASE)
_YEAR = re.compile(r"(?:1[4-9]|20)\d\d[a-z]?")
_ROMAN = re.compile(r"[IVXLC]{1,6}|[ivxlc]{1,6}")

# Words that say what stands beside them. A token has the mark of each table that it is in.
MARKS: tuple[tuple[str, frozenset[str]], ...] = (
    ("place", frozenset(w for place in PLACES for w in place.split() if len(w) > 2) - word_set("the main new reading")),
    ("land", frozenset(w.casefold() for country in COUNTRIES for w in country.split())),
    ("body", ORGANISATION_WORDS),
    ("particle", frozenset(w for particle in PARTICLES for w in particle.split())),
    ("journal", word_set("journal review quarterly annals proceedings bulletin magazine letters transactions studies zeitschrift "
                         "revista revue archiv research science sciences lancet nature press times guardian")),
    ("meeting", word_set("conference symposium congress workshop meeting seminar proceedings proc conf symp")),
    ("school", word_set("thesis dissertation phd ph.d msc ma doctoral master's masters university universität universidade")),
    ("editor", word_set("ed eds editor editors hrsg hg org orgs edited")),
    ("page", word_set("p pp pg pgs page pages s seiten pág págs")),
    ("volume", word_set("vol vols volume bd band jg jahrg v tome")),
    ("issue", word_set("no nos nr number issue iss num heft n h")),
    ("seen", word_set("accessed retrieved available viewed visited abgerufen zugriff")),
)  # fmt: skip


class Token(NamedTuple):
    text: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """The tokens of the first ``LONGEST`` characters."""
    return [Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text, 0, LONGEST)]


class _Looks(NamedTuple):
    """What a token alone looks like, and the features it gives itself, the token behind it and the one before it."""

    shape: str
    word: str
    own: tuple[str, ...]
    behind: tuple[str, ...]
    before: tuple[str, ...]


def _shape(text: str) -> str:
    if text[0].isdigit():
        if _YEAR.fullmatch(text):
            return "year"
        digits = sum(c.isdigit() for c in text)
        if any(c in _DASHES for c in text):
            return "years" if _YEAR.fullmatch(text[:4]) and digits == 8 else "range"
        return f"d{min(digits, 5)}{'' if text[-1].isdigit() else 'a'}"
    if "/" in text:
        return "doi" if text.startswith("10.") or "doi.org/" in text else "url"
    if text.endswith("."):
        return "initial" if len(text) == 2 else "initials"
    if len(text) == 1:
        return "A" if text.isupper() else "a"
    if text.isupper():
        return "AA" if len(text) <= 3 else "AAA"
    if text[0].isupper():
        return "Aa" if text[1:].islower() else "AaA"
    return "aa"


@lru_cache(maxsize=30_000)
def _looks(text: str) -> _Looks:
    shape, low = _shape(text), text.casefold()
    word = low if shape[0] in "Aai" else shape
    marks = [mark for mark, words in MARKS if low.rstrip(".") in words]
    if _MONTH.fullmatch(low):
        marks.append("month")
    if shape[0] in "Aa" and is_publisher(text):
        marks.append("house")
    if _ROMAN.fullmatch(text):
        marks.append("roman")
    own, behind, before = (
        [f"w{place}={word}", f"s{place}={shape}", *(f"m{place}={mark}" for mark in marks)] for place in ("", "-1", "+1")
    )
    if shape[0] in "Aa" and len(low) > 4:
        own += [f"x={low[-3:]}", f"b={low[:4]}"]
    return _Looks(shape, word, tuple(own), tuple(behind), tuple(before))


_SPACES = re.compile(r"\s+")
_LONGEST_GAP = 4


@lru_cache(maxsize=5_000)
def _squeezed(gap: str) -> str:
    return _SPACES.sub("_", gap)[:_LONGEST_GAP]


def _gaps(text: str, tokens: Sequence[Token]) -> list[str]:
    """The gap before each token, and the one behind the last."""
    ends = [0, *(token.end for token in tokens)]
    starts = [*(token.start for token in tokens), tokens[-1].end + _LONGEST_GAP + 1]
    return [_squeezed(text[max(end, start - 20) : start]) for end, start in zip(ends, starts, strict=True)]


_STOPS = frozenset('.,;:?!()[]"“”„«»‘–—/')
_SIZES = (0, 1, 2, 3, 5, 5, 8, 8, 8)


def _clauses(tokens: Sequence[Token], looks: Sequence[_Looks], gaps: Sequence[str]) -> list[tuple[str, ...]]:
    """What is said of each token's clause, the stretch between two marks of punctuation.

    Its length and capitals, those of the clause behind it, and what that one begins with: journals stand in short
    capitalised clauses before a number, places before a colon or at the end.
    """
    n = len(tokens)
    starts = [0, *(i for i in range(1, n) if not _STOPS.isdisjoint(gaps[i])), n]
    kinds = []
    for a, b in pairwise(starts):
        capitals = all(looks[i].shape[0] != "a" or len(tokens[i].text) < 4 for i in range(a, b))
        size = _SIZES[b - a] if b - a < len(_SIZES) else 9
        kinds.append(f"{size}{'C' if capitals else 'l'}{looks[a].shape if size == 1 else ''}")
    found: list[tuple[str, ...]] = []
    for k, kind in enumerate(kinds):
        start, end = starts[k], starts[k + 1]
        ahead, shape, word = (kinds[k + 1], looks[end].shape, looks[end].word) if end < n else ("$", "$", "$")
        said = (
            f"k={kind}",
            f"k+1={kind}{gaps[end]}{ahead}",
            f"k-1={kinds[k - 1] if k else '^'}{gaps[start]}{kind}",
            f"ks={gaps[end]}{shape}",
            f"kw={word}",
        )
        found += [said] * (end - start)
    return found


_MOST_STOPS, _MOST_COMMAS, _FAR = 4, 5, 6
"""Up to where sentences, commas and tokens are counted apart."""
_FROM_START = tuple(f"i={n}" for n in range(_FAR + 1))
_FROM_END = tuple(f"e={n}" for n in range(_FAR + 1))


def features_of(text: str, tokens: Sequence[Token], hints: Sequence[str]) -> list[list[str]]:
    """The features of each token in its place. ``hints`` are the fields that the rules give the tokens ("O": none)."""
    if not tokens:
        return []
    looks = [_looks(token.text) for token in tokens]
    gaps = _gaps(text, tokens)
    clauses = _clauses(tokens, looks, gaps)
    last = len(tokens) - 1
    seen, quoted, stops, commas = "n", 0, 0, 0
    found = []
    for i, (shape, _, own, _, _) in enumerate(looks):
        left, right, hint = gaps[i], gaps[i + 1], hints[i]
        if seen == "n" and shape == "year":
            seen, stops, commas = "(" if "(" in left else "y", 0, 0
        if left != "_":
            quoted = _is_quoted(quoted, left)
            if "." in left or "?" in left:
                stops += stops < _MOST_STOPS
            elif "," in left:
                commas += commas < _MOST_COMMAS
        place = f"{seen}{stops}"
        features = [
            *own,
            *clauses[i],
            f"g={left}",
            f"h={right}",
            f"gs={left}{shape}{right}",
            f"q={quoted}",
            f"p={place}",
            f"c={seen}{commas}",
            f"pq={place}{quoted}{left[:2]}",
            _FROM_START[i] if i < _FAR else _FROM_START[_FAR],
            _FROM_END[last - i] if last - i < _FAR else _FROM_END[_FAR],
            f"r={hint}",
            f"rg={hint}{left}",
        ]
        if i:
            before = looks[i - 1]
            features += before.behind
            features += (f"g-1={gaps[i - 1]}", f"ss={before.shape}{left}{shape}", f"r-1={hints[i - 1]}{hint}")
        else:
            features.append("first")
        if i < last:
            features += looks[i + 1].before
            features += (f"h+1={gaps[i + 2]}", f"r+1={hint}{hints[i + 1]}")
        else:
            features.append("last")
        if i + 1 < last:
            features.append(f"s+2={looks[i + 2].shape}")
        if i > 1:
            features.append(f"s-2={looks[i - 2].shape}")
        found.append(features)
    return found


def _is_quoted(before: int, gap: str) -> int:
    """Whether a quotation is open behind a gap. An apostrophe closes none: it may stand in a word."""
    for c in gap:
        if c in "“„«‘":
            before = 1
        elif c in "”»":
            before = 0
        elif c == '"':
            before = 1 - before
    return before
