"""Weights are whole, and turn features into probabilities."""

from __future__ import annotations

import math

import numpy as np
import pytest

from retriever.features import FEATURES
from retriever.ranking import logistic, profile, utilities, weights

PROFILES = ["asked-en", "asked-other", "plain-en", "plain-other"]


def test_weights_file_is_whole() -> None:
    """A fit that was stopped half-way must not leave a file that the assistant then stumbles over."""
    given = weights()
    assert sorted(given["ranking"]) == PROFILES
    assert all(set(given["ranking"][name]) == set(FEATURES) for name in PROFILES)
    assert {"relevant", "answerable", "elsewhere", "threshold", "elsewhere_threshold", "further"} <= given.keys()
    for name in ("relevant", "elsewhere"):
        assert "intercept" in given[name]
    assert all("intercept" in one for one in given["answerable"].values())


@pytest.mark.parametrize(("language", "asked", "name"), [("en", True, "asked-en"), ("ar", True, "asked-other"), ("fr", False, "plain-other")])
def test_profile(language: str, asked: bool, name: str) -> None:
    assert profile(language, has_questions=asked) == name


def test_utility_is_the_weighted_sum() -> None:
    table = np.eye(len(FEATURES), dtype=np.float32)
    expected = [weights()["ranking"]["asked-en"][name] for name in FEATURES]
    np.testing.assert_allclose(utilities(table, "asked-en"), expected)


def test_more_of_any_feature_never_makes_it_less_likely() -> None:
    for name in PROFILES:
        assert all(weight >= 0 for weight in weights()["ranking"][name].values()), name


def test_logistic_by_hand() -> None:
    assert logistic({"intercept": 1.0, "a": 2.0}, {"a": 0.5, "b": 9.0}) == pytest.approx(1 / (1 + math.exp(-2)))
    assert logistic({"intercept": 1e6}, {}) == pytest.approx(1)
    assert logistic({"intercept": -1e6}, {}) == pytest.approx(0, abs=1e-12)
