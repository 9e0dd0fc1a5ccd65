"""From features to an order and a probability, by weights fitted on the development questions (retriever/weights.json)."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retriever.features import FEATURES

WEIGHTS = Path(__file__).resolve().parent / "weights.json"


@cache
def weights(path: Path = WEIGHTS) -> Mapping[str, Any]:
    """The fitted weights: `ranking` and `answerable`, each by profile. `python -m evals.fit` makes the file again."""
    loaded: Mapping[str, Any] = json.loads(path.read_text("utf-8"))
    return loaded


def profile(language: str, *, has_questions: bool) -> str:
    """Which weights hold: texts with editors' questions and those without are told apart by other features, and so are questions in
    the encoder's own language and in another.
    """
    return f"{'asked' if has_questions else 'plain'}-{'en' if language == 'en' else 'other'}"


def utilities(table: NDArray[np.float32], name: str) -> NDArray[np.float64]:
    """A number a provision; the differences between them say how much likelier one answers than another.

    Args:
        table: Features, one row a provision.
        name: Profile.

    Source: the conditional logit (McFadden 1974): P(provision answers) is proportional to exp(utility).
    """
    given = weights()["ranking"][name]
    vector = np.asarray([given[feature] for feature in FEATURES], dtype=np.float64)
    return table.astype(np.float64) @ vector


def logistic(given: Mapping[str, float], found: Mapping[str, float]) -> float:
    """Probability of a logistic regression whose weights are `given`, `intercept` among them; features it does not name weigh nothing."""
    total = given["intercept"] + sum(weight * found[name] for name, weight in given.items() if name != "intercept")
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
