"""Citations in the text: "(Moss and Reed, 2018a; Hale, in press)", "Moss et al. (2018)", "MOSS, 2018, p. 3", "[3, 5–7]".

A year is found first; from it the names are read leftwards, token by token, so that the work is linear in the text. How
far the names reach is decided by the reference list: the longest stretch that an entry fits. What fits no entry is kept,
unresolved, only in a form that prose does not have: in brackets behind a name, with "et al.", or, in a post that has a
list, as "Moss and Reed (2018)".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from extract.citation_targets import TargetList, folded
from extract.names import APOSTROPHES, HYPHENS, LETTER, PARTICLES, UPPER
from extract.publishers import COUNTRIES, is_place, is_publisher
from extract.records import Citation, Reference
from extract.words import word_set

_YEAR = re.compile(
    r"(?<![\w./–-])(?P<year>(?:1[5-9]|20)\d\d(?:\s?[a-z](?!\w))?|(?i:in\s+press|forthcoming|n\.\s?d\.|s\.\s?d\.|in\s+preparation))(?!\w|[.,]\d\d|%)"
)
_TOKEN = re.compile(
    rf"(?P<etal>\bet\.?\s+al\b\.?|\b(?:and|&)\s+(?:others|colleagues|co-workers)\b|\be\s+outros\b)"
    rf"|(?P<and>\b(?:and|und|et|y|e)\b|&)"
    rf"|(?P<name>{UPPER}(?:{LETTER}|[{APOSTROPHES}{HYPHENS}](?={LETTER}))*(?:\.(?:\s?-?{UPPER}\.)*)?)"
    rf"|(?P<low>{LETTER}(?:{LETTER}|[{APOSTROPHES}{HYPHENS}](?={LETTER}))*)"
    rf"|(?P<comma>[,;])|(?P<space>\s+)|(?P<other>.)",
    re.DOTALL,
)
_WINDOW = 220
"""Characters left of a year in which its names may stand."""
_PARTICLE_WORDS = frozenset(w for p in PARTICLES for w in p.split()) | {"d", "e", "y"}
_ORGANISATION_LINKS = word_set("for of the de da do on in to e del des du la le")
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}]s?$")
_BETWEEN_YEARS = re.compile(r"\s*(?:[,;]|&|\band\b|\be\b|\by\b)\s*(?:and\s+|e\s+|y\s+)?")
_PAGES = r"(?:\s*[,:]\s*(?:pp?\.?|pages?|ch(?:ap)?\.?|§)?\s*\d{1,4}(?:\s?[-–]\s?\d{1,4})?)"
_REPRINT = r"(?:\s?\[\d{4}[^\[\]]{0,12}\])"
_BETWEEN_WITH_PAGES = re.compile(rf"{_REPRINT}?{_PAGES}?{_BETWEEN_YEARS.pattern}")
# Capitalised words that begin a sentence or a clause and are nobody's name.
_NO_NAMES = word_set(
    "the a an in on at by for from to of as and or but see also following since until during before after between with within "
    "according recently however while when where although because like both this that these those his her their its our my we i "
    "he she they it source sources data table figure fig box appendix note notes chapter section eg ie cf e.g i.e c.f "
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct "
    "nov dec spring summer autumn winter monday tuesday wednesday thursday friday saturday sunday segundo conforme para em de como "
    "no na nos nas por apud ver fonte según en"
)
_MONTHS = word_set(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov "
    "dec spring summer autumn winter"
)


@dataclass(frozen=True, slots=True)
class _Named:
    """Names read leftwards from a year: where they begin and end, and what they are."""

    start: int
    end: int
    names: tuple[str, ...]
    et_al: bool


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


MOST_CITATIONS = 20_000
"""Names and years read of one page: no post has a tenth of them, and each takes its time."""


def link_citations(
    paragraphs: Sequence[str],
    references: Sequence[str | Reference],
    pointers: Sequence[tuple[int, int, int, int]] = (),
) -> list[Citation]:
    """The citations in ``paragraphs``, each with the positions in ``references`` it points at, in the order of the text.

    ``paragraphs[c.para][c.start:c.end] == c.as_printed``. The span runs from the first name to the year, with the bracket
    of a narrative "Moss (2018)". In "Moss (2010, 2012)" each further year is a citation of its own, and keeps the authors. An
    empty ``references`` in a citation means that no entry fits, or that several do and nothing tells them apart.
    ``pointers`` are (paragraph, start, end, position) of the links to notes that the page itself gives: they are believed.
    """
    targets = TargetList(references)
    found = [
        Citation(para=para, start=start, end=end, as_printed=paragraphs[para][start:end], references=(position,))
        for para, start, end, position in pointers
    ]
    named = (citation for para, text in enumerate(paragraphs) for citation in _author_year(para, text, targets))
    found += islice(named, MOST_CITATIONS)
    if targets.are_numbered or (references and not any(c.references for c in found)):
        for para, text in enumerate(paragraphs):
            found += _numeric(para, text, targets)
    return _apart(found)


def _apart(found: Sequence[Citation]) -> list[Citation]:
    """The citations in the order of the text; of two that overlap, the one that was found first."""
    kept: list[Citation] = []
    ends: dict[int, list[tuple[int, int]]] = {}
    for citation in found:
        spans = ends.setdefault(citation.para, [])
        at = bisect_left(spans, (citation.start, citation.end))
        is_free = (at == 0 or spans[at - 1][1] <= citation.start) and (at == len(spans) or spans[at][0] >= citation.end)
        if is_free:
            spans.insert(at, (citation.start, citation.end))
            kept.append(citation)
    return sorted(kept, key=lambda c: (c.para, c.start))


def _author_year(para: int, text: str, targets: TargetList) -> Iterator[Citation]:
    before: _Named | None = None
    floor = 0
    for match in _YEAR.finditer(text):
        year = _year_key(match.group("year"))
        end = match.end()
        citation = None
        if before is not None and _carries_on(text[floor : match.start()]):
            positions = _resolved(targets, before, year)
            if positions or targets.find(before.names, before.et_al, year)[1] or year[:4].isdigit():
                citation = Citation(
                    para=para, start=match.start(), end=end, as_printed=text[match.start() : end], references=positions
                )
        else:
            named = _names_before(text, floor, match.start(), targets, year)
            before = named
            if named is not None:
                positions = _resolved(targets, named, year)
                if positions or _is_plain_citation(text, named, match, has_list=bool(targets.targets)):
                    start, end = _spanned(text, named.start, end)
                    citation = Citation(
                        para=para, start=start, end=end, as_printed=text[start:end], references=positions
                    )
                else:
                    before = None
        if citation is not None:
            yield citation
            floor = match.end()
        else:
            before = None


def _year_key(printed: str) -> str:
    said = " ".join(printed.casefold().split())
    return (
        "n.d." if said.replace(" ", "") in ("n.d.", "s.d.") else said.replace(" ", "") if said[:1].isdigit() else said
    )


def _carries_on(between: str) -> bool:
    return len(between) < 40 and _BETWEEN_WITH_PAGES.fullmatch(between) is not None


def _spanned(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the bracket that a narrative year stands in, or with the brackets that hold nothing else."""
    if text[end : end + 1] in (")", "]"):
        if text.count("(", start, end) + text.count("[", start, end) > text.count(")", start, end) + text.count(
            "]", start, end
        ):
            return start, end + 1
        if start and text[start - 1] + text[end] in ("()", "[]"):
            return start - 1, end + 1
    return start, end


def _resolved(targets: TargetList, named: _Named, year: str) -> tuple[int, ...]:
    positions, _ = targets.find(named.names, named.et_al, year)
    if len(positions) > 1 and len(year) == 5 and year[:4].isdigit():
        return targets.with_suffix(positions, year[4])
    return positions if len(positions) == 1 else ()


# --- names, from right to left -------------------------------------------------------------------------------------------


def _names_before(text: str, floor: int, at: int, targets: TargetList, year: str) -> _Named | None:
    """The names that a year at ``at`` belongs to; the longest stretch that a reference fits, or the nearest names."""
    start = max(floor, at - _WINDOW)
    before = text[start:at].rstrip(" \t\n\u00a0,;([")[-1:]
    if not (before.isalpha() or before in tuple(".*" + APOSTROPHES)):
        return None  # a figure, a sign or nothing: no name ends here
    if (day := _DAY.search(text, max(start, at - 24), at)) is not None and day["month"].casefold() in _MONTHS:
        return None  # "4 March 2019"
    stretch: list[_Token] = []
    for reach in (_NEAR, _WINDOW):  # most names end soon: a long line of years must not be read sixty times over
        tokens, stretch = _stretch_before(text, max(start, at - reach), at)
        if len(tokens) - len(stretch) >= _MARGIN or at - reach <= start:
            break
    best: tuple[float, _Named] | None = None
    plain: _Named | None = None
    for i, token in enumerate(stretch):
        if not _may_begin(stretch, i):
            continue
        named = _named(stretch[i:])
        if named is None:
            continue
        _, fit = targets.find(named.names, named.et_al, year)
        if fit > 0 and (best is None or fit > best[0]):
            best = (fit, named)
        is_common = folded(token.text) in _NO_NAMES
        if plain is None and (not is_common or (named.et_al and i + 2 >= len(stretch))):
            plain = named  # "He et al." is somebody's name; "He and Moss" is a pronoun
    return best[1] if best is not None else plain


_DAY = re.compile(r"(?<!\d)\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>[^\W\d_]{3,9})\.?,?\s?\Z")
_NEAR, _MARGIN = 60, 3
"""Characters read before a year at first; and tokens that must lie before the names, as the first may be cut in two."""


def _stretch_before(text: str, start: int, at: int) -> tuple[list[_Token], list[_Token]]:
    """The tokens between ``start`` and ``at``, and the last of them that can be author names together."""
    tokens = [_Token(str(m.lastgroup), m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text, start, at)]
    tokens = [t for t in tokens if t.kind != "space"]
    while tokens and (tokens[-1].kind == "comma" or tokens[-1].text in "(["):
        tokens.pop()
    stretch: list[_Token] = []
    for token in reversed(tokens):
        if not _may_belong(token, stretch):
            break
        stretch.insert(0, token)
    return tokens, stretch


def _may_belong(token: _Token, stretch: Sequence[_Token]) -> bool:
    """Whether a token can be part of author names that reach over ``stretch`` to the year."""
    if token.kind == "low":
        return bool(stretch) and token.text.casefold() in _PARTICLE_WORDS | _ORGANISATION_LINKS
    if token.kind == "etal":
        return not stretch or stretch[0].kind == "comma"
    return token.kind in ("name", "and", "comma")


def _may_begin(stretch: list[_Token], i: int) -> bool:
    token = stretch[i]
    if token.kind == "name":  # "May, 2015" is a date; "May et al., 2015" and "May and Reed, 2015" are people
        return folded(token.text) not in _MONTHS or stretch[i + 1 : i + 2] != []
    return (
        token.kind == "low"
        and token.text.casefold() in _PARTICLE_WORDS
        and stretch[i + 1 : i + 2] != []
        and stretch[i + 1].kind != "comma"
    )


def _named(tokens: Sequence[_Token]) -> _Named | None:
    """The author names of a stretch that begins with a name."""
    names: list[str] = []
    words: list[str] = []
    et_al = False
    for token in tokens:
        if token.kind in ("and", "comma", "etal"):
            if words:
                names.append(" ".join(words))
                words = []
            et_al = et_al or token.kind == "etal"
        elif not (token.kind == "name" and token.text.endswith(".") and len(token.text) < 9 and not words):
            words.append(_POSSESSIVE.sub("", token.text))
    if words:
        names.append(" ".join(words))
    names = [n for n in names if not re.fullmatch(rf"(?:{UPPER}\.?[\s-]?)+", n) or len(n.replace(".", "")) > 2]
    return _Named(tokens[0].start, tokens[-1].end, tuple(names), et_al) if names else None


def _is_plain_citation(text: str, named: _Named, year: re.Match[str], *, has_list: bool) -> bool:
    """Whether an unresolved one is a citation by its form alone, and no date in prose.

    "Moss and Reed (2018)" could be the title of a work with its year: it counts only where the post has a list.
    """
    if len(named.names[0].split()) > 4 or set(re.split(r"\W+", named.names[0].casefold())) & _MONTHS:
        return False
    if any(is_place(n) or is_publisher(n) or n in COUNTRIES for n in named.names):
        return False  # "(Leeds, 2018)", "(Moor Press, 1993)"
    between = text[named.end : year.start()].strip()
    before = text[max(0, named.start - 2) : named.start].rstrip()[-1:]
    after = text[year.end() : year.end() + 1]
    if named.et_al:
        return True
    if between == "(":
        return (
            has_list
            and after in ")],:;"
            and len(named.names) == 2
            and not any(folded(n) in _NO_NAMES for n in named.names)
        )
    return between == "," and before in "(;[" and after in ");,:]" and len(named.names) <= 4


# --- numbers ---------------------------------------------------------------------------------------------------------------

_BRACKETED = re.compile(r"\[(\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,12})\]")
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_RAISED = re.compile(r"(?<=[^\s\d])[¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]{0,2}(?:[,⁻–-][¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]{0,2}){0,8}")
_UNIT = re.compile(r"(?:\b(?:k?m|cm|mm|ft|mi|in|CO|m))$")


def _numeric(para: int, text: str, targets: TargetList) -> Iterator[Citation]:
    """ "[3]", "[3, 5–7]" and raised numbers. Only when every number names an entry: else they are something else."""
    by_number = {t.number: t.position for t in targets.targets if t.number is not None}
    if 2 * len(by_number) < len(targets.targets):
        by_number = {t.position + 1: t.position for t in targets.targets}
    for pattern in (_BRACKETED, _RAISED):
        for match in pattern.finditer(text):
            if pattern is _RAISED and _UNIT.search(text[max(0, match.start() - 4) : match.start()]):
                continue
            numbers = _numbers(match.group().translate(_SUPERSCRIPT).strip("[]"))
            if numbers and all(n in by_number for n in numbers):
                yield Citation(
                    para=para, start=match.start(), end=match.end(), as_printed=match.group(),
                    references=tuple(dict.fromkeys(by_number[n] for n in numbers)),
                )  # fmt: skip


def _numbers(text: str) -> list[int]:
    numbers: list[int] = []
    for piece in re.split(r"[,;]", text):
        ends = [int(x) for x in re.findall(r"\d+", piece)]
        if len(ends) == 2:
            numbers += range(ends[0], min(ends[1], ends[0] + 50) + 1)
        else:
            numbers += ends
    return numbers
