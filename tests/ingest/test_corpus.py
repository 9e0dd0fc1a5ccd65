"""Reading the corpus: what is there, what is left out, and clear words for a file that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.catalogue import CatalogueError
from ingest.corpus import read_corpus
from ingest.encoder import Encoder
from ingest.index import Index
from ingest.questions import QuestionsError
from ingest.readers.extract import UnreadableDocument
from ingest.thesaurus import ThesaurusError
from tests.small_corpus import DECLARATION, text_of


def test_corpus_has_the_declaration_first_and_whole(index: Index) -> None:
    assert next(iter(index.instruments)) == DECLARATION
    own = [one.label for one in index.provisions.values() if one.instrument == DECLARATION]
    assert own == [*(f"para-{n}" for n in range(1, 10)), "para-9.fn-1", *(f"para-{n}" for n in range(10, 29))]


def test_ids_of_provisions_are_unique(encoder: Encoder, index: Index, small_corpus: Path) -> None:
    contents = read_corpus(small_corpus, encoder)
    assert len({one.id for one in contents.provisions}) == len(contents.provisions) == 29
    assert len(index.provisions) == index.manifest.provisions


def test_reading_twice_gives_the_same(encoder: Encoder, small_corpus: Path) -> None:
    first, second = read_corpus(small_corpus, encoder), read_corpus(small_corpus, encoder)
    assert first.provisions == second.provisions
    assert first.passages == second.passages
    assert first.concepts == second.concepts


def test_concepts_come_from_the_words_and_the_corrections(encoder: Encoder, small_corpus: Path) -> None:
    assert read_corpus(small_corpus, encoder).concepts[f"{DECLARATION}/para-23"] == ("readmission", "return")
    (small_corpus / "thesaurus" / "tags").mkdir()
    (small_corpus / "thesaurus" / "tags" / f"{DECLARATION}.yaml").write_text("para-23: {remove: [return], add: [other]}\n", "utf-8")
    assert read_corpus(small_corpus, encoder).concepts[f"{DECLARATION}/para-23"] == ("other", "readmission")


@pytest.mark.parametrize(
    ("path", "text", "error", "message"),
    [
        (f"questions/{DECLARATION}.yaml", "para-99: {heading: {en: None}}", CatalogueError, "para-99"),
        (f"questions/{DECLARATION}.yaml", "[", QuestionsError, "not readable as YAML"),
        (f"questions/silent/{DECLARATION}.yaml", "loud: {}", QuestionsError, "loud"),
        ("thesaurus/concepts.ttl", "nonsense", ThesaurusError, "not readable as Turtle"),
        (f"catalogue/{DECLARATION}.yaml", "id: [", CatalogueError, f"{DECLARATION}.yaml"),
    ],
)
def test_wrong_file_is_named(encoder: Encoder, small_corpus: Path, path: str, text: str, error: type[Exception], message: str) -> None:
    (small_corpus / path).write_text(text, "utf-8")
    with pytest.raises(error, match=message):
        read_corpus(small_corpus, encoder)


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 100, b"No numbers here."])
def test_text_that_cannot_be_read_is_one_clear_error(encoder: Encoder, small_corpus: Path, content: bytes) -> None:
    text_of(small_corpus).write_bytes(content)
    with pytest.raises(UnreadableDocument, match=f"{DECLARATION}.txt"):
        read_corpus(small_corpus, encoder)


def test_text_that_is_not_there_is_named(encoder: Encoder, small_corpus: Path) -> None:
    text_of(small_corpus).unlink()
    with pytest.raises(OSError, match=f"{DECLARATION}.txt"):
        read_corpus(small_corpus, encoder)
