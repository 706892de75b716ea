"""How the talk about a theme changes: which words stand around its hits early, and which late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.comparison import Distinctive, compared
from analysis.records import Grain, PostView
from analysis.report_records import WordChange

if TYPE_CHECKING:
    from analysis.corpus import Corpus, Ints

AROUND = 200  # characters either side of a hit: some 35 words, two sentences
MOST_POSTS = 600  # a side; more would not change which words come first
FEWEST_POSTS = 10  # a side: below, a word's counts are those of a post or two
FEWEST_BLOGS = 2
MOST_WORDS = 12
LEAST_RATIO = 1.0  # log2: twice as often; without it the commonest words of the language come first


def word_change(posts: Iterable[PostView], theme: str, grain: Grain, *, seed: int = 0) -> WordChange:
    """The words around the hits in the later half of the posts with a hit of ``theme`` against the earlier half.

    The halves are of whole periods. Only blogs that write on the theme in both count, so that a newcomer's words are not
    taken for news; no word that one blog carries (`comparison.compared`), and none that is not twice as often. ``reason`` says why nothing is compared.
    """
    import numpy as np

    from analysis.corpus import corpus_of

    corpus = corpus_of(posts)
    placed = corpus.placed(grain)
    on = np.flatnonzero((corpus.counts_of(theme) > 0) & (placed.place >= 0))
    last = _last_early(placed.place[on])
    if last is None:
        return WordChange(reason="its hits lie in one period")
    halves = on[placed.place[on] <= last], on[placed.place[on] > last]
    both = np.intersect1d(corpus.blog[halves[0]], corpus.blog[halves[1]])
    if len(both) < FEWEST_BLOGS:
        return WordChange(reason=f"fewer than {FEWEST_BLOGS} blogs write on it both early and late")
    early, late = (half[np.isin(corpus.blog[half], both)] for half in halves)
    if min(len(early), len(late)) < FEWEST_POSTS:
        return WordChange(
            reason=f"fewer than {FEWEST_POSTS} posts early or late, of the blogs that write on it in both"
        )
    found = compared(*(_excerpts(corpus, half, theme, seed) for half in (late, early)), n=10 * MOST_WORDS)
    more, less = (tuple(row for row in side if _is_telling(row))[:MOST_WORDS] for side in found)
    return WordChange(
        early=_span(corpus, early, grain), late=_span(corpus, late, grain), early_posts=len(early), late_posts=len(late),
        blogs=len(both), more=more, less=less,
    )  # fmt: skip


def _is_telling(row: Distinctive) -> bool:
    return row.keyness.log_ratio >= LEAST_RATIO and len(row.keyness.term) > 1 and not row.keyness.term.isnumeric()


def _last_early(places: Ints) -> int | None:
    """The last period of the earlier half, as near to the middle of the posts as periods allow; None where all are of one."""
    import numpy as np

    periods, posts = np.unique(places, return_counts=True)
    if len(periods) < 2:
        return None
    apart = np.abs(2 * np.cumsum(posts)[:-1] - len(places))
    return int(periods[apart.argmin()])


def _excerpts(corpus: Corpus, posts: Ints, theme: str, seed: int) -> list[PostView]:
    """The posts cut to what stands around their hits; of very many, those that a fixed random order has first."""
    if len(posts) > MOST_POSTS:
        posts = posts[corpus.drawn(f"{seed}|{theme}", posts).argsort()[:MOST_POSTS]]
    return [replace(post, text=_around(post, theme)) for post in (corpus[at] for at in posts.tolist())]


def _around(post: PostView, theme: str) -> str:
    """The text around the post's hits, whole words, nothing twice."""
    parts, done = [], 0
    for hit in sorted((hit for hit in post.hits if hit.theme == theme), key=lambda hit: hit.start):
        start = max(done, hit.start - AROUND)
        if start > done:
            start = min(post.text.find(" ", start, hit.start) + 1 or start, hit.start)
        stop = hit.end + AROUND
        if stop < len(post.text):
            stop = max(post.text.rfind(" ", hit.end, stop), hit.end)
        if stop > done:
            parts.append(post.text[start:stop])
            done = stop
    return "\n\n".join(parts)


def _span(corpus: Corpus, posts: Ints, grain: Grain) -> str:
    placed = corpus.placed(grain)
    first, last = (placed.periods[at].name for at in (placed.place[posts].min(), placed.place[posts].max()))
    return first if first == last else f"{first} to {last}"
