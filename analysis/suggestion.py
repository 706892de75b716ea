"""Terms that a theme may lack: words and pairs that its posts use far more than the others, in several blogs, near its hits."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.keywords import Keyness, keyness
from analysis.multiplicity import adjusted
from analysis.records import PostView
from analysis.themes import Lexicon
from analysis.tokens import folded, joint, token_spans

MOST_POSTS = 3_000  # looked at: more change no suggestion, and cost time
COMMON = 0.3  # of all posts: a word that so many have tells no theme
FEWEST_USES = 5
FEWEST_BLOGS = 2
LEAST_RATIO = 1.0  # log₂: at least twice as often as in the other posts
MOST_UNEVEN = 0.9  # DP over the blogs of the target: above, one blog carries the term
NEAR = 10  # tokens either side of a hit
FEWEST_NEAR = (
    2  # uses so near: a word that never stands beside the theme's own is of another theme that shares its posts
)
LEVEL = 0.01  # of q
SIDE = 40  # characters of context


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A word or pair to consider. ``near`` of its uses in the theme's posts lie within ten tokens of a hit.

    ``keyness`` compares the theme's posts with all others; ``q`` is its p corrected for all candidates. ``example`` is one
    use in its context, with the post's URL.
    """

    term: str
    keyness: Keyness
    q: float
    near: int
    example: str
    url: str


@dataclass(slots=True)
class _Side:
    """Counts of the posts with hits, or of those without."""

    uses: Counter[str]
    by_blog: dict[str, Counter[str]]


def suggestions(posts: Iterable[PostView], lexicon: Lexicon, theme: str, *, n: int = 20) -> tuple[Suggestion, ...]:
    """At most ``n`` terms, the most distinctive first; empty where all posts, or none, have hits.

    Deterministic: of more than `MOST_POSTS` posts a fixed random part is read. Raises KeyError for an unknown theme.
    """
    one = lexicon.only([theme])
    chosen = sorted(posts, key=lambda post: hashlib.sha256(post.url.encode()).digest())[:MOST_POSTS]
    with_hit, without = (_Side(Counter(), defaultdict(Counter)) for _ in range(2))
    near: Counter[str] = Counter()
    spread: Counter[str] = Counter()
    example: dict[str, tuple[str, str]] = {}
    for post in chosen:
        words, spans, taken, close = _read(post, one)
        side = with_hit if taken else without
        spread.update(set(words))
        for k, term in _terms(words, spans, post.text, taken):
            side.uses[term] += 1
            side.by_blog[post.blog][term] += 1
            if close[k]:
                near[term] += 1
            if taken and (term not in example or (close[k] and near[term] == 1)):
                example[term] = (_context(post.text, spans, k, term.count(" ")), post.url)
    common = {word for word, count in spread.items() if count > COMMON * len(chosen)}
    rows = [
        row
        for row in keyness(with_hit.uses, without.uses, groups=with_hit.by_blog, fewest=FEWEST_USES)
        if row.target and not any(word in common or len(word) < 3 or word.isdigit() for word in row.term.split())
    ]
    corrected = adjusted([row.p for row in rows])
    blogs = len(with_hit.by_blog)
    kept = [
        Suggestion(
            term=row.term, keyness=row, q=q, near=near[row.term], example=example[row.term][0], url=example[row.term][1]
        )
        for row, q in zip(rows, corrected, strict=True)
        if q <= LEVEL
        and row.log_ratio >= LEAST_RATIO
        and near[row.term] >= FEWEST_NEAR
        and (row.groups or 0) >= min(FEWEST_BLOGS, blogs)
        and (blogs == 1 or (row.dp or 0) <= MOST_UNEVEN)
    ]
    return tuple(_without_parts(kept))[:n]


def _read(post: PostView, lexicon: Lexicon) -> tuple[list[str], list[tuple[int, int]], set[int], list[bool]]:
    """The post's words, their places, which belong to a hit, and which are near one."""
    spans = token_spans(post.text)
    words = [folded(post.text[start:stop]).removesuffix("'s") for start, stop in spans]
    place = {start: k for k, (start, _) in enumerate(spans)}
    end = {stop: k for k, (_, stop) in enumerate(spans)}
    taken: set[int] = set()
    close = [False] * len(spans)
    for hit in lexicon.find(post.text):
        first, last = place[hit.start], end[hit.end]
        taken.update(range(first, last + 1))
        for k in range(max(0, first - NEAR), min(len(spans), last + NEAR + 1)):
            close[k] = True
    return words, spans, taken, close


def _terms(
    words: Sequence[str], spans: Sequence[tuple[int, int]], text: str, taken: set[int]
) -> Iterable[tuple[int, str]]:
    """Words and pairs of neighbours that are no part of a hit, each with the place of its first word."""
    for k, word in enumerate(words):
        if k in taken:
            continue
        yield k, word
        if k + 1 < len(words) and k + 1 not in taken and joint(text[spans[k][1] : spans[k + 1][0]]) == "":
            yield k, f"{word} {words[k + 1]}"


def _context(text: str, spans: Sequence[tuple[int, int]], first: int, more: int) -> str:
    start, stop = spans[first][0], spans[first + more][1]
    left, right = text[max(0, start - SIDE) : start], text[stop : stop + SIDE]
    return " ".join(f"{left}[{text[start:stop]}]{right}".split())


def _without_parts(rows: Sequence[Suggestion]) -> list[Suggestion]:
    """A word that stands mostly within a pair that is suggested too is left to the pair."""
    pairs = {row.term: row.keyness.target for row in rows if " " in row.term}
    return [
        row
        for row in rows
        if " " in row.term
        or not any(row.term in pair.split() and uses > row.keyness.target / 2 for pair, uses in pairs.items())
    ]
