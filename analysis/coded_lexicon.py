"""A lexicon counted over tokens that are coded by a dictionary of forms, as the warehouse keeps them.

A sector of a hundred million tokens has some hundred thousand forms: a form as printed, with its lemma and part of speech
where a language model has read it. So each *form* is asked once which words of terms it can stand for, and columns of form
numbers are walked through all at once: what may begin a term, what of that goes on with the token behind, and so on. What
is found is what `Lexicon.find` finds in the texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.themes import Lexicon, counted
from analysis.trie import Match, Node, Role, Tag

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.signedinteger[Any]]
    Flags = NDArray[np.bool_]

Form = tuple[str, Tag]
State = tuple[Node, ...]  # where in the terms one can be after the tokens so far

NONE: State = ()
ROLES: tuple[Role, ...] = ("terms", "near", "near_any", "exclude")
TERMS, NEAR, NEAR_ANY, _ = range(len(ROLES))
REMEMBERED = 8  # terms: sets of so many come in the same shape again


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Terms met: rows of their first and last token, and the term (its place in `CodedLexicon.terms`), in no order."""

    first: Numbers
    last: Numbers
    term: Numbers


class CodedLexicon:
    """``lexicon`` for coded tokens.

    ``themes`` has the digest of each theme: the theme counts the same while it stays the same. ``terms`` are all terms,
    each as theme and term; ``gaps`` is what may part the words of one (`tokens.joint`), ``""`` first.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.digest = lexicon.digest
        self.themes = {key: lexicon.only([key]).digest for key in lexicon.keys}
        nodes = list(_nodes(lexicon._trie.root))
        self.ends = tuple(end for node in nodes for end in node.ends)
        self.terms = tuple((lexicon.keys[end.theme], end.term) for end in self.ends)
        self.gaps = ("", *sorted({gap for node in nodes for gap in node.gaps}))
        self._lexicon = lexicon

    def only(self, themes: Iterable[str]) -> CodedLexicon:
        """This lexicon with no themes but these."""
        return CodedLexicon(self._lexicon.only(themes))

    def reader(self, forms: Mapping[int, Form]) -> Reader:
        """Reads columns of the numbers that ``forms`` has; all are 0 or more."""
        return Reader(self, self._lexicon, forms)


class Reader:
    """Finds the terms of a lexicon in columns of form numbers.

    The terms are walked through as an automaton whose states are made as they are met: a state is the set of places in the
    terms where one can be, and forms that no term tells apart behind its first word are one class.
    """

    def __init__(self, coded: CodedLexicon, lexicon: Lexicon, forms: Mapping[int, Form]) -> None:
        root = lexicon._trie.root
        inner = _merged([node for node in _nodes(root) if node is not root])
        every = _merged([root, inner])
        self._possessives = lexicon.possessives
        self._gaps = coded.gaps
        self._ends = coded.ends
        self._numbers = {end: number for number, end in enumerate(coded.ends)}
        self._theme = np.array([end.theme for end in coded.ends], np.int64)
        self._role = np.array([ROLES.index(end.role) for end in coded.ends], np.int64)
        self._states: dict[State, int] = {NONE: 0}
        self._classes: dict[State, int] = {NONE: 0}
        self._examples: list[Form] = [("", None)]  # of each class
        self._steps: dict[tuple[int, int, int], int] = {}
        self._decisions: dict[tuple[tuple[int, int, int], ...], tuple[bool, ...]] = {}
        self._begun = np.zeros(max(forms, default=0) + 1, np.int32)  # form → state behind it as a first word
        self._class = np.zeros_like(self._begun)  # form → class as a later word
        for number, form in forms.items():
            if not every.after(form[0], self._possessives, form[1]):
                continue  # as most: they stand in no term
            if begun := root.after(form[0], self._possessives, form[1]):
                self._begun[number] = self._states.setdefault(begun, len(self._states))
            if kinds := inner.after(form[0], self._possessives, form[1]):
                self._class[number] = self._classes.setdefault(kinds, len(self._classes))
                if len(self._examples) < len(self._classes):
                    self._examples.append(form)
        self._tabled = 0
        self._goes_on: Flags = np.zeros(0, np.bool_)
        self._table()

    def hits(self, posts: Numbers, forms: Numbers, gaps: Numbers) -> Found:
        """The hits of every theme in whole posts, one behind the other.

        Of each token: the number of its post, its form, and in front of it the place of its gap in `CodedLexicon.gaps`, -1
        for any other and for the first token of a paragraph.
        """
        return self._counted(posts, self._met(posts, forms, gaps))

    # --- which terms stand where --------------------------------------------------------------------------------------

    def _met(self, posts: Numbers, forms: Numbers, gaps: Numbers) -> Found:
        kinds = self._class[forms]
        is_joined = np.zeros(len(forms) + 1, np.bool_)  # whether a token may go on a term that the one before it is in
        is_joined[1:-1] = (gaps[1:] >= 0) & (kinds[1:] > 0) & (posts[1:] == posts[:-1])
        states = self._begun[forms]
        first = last = np.flatnonzero(states)
        states = states[first]
        found = []
        while len(first):
            found.append(self._ended(first, last, states))
            onward = is_joined[last + 1] & self._goes_on[states]
            first, last, states = first[onward], last[onward] + 1, states[onward]
            states = self._stepped(states, gaps[last], kinds[last])
            alive = states > 0
            first, last, states = first[alive], last[alive], states[alive]
        return _concatenated(found)

    def _ended(self, first: Numbers, last: Numbers, states: Numbers) -> Found:
        """The terms that end in these states: one row each."""
        sizes = self._sizes[states]
        rows = np.repeat(np.arange(len(states)), sizes)
        nth = np.arange(len(rows)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        return Found(first[rows], last[rows], self._ending[self._offsets[states[rows]] + nth])

    def _stepped(self, states: Numbers, gaps: Numbers, kinds: Numbers) -> Numbers:
        base = len(self._classes)
        keys = (states.astype(np.int64) * len(self._gaps) + gaps) * base + kinds
        known, back = np.unique(keys, return_inverse=True)
        steps = [
            (int(key // base // len(self._gaps)), int(key // base % len(self._gaps)), int(key % base)) for key in known
        ]
        for step in steps:
            if step not in self._steps:
                self._steps[step] = self._step(*step)
        self._table()
        return np.array([self._steps[step] for step in steps], np.int64)[back]

    def _step(self, state: int, gap: int, kind: int) -> int:
        form = self._examples[kind]
        onward = [_over(node, self._gaps[gap]) for node in self._places[state]]
        reached = [node.after(form[0], self._possessives, form[1]) for node in onward if node is not None]
        return self._states.setdefault(tuple(node for some in reached for node in some), len(self._states))

    def _table(self) -> None:
        """Bring the columns about states up to date: whether any goes on, and which terms end there."""
        if self._tabled == len(self._states):
            return
        self._places = list(self._states)
        self._goes_on = np.array([any(not node.is_last for node in state) for state in self._places])
        ends = [[self._numbers[end] for node in state for end in node.ends] for state in self._places]
        self._sizes = np.array([len(some) for some in ends])
        self._offsets = np.cumsum(self._sizes) - self._sizes
        self._ending = np.array([number for some in ends for number in some], np.int64)
        self._tabled = len(self._states)

    # --- which of them count ------------------------------------------------------------------------------------------

    def _counted(self, posts: Numbers, found: Found) -> Found:
        """Those that count (`themes.counted`), theme by theme and post by post.

        A term that overlaps no other of its theme counts as it is; only the rest is decided about, and all of a theme in a
        post where it has a term that counts near others.
        """
        groups = posts[found.first] * len(self._ends) + self._theme[found.term]
        order = np.lexsort((found.term, found.last, found.first, groups))
        groups, role = groups[order], self._role[found.term[order]]
        needs_context = np.isin(groups, np.unique(groups[role == NEAR]))
        kept = needs_context | (role != NEAR_ANY)
        order, groups, role, needs_context = order[kept], groups[kept], role[kept], needs_context[kept]
        first, last, term = found.first[order], found.last[order], found.term[order]
        starts = np.flatnonzero(_begins(groups, first, last, needs_context))
        sizes = np.diff(starts, append=len(order))
        is_counted = np.zeros(len(order), np.bool_)
        alone = starts[sizes == 1]
        is_counted[alone] = role[alone] == TERMS
        for start, size in zip(starts[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
            rows = slice(start, start + size)
            is_counted[rows] = self._decided(first[rows], last[rows], term[rows])
        return Found(first[is_counted], last[is_counted], term[is_counted])

    def _decided(self, first: Numbers, last: Numbers, term: Numbers) -> tuple[bool, ...]:
        begin = first[0]
        shape = tuple(zip((first - begin).tolist(), (last - begin).tolist(), term.tolist(), strict=True))
        known = self._decisions.get(shape)
        if known is None:
            matches = {Match(one, other, self._ends[number]): at for at, (one, other, number) in enumerate(shape)}
            chosen = {matches[match] for match in counted(matches)}
            known = tuple(at in chosen for at in range(len(shape)))
            if len(shape) <= REMEMBERED:
                self._decisions[shape] = known
        return known


def _begins(groups: Numbers, first: Numbers, last: Numbers, is_whole: Flags) -> Flags:
    """Whether each of the sorted matches begins a set that is decided about: it overlaps none before it of its group, or,
    where a group must stay whole, is its first."""
    beyond = int(last.max(initial=0)) + 1
    reached = np.maximum.accumulate(groups * beyond + last)
    is_first = np.ones(len(groups), np.bool_)
    is_first[1:] = groups[1:] != groups[:-1]
    is_free = np.ones(len(groups), np.bool_)
    is_free[1:] = groups[1:] * beyond + first[1:] > reached[:-1]
    return is_first | (is_free & ~is_whole)


def _concatenated(found: Sequence[Found]) -> Found:
    columns = [[getattr(some, name) for some in found] for name in Found.__slots__]
    return Found(*(np.concatenate(column) if column else np.zeros(0, np.int64) for column in columns))


def _over(node: Node, gap: str) -> Node | None:
    """Where a term stands behind what parts two tokens; None: it ends there."""
    return node if gap == "" else node.gaps.get(gap)


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    more = () if node.any_word is None else (node.any_word,)
    for child in (*node.words.values(), *node.stems.values(), *node.lemmas.values(), *more, *node.gaps.values()):
        yield from _nodes(child)


def _merged(nodes: list[Node]) -> Node:
    """One node that takes every token that one of ``nodes`` takes."""
    merged = Node()
    for node in nodes:
        merged.words |= node.words
        merged.stems |= node.stems
        merged.lemmas |= node.lemmas
        merged.any_word = merged.any_word or node.any_word
        merged.keeps_case |= node.keeps_case
    merged.stem_lengths = tuple(sorted({len(stem) for stem in merged.stems}))
    return merged
