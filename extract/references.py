"""Reference lists: where a post's list stands, its entries, and what each entry says.

>>> from extract.references import cut_references
>>> cut = cut_references(paragraphs, headings, links)
>>> [p for i, p in enumerate(paragraphs) if i not in cut.paragraphs]      # the body
>>> cut.references                                                        # the list, read
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extract.records import Reference
from extract.reference_draft import NO_YEAR
from extract.reference_fields import reference_of
from extract.reference_labels import labelled
from extract.reference_tagger import tagged

# What a list is headed with. A strong heading is believed when one entry follows; under a weak one, which heads remarks
# as often, most of what follows must read as references.
STRONG_HEADINGS = re.compile(
    r"(?:(?:key|major|main|other|selected|cited|list of|academic)\s+)?(?:references?(?:\s+list)?|bibliograph(?:y|ie)|works?\s+cited|literature(?:\s+cited)?|reference\s+list|"
    r"references?\s*(?:&|and|/)\s*(?:further\s+(?:reading|information)|notes|resources|links|bibliography)|literatur(?:verzeichnis)?|"
    r"referências(?:\s+bibliográficas)?|bibliografia|références|quellen)",
    re.IGNORECASE,
)
WEAK_HEADINGS = re.compile(
    r"(?:(?:suggested|additional|recommended)\s+)?(?:further\s+(?:reading|resources|information)|reading(?:\s+list)?|readings|notes?|end\s?notes|foot\s?notes|"
    r"sources?|citations?|resources|publications|notes\s*(?:&|and)\s*(?:references|sources)|sources\s+and\s+further\s+reading|links)",
    re.IGNORECASE,
)
_AROUND_HEADING = re.compile(r"^[\s\d.*#:–—-]*|[\s:.*–—-]*$")
_LONGEST_ENTRY = 1000
_MOST_BEHIND = 6
_URL_ONLY = re.compile(
    r"(?:(?:available|retrieved|accessed)\b[^:]{0,25}:?\s*)?(?:https?://|www\.|doi:?\s*10\.)\S+[\s.)\]]*(?:[\[(]?(?:last\s+)?accessed\b.{0,40})?",
    re.IGNORECASE,
)
_LINK = re.compile(r"https?://|www\.|\bdoi\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:^|\s)\[(\d{1,3})\]\s")
_DOI_LINK = re.compile(r"https?://(?:dx\.)?doi\.org/(10\.\d{4,9}/[^\s?#]+)", re.IGNORECASE)
_DATE_LINE = re.compile(
    r"(?:posted|published|updated|written|last\s+\w+)?\s*(?:on|:)?\s*(?:\w+,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+\w+|\w+\s+\d{1,2}(?:st|nd|rd|th)?),?\s+\d{4}\W*",
    re.IGNORECASE,
)
_NOT_ENTRIES = re.compile(
    r"(?:about\s+the\s+authors?|contact|share|follow|tags?|posted\s+(?:in|by|on)|filed\s+under|photo|image|credit|comments?|related|"
    r"acknowledge?ments?|disclaimer|this\s+(?:post|blog|article|work)|the\s+views|first\s+published|originally\s+published|©|copyright)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CutReferences:
    """A post's reference list. ``paragraphs`` are the indices of its heading and entries: they are no part of the body.

    ``body_end`` is the first of them, or the number of paragraphs if the post has no list. ``references`` are in the
    order printed; their ``position`` counts from 0. ``sources`` gives for each the index of its paragraph.
    """

    body_end: int
    paragraphs: frozenset[int]
    references: tuple[Reference, ...]
    sources: tuple[int, ...] = ()


def parse_reference(text: str) -> Reference:
    """What one entry of a bibliography says; a field that it does not give is None or empty.

    Never raises. ``spans`` point into ``as_printed``, which is ``text`` itself.
    """
    return reference_of(text, tagged(text))


@lru_cache(maxsize=256)  # whether a paragraph is an entry, and how it opens, are asked one after the other
def _by_rules(text: str) -> Reference:
    """What the rules alone read. The model takes every text for a reference; whether it is one, the rules can tell."""
    return reference_of(text, labelled(text))


def cut_references(
    paragraphs: Sequence[str],
    headings: Collection[int],
    links: Sequence[Sequence[str]] = (),
    *,
    behind: int | None = None,
    notes: Collection[int] = (),
) -> CutReferences:
    """Finds the reference list (or lists) among ``paragraphs`` and reads its entries.

    ``headings`` are the indices of the paragraphs that are headings; ``links[i]`` the URLs that paragraph i links to (may
    be shorter than ``paragraphs``): an entry's first link is its ``url`` when the text prints none. A list has a heading
    ("References", "Further reading", as heading or as a short paragraph), or is two or more entries with author and year
    near the end, or is what the text's notes point at (``notes``) if at least half of these read as references. What
    follows the list, as a line about the author, is not part of it. Of a note that is a remark nothing is read. From paragraph ``behind`` on, where the article has
    ended, only lists with a plain heading and notes are believed.
    """
    behind = len(paragraphs) if behind is None else behind
    taken: set[int] = set()
    entries: set[int] = set()
    i = 0
    while i < len(paragraphs):
        strength = heading_strength(paragraphs[i], i in headings)
        is_believed = strength == "strong" or (strength == "weak" and i < behind)
        run = _run_after(paragraphs, headings, i + 1, strict=strength == "weak") if is_believed else []
        if run:
            taken |= set(range(i, run[-1] + 1))
            entries |= set(run)
            i = run[-1] + 1
        else:
            i += 1
    noted = _noted(paragraphs, notes)
    remarks = {k for k in noted if k not in entries and not (is_entry(paragraphs[k]) or _CITES.search(paragraphs[k]))}
    for run in (noted, _unheaded(paragraphs[:behind], headings, taken)):
        entries |= set(run)
        taken |= set(run) | _heading_above(paragraphs, headings, run)
    read = _entries([(k, paragraphs[k], _links(links, k)) for k in sorted(entries)])
    references = tuple(
        replace(Reference(as_printed=text) if k in remarks else _with_links(parse_reference(text), urls), position=n)
        for n, (k, text, urls) in enumerate(read)
    )
    return CutReferences(
        body_end=min(taken, default=len(paragraphs)),
        paragraphs=frozenset(taken),
        references=references,
        sources=tuple(k for k, _, _ in read),
    )


# What a note that cites says, where it is no entry: a link, pages, or that it is the work named before.
_CITES = re.compile(rf"{_LINK.pattern}|\bibid\b|\bop\.\s?cit|\bpp?\.\s?\d", re.IGNORECASE)


def _noted(paragraphs: Sequence[str], notes: Collection[int]) -> list[int]:
    """The notes, if half of them or more cite something; else they are the author's remarks, and part of the text.

    They stand together: what numbers point at here and there in a text are its sections.
    """
    found = [i for i in sorted(notes) if paragraphs[i].strip()]
    if not found or 2 * len(found) < found[-1] - found[0] + 1:
        return []
    good = sum(is_entry(paragraphs[i]) or _CITES.search(paragraphs[i]) is not None for i in found)
    return found if good and 2 * good >= len(found) else []


def _heading_above(paragraphs: Sequence[str], headings: Collection[int], run: Sequence[int]) -> set[int]:
    """The heading of a list that was found without it."""
    above = min(run, default=0) - 1
    return {above} if above >= 0 and heading_strength(paragraphs[above], above in headings) else set()


def _links(links: Sequence[Sequence[str]], i: int) -> list[str]:
    return list(links[i]) if i < len(links) else []


def heading_strength(text: str, is_heading: bool) -> str | None:
    """``strong``, ``weak`` or None. A plain paragraph heads a list only if it is nothing but the words of the table."""
    if len(text) > 60:
        return None
    said = _AROUND_HEADING.sub("", text)
    if STRONG_HEADINGS.fullmatch(said):
        return "strong"
    if WEAK_HEADINGS.fullmatch(said) and (is_heading or text.rstrip().endswith(":") or said[:1].isupper()):
        return "weak"
    return None


def _run_after(paragraphs: Sequence[str], headings: Collection[int], start: int, *, strict: bool) -> list[int]:
    """The indices of the entries that follow ``start``; one stray line between entries is stepped over."""
    run: list[int] = []
    good = strays = 0
    i = start
    while i < len(paragraphs):
        text = paragraphs[i]
        if i in headings and (run or heading_strength(text, True)):
            if strict or not _opens_part(paragraphs, i):
                break
            i += 1
            continue
        sound = is_entry(text)
        is_link = is_only_link(text)
        is_between = bool(good) and i + 1 < len(paragraphs) and is_entry(paragraphs[i + 1]) and may_be_entry(text)
        if sound or is_link or is_between or (not strict and may_be_entry(text)):
            run.append(i)
            good += sound or is_link
            strays = 0
        elif strays == 0 and i + 1 < len(paragraphs) and is_entry(paragraphs[i + 1]) and len(text) < 200:
            strays = 1
        else:
            break
        i += 1
    if strict:
        return run if good and good >= 0.6 * len(run) else []
    return run if good else []


def _opens_part(paragraphs: Sequence[str], i: int) -> bool:
    """Whether a heading inside a list heads a part of it ("Reports"): it is short, and entries go on behind it."""
    return len(paragraphs[i].split()) <= 6 and is_entry("".join(paragraphs[i + 1 : i + 2]))


def is_only_link(text: str) -> bool:
    return len(text) <= _LONGEST_ENTRY and _URL_ONLY.fullmatch(text.strip()) is not None


_YEAR_SIGN = re.compile(rf"(?:1[4-9]|20)\d\d|{NO_YEAR}", re.IGNORECASE)


def is_entry(text: str) -> bool:
    """Whether a paragraph reads as a reference: somebody, a year and a title, or a title with its link or publisher."""
    if not 20 <= len(text) <= _LONGEST_ENTRY or _DATE_LINE.fullmatch(text.strip()) or _NOT_ENTRIES.match(text.strip()):
        return False
    if not _YEAR_SIGN.search(text):
        return False  # a whole year is what every entry has: no need to read the rest
    read = _by_rules(text)
    title = read.title or ""
    if len(title) < 3 or title[:1].islower():
        return False
    has_place = bool(read.container or read.publisher or read.url or read.doi or read.volume or read.pages)
    if read.authors and read.year:
        family = read.authors[0].family is not None
        return (family or has_place or _year_is_bracketed(read)) and len(title.split()) <= 60
    is_traceable = bool(read.publisher or read.url or read.doi or read.volume or read.pages)
    return read.year is not None and is_traceable and len(text) <= 400


def _year_is_bracketed(read: Reference) -> bool:
    return any(s.field == "year" and read.as_printed[s.start - 1 : s.start] in ("(", "[") for s in read.spans)


def may_be_entry(text: str) -> bool:
    """Under a heading that says "References" a title with a link, or a numbered line with a year, is an entry too."""
    stripped = text.strip()
    if not 10 <= len(stripped) <= _LONGEST_ENTRY or _DATE_LINE.fullmatch(stripped) or _NOT_ENTRIES.match(stripped):
        return False
    if _LINK.search(stripped):
        return True
    has_year = re.search(r"\b(?:1[5-9]|20)\d\d[a-z]?\b|\bin press\b|\bforthcoming\b|\bn\.d\.", stripped, re.IGNORECASE)
    return has_year is not None and (len(stripped) <= 400 or re.match(r"[\[(]?\d{1,3}[\]).]\s", stripped) is not None)


def _unheaded(paragraphs: Sequence[str], headings: Collection[int], taken: Collection[int]) -> list[int]:
    """A run of entries near the end with no heading: at least two begin with names and a year, all read as entries.

    "Near the end" allows six other paragraphs behind it (an author's note, a date, a licence).
    """
    run: list[int] = []
    sure = behind = 0
    for i in range(len(paragraphs) - 1, -1, -1):
        if i in taken:
            continue
        is_sure = i not in headings and _is_sure_entry(paragraphs[i])
        if is_sure or (i not in headings and (_opens_as_entry(paragraphs[i]) or _is_numbered_entry(paragraphs[i]))):
            run.append(i)
            sure += is_sure
            continue
        if sure >= 2 or behind >= _MOST_BEHIND:
            break
        behind += 1 + len(run)
        run, sure = [], 0
    return run[::-1] if sure >= 2 else []


def _is_numbered_entry(text: str) -> bool:
    return re.match(r"\s*(?:\[\d{1,3}\]|\d{1,3}[.)]?)\s+[^\W\d_]", text) is not None and may_be_entry(text)


def _is_sure_entry(text: str) -> bool:
    """Whether the entry opens with a person's name, given name or initials included."""
    return _opens_as_entry(text) and any(name.given for name in (_by_rules(text).authors)[:1])


def _opens_as_entry(text: str) -> bool:
    """Whether the entry opens with its authors, and the year comes next."""
    if len(text) > 500 or not is_entry(text):
        return False
    spans = {s.field: s for s in reversed(_by_rules(text).spans)}
    authors, year = spans.get("authors"), spans.get("year")
    return authors is not None and year is not None and authors.start < 6 and 0 < year.start - authors.end < 6


_Entry = tuple[int, str, list[str]]


def _entries(found: Sequence[_Entry]) -> list[_Entry]:
    """One item an entry: a line that is only a link joins the entry before it, if that prints none; "[1] … [2] …" in one
    paragraph is split."""
    entries: list[_Entry] = []
    for i, text, urls in found:
        if entries and is_only_link(text) and not _LINK.search(entries[-1][1]):
            at, before, known = entries[-1]
            entries[-1] = (at, f"{before} {text}", known + urls)
            continue
        pieces = _split_numbered(text)
        entries += [(i, piece, urls if len(pieces) == 1 else []) for piece in pieces]
    return entries


def _split_numbered(text: str) -> list[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and all(is_entry(line) for line in lines):
        return lines
    marks = list(_NUMBERED.finditer(text))
    numbers = [int(m.group(1)) for m in marks]
    if len(marks) < 2 or numbers != list(range(numbers[0], numbers[0] + len(numbers))) or marks[0].start() != 0:
        return [text.strip()]
    ends = [m.start() for m in marks[1:]] + [len(text)]
    return [text[m.start() : end].strip() for m, end in zip(marks, ends, strict=True)]


def _with_links(reference: Reference, urls: Sequence[str]) -> Reference:
    """The reference with what its entry links to, where the text itself prints no URL or DOI."""
    doi = next((m.group(1) for u in urls if (m := _DOI_LINK.match(u))), None)
    url = next((u for u in urls if u.startswith(("http://", "https://")) and not _DOI_LINK.match(u)), None)
    return replace(reference, doi=reference.doi or doi, url=reference.url or url)
