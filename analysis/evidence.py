"""Sentences that show what was counted, chosen by a rule that nobody can bend to taste."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from analysis.periods import Period, period_of
from analysis.records import Grain, PostView, ThemeHit
from analysis.report_records import Evidence, Piece, SentenceSpans

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
    by_period: dict[Period, list[Evidence]] = defaultdict(list)
    for post in posts:
        hits = [hit for hit in post.hits if hit.theme == theme]
        if hits:
            by_period[period_of(post.published, period)].extend(_sentences_of(post, hits, sentences))
    order = {id(one): _hash(seed, one) for found in by_period.values() for one in found}
    chosen = _in_turns(by_period, n, order)
    return tuple(sorted(chosen, key=lambda one: (one.post.published, one.post.blog, one.post.url)))


def hit_sentences(post: PostView, theme: str, sentences: SentenceSpans) -> Iterator[Evidence]:
    """Every sentence of the post with a hit of ``theme``, in the order of the text; a hit that runs over the end of a
    sentence stands in the words around it."""
    left = sorted((hit for hit in post.hits if hit.theme == theme), key=lambda hit: hit.start)
    for start, end in sentences(post.text) if left else ():
        while left and left[0].start < start:
            yield _evidence(post, 0, len(post.text), [left.pop(0)])
        within = [hit for hit in left if hit.start < end and hit.end <= end]
        if within:
            left = left[len(within) :]
            yield _evidence(post, start, end, within)
    for hit in left:
        yield _evidence(post, 0, len(post.text), [hit])


def _in_turns(by_period: dict[Period, list[Evidence]], n: int, order: dict[int, str]) -> list[Evidence]:
    """Up to ``n`` by turns of the periods: first the evenly spaced ones, then all until nothing is left."""
    chosen: list[Evidence] = []
    blogs: Counter[str] = Counter()
    terms: Counter[str] = Counter()
    posts: set[str] = set()
    said: set[str] = set()
    turn = _spaced(sorted(period for period, found in by_period.items() if found), n)
    while turn and len(chosen) < n:
        before = len(chosen)
        for period in turn:
            free = [one for one in by_period[period] if one.post.url not in posts and _plain(one) not in said]
            if free and len(chosen) < n:
                best = min(free, key=lambda one: (blogs[one.post.blog], terms[one.term], order[id(one)], one.post.url))
                chosen.append(best)
                blogs[best.post.blog] += 1
                terms[best.term] += 1
                posts.add(best.post.url)
                said.add(_plain(best))
        if len(chosen) == before:
            every = sorted(by_period)
            if turn == every:
                break
            turn = every
    return chosen


def _spaced(periods: Sequence[Period], n: int) -> list[Period]:
    if len(periods) <= n or n < 2:
        return list(periods)
    return [periods[round(place * (len(periods) - 1) / (n - 1))] for place in range(n)]


def _sentences_of(post: PostView, hits: Sequence[ThemeHit], sentences: SentenceSpans) -> Iterator[Evidence]:
    """The post's sentences with a hit; the short ones only if there are no others."""
    found = []
    for start, end in sentences(post.text):
        within = sorted((hit for hit in hits if start <= hit.start and hit.end <= end), key=lambda hit: hit.start)
        if within:
            found.append((start, end, within))
    long_enough = [one for one in found if one[1] - one[0] >= SHORTEST]
    for start, end, within in long_enough or found:
        yield _evidence(post, start, end, within)


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


def _hash(seed: int, one: Evidence) -> str:
    return hashlib.sha256(f"{seed}|{one.theme}|{one.post.url}|{one.start}".encode()).hexdigest()
