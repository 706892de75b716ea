"""95 % intervals: of a share, of a rate, and of a rate whose posts come in blogs."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEVEL = 0.95
PER_WORDS = 10_000  # a rate is hits per so many words
DRAWS_AT_ONCE = (
    30_000  # so few stay in the processor's cache, and no second thread is woken for their sums: eight times as fast
)

Interval = tuple[float, float]


def wilson(hits: int, posts: int) -> Interval:
    """Wilson's score interval of a share (Wilson 1927, JASA 22:209). Posts are taken as independent."""
    return _proportion(hits, posts, "wilson")


def clopper_pearson(hits: int, posts: int) -> Interval:
    """The exact interval of a share (Clopper & Pearson 1934, Biometrika 26:404); wider than it need be."""
    return _proportion(hits, posts, "beta")


def _proportion(hits: int, posts: int, method: str) -> Interval:
    from statsmodels.stats.proportion import proportion_confint

    if not 0 <= hits <= posts or not posts:
        raise ValueError(f"{hits} of {posts} is no share: give 0 ≤ hits ≤ posts, posts > 0")
    low, high = proportion_confint(hits, posts, alpha=1 - LEVEL, method=method)
    return float(low) if hits else 0.0, float(high) if hits < posts else 1.0  # exact at the ends, where rounding is not


def exact_rate(hits: int, words: int) -> Interval:
    """The exact Poisson interval of hits per 10,000 words (Garwood 1936, Biometrika 28:437). Hits taken as independent."""
    from scipy.stats import chi2

    if hits < 0 or words <= 0:
        raise ValueError(f"{hits} hits in {words} words is no rate: give hits ≥ 0, words > 0")
    tail = (1 - LEVEL) / 2
    low = float(chi2.ppf(tail, 2 * hits)) / 2 if hits else 0.0
    return low / words * PER_WORDS, float(chi2.ppf(1 - tail, 2 * hits + 2)) / 2 / words * PER_WORDS


def clustered_rates(
    blogs: Sequence[tuple[NDArray[Any], NDArray[Any]]], themes: int, *, seed: int, name: str, resamples: int
) -> list[Interval | None]:
    """The percentile intervals of hits per 10,000 words over resampled blogs, then resampled posts within each.

    Of each blog are given the hits (posts × themes) and the words of its posts. Two-stage bootstrap (Davison & Hinkley
    1997, §3.8). With one blog its posts alone are resampled. The draws depend on ``seed`` and ``name`` only, so a figure
    does not move when another period or theme is added. Without any hit, resampling knows no uncertainty; then the exact
    Poisson limit stands in. None where there are no words.
    """
    import numpy as np

    words = int(sum(blog[1].sum() for blog in blogs))
    if not words:
        return [None] * themes
    rng = np.random.default_rng(int.from_bytes(hashlib.sha256(f"{seed}|{name}".encode()).digest()[:8], "big"))
    drawn = rng.multinomial(len(blogs), np.full(len(blogs), 1 / len(blogs)), size=resamples)
    totals = np.zeros((resamples, themes + 1))
    for times, blog in zip(drawn.T, blogs, strict=True):
        which = np.repeat(np.arange(resamples), times)
        sums = _resampled_sums(np.column_stack(blog), len(which), rng)
        first = np.flatnonzero(np.diff(which, prepend=-1))
        if len(first):
            totals[which[first]] += np.add.reduceat(sums, first, axis=0)
    usable = totals[totals[:, -1] > 0]
    ends = np.quantile(usable[:, :-1] / usable[:, -1:] * PER_WORDS, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    hits = np.sum([blog[0].sum(axis=0) for blog in blogs], axis=0)
    return [
        (float(low), float(high)) if some else exact_rate(0, words) for some, low, high in zip(hits, *ends, strict=True)
    ]


def _resampled_sums(posts: NDArray[Any], times: int, rng: np.random.Generator) -> NDArray[Any]:
    """The columns' sums over ``times`` resamples of the rows, each as many as there are."""
    import numpy as np

    size, values = len(posts), posts.astype(float)
    step = max(1, DRAWS_AT_ONCE // size)
    sums = np.zeros((times, posts.shape[1]))
    for begin in range(0, times, step):
        rows = min(step, times - begin)
        chosen = rng.integers(0, size, (rows, size)) + np.arange(rows)[:, None] * size
        how_often = np.bincount(chosen.ravel(), minlength=rows * size).reshape(rows, size)
        sums[begin : begin + rows] = how_often.astype(float) @ values
    return sums
