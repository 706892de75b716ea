"""Pages, volume and issue of a reference: what prints as figures, in the orders that styles print them."""

from __future__ import annotations

import re

from extract.names import LOWER, UPPER
from extract.reference_draft import ANY_YEAR, DASH, MONTH, RANGE, Draft, last_match

_PAGES_LABELLED = re.compile(
    rf"[(,]?\s*(?<![’'])\b(?:pp?|pgs?|pages?|p[áa]gs?|seiten?|S)\b\s?\.?\s*(?P<pages>{RANGE}|[A-Z]?\d{{1,5}}(?:\s?ff?\b)?|[ivxlc]+\s?{DASH}\s?[ivxlc]+)\.?\s?\)?",
    re.IGNORECASE,
)
_PAGES_BARE = re.compile(rf"(?<=[\s:,;(])(?P<pages>{RANGE})(?=\s*(?:[.,;)\]\0(\[]|$|{UPPER}))")
_YEAR_SPAN = re.compile(rf"(?:1[5-9]|20)\d\d\s?{DASH}\s?(?:(?:1[5-9]|20)?\d\d)")

_NO = r"(?:no|nos|nr|nrs|number|issue|iss|num|núm|H|Heft|fasc|n|№)(?![^\W\d_])\s?[.º°o:]{0,2}\s?\(?"
_VOL = r"(?:vol(?:ume|\.)?s?|Bd|Band|Jg|Jahrg(?:ang)?|v|tome?|ano)(?![^\W\d_])\s?[.:]?\s?\(?"
_NUMBER = rf"\d{{1,5}}(?:\s?(?:{DASH}|[/&])\s?\d{{1,4}})?"
_ROMAN = r"[IVXLC]{1,7}(?![^\W_])"

# How volume and issue are printed, the most telling first: (an example, the pattern). The last match counts.
VOLUME_ISSUE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (example, re.compile(pattern, re.IGNORECASE))
    for example, pattern in (
        ("vol. 9, no. 1", rf"[(,]?\s*\b{_VOL}(?P<volume>\d{{1,4}}|{_ROMAN})\)?(?:\s*[,.;:/(]?\s*{_NO}(?P<issue>{_NUMBER})\)?|\s?\((?P<issue2>{_NUMBER})\))?"),
        ("9, no. 1", rf"(?<=[\s,])(?P<volume>\d{{1,4}})\s*[,.;:(]?\s*\b{_NO}(?P<issue>{_NUMBER})\)?"),
        ("9(1)", rf"(?<![\w–-])(?P<volume>\d{{1,4}}|{_ROMAN})\s?\(\s?(?:{_NO})?(?!(?:1[4-9]|20)\d\d\)|{MONTH}\b)(?P<issue>{_NUMBER}|suppl[^()]{{0,20}}|spec[^()]{{0,20}}|\d+,\s?\d+)\s?\)"),
        ("9 (Winter)", rf"(?<![\w–-])(?P<volume>\d{{1,4}})\s?\(\s?{MONTH}[^()]{{0,20}}\)"),
        ("9, 1: 12–30", rf"(?<=[\s,])(?P<volume>\d{{1,4}})\s?,\s?(?P<issue>\d{{1,3}}(?:\s?(?:{DASH}|/)\s?\d{{1,3}})?)\s*[,:;.]?\s*(?=\0)"),
        ("9:1, 12–30", r"(?<=[\s,])(?P<volume>\d{1,4})\s?[:/.]\s?(?P<issue>\d{1,3}(?:[-–/]\d{1,3})?)(?=\s*[,:;(\0])"),
        ("Working Papers, 9", rf"(?:(?<=papers)|(?<=paper))\s?[,:]?\s(?:{_NO})?(?P<volume>{_NUMBER})\b"),
        ("a series, 9, Leeds: Moor", rf"(?<=[^\W\d]),\s(?P<volume>\d{{1,3}})(?=,\s(?-i:{UPPER})[^,:\0]{{2,30}}:\s)"),
        ("no. 1", rf"[(,]?\s*\b{_NO}(?=\d)(?P<volume>{_NUMBER})\)?"),  # a series' only number is what its volumes are counted by
        ("(1), 12–30", r"(?<=\w\s)\((?P<volume>\d{1,4})\)\s*[,:]?\s*(?=\0)"),
        ("9, 12–30", rf"(?<=[\s,.;\0])(?P<volume>\d{{1,4}}|{_ROMAN})\s*[,:;.]?\s*(?=\0)"),
    )
)  # fmt: skip
# "Phys. Lett. 51, 793 (1948)", "Opt. Lett. 32 2632": a volume and one page, at the end, behind a word.
_VOLUME_PAGE = re.compile(
    rf"(?<=[{LOWER[1:-1]}.,\s])\s*(?:{UPPER}(?=\d))?(?P<volume>\d{{1,4}})\s*[,:\s]\s*\(?(?P<pages>[A-Z]?\d{{1,6}})\)?(?=\s*[.,;(\0]|\s*$)"
)


def take_numbers(draft: Draft, floor: int) -> None:
    """Takes pages, volume and issue that stand behind ``floor``, the last of each."""
    pages = last_match(_PAGES_LABELLED, draft.rest, floor) or last_match(_PAGES_BARE, draft.rest, floor)
    if pages is not None and _YEAR_SPAN.fullmatch(pages.group("pages")) and not _follows_number(draft.rest, pages):
        pages = None
    if pages is not None:
        draft.take_groups(pages)
    for _, pattern in VOLUME_ISSUE:
        match = last_match(pattern, draft.rest, floor)
        if match is None or ANY_YEAR.fullmatch(match.group("volume")):
            continue
        _take_volume(draft, match)
        return
    if pages is None:
        match = last_match(_VOLUME_PAGE, draft.rest, floor)
        if match is not None and not ANY_YEAR.fullmatch(match.group("volume")):
            draft.take_groups(match)


def _follows_number(text: str, pages: re.Match[str]) -> bool:
    """ "1947–1972" is a span of years in a title, but pages behind "Econometrica 40:"."""
    before = text[: pages.start()].rstrip()
    return before[-1:] in (",", ":") and before[:-1].rstrip()[-1:] in "0123456789)"


def _take_volume(draft: Draft, match: re.Match[str]) -> None:
    for group, value in match.groupdict().items():
        if value:
            draft.take(group.rstrip("2"), match.start(group), match.end(group))
    draft.blank(match.start(), match.end())
