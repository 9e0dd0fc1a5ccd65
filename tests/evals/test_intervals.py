"""Intervals and tests, each against an example worked by hand."""

from __future__ import annotations

import pytest

from evals.intervals import bootstrap, compare, mcnemar, wilson


def test_wilson_interval_of_eight_of_ten():
    # p = .8, z = 1.96, n = 10: centre (.8 + 3.8416/20) / 1.38416 = .7167, half 1.96 sqrt(.016 + 3.8416/400) / 1.38416 = .2265
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-3)


def test_wilson_interval_of_all_right_ends_at_one():
    low, high = wilson(20, 20)
    assert (low, high) == pytest.approx((0.8389, 1.0), abs=1e-3)


def test_wilson_refuses_what_is_no_share():
    with pytest.raises(ValueError, match="3 of 2"):
        wilson(3, 2)


def test_bootstrap_of_equal_values_is_that_value():
    assert bootstrap([0.5] * 7) == (0.5, 0.5)


def test_bootstrap_is_the_same_every_time_and_holds_the_mean():
    values = [0.0, 1.0, 1.0, 0.5, 1.0, 0.0]
    low, high = bootstrap(values)
    assert (low, high) == bootstrap(values)
    assert low < sum(values) / 6 < high


def test_mcnemar_counts_only_where_the_two_differ():
    # Six questions that only the second has right, none that only the first has: 2 * (1/2)**6.
    first = [True] * 10 + [False] * 6
    second = [True] * 16
    assert mcnemar(first, second) == pytest.approx(2 / 64)
    assert mcnemar(second, second) == 1.0


def test_mcnemar_with_one_against_three():
    # Of four that differ, one and three: 2 * (C(4,0) + C(4,1)) / 2**4 = 10/16.
    assert mcnemar([True, False, False, False], [False, True, True, True]) == pytest.approx(10 / 16)


def test_shares_are_compared_by_mcnemar_and_means_by_bootstrap():
    shares = compare([0.0, 0.0, 1.0, 0.0], [1.0, 1.0, 1.0, 0.0])
    assert (shares.difference, shares.p, shares.test) == (0.5, 0.5, "McNemar, exact")
    means = compare([0.1, 0.2, 0.3, 0.1], [0.6, 0.7, 0.8, 0.6])
    assert means.difference == pytest.approx(0.5)
    assert (means.low, means.high) == pytest.approx((0.5, 0.5))
    assert means.p < 0.001
    assert means.test == "paired bootstrap"
