"""Words and sentences, counted the same everywhere.

A **word** is a maximal run of letters, marks and digits. Inside it may stand one apostrophe ("children’s"), one hyphen
("co-production"), or one full stop or comma between digits ("1,200.50"). This is the default word boundary of Unicode
UAX #29 (rules WB5-WB12) but for hyphens, which UAX #29 splits at: readers and word processors count "co-production" as
one word, and so do we. Underscores and symbols are no part of a word. Scripts without spaces count one word a run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator


def word_set(words: str) -> frozenset[str]:
    """The words of a table that is written as running text."""
    return frozenset(words.split())


_WORD = re.compile(r"[^\W_]+(?:(?:['’ʼ‐‑\-·]|(?<=\d)[.,](?=\d))[^\W_]+)*")

# Full stops after these words end no sentence. Lower case; initials ("J. K.") are known by their form.
ABBREVIATIONS = word_set(
    "mr mrs ms dr prof rev hon st sr jr messrs gen col capt lt sgt gov sen rep pres supt cllr rt vs v cf e.g i.e eg ie viz approx "
    "ca c no nos nr vol vols ed eds p pp para paras sec fig figs ch chap art al op cit ibid inc ltd co corp dept est assn univ "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun u.s u.k u.n e.u a.m p.m ph.d m.sc b.a d.c"
)
# Of those, the ones that often close a sentence: a capitalised function word behind them opens a new one.
_OFTEN_LAST = word_set("u.s u.k u.n e.u a.m p.m ph.d m.sc b.a d.c inc ltd co corp al est")
_OPENERS = word_set(
    "the this that these those it he she they we i you in on at a an and but so if when while as for however there here what who"
)
_END = re.compile(r"(?<![.!?…])[.!?…][.!?…]*[\"'”’»)\]]{0,3}(?=\s)")
_BREAK = re.compile(r"\n\s*\n")


def word_count(text: str) -> int:
    """How many words ``text`` has, by the rule in this module's docstring."""
    return sum(1 for _ in _WORD.finditer(text))


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """The spans of the sentences of ``text``, in order, without the white space around them.

    A sentence ends at a full stop, question or exclamation mark, an ellipsis or a paragraph break; never inside "Dr. Moss",
    "J. K. Moss", "e.g. this" or "3.5". No span crosses a blank line.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _BREAK.finditer(text):
        spans += _in_paragraph(text, start, match.start())
        start = match.end()
    spans += _in_paragraph(text, start, len(text))
    return spans


def _in_paragraph(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for match in _END.finditer(text, start, end):
        if match.end() < end and _is_end(text, begin, match):
            yield from _stripped(text, begin, match.end())
            begin = match.end()
    yield from _stripped(text, begin, end)


def _is_end(text: str, begin: int, match: re.Match[str]) -> bool:
    ahead = text[match.end() : match.end() + 60].lstrip().lstrip("\"'“‘”’«([")
    if not ahead or ahead[0].islower():
        return False
    if match.group()[0] != "." or len(match.group()) > 1:
        return True
    words = text[max(begin, match.start() - 40) : match.start()].split()
    word = words[-1].lstrip("\"'“‘(«[") if words else ""
    if len(word) == 1 and word.isupper() and word != "I":
        return False
    said = word.casefold()
    if said in _OFTEN_LAST:
        following = re.match(r"\w+", ahead)
        return following is not None and following.group().casefold() in _OPENERS
    return said not in ABBREVIATIONS


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
