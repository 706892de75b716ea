"""Every term of every theme in one token trie: a text is read once, however many terms there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from analysis.tokens import Span, joint, tidy

Role = Literal["terms", "near", "near_any", "exclude"]

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
    """One word of a term. ``gap`` is the punctuation that must stand before it, ``""`` for a space or hyphen."""

    key: str
    is_stem: bool = False
    gap: str = ""


class Node:
    """What may come next: whole words, stems (``volunteer*``), any word at all, or punctuation first."""

    __slots__ = ("any_word", "ends", "gaps", "keeps_case", "stem_lengths", "stems", "words")

    def __init__(self) -> None:
        self.words: dict[str, Node] = {}
        self.stems: dict[str, Node] = {}
        self.stem_lengths: tuple[int, ...] = ()
        self.any_word: Node | None = None
        self.gaps: dict[str, Node] = {}
        self.ends: list[End] = []
        self.keeps_case = False

    def child(self, word: Word) -> Node:
        """The node behind ``word``, made if it is not there."""
        if word.gap:
            return self.gaps.setdefault(word.gap, Node()).child(Word(key=word.key, is_stem=word.is_stem))
        self.keeps_case |= word.key.startswith(KEPT)
        if not word.is_stem:
            return self.words.setdefault(word.key, Node())
        if not word.key:
            self.any_word = self.any_word or Node()
            return self.any_word
        node = self.stems.setdefault(word.key, Node())
        self.stem_lengths = tuple(sorted({len(stem) for stem in self.stems}))
        return node

    def after(self, token: str, possessives: bool) -> tuple[Node, ...]:
        """The nodes that ``token``, as it stands in the text, leads to."""
        kept = tidy(token)
        keys = [kept.casefold()]
        if self.keeps_case:
            keys.append(KEPT + kept)
        if possessives:
            keys += [key[:-2] for key in keys if key.endswith(("'s", "'S"))]
        found = [self.words[key] for key in keys if key in self.words]
        found += [self.stems[key[:size]] for key in keys for size in self.stem_lengths if key[:size] in self.stems]
        if self.any_word is not None:
            found.append(self.any_word)
        return tuple(dict.fromkeys(found))


class Trie:
    """Finds every term, also terms inside and across each other; which of them count is for the caller."""

    def __init__(self, possessives: bool) -> None:
        self.possessives = possessives
        self.root = Node()
        self._starts: dict[str, tuple[Node, ...]] = {}

    def add(self, words: tuple[Word, ...], end: End) -> None:
        node = self.root
        for word in words:
            node = node.child(word)
        node.ends.append(end)
        self._starts.clear()

    def matches(self, text: str, spans: list[Span]) -> Iterator[Match]:
        """Every match in ``text``, whose `token_spans` are ``spans``, by first token."""
        starts = self._starts
        for first, (start, stop) in enumerate(spans):
            token = text[start:stop]
            nodes = starts.get(token)
            if nodes is None:
                if len(starts) >= STARTS_KEPT:
                    starts.clear()
                nodes = starts[token] = self.root.after(token, self.possessives)
            for node in nodes:
                yield from self._from(node, text, spans, first, first)

    def _from(self, node: Node, text: str, spans: list[Span], first: int, last: int) -> Iterator[Match]:
        for end in node.ends:
            yield Match(first, last, end)
        if last + 1 == len(spans) or not (node.words or node.stems or node.any_word or node.gaps):
            return
        gap = joint(text[spans[last][1] : spans[last + 1][0]])
        onward = None if gap is None else node if gap == "" else node.gaps.get(gap)
        if onward is not None:
            start, stop = spans[last + 1]
            for following in onward.after(text[start:stop], self.possessives):
                yield from self._from(following, text, spans, first, last + 1)
