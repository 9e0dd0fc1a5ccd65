"""The gate fails a system that is bad, and says where."""

from __future__ import annotations

import pytest

from evals.gate import Threshold, ThresholdsError, failures, read_thresholds
from evals.measures import Measure
from evals.report import figures
from evals.run import run
from evals.sets import known_sets
from evals.tables import LABELS
from evals.trial import Trial
from tests.evals.outcomes import a_refusal_row, a_row, answered
from tests.evals.test_measures import TEXTS


class AlwaysTheFirst:
    """A deliberately bad system: it answers everything with a provision that does not exist."""

    name = "ours"
    refuses = True

    def ask(self, row, scope):
        return answered(row, "d/para-99")


def test_a_bad_system_fails_and_each_line_names_set_and_measure():
    trial = Trial("own", (a_row(), a_refusal_row()))
    results, _ = run([AlwaysTheFirst()], [trial], TEXTS, lambda *_: None)
    thresholds = (
        Threshold("own", "first_citation_en", least=0.82),
        Threshold("own", "refused", least=0.85),
        Threshold("own", "answerable_refused", most=0.08),
        Threshold("own", "ids_exist", least=1.0),
        Threshold("another", "refused", least=0.85),
    )
    assert failures(figures(results), thresholds) == [
        "own: first_citation_en is 0.0000, below 0.82",
        "own: refused is 0.0000, below 0.85",
        "own: ids_exist is 0.0000, below 1",
    ]


def test_a_figure_at_its_threshold_passes_and_one_just_beside_does_not():
    found = {"own": {"refused": Measure(0.85, 20), "answerable_refused": Measure(0.0801, 20)}}
    given = (Threshold("own", "refused", least=0.85), Threshold("own", "answerable_refused", most=0.08))
    assert failures(found, given) == ["own: answerable_refused is 0.0801, above 0.08"]


def test_what_was_not_measured_fails():
    assert failures({"own": {}}, (Threshold("own", "refused", least=0.5),)) == ["own: refused was not measured"]


def test_the_project_s_thresholds_name_measures_and_sets_that_exist():
    thresholds = read_thresholds()
    assert {one.measure for one in thresholds} <= LABELS.keys()
    assert {one.set.removesuffix("-all") for one in thresholds} <= set(known_sets())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[own]\nrefused = 0.5\n", "[own] refused: is 0.5; write"),
        ("[own]\nrefused = { over = 0.5 }\n", "[own] refused: is {'over': 0.5}; write"),
        ('[own]\nrefused = { least = "all" }\n', "[own] refused: is {'least': 'all'}; bounds are numbers"),
        ("[own\n", "own.toml: "),
    ],
)
def test_a_mistake_in_the_thresholds_is_named(tmp_path, text, said):
    path = tmp_path / "own.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ThresholdsError) as error:
        read_thresholds(path)
    assert said in str(error.value)
