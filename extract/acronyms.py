"""Short forms that a text explains: "National Council for Village Halls (NCVH)".

The method is that of A. S. Schwartz and M. A. Hearst, "A simple algorithm for identifying abbreviation definitions in
biomedical text", Pacific Symposium on Biocomputing 8 (2003), 451–462, kept to names: the long form must be written with
capitals, so that "key performance indicators (KPI)" explains a word and names nobody.

>>> acronyms("The Village Halls Forum (VHF) met. Later the VHF wrote.")
{'VHF': 'Village Halls Forum'}
"""

from __future__ import annotations

import re

_IN_BRACKETS = re.compile(r"\(([^()\n]{2,120})\)")
_SHORT = re.compile(r"[A-Z][\w&.’'-]{1,9}")
_INTRODUCED = re.compile(r"^(?:the|or|aka|a\.k\.a\.|hereafter|abbreviated|known as|called)\s+", re.IGNORECASE)
_SENTENCE_BREAK = re.compile(r"[.!?;:]\s|\n|[()\[\]]")
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "de",
        "del",
        "des",
        "for",
        "in",
        "la",
        "le",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
        "y",
        "&",
        "+",
    ]
)


def acronyms(text: str) -> dict[str, str]:
    """Each short form that ``text`` explains, and the long form as it is printed there; the first explanation counts."""
    found: dict[str, str] = {}
    for brackets in _IN_BRACKETS.finditer(text):
        inside = _INTRODUCED.sub("", brackets.group(1).strip("\"'“”‘’ "))
        before = text[max(0, brackets.start() - 160) : brackets.start()].rstrip()
        short = re.split(r"[,;]|\s[-–—]\s", inside, maxsplit=1)[0].strip("\"'“”‘’ ")
        if _is_short(short):
            long = _long_form(short, _SENTENCE_BREAK.split(before)[-1])
        else:
            short, long = _short_before(before), inside
            long = _long_form(short, long) if short and len(long.split()) >= 2 else None
        if long and short:
            found.setdefault(short, long)
    return found


def _is_short(said: str) -> bool:
    """Two to ten characters, one word, at least two of them capitals."""
    return _SHORT.fullmatch(said) is not None and sum(c.isupper() for c in said) >= 2


def _short_before(before: str) -> str | None:
    """The word before the brackets, if it looks like a short form."""
    words = before.rsplit(None, 1)
    last = words[-1].strip("\"'“”‘’") if words else ""
    return last if _is_short(last) else None


def _long_form(short: str, before: str) -> str | None:
    """The end of ``before`` that ``short`` stands for: its letters in their order, the first one opening a word."""
    letters = [c.lower() for c in short if c.isalnum()]
    if len(letters) > 2 and short[-1] == "s" and short[-2].isupper():
        letters.pop()  # a plural: "CVSs"
    words = before.split()[-min(len(letters) + 5, len(letters) * 2) :]
    candidate = " ".join(words)
    at = len(candidate)
    for i in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= 0 and (
            candidate[at].lower() != letters[i] or (i == 0 and at > 0 and (candidate[at - 1].isalnum()))
        ):
            at -= 1
        if at < 0:
            return None
    long = candidate[at:].strip("\"'“”‘’ ,")
    return long if _is_name(long, short) else None


def _is_name(long: str, short: str) -> bool:
    """Capitals on its first word and on all but the small words; longer than its short form, which it does not hold."""
    words = long.split()
    return (
        len(words) >= 2
        and len(long) > len(short)
        and short not in words
        and all(word[0].isupper() or word.lower() in _SMALL or not word[0].isalpha() for word in words)
        and words[0][0].isupper()
    )
