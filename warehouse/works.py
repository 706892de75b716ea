"""The works that posts cite: one row for one work, however many posts cite it and in whatever style.

What makes two entries one work, most trustworthy first: the same DOI; the same title with the same first author and year; a
title that differs by a slip of the pen, or by a subtitle left out. Different DOIs are different works, whatever else is
alike, and so are titles with different numbers in them ("part 1", "part 2"). Pure: rows in, rows out.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations, pairwise
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from warehouse.rows import key

MOST_ALIKE = 400
"""Entries of one author and year that are compared each with each: more are a fault of the pages, and only equal ones join."""
ALIKE = 0.92
"""How much of the letters of two titles must agree: a slip or two in a title of ten words."""
FEWEST_WORDS_ALIKE = 4
FEWEST_WORDS_ALONE = 6
"""Words of a title that tells a work apart whoever is named as its author: "Annual report 2012" does not."""

_DOI = re.compile(r"10\.\d{4,9}/[^\s?#]+")
# Links in the text that point at a work: (why, pattern over "host/path", lower case).
CITED_LINKS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (why, re.compile(pattern))
    for why, pattern in (
        ("a DOI", r".*\b10\.\d{4,9}/\S"),
        ("a document", r".*\.(?:pdf|docx?|epub|odt)$"),
        ("a repository", r"(?:hdl\.handle\.net|arxiv\.org/(?:abs|pdf)|(?:www\.)?jstor\.org/stable|(?:papers\.)?ssrn\.com|eprints\.[^/]+|(?:www\.)?ncbi\.nlm\.nih\.gov/(?:pubmed|pmc)|pubmed\.[^/]+)/\S"),
        ("a report", r".*/(?:[\w-]+-)?(?:reports?|publications?|working-papers?|discussion-papers?|research-papers?|white-papers?|briefings?)/[^/]{4,}"),
    )
)  # fmt: skip
_SAYS_NOTHING = re.compile(
    r"\W*(?:(?:click |read |see |download )?(?:here|this|link|more|it)|(?:(?:the|an?|this|our|their|its|his|her|my|full|new|recent|latest|short|long|first|final|annual) )*(?:report|paper|study|article|research|pdf|document|publication|book|post|evidence|data)s?|https?:\S*|www\.\S*|\W*)\W*",
    re.IGNORECASE,
)

# "Van der Sluis" is also printed "Sluis, A. van der".
_PARTICLES = re.compile(
    r"^(?:(?:van|von|de|der|den|des|du|da|di|do|dos|das|del|della|la|le|el|al|ter|ten|zu|af) )+(?=\w)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One entry of a reference list, or one link, as `work_rows` needs it. ``how`` is ``reference`` or ``link``."""

    post_id: int
    how: str
    position: int
    kind: str = "other"
    authors: tuple[str, ...] = ()
    """Family names, or names of organisations."""
    year: str | None = None
    title: str | None = None
    container: str | None = None
    doi: str | None = None
    url: str | None = None


def folded(text: str) -> str:
    """``text`` as its lower-case words without accents: how titles and names are compared."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " and "))
    letters = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return " ".join(re.findall(r"\w+", re.sub(r"(?<=\w)['’](?=\w)", "", letters)))


def doi_of(text: str | None) -> str | None:
    """The DOI that ``text`` holds, in lower case and without what punctuation stands behind it; None: it holds none."""
    found = _DOI.search(unquote(text)) if text else None
    return found.group().rstrip(".,;:)]}>\"'”’").lower() if found else None


def url_key(url: str | None) -> str | None:
    """Host and path of a URL as far as they tell pages apart; None for a bare host and for what is no URL."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    path = parts.path.rstrip("/")
    host = (parts.netloc or "").lower().removeprefix("www.")
    return f"{host}{path}{'?' + parts.query if parts.query else ''}" if host and path else None


def is_cited_link(url: str) -> bool:
    """Whether a link in the text points at a work (`CITED_LINKS`) and not just at a page."""
    try:
        parts = urlsplit(url.lower())
    except ValueError:
        return False
    said = f"{parts.netloc}{parts.path}"
    return any(pattern.match(said) for _, pattern in CITED_LINKS)


def link_title(anchor: str) -> str | None:
    """What a link's anchor says of the work; None for "here" and "this report"."""
    said = " ".join(anchor.split())
    return None if _SAYS_NOTHING.fullmatch(said) or len(said) > 300 else said


# --- which entries are one work ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Identity:
    """What tells a work: ``title`` is folded, ``main`` its part before the subtitle, ``year`` four digits or None."""

    doi: str | None
    url: str | None
    first: str
    year: str | None
    title: str
    main: str

    @property
    def numbers(self) -> frozenset[str]:
        return frozenset(w for w in self.title.split() if w.isdigit() or re.fullmatch(r"[ivx]+", w))


def _identity(cited: Cited) -> _Identity:
    title = folded(cited.title or "") if cited.how == "reference" else ""  # an anchor may say anything
    main = folded(re.split(r"[:?!]|\.\s|\s[–—-]\s", cited.title or "", maxsplit=1)[0])
    year = re.match(r"\d{4}", cited.year or "")
    first = _PARTICLES.sub("", folded(cited.authors[0])) if cited.authors else ""
    return _Identity(
        doi_of(cited.doi) or doi_of(cited.url), url_key(cited.url), first, year.group() if year else None, title, main
    )


class _Works:
    """Entries joined to works. Two works that have different DOIs are never joined."""

    def __init__(self, identities: Sequence[_Identity]) -> None:
        self._above = list(range(len(identities)))
        self._doi = [identity.doi for identity in identities]

    def of(self, i: int) -> int:
        while self._above[i] != i:
            self._above[i] = self._above[self._above[i]]
            i = self._above[i]
        return i

    def join(self, i: int, j: int) -> None:
        a, b = sorted((self.of(i), self.of(j)))
        if a != b and not (self._doi[a] and self._doi[b] and self._doi[a] != self._doi[b]):
            self._above[b] = a
            self._doi[a] = self._doi[a] or self._doi[b]


def _joined(identities: Sequence[_Identity]) -> _Works:
    works = _Works(identities)
    for group in _groups(identities, lambda one: one.doi):
        for i in group[1:]:
            works.join(group[0], i)
    for same in (
        lambda one: (one.year, one.title) if len(one.title.split()) >= FEWEST_WORDS_ALONE else None,
        lambda one: one.first if one.title else None,
        lambda one: one.url,
    ):
        for group in _groups(identities, same):
            for i, j in _pairs(group, identities):
                if works.of(i) != works.of(j) and _is_one_work(identities[i], identities[j]):
                    works.join(i, j)
    return works


def _groups(identities: Sequence[_Identity], same: Callable[[_Identity], object]) -> Iterator[list[int]]:
    found: dict[object, list[int]] = {}
    for i, identity in enumerate(identities):
        if (value := same(identity)) is not None:
            found.setdefault(value, []).append(i)
    return (group for group in found.values() if len(group) > 1)


def _pairs(group: Sequence[int], identities: Sequence[_Identity]) -> Iterator[tuple[int, int]]:
    """The pairs of a group to be compared; in a large one only neighbours by title."""
    if len(group) <= MOST_ALIKE:
        yield from combinations(group, 2)
    else:
        in_order = sorted(group, key=lambda i: (identities[i].title, i))
        yield from pairwise(in_order)


def _is_one_work(a: _Identity, b: _Identity) -> bool:
    if not a.title or not b.title:
        return a.url is not None and a.url == b.url
    if not _years_agree(a, b) or a.numbers != b.numbers:
        return False
    if a.title == b.title:
        return a.first == b.first or len(a.title.split()) >= FEWEST_WORDS_ALONE
    if a.first != b.first or not a.first or min(len(a.main.split()), len(b.main.split())) < FEWEST_WORDS_ALIKE:
        return False
    return a.title == b.main or b.title == a.main or _is_slip(a.title, b.title)


def _years_agree(a: _Identity, b: _Identity) -> bool:
    """The same year, or one not yet known ("in press"), or, as of works that appear online first, the next."""
    if a.year is None or b.year is None:
        return a.title == b.title and len(a.title.split()) >= FEWEST_WORDS_ALIKE
    return a.year == b.year or (
        a.title == b.title and abs(int(a.year) - int(b.year)) == 1 and len(a.title.split()) >= FEWEST_WORDS_ALIKE
    )


def _is_slip(a: str, b: str) -> bool:
    if abs(len(a) - len(b)) > (1 - ALIKE) * (len(a) + len(b)):
        return False
    alike = SequenceMatcher(None, a, b, autojunk=False)
    return alike.quick_ratio() >= ALIKE and alike.ratio() >= ALIKE


# --- rows ------------------------------------------------------------------------------------------------------------------


def work_rows(cited: Iterable[Cited]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of ``works`` and of ``work_citations``; they do not depend on the order of ``cited``.

    A work's id is a hash of its DOI or, where it has none, of what its first entry says by alphabet: it may change when other
    posts come to cite it.
    """
    entries = sorted(
        ((_identity(one), one) for one in cited),
        key=lambda pair: (pair[0].title, pair[0].first, pair[0].year or "", pair[0].doi or "", pair[0].url or "",
                          pair[1].post_id, pair[1].how, pair[1].position),
    )  # fmt: skip
    entries = [(identity, one) for identity, one in entries if identity.title or identity.doi or identity.url]
    joined = _joined([identity for identity, _ in entries])
    members: dict[int, list[tuple[_Identity, Cited]]] = {}
    for i, entry in enumerate(entries):
        members.setdefault(joined.of(i), []).append(entry)
    works: dict[int, dict[str, Any]] = {}
    citations = []
    for group in members.values():
        row = _work(group)
        works[row["work_id"]] = row
        citations += [
            {"work_id": row["work_id"], "post_id": one.post_id, "how": one.how, "position": one.position}
            for _, one in group
        ]
    citations.sort(key=lambda row: (row["post_id"], row["how"], row["position"]))
    return [works[work_id] for work_id in sorted(works)], citations


def _work(group: Sequence[tuple[_Identity, Cited]]) -> dict[str, Any]:
    doi = next((identity.doi for identity, _ in group if identity.doi), None)
    first = group[0][0]
    listed = [one for _, one in group if one.how == "reference"] or [one for _, one in group]
    said = ("doi", doi) if doi else ("work", first.first, first.year or "", first.title or first.url or "")
    return {
        "work_id": key(*said),
        "kind": _most(one.kind for one in listed) or "other",
        "authors": list(_most(one.authors for one in listed if one.authors) or ()),
        "year": _most(one.year for one in listed if one.year),
        "title": _most(one.title for one in listed if one.title),
        "container": _most(one.container for one in listed if one.container),
        "doi": doi,
        "url": _most(one.url for _, one in group if one.url),
    }


T = TypeVar("T")


def _most(values: Iterable[T]) -> T | None:
    """The value that is said most often; of equals, the longer one, then the first by alphabet."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], -len(str(value)), str(value)), default=None)
