"""Citations: right ones, ones that exist, quotes that are the text's own words."""

from __future__ import annotations

import pytest

from evals import citations
from evals.outcome import Cited
from ingest.provision import Provision, Span
from tests.evals.outcomes import a_row, answered, refused

SOURCE = "12. Recalling the\n  Rome Declaration;\n13. Highlight return."
RECALLING = Provision("d", "para-12", "Recalling the Rome Declaration;", spans=(Span(0, 13, 4, 17), Span(14, 31, 20, 37)))
DIGEST = Provision("f", "para-1", "A summary.", tier="digest")
PROVISIONS = {one.id: one for one in (RECALLING, DIGEST)}


def test_precision_and_recall_of_two_of_three():
    row = a_row(relevant=("d/para-1", "d/para-2"), acceptable=("d/para-3",))
    outcome = answered(row, "d/para-1", "d/para-3", "d/para-9")
    assert citations.precision(outcome) == pytest.approx(2 / 3)
    assert citations.recall(outcome) == 0.5
    assert not citations.all_found(outcome)
    assert citations.recall(refused(row)) == 0.0


def test_f1_is_the_harmonic_mean_of_the_means():
    assert citations.f1([1.0, 0.5], [0.5, 0.5]) == pytest.approx(2 * 0.75 * 0.5 / 1.25)
    assert citations.f1([], [1.0]) == 0.0


def test_a_quote_is_verbatim_only_at_its_own_offsets():
    assert citations.verbatim(Cited("d/para-12", "Rome Declaration", 14, 30), PROVISIONS)
    assert not citations.verbatim(Cited("d/para-12", "Rome Declaration", 13, 29), PROVISIONS)
    assert not citations.verbatim(Cited("d/para-12", "rome declaration", 14, 30), PROVISIONS)
    assert not citations.verbatim(Cited("d/para-12", "", 0, 0), PROVISIONS)
    assert not citations.verbatim(Cited("d/para-99", "Rome", 14, 18), PROVISIONS)


def test_a_digest_must_not_be_quoted():
    assert citations.verbatim(Cited("f/para-1"), PROVISIONS)
    assert not citations.verbatim(Cited("f/para-1", "A summary.", 0, 10), PROVISIONS)


def test_a_quote_is_found_in_the_file_across_a_line_that_it_breaks():
    assert citations.in_source(Cited("d/para-12", "the Rome", 10, 18), PROVISIONS, {"d": SOURCE})


def test_a_quote_that_the_file_has_otherwise_is_not_found():
    sources = {"d": SOURCE.replace("Rome", "Bern")}
    assert not citations.in_source(Cited("d/para-12", "the Rome", 10, 18), PROVISIONS, sources)
    assert citations.in_source(Cited("d/para-12", "the", 10, 13), PROVISIONS, sources)


def test_what_the_clean_up_joined_may_be_white_space_only():
    joined = Provision("d", "para-12", "Recalling the/Rome Declaration;", spans=RECALLING.spans)
    assert not citations.in_source(Cited("d/para-12", "the/Rome", 10, 18), {joined.id: joined}, {"d": SOURCE})


def test_an_id_exists_or_does_not():
    assert citations.exists(Cited("d/para-12"), PROVISIONS)
    assert not citations.exists(Cited("d/para-40"), PROVISIONS)
    assert not citations.in_source(Cited("d/para-40", "x", 0, 1), PROVISIONS, {"d": SOURCE})
