"""Themes: named lists of terms, counted in texts. The syntax is described in docs/themes.md.

Dictionary counting in the manner of quanteda (Benoit et al. 2018, JOSS 3(30) 774): a term is tokens, ``*`` ends a token.
It differs in three ways, each asked for by those who count themes in prose: hyphen and space are the same, a longer match
wins over a shorter one within a theme, and excluded phrases are taken out before anything is counted.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.records import ThemeHit
from analysis.theme_file import (
    LEMMA,
    LEMMA_WORD,
    TERM_KEYS,
    Event,
    Theme,
    ThemesBroken,
    UnsupportedTerm,
    read_themes,
    term_words,
)
from analysis.tokens import folded, joint, token_spans
from analysis.trie import End, Gap, Match, Tag, Trie

__all__ = ["Event", "Lexicon", "Theme", "ThemesBroken", "UnsupportedTerm", "compile_themes"]

NEAR = 12  # tokens either side
MATCHING = 1  # goes into the digest: raise it whenever the same terms come to be counted differently


@dataclass(frozen=True)
class Lexicon:
    """Themes made ready for counting. Two lexicons with the same ``digest`` count the same.

    ``reads_lemmas``: terms such as ``lemma:cut/NOUN`` count where tokens come with their tags; else they are ``unsupported``.
    """

    themes: tuple[Theme, ...]
    possessives: bool = True
    unsupported: tuple[UnsupportedTerm, ...] = ()
    reads_lemmas: bool = False
    _trie: Trie = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        trie = Trie(self.possessives)
        for position, theme in enumerate(self.themes):
            for role in TERM_KEYS:
                for order, term in enumerate(getattr(theme, role)):
                    if self.reads_lemmas or LEMMA not in term:
                        trie.add(term_words(term), End(position, role, order, term))  # type: ignore[arg-type]
        object.__setattr__(self, "_trie", trie)

    def __getitem__(self, key: str) -> Theme:
        found = next((theme for theme in self.themes if theme.key == key), None)
        if found is None:
            raise KeyError(f"there is no theme {key!r}; there are {', '.join(self.keys)}")
        return found

    def __contains__(self, key: str) -> bool:
        return key in self.keys

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(theme.key for theme in self.themes)

    @property
    def digest(self) -> str:
        """Sixteen hex digits that change when, and only when, something counted changes; labels and notes do not count."""
        said = {theme.key: [sorted(getattr(theme, role)) for role in TERM_KEYS] for theme in self.themes}
        how = [MATCHING, NEAR, self.possessives, said, *(["lemmas"] if self.reads_lemmas and self.has_lemmas else [])]
        counted = json.dumps(how, sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(counted.encode()).hexdigest()[:16]

    @property
    def has_lemmas(self) -> bool:
        """Whether any term names a lemma, so that tokens need their tags."""
        return any(LEMMA in term for theme in self.themes for role in TERM_KEYS for term in getattr(theme, role))

    @property
    def lemmas(self) -> frozenset[str]:
        """The lemmas that terms name, folded as tokens' are."""
        terms = (term for theme in self.themes for role in TERM_KEYS for term in getattr(theme, role))
        return frozenset(folded(found["lemma"]) for term in terms for found in LEMMA_WORD.finditer(term))

    def only(self, keys: Iterable[str]) -> Lexicon:
        """This lexicon with no themes but ``keys``. Raises KeyError for a theme that is not there."""
        chosen = tuple(self[key] for key in keys)
        kept = {theme.key for theme in chosen}
        left = tuple(term for term in self.unsupported if term.theme in kept)
        return Lexicon(chosen, self.possessives, left, self.reads_lemmas)

    def find(self, text: str, tags: Sequence[Tag] | None = None) -> list[ThemeHit]:
        """Every hit in ``text``, by place, then by the themes' order. ``text[hit.start:hit.end] == hit.text``.

        ``tags``: lemma (folded) and part of speech of each of its `tokens.token_spans`, None for one that no model read.
        """
        spans = token_spans(text)
        tokens = [text[start:stop] for start, stop in spans]
        found = self.find_tokens(tokens, lambda i: joint(text[spans[i - 1][1] : spans[i][0]]), tags)
        return [self._hit(match, text, spans[match.first][0], spans[match.last][1]) for match in found]

    def find_tokens(
        self, tokens: Sequence[str], gaps: Sequence[str | None] | Gap, tags: Sequence[Tag] | None = None
    ) -> list[Match]:
        """The same over a post's columns: forms as printed, what parts each from the one before (`tokens.joint`), tags.

        Raises ValueError where the columns differ in length.
        """
        gap = gaps if callable(gaps) else gaps.__getitem__
        for column in (tags, None if callable(gaps) else gaps):
            if column is not None and len(column) != len(tokens):
                raise ValueError(f"{len(column)} gaps or tags for {len(tokens)} tokens: give one for each")
        found: dict[int, list[Match]] = {}
        for match in self._trie.matches(tokens, gap, tags):
            found.setdefault(match.end.theme, []).append(match)
        hits = [match for matches in found.values() for match in counted(matches)]
        return sorted(hits, key=lambda match: (match.first, match.last, match.end.theme))

    def _hit(self, match: Match, text: str, start: int, end: int) -> ThemeHit:
        theme = self.themes[match.end.theme]
        return ThemeHit(theme=theme.key, term=match.end.term, start=start, end=end, text=text[start:end])


def counted(matches: Iterable[Match]) -> Iterator[Match]:
    """Of one theme's matches those that count: none that touches an excluded phrase, and of overlapping ones the longest.

    Between equally long ones the leftmost wins, then the term written first.
    """
    by_role: dict[str, list[Match]] = {role: [] for role in TERM_KEYS}
    for match in matches:
        by_role[match.end.role].append(match)
    taken = {token for match in by_role["exclude"] for token in range(match.first, match.last + 1)}
    contexts = sorted((match.first, match.last) for match in by_role["near_any"])
    candidates = by_role["terms"] + [match for match in by_role["near"] if is_near(match, contexts)]
    candidates.sort(
        key=lambda match: (match.first - match.last, match.first, match.end.role != "terms", match.end.order)
    )
    for match in candidates:
        tokens = range(match.first, match.last + 1)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            yield match


def is_near(match: Match, contexts: list[tuple[int, int]]) -> bool:
    """Whether one of ``contexts`` (first and last token, sorted) lies within `NEAR` tokens of ``match``, not on it."""
    longest = max((last - first for first, last in contexts), default=0)
    begin = bisect_left(contexts, (match.first - NEAR - longest, 0))
    for first, last in contexts[begin:]:
        if first > match.last + NEAR:
            return False
        if (last < match.first and match.first - last <= NEAR) or first > match.last:
            return True
    return False


def compile_themes(path_or_mapping: Path | str | Mapping[str, Any], *, reads_lemmas: bool = False) -> Lexicon:
    """The themes of a TOML file, or of a mapping of the same shape, ready to count.

    Raises `ThemesBroken`, whose one line says what is wrong, where, and what to do. ``reads_lemmas``: what is counted comes
    with lemmas and parts of speech. Without, the terms that name them do not raise: they are in `Lexicon.unsupported`,
    and belong in every report's limits.
    """
    read = read_themes(path_or_mapping)
    return Lexicon(read.themes, read.possessives, () if reads_lemmas else read.unsupported, reads_lemmas)
