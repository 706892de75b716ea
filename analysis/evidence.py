"""Sentences that show what was counted, chosen by a rule that nobody can bend to taste."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from analysis.periods import MONTHS
from analysis.records import Grain, PostView, ThemeHit
from analysis.report_records import Evidence, Piece, SentenceSpans

if TYPE_CHECKING:
    from analysis.corpus import Corpus

SHORTEST = 40  # characters: shorter "sentences" are mostly headings and list items that say nothing
LONGEST = 420  # a longer one is shown around its first hit, with […] where it was cut
CUT = "[…]"

RULE = (
    "One sentence a post at most, each with a hit. The periods take turns, evenly spaced where there are more periods "
    "than sentences; within a period the blog shown least so far comes first, then the term shown least so far, then a "
    "fixed random order (a hash of seed, theme, post and place). Nobody chose them by hand."
)


def evidence(
    posts: Iterable[PostView],
    theme: str,
    *,
    sentences: SentenceSpans,
    n: int = 10,
    seed: int = 0,
    period: Grain = "year",
) -> tuple[Evidence, ...]:
    """Up to ``n`` sentences with a hit of ``theme``, by date, chosen by `RULE`. The order of the posts does not matter.

    ``sentences`` gives the sentence spans of a text. A sentence that stands word for word in several posts is shown once.
    Where a post's date is coarser than the period, the post is taken for the first period it can be in.
    """
    from analysis.corpus import corpus_of

    candidates = _Candidates(corpus_of(posts), theme, period, sentences, seed)
    chosen = _in_turns(candidates, n)
    return tuple(sorted(chosen, key=lambda one: (one.post.published, one.post.blog, one.post.url)))


def hit_sentences(post: PostView, theme: str, sentences: SentenceSpans) -> Iterator[Evidence]:
    """Every sentence of the post with a hit of ``theme``, in the order of the text; a hit that runs over the end of a
    sentence stands in the words around it. Only paragraphs with a hit are divided: no sentence runs over a blank line."""
    left = sorted((hit for hit in post.hits if hit.theme == theme), key=lambda hit: hit.start)
    while left:
        first, last = _paragraph(post.text, left[0])
        for start, end in sentences(post.text[first:last]):
            while left and left[0].start < first + start:
                yield _evidence(post, first, last, [left.pop(0)])
            within = [hit for hit in left if hit.end <= first + end]
            if within:
                left = left[len(within) :]
                yield _evidence(post, first + start, first + end, within)
        while left and left[0].start < last:
            yield _evidence(post, first, last, [left.pop(0)])


def _paragraph(text: str, hit: ThemeHit) -> tuple[int, int]:
    """The span between the blank lines around a hit."""
    before, after = text.rfind("\n\n", 0, hit.start), text.find("\n\n", hit.end)
    return (before + 2 if before >= 0 else 0), (after if after >= 0 else len(text))


def _in_turns(candidates: _Candidates, n: int) -> list[Evidence]:
    """Up to ``n`` by turns of the periods: first the evenly spaced ones, then all until nothing is left."""
    chosen: list[Evidence] = []
    every = candidates.periods
    turn = _spaced(every, n)
    while turn and len(chosen) < n:
        before = len(chosen)
        for period in turn:
            if len(chosen) < n and (one := candidates.take(period)) is not None:
                chosen.append(one)
        if len(chosen) == before:
            if turn == every:
                break
            turn = every
    return chosen


class _Candidates:
    """The hits of a theme that are not yet shown. Only the texts of those that may be are read and divided."""

    def __init__(self, corpus: Corpus, theme: str, grain: Grain, sentences: SentenceSpans, seed: int) -> None:
        import numpy as np

        self.corpus, self.theme, self.sentences = corpus, theme, sentences
        hits, at = corpus.hits, corpus.hits_of(theme)
        self.post, self.term, self.start, self.end = (
            column[at] for column in (hits.post, hits.term, hits.start, hits.end)
        )
        self.blog = corpus.blog[self.post]
        self.period = corpus.months[self.post] // MONTHS[grain]
        self.order = corpus.drawn(f"{seed}|{theme}", self.post, self.start)
        self.left = np.ones(len(at), dtype=bool)
        self.blogs_shown, self.terms_shown = np.zeros(len(corpus.blogs)), np.zeros(len(corpus.terms))
        self.said: set[str] = set()

    @property
    def periods(self) -> list[int]:
        """By number: those with a hit, from the first to the last."""
        return sorted(set(self.period.tolist()))

    def take(self, period: int) -> Evidence | None:
        """The next sentence of a period, which is then shown; None where there is none left."""
        while True:
            free = (self.left & (self.period == period)).nonzero()[0]
            if not len(free):
                return None
            for shown, of in ((self.blogs_shown, self.blog), (self.terms_shown, self.term)):
                times = shown[of[free]]
                free = free[times == times.min()]
            best = int(free[self.order[free].argmin()])
            self.left[best] = False
            one = self._sentence(best)
            if one is not None and (plain := _plain(one)) not in self.said:
                self.said.add(plain)
                self.left[self.post == self.post[best]] = False
                self.blogs_shown[self.blog[best]] += 1
                self.terms_shown[self.corpus.terms.index(one.term)] += 1
                return one

    def _sentence(self, at: int) -> Evidence | None:
        """The sentence of a hit; None where it is short and the post has a longer one with a hit."""
        post = self.corpus[int(self.post[at])]
        hits = sorted((hit for hit in post.hits if hit.theme == self.theme), key=lambda hit: hit.start)
        found = []
        for start, end in self.sentences(post.text):
            if within := [hit for hit in hits if start <= hit.start and hit.end <= end]:
                found.append((start, end, within))
        here = [one for one in found if one[0] <= self.start[at] and self.end[at] <= one[1]]
        if not here or (_is_short(here[0]) and not all(map(_is_short, found))):
            return None
        return _evidence(post, *here[0])


def _spaced(periods: Sequence[int], n: int) -> list[int]:
    if len(periods) <= n or n < 2:
        return list(periods)
    return [periods[round(place * (len(periods) - 1) / (n - 1))] for place in range(n)]


def _is_short(found: tuple[int, int, list[ThemeHit]]) -> bool:
    return found[1] - found[0] < SHORTEST


def _evidence(post: PostView, start: int, end: int, hits: Sequence[ThemeHit]) -> Evidence:
    """The span as it is shown, with its ``hits`` (by place) told apart."""
    begin, stop = _window(post.text, start, end, hits[0])
    pieces = tuple(_pieces(post.text, begin, stop, hits, begin > start, stop < end))
    return Evidence(theme=hits[0].theme, term=hits[0].term, pieces=pieces, start=begin, end=stop, post=post)


def _window(text: str, start: int, end: int, hit: ThemeHit) -> tuple[int, int]:
    """The span to show: the sentence, or of a very long one the words around its first hit."""
    if end - start <= LONGEST:
        return start, end
    room = max(0, LONGEST - (hit.end - hit.start)) // 2
    begin, stop = max(start, hit.start - room), min(end, hit.end + room)
    if begin > start:
        begin = min(text.find(" ", begin, hit.start) + 1 or begin, hit.start)
    if stop < end:
        stop = max(text.rfind(" ", hit.end, stop), hit.end)
    return begin, stop


def _pieces(
    text: str, begin: int, stop: int, hits: Sequence[ThemeHit], is_cut_before: bool, is_cut_after: bool
) -> Iterator[Piece]:
    if is_cut_before:
        yield Piece(text=CUT + " ", is_hit=False)
    at = begin
    for hit in hits:
        if at <= hit.start and hit.end <= stop:
            if hit.start > at:
                yield Piece(text=text[at : hit.start], is_hit=False)
            yield Piece(text=text[hit.start : hit.end], is_hit=True)
            at = hit.end
    if at < stop:
        yield Piece(text=text[at:stop], is_hit=False)
    if is_cut_after:
        yield Piece(text=" " + CUT, is_hit=False)


def _plain(one: Evidence) -> str:
    return " ".join(one.sentence.casefold().split())
