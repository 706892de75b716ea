"""What citations point at: a reference list, looked up by authors and year."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.records import Name, Reference
from extract.references import parse_reference

_YEAR = re.compile(r"(?<![\d/.-])(?:1[4-9]|20)\d\d[a-z]?(?![\w-])")
_NO_YEAR = re.compile(r"in press|forthcoming|n\.d\.|to appear|submitted|in preparation", re.IGNORECASE)
_NUMBER = re.compile(r"\s*[\[(]?(\d{1,3})[\]).]\s")
_WORDS = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=10_000)
def folded(text: str) -> str:
    """Letters only, without case and accents: the form in which names are compared."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain.casefold() if c.isalpha())


@dataclass(frozen=True, slots=True)
class Target:
    """One reference as citations name it."""

    position: int
    families: tuple[str, ...]
    head: tuple[str, ...]
    """The first words of the entry, for names that the parser missed."""
    year: str | None
    years: frozenset[str]
    """Every year that the entry prints: a reprint's citation may give any."""
    et_al: bool
    number: int | None

    @property
    def first(self) -> str:
        return self.families[0] if self.families else (self.head[0] if self.head else "")


def target_of(position: int, reference: str | Reference) -> Target:
    read = reference if isinstance(reference, Reference) else parse_reference(reference)
    text = read.as_printed
    names = read.authors or read.editors
    year = read.year
    years = {y.casefold() for y in _YEAR.findall(text)} | {
        " ".join(m.casefold().split()) for m in _NO_YEAR.findall(text)
    }
    number = _NUMBER.match(text)
    return Target(
        position=position, families=tuple(_families(names)), head=tuple(folded(w) for w in _WORDS.findall(text[:160])[:16]),
        year=year, years=frozenset(years), et_al=read.et_al, number=int(number.group(1)) if number else None,
    )  # fmt: skip


def _families(names: Iterable[Name]) -> list[str]:
    return [key for name in names if (key := folded(name.family or name.literal or ""))]


class TargetList:
    """The references of one post, found by the names and the year of a citation."""

    def __init__(self, references: Sequence[str | Reference]) -> None:
        self.targets = [target_of(i, reference) for i, reference in enumerate(references)]
        self._by_name: dict[str, list[Target]] = {}
        for target in self.targets:
            for key in {target.first, *_short_forms(target)}:
                if key:
                    self._by_name.setdefault(key, []).append(target)

    @property
    def are_numbered(self) -> bool:
        """Whether the list prints a number before each entry, so that numbers in the text can point at it."""
        return bool(self.targets) and all(t.number is not None for t in self.targets)

    def find(self, names: Sequence[str], et_al: bool, year: str) -> tuple[tuple[int, ...], float]:
        """The positions of the references that fit best, and how well (0: none fits).

        Several positions mean that the citation does not tell them apart.
        """
        keys = [folded(n) for n in names]
        if not keys or not keys[0]:
            return (), 0.0
        scored = [(_fit(t, keys, et_al, year), t) for t in self._by_name.get(keys[0], ())]
        best = max((s for s, _ in scored), default=0.0)
        if best <= 0:
            return (), 0.0
        return tuple(t.position for s, t in scored if s == best), best

    def with_suffix(self, positions: Sequence[int], letter: str) -> tuple[int, ...]:
        """Of entries that print the same year without letters, the one that "2018b" means: the second."""
        index = ord(letter) - ord("a")
        return (positions[index],) if 0 <= index < len(positions) else ()


def _short_forms(target: Target) -> set[str]:
    """Other names an author is cited by: without particles, the last word of a double name, the entry's first word,
    an organisation's initials."""
    forms = set(target.head[:1])
    if not target.families:  # "World Weather Body Dust Bulletin": who wrote it ends somewhere among the first words
        forms |= {"".join(target.head[:n]) for n in range(2, 6)}
    if target.families and len(target.head) > 1:
        words = target.head
        forms |= {words[0] + words[1], "".join(words[:3])}
        forms |= {w for w in words[:4] if len(w) > 3 and target.families[0].endswith(w)}
        forms |= {w for w in words[:3] if len(w) > 3 and target.families[0].startswith(w)}
    return forms


def _fit(target: Target, keys: Sequence[str], et_al: bool, year: str) -> float:
    score = _year_fit(target, year)
    if score == 0:
        return 0.0
    families = target.families or target.head[:1]
    others = keys[1:]
    following = [*families[1:], *target.head]
    found = sum(1 for k in others if k in following or any(f.endswith(k) or k.endswith(f) for f in families[1:]))
    if others and found < len(others) - (len(others) > 2):
        return 0.0
    score += found + (0.5 if found == len(others) else 0)
    known = len(families)
    if et_al:
        score += 0.6 if known > 2 or target.et_al else 0.3 if known == 2 and len(keys) == 1 else 0.0
    elif known == len(keys) and not target.et_al:
        score += 0.6
    if families[0] == keys[0]:
        score += 0.8
    return score


def _year_fit(target: Target, year: str) -> float:
    if target.year == year:
        return 3.0
    if year in target.years or (year == "n.d." and target.year is None and not target.years):
        return 2.0
    digits = year[:4]
    if target.year is not None and target.year[:4] == digits and digits.isdigit():
        return 1.5 if target.year[4:] == "" or year[4:] == "" else 0.0
    return 1.0 if digits.isdigit() and digits in {y[:4] for y in target.years} and year[4:] == "" else 0.0
