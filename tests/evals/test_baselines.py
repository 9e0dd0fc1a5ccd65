"""The simple ways, on texts whose scores can be worked out by hand."""

from __future__ import annotations

import numpy as np

from evals.baselines import CITED, Baseline, Bm25, RankFusion, ScoreFusion, min_max, ranks
from evals.tutorial import Text
from ingest.provision import Provision
from tests.evals.outcomes import a_row


class Fixed:
    def __init__(self, *scores):
        self._scores = np.asarray(scores, dtype=np.float64)

    def scores(self, question):
        return self._scores


def test_of_equal_scores_the_earlier_comes_first():
    assert ranks(np.asarray([0.2, 0.9, 0.2])).tolist() == [2, 1, 3]


def test_rank_fusion_adds_reciprocal_ranks():
    # Ranks 1, 2, 3 and 3, 1, 2: 1/61 + 1/63, 1/62 + 1/61, 1/63 + 1/62.
    found = RankFusion([Fixed(0.9, 0.5, 0.1), Fixed(0.0, 0.9, 0.5)]).scores("")
    assert np.allclose(found, [1 / 61 + 1 / 63, 1 / 62 + 1 / 61, 1 / 63 + 1 / 62])


def test_score_fusion_stretches_before_it_weighs():
    found = ScoreFusion(Fixed(2.0, 4.0, 3.0), Fixed(0.9, 0.1, 0.1), 0.65).scores("")
    assert np.allclose(found, [0.35, 0.65, 0.325])
    assert min_max(np.asarray([0.3, 0.3])).tolist() == [0.0, 0.0]


def test_bm25_finds_by_stem():
    assert int(np.argmax(Bm25(["Returning migrants", "Food security", "Border management"]).scores("return of a migrant"))) == 0


def test_a_baseline_ranks_within_the_scope_and_cites_the_first_few():
    provisions = [Provision("a", f"para-{n}", "x") for n in range(1, 7)] + [Provision("b", "para-1", "x")]
    outcome = Baseline("own", Fixed(1, 2, 3, 4, 5, 6, 9), provisions).ask(a_row(), ("a",))
    assert outcome.ranked == tuple(f"a/para-{n}" for n in (6, 5, 4, 3, 2, 1))
    assert [one.id for one in outcome.cited] == list(outcome.ranked[:CITED])
    assert Baseline("own", Fixed(1, 2, 3, 4, 5, 6, 9), provisions).ask(a_row(instruments=("b",)), ("a",)).ranked == ("b/para-1",)


def test_a_chunk_counts_as_the_provision_that_it_overlaps_most():
    text = Text("d", "x" * 100, {"d/para-1": [(0, 20)], "d/para-2": [(20, 40), (60, 80)]})
    assert text.provision_at(10, 25) == "d/para-1"
    assert text.provision_at(10, 70) == "d/para-2"
    assert text.provision_at(15, 25) == "d/para-1"  # five characters each: the earlier
    assert text.provision_at(85, 100) == ""
