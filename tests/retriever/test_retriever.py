"""Search as a whole: every way agrees on what is best, filters hold, hits are the same however the index is opened."""

from __future__ import annotations

import pytest

from ingest.index import Index, current_generation
from retriever.retriever import Retriever

DECLARATION = "cairo-declaration-2025"

FIRST = [
    ("return and readmission", "para-23"),
    ("brain drain", "para-20"),
    ("What about food insecurity?", "para-17"),
    ("monitoring of the Cairo Action Plan", "para-28"),
    ("Rabat Process best practices", "para-16"),
    ("pandemics", "para-10"),
    ("Que dit le texte du changement climatique et des pandémies ?", "para-10"),
    ("fuite des cerveaux", "para-20"),
    ("ماذا يقول الإعلان عن العودة؟", "para-23"),
    ("sending people home with dignity", "para-23"),
]


@pytest.mark.parametrize(("text", "label"), FIRST)
def test_best_hit(index: Index, text: str, label: str) -> None:
    assert Retriever(index).search(text, instruments=[DECLARATION]).hits[0].provision == f"{DECLARATION}/{label}"


@pytest.mark.parametrize("instrument", ["cairo-declaration-2025", "refugee-convention-1951", "agenda-2063"])
@pytest.mark.parametrize("text", ["refugees", "para 3", "which provisions mention children", "العودة", "", "?", "the"])
def test_hits_are_of_the_instrument_that_was_asked_for(index: Index, instrument: str, text: str) -> None:
    found = Retriever(index).search(text, instruments=[instrument])
    assert {index.provisions[hit.provision].instrument for hit in found.hits} <= {instrument}


@pytest.mark.parametrize("k", [1, 3, 1000])
def test_k_limits_the_hits_and_ranks_count_from_1(index: Index, k: int) -> None:
    hits = Retriever(index).search("migration and mobility in Africa", k).hits
    assert len(hits) <= k
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.provision for hit in hits}) == len(hits)


def test_longer_list_begins_with_the_shorter_one(index: Index) -> None:
    retriever = Retriever(index)
    assert retriever.search("regional partnership", 20).hits[:5] == retriever.search("regional partnership", 5).hits


def test_bad_arguments_are_refused(index: Index) -> None:
    with pytest.raises(ValueError, match="k is 0"):
        Retriever(index).search("a", 0)
    with pytest.raises(KeyError, match="nowhere"):
        Retriever(index).search("a", instruments=["nowhere"])


def test_hits_are_the_same_without_chroma(index: Index) -> None:
    """Exact search is the oracle: what Chroma finds must lead to the very same hits."""
    exact = Index(current_generation(index.folder.parent.parent), index.encoder)
    exact.vectors.close()
    for text, _ in FIRST:
        with_chroma, without = Retriever(index).search(text, 5), Retriever(exact).search(text, 5)
        assert [hit.provision for hit in with_chroma.hits] == [hit.provision for hit in without.hits], text
        assert [hit.score for hit in with_chroma.hits] == pytest.approx([hit.score for hit in without.hits], abs=0.02)


def test_probabilities_tell_the_answerable_from_the_silent_and_both_from_the_foreign(index: Index) -> None:
    retriever = Retriever(index)
    answerable = retriever.search("What do the ministers say about return and readmission?", instruments=[DECLARATION])
    silent = retriever.search("How many officials will work on the Cairo Action Plan?", instruments=[DECLARATION])
    foreign = retriever.search("How do I bake a chocolate cake?", instruments=[DECLARATION])
    assert answerable.answerable > 0.8 > 0.35 > max(silent.answerable, foreign.answerable)
    assert foreign.elsewhere > silent.elsewhere
