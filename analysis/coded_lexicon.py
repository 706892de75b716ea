"""A lexicon asked about tokens that are coded by a dictionary of forms, as the warehouse keeps them.

A sector of a hundred million tokens has some hundred thousand forms: a form as printed, with its lemma and part of speech
where a language model has read it. So each *form* is asked once whether it is a term,
may begin one, or may go on one; most hits are found by looking numbers up, and only the few places where a term of
several words may begin are walked through token by token. What is found is what `Lexicon.find` finds in the texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.themes import Lexicon, counted
from analysis.trie import End, Match, Node, Tag

Form = tuple[str, Tag]


class CodedLexicon:
    """``lexicon`` for coded tokens; ``longest`` is the most tokens that one of its terms has."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.digest = lexicon.digest
        self.themes = lexicon.keys
        self._root = lexicon._trie.root
        self._firsts: dict[Form, tuple[Node, ...]] = {}
        self._possessives = lexicon.possessives
        inner = [node for node in _nodes(self._root) if node is not self._root]
        self._inner = _merged(inner)
        self.longest = _depth(self._root)

    def terms(self, form: Form) -> list[End]:
        """The terms that are just this token."""
        return [end for node in self._first(form) for end in node.ends]

    def begins(self, forms: Sequence[Form], gaps: Sequence[str | None]) -> bool:
        """Whether a term of more tokens than these may begin with them; ``gaps`` as in `several`."""
        nodes = self._first(forms[0])
        for form, gap in zip(forms[1:], gaps[1:], strict=True):
            onward = [found for node in nodes if (found := _over(node, gap)) is not None]
            nodes = tuple(found for node in onward for found in self._after(node, form))
        return any(not node.is_last for node in nodes)

    def goes_on(self, form: Form) -> bool:
        """Whether ``form`` may stand in a term behind its first token."""
        return bool(self._after(self._inner, form))

    def several(self, forms: Sequence[Form], gaps: Sequence[str | None]) -> list[tuple[int, End]]:
        """The terms of several tokens that begin at the first of ``forms``: the place of their last token, and the term.

        ``gaps[i]`` is what parts ``forms[i]`` from the one before it (`tokens.joint`).
        """
        return [found for node in self._first(forms[0]) for found in self._from(node, forms, gaps, 0)]

    def counted(self, found: Sequence[tuple[int, int, End]]) -> list[tuple[int, int, End]]:
        """Of one theme's terms in one post, as (first token, last token, term), those that count (`themes.counted`)."""
        return [(match.first, match.last, match.end) for match in counted(Match(*one) for one in found)]

    def _from(
        self, node: Node, forms: Sequence[Form], gaps: Sequence[str | None], last: int
    ) -> Iterator[tuple[int, End]]:
        if last:
            yield from ((last, end) for end in node.ends)
        if last + 1 < len(forms) and (onward := _over(node, gaps[last + 1])) is not None:
            for following in self._after(onward, forms[last + 1]):
                yield from self._from(following, forms, gaps, last + 1)

    def _first(self, form: Form) -> tuple[Node, ...]:
        nodes = self._firsts.get(form)
        if nodes is None:
            nodes = self._firsts[form] = self._after(self._root, form)
        return nodes

    def _after(self, node: Node, form: Form) -> tuple[Node, ...]:
        return node.after(form[0], self._possessives, form[1])


def _over(node: Node, gap: str | None) -> Node | None:
    """Where a term stands behind what parts two tokens; None: it ends there."""
    return None if gap is None else node if gap == "" else node.gaps.get(gap)


def _children(node: Node) -> Iterator[tuple[Node, bool]]:
    """(node, whether a token leads to it): punctuation leads on without one."""
    yield from ((child, True) for child in (*node.words.values(), *node.stems.values(), *node.lemmas.values()))
    if node.any_word is not None:
        yield node.any_word, True
    yield from ((child, False) for child in node.gaps.values())


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for child, _ in _children(node):
        yield from _nodes(child)


def _depth(node: Node) -> int:
    return max((_depth(child) + is_token for child, is_token in _children(node)), default=0)


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
