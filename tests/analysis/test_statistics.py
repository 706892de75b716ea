"""The statistics against values worked out by hand or printed in the papers, and what must hold for any data."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.agreement import agreement
from analysis.collocation import collocations, cooccurrence, measured
from analysis.dispersion import deviation_of_proportions, divergence, dp_norm, juilland_d
from analysis.keywords import Table, g2, informative_prior, keyness, likelihood_ratio, log_odds, log_ratio
from analysis.multiplicity import adjusted
from analysis.ranks import mann_kendall
from analysis.segments import best_segments, binary_segments, cost_of, quasi_poisson_cost

COUNTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 50), min_size=2)


def test_g2_and_log_ratio_of_a_term_twice_as_frequent() -> None:
    table = Table(20, 10, 980, 990)
    a, b, c, d = (20 * math.log(20 / 15), 10 * math.log(10 / 15), 980 * math.log(980 / 985), 990 * math.log(990 / 985))
    assert g2(table) == pytest.approx(
        2 * (a + b + c + d), abs=1e-4
    )  # a hair is added to each count, so that none is zero
    assert likelihood_ratio(table) == pytest.approx(2 * (a + b + c + d), rel=1e-12)
    assert likelihood_ratio(Table(0, 10, 1000, 990)) == pytest.approx(
        2 * (10 * math.log(2) + 1000 * math.log(1000 / 995) + 990 * math.log(990 / 995))
    )
    assert log_ratio(table) == pytest.approx(1)


@given(COUNTS, COUNTS)
def test_keyness_turns_round_with_its_two_sides(target, reference) -> None:
    one = {row.term: row for row in keyness(target, reference, fewest=1)}
    other = {row.term: row for row in keyness(reference, target, fewest=1)}
    assert one.keys() == other.keys() == target.keys() | reference.keys()
    for term, row in one.items():
        assert row.g2 == pytest.approx(-other[term].g2, abs=1e-4) or abs(row.g2) < 1e-4
        assert row.log_ratio == pytest.approx(-other[term].log_ratio, abs=1e-9)
        assert row.z == pytest.approx(-other[term].z, abs=1e-9)
        assert 0 <= row.p <= 1


def test_keyness_shows_the_term_that_one_blog_carries() -> None:
    groups = {"one": Counter(quay=40, tide=20), "two": Counter(tide=20, boat=40)}
    target = groups["one"] + groups["two"]
    rows = {row.term: row for row in keyness(target, Counter(tide=40, hill=80), groups=groups)}
    assert (rows["quay"].groups, rows["tide"].groups) == (1, 2)
    assert rows["quay"].dp > 0.4 > rows["tide"].dp
    assert keyness({}, {"a": 1}) == ()


def test_log_odds_shrink_towards_the_prior() -> None:
    target, reference = {"a": 4, "b": 96}, {"a": 1, "b": 99}
    (weak, _), (strong, _) = (
        log_odds(target, reference, ["a"], informative_prior(target, reference, weight))[0] for weight in (1, 10_000)
    )
    assert weak > strong > 0


def test_measures_of_a_pair() -> None:
    pair = measured(("hard", "times"), together=8, first=16, second=8, total=1024)
    assert pair.pmi == pytest.approx(6)  # 8 met, 16 · 8 / 1024 due
    assert pair.log_dice == pytest.approx(14 + math.log2(16 / 24))
    assert pair.t_score == pytest.approx((8 - 0.125) / math.sqrt(8))
    (found,) = collocations([["a", "b"], ["a", "b"], ["b", "c"]], fewest=2)
    assert (found.words, found.together) == (("a", "b"), 2)


def test_themes_that_share_posts() -> None:
    (row,) = cooccurrence([{"x", "y"}, {"x", "y"}, {"x"}, {"y"}, set()])
    assert (row.both, row.expected, row.jaccard, row.odds_ratio) == (2, pytest.approx(9 / 5), 0.5, 2.0)


def test_dispersion_at_both_ends() -> None:
    assert deviation_of_proportions([5, 5], [100, 100]) == divergence([5, 5], [100, 100]) == 0
    assert (dp_norm([10, 0], [100, 100]), juilland_d([10, 0], [100, 100]), juilland_d([5, 5], [9, 9])) == (1, 0, 1)
    with pytest.raises(ValueError, match="never used"):
        deviation_of_proportions([0, 0], [1, 1])


@settings(deadline=None)  # the first call imports statsmodels
@given(st.lists(st.integers(0, 100), min_size=1, max_size=8))
def test_corrected_p_values_are_never_smaller_and_keep_their_order(percent) -> None:
    p = [value / 100 for value in percent]
    corrected = adjusted(p)
    assert all(after >= before - 1e-12 for before, after in zip(p, corrected, strict=True))
    order = np.argsort(p, kind="stable")
    assert all(np.diff(np.array(corrected)[order]) >= -1e-12)
    assert adjusted([0.01, 0.02, 0.03, 0.04]) == pytest.approx([0.04] * 4)


def test_a_rising_series_by_its_ranks() -> None:
    rising = mann_kendall([1, 2, 4, 5, 7])
    assert (rising.s, rising.tau, rising.p) == (10, 1, pytest.approx(2 / 120))  # 1 of 5! orders, two-sided
    assert rising.slope == pytest.approx(1.5)
    assert mann_kendall([3, 3, 3, 3]).p == 1
    with pytest.raises(ValueError, match="three or more"):
        mann_kendall([1, 2])


@given(st.lists(st.integers(0, 9), min_size=3, max_size=9))
def test_a_series_turned_round_has_the_opposite_trend(values) -> None:
    one, other = mann_kendall(values), mann_kendall(values[::-1])
    assert (one.s, one.p, one.slope) == (-other.s, pytest.approx(other.p), pytest.approx(-other.slope))


def test_a_step_is_found_where_it_is_and_none_in_a_level_series() -> None:
    step = [1.0] * 20 + [9.0] * 20
    cost = cost_of(step, "normal_mean")
    assert best_segments(40, cost, penalty=10.0) == binary_segments(40, cost, penalty=10.0, most=3) == [20]
    assert best_segments(40, cost_of([5.0] * 40, "poisson"), penalty=5.0) == []


def test_words_as_exposure_are_no_change() -> None:
    """Twice the hits in twice the words is the same rate."""
    hits, words = [10.0] * 20 + [20.0] * 20, [1000.0] * 20 + [2000.0] * 20
    assert best_segments(40, quasi_poisson_cost(hits, words, 1.0), penalty=8.0) == []
    assert best_segments(40, quasi_poisson_cost(hits, [1000.0] * 40, 1.0), penalty=8.0) == [20]


def test_two_people_who_mark() -> None:
    both = agreement([1, 1, 0, 0], [1, 0, 0, 0])
    assert (both.share, both.kappa) == (0.75, pytest.approx(0.5))
    assert agreement("aab", "aab").alpha == 1
    assert agreement("aa", "aa").kappa is None
    with pytest.raises(ValueError, match="both must mark the same"):
        agreement([1], [])
