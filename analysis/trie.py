"""Every term of every theme in one token trie: a text is read once, however many terms there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from analysis.tokens import tidy

Role = Literal["terms", "near", "near_any", "exclude"]

Tag = tuple[str, str] | None  # lemma (folded) and universal part of speech of a token, where a model has read it
Gap = Callable[[int], str | None]  # what parts a token from the one before it (`tokens.joint`)

KEPT = "\0"  # marks a key whose case is kept, so that both sorts share one table
STARTS_KEPT = 200_000  # distinct tokens remembered: more than a large sector has, about 30 MB at most


@dataclass(frozen=True, slots=True)
class End:
    """A term that ends here: the theme's position, what the term is for, its position in that list, and its text."""

    theme: int
    role: Role
    order: int
    term: str


@dataclass(frozen=True, slots=True)
class Match:
    """A term met at tokens ``first`` to ``last``, both included."""

    first: int
    last: int
    end: End


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a term. ``gap`` is the punctuation that must stand before it, ``""`` for a space or hyphen.

    ``pos`` makes ``key`` a lemma: ``""`` for one of any part of speech, None for a word as printed.
    """

    key: str
    is_stem: bool = False
    gap: str = ""
    pos: str | None = None


class Node:
    """What may come next: whole words, stems (``volunteer*``), lemmas, any word at all, or punctuation first."""

    __slots__ = ("any_word", "ends", "gaps", "keeps_case", "lemmas", "stem_lengths", "stems", "words")

    def __init__(self) -> None:
        self.words: dict[str, Node] = {}
        self.stems: dict[str, Node] = {}
        self.stem_lengths: tuple[int, ...] = ()
        self.lemmas: dict[tuple[str, str], Node] = {}
        self.any_word: Node | None = None
        self.gaps: dict[str, Node] = {}
        self.ends: list[End] = []
        self.keeps_case = False

    def child(self, word: Word) -> Node:
        """The node behind ``word``, made if it is not there."""
        if word.gap:
            return self.gaps.setdefault(word.gap, Node()).child(replace(word, gap=""))
        if word.pos is not None:
            return self.lemmas.setdefault((word.key, word.pos), Node())
        self.keeps_case |= word.key.startswith(KEPT)
        if not word.is_stem:
            return self.words.setdefault(word.key, Node())
        if not word.key:
            self.any_word = self.any_word or Node()
            return self.any_word
        node = self.stems.setdefault(word.key, Node())
        self.stem_lengths = tuple(sorted({len(stem) for stem in self.stems}))
        return node

    @property
    def is_last(self) -> bool:
        """Whether every term has ended here."""
        return not (self.words or self.stems or self.lemmas or self.any_word or self.gaps)

    def after(self, token: str, possessives: bool, tag: Tag = None) -> tuple[Node, ...]:
        """The nodes that ``token``, as it stands in the text and is tagged, leads to."""
        kept = tidy(token)
        keys = [kept.casefold()]
        if self.keeps_case:
            keys.append(KEPT + kept)
        if possessives:
            keys += [key[:-2] for key in keys if key.endswith(("'s", "'S"))]
        found = [self.words[key] for key in keys if key in self.words]
        found += [self.stems[key[:size]] for key in keys for size in self.stem_lengths if key[:size] in self.stems]
        if tag is not None and self.lemmas:
            found += [self.lemmas[key] for key in (tag, (tag[0], "")) if key in self.lemmas]
        if self.any_word is not None:
            found.append(self.any_word)
        return tuple(dict.fromkeys(found))


class Trie:
    """Finds every term, also terms inside and across each other; which of them count is for the caller."""

    def __init__(self, possessives: bool) -> None:
        self.possessives = possessives
        self.root = Node()
        self._starts: dict[tuple[str, Tag], tuple[Node, ...]] = {}

    def add(self, words: tuple[Word, ...], end: End) -> None:
        node = self.root
        for word in words:
            node = node.child(word)
        node.ends.append(end)
        self._starts.clear()

    def matches(self, tokens: Sequence[str], gap: Gap, tags: Sequence[Tag] | None = None) -> Iterator[Match]:
        """Every match among ``tokens``, as they stand in the text, by first token; ``gap(i)`` parts token ``i`` from the one before."""
        starts, tagged = self._starts, tags if self.root.lemmas else None
        for first, token in enumerate(tokens):
            key = (token, None if tagged is None else tagged[first])
            nodes = starts.get(key)
            if nodes is None:
                if len(starts) >= STARTS_KEPT:
                    starts.clear()
                nodes = starts[key] = self.root.after(token, self.possessives, key[1])
            for node in nodes:
                yield from self._from(node, tokens, gap, tags, first, first)

    def _from(
        self, node: Node, tokens: Sequence[str], gap: Gap, tags: Sequence[Tag] | None, first: int, last: int
    ) -> Iterator[Match]:
        for end in node.ends:
            yield Match(first, last, end)
        if last + 1 == len(tokens) or node.is_last:
            return
        between = gap(last + 1)
        onward = None if between is None else node if between == "" else node.gaps.get(between)
        if onward is not None:
            for following in onward.after(tokens[last + 1], self.possessives, tags[last + 1] if tags else None):
                yield from self._from(following, tokens, gap, tags, first, last + 1)
