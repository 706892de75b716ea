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
MANY_POSTS, MANY_HITS = (
    200,
    30,
)  # of a blog in a period: resampled sums of so many are drawn as the normal pair that they nearly are

DRAWS_AT_ONCE = 2_000_000  # bounds the memory of one bootstrap step to some 50 MB

Interval = tuple[float, float]
Counts = tuple[Sequence[int], Sequence[int]]  # of one blog: hits and words of each post, in the same order


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


def clustered_rate(blogs: Sequence[Counts], *, seed: int, name: str, resamples: int) -> Interval | None:
    """The percentile interval of hits per 10,000 words over resampled blogs, then resampled posts within each.

    Two-stage bootstrap (Davison & Hinkley 1997, §3.8). With one blog its posts alone are resampled. The draws depend on
    ``seed`` and ``name`` only, so a figure does not move when another period is added. Without any hit, resampling knows
    no uncertainty; then the exact Poisson limit stands in. None where there are no words.
    """
    import numpy as np

    hits, words = sum(sum(blog[0]) for blog in blogs), sum(sum(blog[1]) for blog in blogs)
    if not words:
        return None
    if not hits:
        return exact_rate(0, words)
    rng = np.random.default_rng(int.from_bytes(hashlib.sha256(f"{seed}|{name}".encode()).digest()[:8], "big"))
    drawn = rng.multinomial(len(blogs), np.full(len(blogs), 1 / len(blogs)), size=resamples)
    total_hits, total_words = np.zeros(resamples), np.zeros(resamples)
    for times, blog in zip(drawn.T, blogs, strict=True):
        which = np.repeat(np.arange(resamples), times)
        sums = _resampled_sums(np.asarray(blog[0]), np.asarray(blog[1]), len(which), rng)
        total_hits += np.bincount(which, weights=sums[0], minlength=resamples)
        total_words += np.bincount(which, weights=sums[1], minlength=resamples)
    usable = total_words > 0
    rates = total_hits[usable] / total_words[usable] * PER_WORDS
    low, high = np.quantile(rates, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def _resampled_sums(
    hits: NDArray[Any], words: NDArray[Any], times: int, rng: np.random.Generator
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Hits and words of ``times`` resamples of one blog's posts, each as large as the blog."""
    import numpy as np

    posts = len(hits)
    if posts >= MANY_POSTS and hits.sum() >= MANY_HITS:
        pair = np.vstack([hits, words])
        drawn = rng.multivariate_normal(
            pair.mean(axis=1) * posts, np.cov(pair, bias=True) * posts, times, method="eigh"
        )
        return np.maximum(drawn[:, 0], 0.0), np.maximum(drawn[:, 1], 1.0)
    step = max(1, DRAWS_AT_ONCE // posts)
    parts = []
    for begin in range(0, times, step):
        chosen = rng.integers(0, posts, (min(step, times - begin), posts))
        parts.append((hits[chosen].sum(axis=1), words[chosen].sum(axis=1)))
    if not parts:
        return np.zeros(0), np.zeros(0)
    return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])
