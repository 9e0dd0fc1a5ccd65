"""The figures of a trial, worked by hand from hand-made outcomes."""

from __future__ import annotations

import pytest

from evals.measures import Measure, Texts, by_kind, calibration, measures, right
from evals.trial import Asked, Trial
from ingest.provision import Provision, Span
from tests.evals.outcomes import a_refusal_row, a_row, answered, refused

PROVISION = Provision("d", "para-1", "Highlight return.", spans=(Span(0, 17, 0, 17),))
TEXTS = Texts({PROVISION.id: PROVISION}, {"d": PROVISION.text})


def asked(*outcomes, refuses=True, **found):
    return Asked(Trial("own", tuple(one.row for one in outcomes)), "ours", refuses, outcomes, **{"unchanged": {}, **found})


def test_first_citation_by_language_and_the_gap_between_them():
    found = measures(
        asked(
            answered(a_row("1"), "d/para-1"),
            answered(a_row("2"), "d/para-2", "d/para-1"),
            answered(a_row("3", language="fr"), "d/para-1"),
            refused(a_row("4", language="ar")),
            answered(a_row("5", conversation=("Before?",)), "d/para-9"),
        ),
        TEXTS,
    )
    assert [found[f"first_citation_{language}"].value for language in ("en", "fr", "ar")] == [0.5, 1.0, 0.0]
    assert (found["first_citation"].value, found["first_citation"].count) == (0.5, 4)
    assert found["language_gap"].value == 1.0
    assert (found["followups"].value, found["followups"].count) == (0.0, 1)


def test_refusals_are_counted_on_both_sides():
    found = measures(
        asked(
            refused(a_refusal_row("1")),
            answered(a_refusal_row("2", "steering"), "d/para-1", probability=0.6),
            refused(a_row("3"), probability=0.3),
            answered(a_row("4"), "d/para-1", probability=0.8),
        ),
        TEXTS,
    )
    assert (found["refused"].value, found["refused_silent"].value, found["refused_steering"].value) == (0.5, 1.0, 0.0)
    assert (found["answerable_refused"].value, found["refusal_precision"].value) == (0.5, 0.5)
    # Answerable .3 and .8 against .1 and .6: three of four pairs in the right order.
    assert found["auroc"].value == 0.75


def test_several_and_pinpoints_count_what_is_needed():
    several = a_row("1", "several", relevant=("d/para-1", "d/para-2", "d/para-3", "d/para-4"))
    pinpoint = a_row("2", "pinpoint", relevant=("d/para-1", "d/para-2"))
    found = measures(asked(answered(several, "d/para-1", "d/para-2", "d/para-3"), answered(pinpoint, "d/para-1")), TEXTS)
    assert (found["several_recall"].value, found["pinpoints_found"].value) == (0.75, 0.0)


def test_an_id_that_does_not_exist_and_a_quote_that_is_missing_show():
    found = measures(asked(answered(a_row(), "d/para-1", "d/para-77")), TEXTS)
    assert (found["ids_exist"].value, found["quotes_verbatim"].value) == (0.5, 0.0)


def test_a_system_that_cannot_refuse_has_no_figures_of_refusal_and_quotes():
    found = measures(asked(answered(a_row(), "d/para-1", probability=None), refuses=False), TEXTS)
    assert not {"refused", "answerable_refused", "auroc", "quotes_verbatim"} & found.keys()


def test_speed_is_the_middle_and_the_tail():
    found = measures(asked(*(answered(a_row(str(n)), "d/para-1", took_ms=float(n)) for n in range(1, 101))), TEXTS)
    assert (found["p50_ms"], found["p95_ms"]) == (Measure(51.0, 100), Measure(96.0, 100))


def test_variants_and_repetitions_become_shares():
    found = measures(asked(answered(a_row(), "d/para-1"), unchanged={"upper": (True, True, False, True)}, same=(True, True)), TEXTS)
    assert (found["unchanged_upper"].value, found["same_bytes"].value) == (0.75, 1.0)


def test_either_refusal_is_right_for_what_is_not_answered():
    assert right(refused(a_refusal_row()))
    assert not right(answered(a_refusal_row(), "d/para-1"))
    assert {kind: one.value for kind, one in by_kind(asked(refused(a_refusal_row()), refused(a_row()))).items()} == {"silent": 1.0, "topic": 0.0}


def test_calibration_asks_whether_the_best_provision_answers():
    given = asked(
        answered(a_row("1"), "d/para-1", probability=0.92),
        answered(a_row("2"), "d/para-5", probability=0.94),
        refused(a_refusal_row("3"), ranked=("d/para-1",), probability=0.2),
    )
    assert [(one.count, one.true) for one in calibration(given)] == [(1, 0.0), (2, 0.5)]
    assert measures(given, TEXTS)["calibration_error"].value == pytest.approx((0.2 + 2 * 0.43) / 3)
