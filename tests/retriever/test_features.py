"""What tells whether a provision answers a question, one number a way of looking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.encoder import Encoder
from ingest.generation import build
from ingest.index import Contents, Index, read_contents
from ingest.passages import cut
from ingest.provision import Provision
from retriever.features import FEATURES, features
from retriever.look import look
from retriever.question import parse
from retriever.votes import vote

TEXTS = {
    "para-1": ("The fee of the border crossing is paid in advance.", "en"),
    "para-2": ("The crossing of a river may follow the border, and a fee is paid.", "en"),
    "para-3": ("Les passeurs de migrants sont poursuivis par les autorités douanières.", "fr"),
    "para-4": ("The harvest of maize is stored in the village.", "en"),
}


@pytest.fixture
def bare(index: Index, encoder: Encoder, tmp_path: Path) -> Iterator[Index]:
    """An index of four provisions without editors' lines, one of them French."""
    whole = read_contents(index.folder)
    instrument = replace(whole.instruments[0], id="own")
    provisions = tuple(
        Provision("own", label, text, language=language, path=("Boats at sea",) if label == "para-4" else ())
        for label, (text, language) in TEXTS.items()
    )
    passages = tuple(passage for one in provisions for passage in cut(one, encoder.count_tokens))
    contents = Contents((instrument,), provisions, passages, whole.thesaurus, {one.id: () for one in provisions})
    opened = Index(build(tmp_path, contents, encoder).folder, encoder)
    yield opened
    opened.close()


def column(question: str, name: str, index: Index) -> dict[str, float]:
    seen = look(parse(question, index), index)
    table = features(seen, index, vote(seen, index, range(len(index.searched))))
    return {one: float(table[row, FEATURES.index(name)]) for row, one in enumerate(index.searched)}


def test_words_in_a_row_count_beside_the_words(bare: Index) -> None:
    words, pairs = column("border crossing fee", "text", bare), column("border crossing fee", "pairs", bare)
    assert words["own/para-1"] > 0
    assert words["own/para-2"] > 0
    assert pairs["own/para-1"] > 0
    assert pairs["own/para-2"] == pairs["own/para-4"] == 0


def test_what_the_neighbours_are_about_and_the_headings_above_say_counts_for_a_provision(bare: Index) -> None:
    found = column("border crossing fee", "surroundings", bare)
    assert column("border crossing fee", "text", bare)["own/para-3"] == 0
    assert found["own/para-3"] > 0  # beside two that speak of it
    assert column("boats at sea", "text", bare)["own/para-4"] == 0
    assert column("boats at sea", "surroundings", bare)["own/para-4"] > 0  # under the heading of it


def test_a_text_in_the_language_of_the_question_is_searched_in_it(bare: Index) -> None:
    found = column("Que risquent les passeurs poursuivis par les douaniers ?", "text", bare)
    assert max(found, key=lambda one: found[one]) == "own/para-3"
    assert column("passeurs de migrants", "pairs", bare)["own/para-3"] > 0


def test_an_english_text_is_searched_in_english_whatever_the_question(index: Index) -> None:
    found = column("Que dit-on du trafic de migrants ?", "text", index)
    assert found["cairo-declaration-2025/para-22"] > 0


def test_what_has_no_lines_has_no_votes(bare: Index) -> None:
    assert not any(column("maize", "votes", bare).values())
    assert not any(column("maize", "line", bare).values())


def test_every_feature_lies_between_nothing_and_about_one(index: Index) -> None:
    for name in FEATURES:
        values = column("What do they say on networks of smugglers?", name, index).values()
        assert min(values) >= 0.0
        assert max(values) <= 1.7
