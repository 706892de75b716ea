"""Intervals hold what they promise: known values, and coverage of a planted rate."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intervals import clopper_pearson, clustered_rates, exact_rate, wilson


def clustered_rate(blogs, *, seed: int, name: str, resamples: int):
    """The interval of one theme, whose hits and words of each post are given blog by blog."""
    pairs = [(np.asarray(hits)[:, None], np.asarray(words)) for hits, words in blogs]
    return clustered_rates(pairs, 1, seed=seed, name=name, resamples=resamples)[0]


def test_wilson_agrees_with_its_formula() -> None:
    z, n, share = 1.959963984540054, 40, 12 / 40
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)) ** 0.5
    assert wilson(12, 40) == pytest.approx((middle - half, middle + half), rel=1e-9)


def test_exact_limits_agree_with_the_published_ones() -> None:
    assert exact_rate(0, 10_000) == pytest.approx((0, 3.6889), abs=1e-4)  # Garwood 1936, table of limits
    assert exact_rate(10, 10_000) == pytest.approx((4.7954, 18.3904), abs=1e-4)
    assert clopper_pearson(0, 20) == pytest.approx((0, 0.16843), abs=1e-5)


@given(st.integers(0, 400), st.integers(1, 400))
def test_a_share_lies_in_its_interval(hits: int, posts: int) -> None:
    hits = min(hits, posts)
    low, high = wilson(hits, posts)
    assert 0 <= low <= hits / posts <= high <= 1
    wide_low, wide_high = clopper_pearson(hits, posts)
    assert 0 <= wide_low <= hits / posts <= wide_high <= 1


@pytest.mark.parametrize(("hits", "posts"), [(1, 0), (5, 4), (-1, 4)])
def test_no_share_of_nothing(hits: int, posts: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        wilson(hits, posts)


def test_no_rate_of_nothing() -> None:
    with pytest.raises(ValueError, match="is no rate"):
        exact_rate(1, 0)
    assert clustered_rate([([0], [0])], seed=0, name="x", resamples=100) is None


def test_without_a_hit_the_upper_limit_is_not_zero() -> None:
    assert clustered_rate([([0] * 8, [500] * 8)], seed=0, name="x", resamples=100) == exact_rate(0, 4000)


def test_the_same_seed_and_name_give_the_same_limits() -> None:
    blogs = [([0, 2, 1, 0, 5], [400, 500, 300, 800, 650]), ([1, 0, 0], [200, 900, 400])]
    one = clustered_rate(blogs, seed=1, name="a|2019", resamples=200)
    assert one == clustered_rate(blogs, seed=1, name="a|2019", resamples=200)
    assert one != clustered_rate(blogs, seed=2, name="a|2019", resamples=200)
    assert one != clustered_rate(blogs, seed=1, name="a|2020", resamples=200)


def test_blogs_that_differ_widen_the_interval() -> None:
    alike = [([2] * 10, [500] * 10) for _ in range(8)]
    apart = [([4 * (n % 2)] * 10, [500] * 10) for n in range(8)]
    low, high = clustered_rate(alike, seed=0, name="x", resamples=500) or (0, 0)
    assert high - low == pytest.approx(0)
    low, high = clustered_rate(apart, seed=0, name="x", resamples=500) or (0, 0)
    assert high - low > 20


def test_a_theme_beside_others_has_the_interval_that_it_has_alone() -> None:
    rng = np.random.default_rng(3)
    words = rng.integers(300, 1500, 400)
    hits = np.column_stack([rng.poisson(words * rng.gamma(0.5, level, 400)) for level in (0.003, 0.0001, 0)])
    together = clustered_rates([(hits, words), (hits[:9], words[:9])], 3, seed=0, name="x", resamples=400)
    for at, found in enumerate(together):
        blogs = [(hits[:, at].tolist(), words.tolist()), (hits[:9, at].tolist(), words[:9].tolist())]
        assert found == clustered_rate(blogs, seed=0, name="x", resamples=400)


def test_the_draws_have_the_spread_that_the_formula_gives() -> None:
    """One blog whose posts all have the same words: the rate is a mean, with its standard error."""
    rng = np.random.default_rng(3)
    hits = rng.poisson(2, 400)
    low, high = clustered_rate([(hits.tolist(), [1000] * 400)], seed=0, name="x", resamples=4000) or (0, 0)
    error = hits.std() / 400**0.5 * 10
    middle = float(hits.mean()) * 10
    assert (low, high) == pytest.approx((middle - 1.96 * error, middle + 1.96 * error), rel=0.01)


def test_the_interval_of_many_blogs_covers_the_planted_rate() -> None:
    """Nominally 95 %. 25 blogs whose own rates differ; hits are Poisson. Some below, as percentile bootstraps are."""
    rng, covered, runs, planted = np.random.default_rng(7), 0, 120, 20.0
    for run in range(runs):
        blogs = []
        for own in rng.gamma(4, planted / 4, size=25):
            words = rng.integers(300, 1200, size=12)
            blogs.append((rng.poisson(own * words / 10_000).tolist(), words.tolist()))
        low, high = clustered_rate(blogs, seed=run, name="x", resamples=200) or (0, 0)
        covered += low <= planted <= high
    assert 0.88 <= covered / runs <= 1.0
