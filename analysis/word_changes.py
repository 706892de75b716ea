"""How the talk about a theme changes: which words stand around its hits early, and which late."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from analysis.comparison import Distinctive, compared
from analysis.periods import Period, is_fine_enough, period_of
from analysis.records import Grain, PostView
from analysis.report_records import WordChange

AROUND = 200  # characters either side of a hit: some 35 words, two sentences
MOST_POSTS = 600  # a side; more would not change which words come first
FEWEST_POSTS = 10  # a side: below, a word's counts are those of a post or two
FEWEST_BLOGS = 2
MOST_WORDS = 12
LEAST_RATIO = 1.0  # log2: twice as often; without it the commonest words of the language come first


def word_change(posts: Sequence[PostView], theme: str, grain: Grain, *, seed: int = 0) -> WordChange:
    """The words around the hits in the later half of ``posts`` (all with a hit of ``theme``) against the earlier half.

    The halves are of whole periods. Only blogs that write on the theme in both count, so that a newcomer's words are not
    taken for news; no word that one blog carries (`comparison.compared`), and none that is not twice as often. ``reason`` says why nothing is compared.
    """
    dated = [post for post in posts if is_fine_enough(post.precision, grain)]
    halves = _halves(dated, grain)
    if halves is None:
        return WordChange(reason="its hits lie in one period")
    blogs = [{post.blog for post in half} for half in halves]
    both = blogs[0] & blogs[1]
    if len(both) < FEWEST_BLOGS:
        return WordChange(reason=f"fewer than {FEWEST_BLOGS} blogs write on it both early and late")
    early, late = ([post for post in half if post.blog in both] for half in halves)
    if min(len(early), len(late)) < FEWEST_POSTS:
        return WordChange(
            reason=f"fewer than {FEWEST_POSTS} posts early or late, of the blogs that write on it in both"
        )
    found = compared(*(_excerpts(half, theme, seed) for half in (late, early)), n=10 * MOST_WORDS)
    more, less = (tuple(row for row in side if _is_telling(row))[:MOST_WORDS] for side in found)
    return WordChange(
        early=_span(early, grain), late=_span(late, grain), early_posts=len(early), late_posts=len(late),
        blogs=len(both), more=more, less=less,
    )  # fmt: skip


def _is_telling(row: Distinctive) -> bool:
    return row.keyness.log_ratio >= LEAST_RATIO and len(row.keyness.term) > 1 and not row.keyness.term.isnumeric()


def _halves(posts: Sequence[PostView], grain: Grain) -> tuple[list[PostView], list[PostView]] | None:
    """The posts parted between two periods, as near to the middle as periods allow; None where all are of one."""
    counts: Counter[Period] = Counter()
    for day, written in Counter(post.published for post in posts).items():
        counts[period_of(day, grain)] += written
    before, best = 0, None
    for period in sorted(counts)[:-1]:
        before += counts[period]
        apart = abs(2 * before - len(posts))
        if best is None or apart < best[0]:
            best = (apart, period)
    if best is None:
        return None
    last_day = best[1].last_day
    return [post for post in posts if post.published <= last_day], [post for post in posts if post.published > last_day]


def _excerpts(posts: Sequence[PostView], theme: str, seed: int) -> list[PostView]:
    """The posts cut to what stands around their hits; of very many, those that a fixed random order has first."""
    if len(posts) > MOST_POSTS:
        posts = sorted(posts, key=lambda post: hashlib.sha256(f"{seed}|{theme}|{post.url}".encode()).digest())
    return [replace(post, text=_around(post, theme)) for post in posts[:MOST_POSTS]]


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


def _span(posts: Iterable[PostView], grain: Grain) -> str:
    names = sorted({period_of(post.published, grain).name for post in posts})
    return names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"
