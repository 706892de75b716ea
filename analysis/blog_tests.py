"""Is it the sector, or a blog? Tests and intervals in which the blog is the unit.

Under no effect each blog's score is as likely to fall one way as the other, whatever its size and however its rate wanders
by itself. So the sum of scores is held against its sums with signs turned at random: exact where scores are symmetric and blogs
independent, however few or lopsided they are (the wild score bootstrap of Kline & Santos 2012 with the null imposed and two-point
weights, which is a randomisation test). Below `FEWEST_FOR_SIGNS` blogs signs are too few for a 5 % test; there
Student's t of the scores with G−1 degrees is used, which unequal variances make only more cautious (Bakirov & Székely 2006;
Ibragimov & Müller 2010).
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.blog_effects import fitted, scores
from analysis.panel import Floats, Panel

Method = Literal["signs", "t"]

FEWEST_FOR_SIGNS = 6  # with 5 blogs the smallest p of two sides is 2/32
FEWEST_BLOGS = 3
ALL_SIGNS_UNTIL = 13  # blogs: 4,096 ways of turning them; beyond, drawn ones
DRAWS = 4_999
ALPHA = 0.05
HALVINGS = 9  # of the stretch in which an interval ends: to 1/250 of a standard error
LEAST_STEP = 0.001  # of a log rate ratio, where blogs agree so well that there is no standard error
FARTHEST = 12.0  # of a log rate ratio: an interval that reaches so far has no end


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """A log rate ratio (per unit of its column) over blogs, its 95 % interval (infinite where nothing ends it) and p.

    ``log_ratio`` is infinite where one side has no hit at all.
    """

    log_ratio: float
    low: float
    high: float
    p: float
    method: Method
    blogs: int
    se: float  # clustered by blog, G/(G−1)
    wald_p: float  # by it, t with G−1 degrees: the usual test, wrong where few blogs weigh most


def signs(blogs: int, name: str) -> Floats:
    """Ways of turning the blogs' signs, the untouched one first; all of them where they are few."""
    if blogs <= ALL_SIGNS_UNTIL:
        bits = (np.arange(2 ** max(blogs - 1, 0))[:, None] >> np.arange(blogs)) & 1
        return np.asarray(1.0 - 2.0 * bits)
    rng = np.random.default_rng(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big"))
    drawn = rng.integers(0, 2, (DRAWS, blogs)) * 2.0 - 1
    return np.vstack([np.ones(blogs), drawn])


def p_of_sum(by_blog: Floats, turned: Floats | None) -> float:
    """Two-sided p of the sum of one column's scores; ``turned`` None asks for t."""
    total = abs(float(by_blog.sum()))
    if turned is not None:
        return float(np.mean(np.abs(turned @ by_blog) >= total * (1 - 1e-9)))
    from scipy.stats import t

    n = len(by_blog)
    spread = float(np.sqrt(((by_blog - by_blog.mean()) ** 2).sum() * n / (n - 1)))
    return float(2 * t.sf(total / spread, n - 1)) if spread > 0 else 1.0 if total == 0 else 0.0


def p_of_sup(by_blog: Floats, information: Floats, turned: Floats) -> float:
    """p of the largest of many columns' sums, each over the root of its information."""
    highest = np.abs(turned @ (by_blog / np.sqrt(information))).max(axis=1)
    return float(np.mean(highest >= highest[0] * (1 - 1e-9)))


def informative(panel: Panel, column: Floats) -> Panel:
    """The blogs that can say anything of ``column``: with a hit, and with words where it has two values or more."""
    kept = []
    for k in range(len(panel.blogs)):
        there = column[panel.exposure[k] > 0]
        kept.append(panel.hits[k].sum() > 0 and len(there) > 1 and there.max() > there.min())
    chosen = np.asarray(kept, dtype=bool)
    blogs = tuple(blog for blog, keep in zip(panel.blogs, kept, strict=True) if keep)
    return Panel(blogs=blogs, periods=panel.periods, hits=panel.hits[chosen], exposure=panel.exposure[chosen])


def effect(panel: Panel, column: Floats, features: Floats, name: str) -> Effect | None:
    """The effect of ``column`` beside ``features`` (both by period). None below `FEWEST_BLOGS` informative blogs.

    The interval holds every value that the test does not reject.
    """
    use = informative(panel, column)
    n = len(use.blogs)
    if n < FEWEST_BLOGS:
        return None
    turned = signs(n, name) if n >= FEWEST_FOR_SIGNS else None
    both = fitted(use.hits, use.exposure, np.column_stack([column, features]))
    estimate = float(both.theta[0])

    tried: dict[float, float] = {}

    def p_at(value: float) -> float:
        null = fitted(use.hits, use.exposure, features, value * column, both.theta[1:])
        tried[value] = p_of_sum(scores(null, column[:, None]).by_column[:, 0], turned)
        return tried[value]

    from scipy.stats import t

    if abs(estimate) > FARTHEST:  # no hit on one side: the ratio has one end only
        side = math.copysign(1.0, estimate)
        end = _end(p_at, side * FARTHEST, -side)
        return Effect(
            log_ratio=side * math.inf, low=end if side > 0 else -math.inf, high=math.inf if side > 0 else end, p=p_at(0.0),
            method="t" if turned is None else "signs", blogs=n, se=math.inf, wald_p=1.0,
        )  # fmt: skip
    full = scores(fitted(use.hits, use.exposure, features, estimate * column, both.theta[1:]), column[:, None])
    own = full.by_column[:, 0]
    se = math.sqrt(float((own**2).sum()) * n / (n - 1)) / float(full.information[0, 0])
    low, high, p = _end(p_at, estimate, -se), _end(p_at, estimate, se), p_at(0.0)
    if low < 0 < high:
        # Of few lopsided blogs p need not fall steadily: what is not rejected beyond no effect speaks for none.
        p = max(p, *(of for value, of in tried.items() if value * estimate <= 0))
    return Effect(
        log_ratio=estimate, low=low, high=high, p=p, method="t" if turned is None else "signs", blogs=n, se=se,
        wald_p=float(2 * t.sf(abs(estimate) / se, n - 1)) if se > 0 else 0.0,
    )  # fmt: skip


def _end(p_at: Callable[[float], float], estimate: float, step: float) -> float:
    """The last value, going from ``estimate`` in the direction of ``step``, that is not rejected."""
    inside, reach = estimate, math.copysign(max(2 * abs(step), LEAST_STEP), step)
    while p_at(estimate + reach) > ALPHA:
        inside = estimate + reach
        if abs(reach) > FARTHEST:
            return math.copysign(math.inf, step)
        reach *= 1.6
    outside = estimate + reach
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if p_at(middle) > ALPHA else (inside, middle)
    return (inside + outside) / 2
