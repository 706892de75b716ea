"""Keyword in context: every hit of a theme or a term with the words around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from analysis.records import Concordance, PostView
from analysis.themes import Lexicon, compile_themes
from analysis.tokens import token_spans
from analysis.trie import Tag

WIDTH = 8
TERM = "term:"  # in front of a term that is spelt like a theme's key


Tags = Callable[[PostView], Sequence[Tag] | None]


def concordance(
    posts: Iterable[PostView],
    term_or_theme: str,
    lexicon: Lexicon | None = None,
    width: int = WIDTH,
    tags: Tags | None = None,
) -> Iterator[Concordance]:
    """A line for every hit, in the posts' order, with up to ``width`` words on either side.

    ``tags`` gives lemma and part of speech of a post's tokens, None where nobody has read them; without it, terms that
    name lemmas are met nowhere.

    ``term_or_theme`` is a theme's key in ``lexicon``, else a term in the syntax of themes; ``term:`` in front says that
    it is a term. White space is evened out, punctuation kept. Raises `ThemesBroken` for a term that cannot be read and
    ValueError for a negative width.
    """
    if width < 0:
        raise ValueError(f"a width of {width} words: give 0 or more")
    chosen = chosen_lexicon(term_or_theme, lexicon, reads_lemmas=tags is not None)
    return (line for post in posts for line in _lines(post, chosen, width, tags(post) if tags else None))


def chosen_lexicon(term_or_theme: str, lexicon: Lexicon | None, *, reads_lemmas: bool = False) -> Lexicon:
    """A lexicon of that one theme, or of that one term."""
    if lexicon is not None and term_or_theme in lexicon:
        return lexicon.only([term_or_theme])
    term = term_or_theme.removeprefix(TERM)
    possessives = lexicon.possessives if lexicon is not None else True
    return compile_themes(
        {"possessives": possessives, "themes": {"term": {"label": term, "terms": [term]}}}, reads_lemmas=reads_lemmas
    )


def _lines(post: PostView, lexicon: Lexicon, width: int, tags: Sequence[Tag] | None) -> Iterator[Concordance]:
    hits = lexicon.find(post.text, tags)
    if not hits:
        return
    spans = token_spans(post.text)
    position = {start: n for n, (start, _) in enumerate(spans)}
    last = {end: n for n, (_, end) in enumerate(spans)}
    for hit in hits:
        first_word = max(0, position[hit.start] - width)
        last_word = min(len(spans) - 1, last[hit.end] + width)
        begin = spans[first_word][0] if width else hit.start
        end = spans[last_word][1] if width else hit.end
        yield Concordance(
            url=post.url,
            blog=post.blog,
            published=post.published,
            left=_even(post.text[begin : hit.start]),
            keyword=_even(hit.text),
            right=_even(post.text[hit.end : end]),
        )


def _even(text: str) -> str:
    return " ".join(text.split())
