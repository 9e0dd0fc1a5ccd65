"""Refusing and probabilities, worked by hand."""

from __future__ import annotations

import pytest

from evals.refusals import Bin, auroc, expected_calibration_error, reliability


def test_auroc_counts_the_pairs_in_the_right_order():
    # Positives .9 and .4, negatives .5 and .4: won, won, lost, tied.
    assert auroc([0.9, 0.4, 0.5, 0.4], [True, True, False, False]) == (1 + 1 + 0 + 0.5) / 4


def test_auroc_of_one_kind_alone_is_no_figure():
    with pytest.raises(ValueError, match="both kinds"):
        auroc([0.1, 0.2], [True, True])


def test_reliability_puts_each_probability_into_its_bin():
    bins = reliability([0.05, 0.15, 0.95, 1.0], [False, True, True, False], bins=10)
    assert [(one.low, one.high, one.count, one.true) for one in bins] == [(0.0, 0.1, 1, 0.0), (0.1, 0.2, 1, 1.0), (0.9, 1.0, 2, 0.5)]
    assert bins[2].said == pytest.approx(0.975)


def test_calibration_error_weighs_gaps_by_count():
    bins = [Bin(0.0, 0.1, 3, 0.05, 0.0), Bin(0.9, 1.0, 1, 0.95, 0.5)]
    assert expected_calibration_error(bins) == pytest.approx((3 * 0.05 + 1 * 0.45) / 4)
    assert expected_calibration_error([]) == 0.0
