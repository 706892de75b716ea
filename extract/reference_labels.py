"""Which part of a reference is what, by rules: a string in, labelled spans out.

What is unmistakable is taken first and blanked out (links, dates of access, authors with the year, a quoted title, pages,
volume and issue); `extract.reference_division` divides what is left into title, container, place and publisher. Every
rule is a linear regex, and no more than ``LONGEST`` characters are read.
"""

from __future__ import annotations

import re

from extract.names import UPPER, NameList, is_organisation, scan_names, whole_names
from extract.records import FieldSpan
from extract.reference_division import divide
from extract.reference_draft import ANY_YEAR, NO_YEAR, PAREN_YEAR, TAKEN, UPPERS, YEAR, Draft, last_match
from extract.reference_numbers import take_numbers

_NUMBERING = re.compile(
    r"\s*(?:[\[(]\s*\d{1,3}\s*[\])]|\d{1,3}[.)](?!\d)|\d{1,3}(?=\s+[A-Z][^\W\d_]+,?\s[A-Z])|[•·▪*■–-])\s*"
)
_BARE_YEAR = re.compile(rf"[\s.,;:]+(?P<year>{YEAR}|(?i:{NO_YEAR}))(?=\s*[.,;:]|\s+[“‘\"'«„{UPPERS}])")
_SPACED_YEAR = re.compile(rf"\s+(?P<year>{YEAR})(?=\s)")
_ROLE = re.compile(r"[\s.,;:–-]*(?:[(\[]\s*(?:eds?|hrsg|hgg?|ed|orgs?|coords?)\.?\s*[)\]][\s.,:]*)?", re.IGNORECASE)

_DOI = re.compile(
    r"(?:\bdoi\b\s*[:.]?\s*)?(?:https?://(?:dx\.)?doi\.org/)?(?P<doi>\b10\.\d{4,9}/[^\s\"<>]{1,200})", re.IGNORECASE
)
_URL = re.compile(r"[\[<]?(?P<url>(?:https?://|ftp://|www\.)[^\s<>\"“”\0]+)>?", re.IGNORECASE)
_WORD_DATE = r"[^\s()\[\]\0]+"
_ACCESSED = re.compile(
    r"[(\[]?\s*\b(?:date\s+)?(?:last\s+)?(?:accessed|retrieved|viewed|visited|consulted|downloaded|checked|cited|acc\.|retr\.|"
    r"abgerufen|zugriff|letzter zugriff|stand|acesso em|citado(?:\s+em)?|consultado|consult[ée])"
    rf"\s*(?::|on|at|am|in|the|el|le)?\s*(?P<accessed>(?:{_WORD_DATE}\s+){{0,3}}?{_WORD_DATE}?\d{{2,4}})\b\s*[)\]]?,?",
    re.IGNORECASE,
)
_AVAILABLE = re.compile(
    r"[(\[]?\s*\b(?:available\s+(?:online\s+)?(?:at|from)|available|retrieved\s+from|accessed\s+(?:at|from|via)|from|verfügbar\s+unter|"
    r"dispon[íi]vel\s+em|disponible\s+en|url|online|internet|en ligne|web|in)\b\s*:?\s*[)\]]?(?=[\s;:,.\[]*\0)",
    re.IGNORECASE,
)
_ONLINE = re.compile(
    r"\s*[\[(]\s*(?:on[- ]?line(?:\s+\w+)?|electronic(?:\s+version)?|internet|web\s?page|pdf)\s*[\])]", re.IGNORECASE
)

_UNPUBLISHED = re.compile(
    r"[(\[]?\b(?:unpublished\s+(?:manuscript|paper|report)|manuscript|mimeo|typescript|first draft|draft)(?:\s+(?:under review|submitted|in preparation))?\b[)\]]?(?=[\s.,;)]*(?:$|[\0.,;)]))",
    re.IGNORECASE,
)

_OPENING = "“‘\"'„«`"
_CLOSING = {"“": '”"“', "‘": "’'", '"': '"”', "'": "'’", "„": '“”"', "«": "»", "`": "'’"}
_AFTER_QUOTE = re.compile(rf"\s+(?:in\b|[(\[\0]|{UPPER})")


def labelled(text: str) -> list[FieldSpan]:
    """The labelled parts of ``text``, in the order they stand. Linear in its length; never raises."""
    draft = Draft(text)
    _take_links(draft)
    _take_authors_and_year(draft)
    title = _quoted(draft)
    floor = title[1] if title else draft.start + 3
    if not draft.has("year"):
        _take_year(draft, last_match(PAREN_YEAR, draft.rest, floor))
    take_numbers(draft, floor)
    if not draft.has("year"):
        _take_year(draft, last_match(ANY_YEAR, draft.rest, floor))
    divide(draft, title)
    return sorted(draft.spans, key=lambda s: (s.start, s.end))


# Letters that a pattern cannot do without: looking for them first costs a tenth of the pattern.
_LINK_SIGNS: tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...] = (
    ("doi", _DOI, ("10.",)),
    ("url", _URL, ("://", "www.")),
)
_ACCESSED_SIGNS = (
    "access", "retr", "view", "visit", "consult", "download", "check", "cit", "acc.", "abgerufen", "zugriff", "stand", "acesso",
)  # fmt: skip
_ASIDE_SIGNS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (_ONLINE, ("line", "electronic", "internet", "web", "pdf")),
    (_AVAILABLE, (TAKEN,)),
    (_UNPUBLISHED, ("unpublished", "manuscript", "mimeo", "typescript", "draft")),
)


def _take_links(draft: Draft) -> None:
    low = draft.rest.lower()
    for field, pattern, signs in _LINK_SIGNS:
        if not any(sign in low for sign in signs):
            continue
        for match in pattern.finditer(draft.rest):
            if not draft.has(field):
                draft.take(field, match.start(field), match.start(field) + len(_bare_link(match.group(field))))
            draft.blank(match.start(), match.end())
    if any(sign in low for sign in _ACCESSED_SIGNS) and (found := last_match(_ACCESSED, draft.rest, 10)) is not None:
        draft.take_groups(found)
    for pattern, signs in _ASIDE_SIGNS:
        if any(sign in low or sign in draft.rest for sign in signs):
            for match in pattern.finditer(draft.rest, 10):
                draft.blank(match.start(), match.end())


def _bare_link(link: str) -> str:
    """The link without the sentence's punctuation behind it, and without a closing bracket it did not open."""
    link = link.rstrip(".,;:'’”»")
    while link.endswith((")", "]")) and link.count(link[-1]) > link.count("(" if link[-1] == ")" else "["):
        link = link[:-1].rstrip(".,;:'’”»")
    return link


# --- authors and year ----------------------------------------------------------------------------------------------------


def _take_authors_and_year(draft: Draft) -> None:
    text = draft.rest
    if (match := _NUMBERING.match(text)) is not None:
        draft.start = match.end()
    start = draft.start
    names = scan_names(text, start)
    year = _year_after(text, names.end) if names else None
    if year is None:
        year = _year_after_anything(text, start, names)
        if year is not None:
            names = whole_names(text, start, year.start())
    if year is None and names is not None and not _ends_a_list(text, names):
        names = None
    are_editors = False
    if year is not None:
        draft.take("year", year.start("year"), year.end("year"))
        behind = _ROLE.match(text, year.end())
        are_editors = behind is not None and "(" in behind.group()
        draft.start = behind.end() if behind is not None and are_editors else year.end()
    if names is not None:
        are_editors = (
            are_editors or names.are_editors or (year is not None and _has_role(text[names.end : year.start()]))
        )
        draft.take("editors" if are_editors else "authors", names.names[0].start, names.end)
        draft.start = max(draft.start, names.end)
    while draft.start < len(text) and text[draft.start] in " \t\u00a0.,;:/":
        draft.start += 1
    draft.blank(0, draft.start)


def _has_role(text: str) -> bool:
    return re.search(r"\b(?:eds?|hrsg|hgg?)\b", text, re.IGNORECASE) is not None


def _year_after(text: str, at: int) -> re.Match[str] | None:
    behind = _ROLE.match(text, at)
    if behind is not None and (match := PAREN_YEAR.match(text, behind.end())) is not None:
        return match
    at = behind.end() if behind is not None and "(" in behind.group() else at
    return _BARE_YEAR.match(text, at - (text[at - 1 : at] in " .,")) or _SPACED_YEAR.match(text, at)


def _year_after_anything(text: str, start: int, names: NameList | None) -> re.Match[str] | None:
    """A year whose left is an author list that the grammar does not know, or an organisation."""
    for pattern in (PAREN_YEAR, _BARE_YEAR):
        match = pattern.search(text, start, start + 250)
        if match is None:
            continue
        zone = text[start : match.start()]
        if names is not None and names.is_strong and names.end - start < 0.6 * len(zone):
            continue
        if re.search(r"[\d“”‘\"?!\0]|:\s", zone) or not zone.strip() or len(zone.split()) > 14:
            continue
        if pattern is _BARE_YEAR and re.search(r"[.?!]\s", zone) and not is_organisation(zone):
            continue
        return match
    return None


def _ends_a_list(text: str, names: NameList) -> bool:
    """Whether what follows the names lets a title begin."""
    following = text[names.end : names.end + 3]
    return names.is_strong or names.are_editors or following[:1] in (",", ".", ":", "(") or not following.strip()


def _take_year(draft: Draft, match: re.Match[str] | None) -> None:
    """A year behind the title: "Moor Press, 1993", "62 (1936)"."""
    if match is not None:
        draft.take("year", match.start("year"), match.end("year"))
        draft.blank(match.start(), match.end())


# --- a title in quotation marks ------------------------------------------------------------------------------------------


def _quoted(draft: Draft) -> tuple[int, int] | None:
    """The span inside the quotation marks that the rest begins with; inner quotations are stepped over."""
    text, start = draft.rest, draft.start
    while start < len(text) and text[start] in " .,:;()–-\0":
        start += 1
    if start >= len(text) or text[start] not in _OPENING:
        return None
    opening, closing = text[start], _CLOSING[text[start]]
    depth = 0
    for i in range(start + 1, len(text)):
        c = text[i]
        if c == opening and c not in closing and text[i - 1] in " (\u00a0":
            depth += 1
        elif c in closing and not text[i + 1 : i + 2].isalnum():
            ends_sentence = text[i - 1] in ".,?!"
            if ends_sentence or (depth == 0 and _closes(text, i)):
                return start + 1, i
            depth = max(0, depth - 1)
    return None


def _closes(text: str, i: int) -> bool:
    following = text[i + 1 : i + 2]
    return not text[i + 1 :].strip() or following in ",.;)\0" or _AFTER_QUOTE.match(text, i + 1) is not None
