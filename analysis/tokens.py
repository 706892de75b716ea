"""How a text falls into tokens, for themes and for concordances.

A token is a run of letters and digits; an apostrophe inside a word belongs to it (``children's``). A hyphen parts two
tokens, so that ``cross-sector`` and ``cross sector`` are the same two. ``&`` is the token ``and``.
"""

from __future__ import annotations

import re
import unicodedata

Span = tuple[int, int]

APOSTROPHES = "'’ʼ‘"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060"  # soft hyphen, zero-width marks: typesetting inside words, never content
MARKS = "\u0300-\u036f"  # combining accents, for text that is not composed

TOKEN = re.compile(rf"[^\W_]+(?:(?:[{APOSTROPHES}]|[{MARKS}{INVISIBLE}]+)[^\W_]+)*[{MARKS}]*|&")

# What may stand between two words of one term: white space and quotation marks, or a hyphen (an en dash, if unspaced).
JOINT = re.compile(rf"[\s{INVISIBLE}{APOSTROPHES}\"“”«»]+|[-‐‑–]|[-‐‑]\n")
PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*\n")

_STRAIGHT = str.maketrans({**dict.fromkeys("’ʼ‘", "'"), **dict.fromkeys(INVISIBLE, "")})


def token_spans(text: str) -> list[Span]:
    """Start and end of every token of ``text``, in order."""
    return [found.span() for found in TOKEN.finditer(text)]


def tidy(word: str) -> str:
    """``word`` with its case kept: apostrophes straight, accents composed, invisible characters gone."""
    if word == "&":
        return "and"
    return word if word.isascii() else unicodedata.normalize("NFC", word.translate(_STRAIGHT))


def folded(word: str) -> str:
    """The form that tokens are compared by: `tidy` and case-folded (Unicode 3.13)."""
    return tidy(word).casefold()


def joint(between: str) -> str | None:
    """What parts two neighbouring tokens: ``""`` if they may belong to one term, else the punctuation between them.

    None at a paragraph break, which no term crosses.
    """
    if between == " " or not between:  # nothing between: "R&D"
        return ""
    if PARAGRAPH_BREAK.search(between):
        return None
    return "" if JOINT.fullmatch(between) else "".join(between.split())
