"""The words of an index."""

from __future__ import annotations

from pathlib import Path

from ingest.index import Index
from ingest.passages import Passage
from ingest.thesaurus import Thesaurus
from ingest.vocabulary import read_vocabulary, save_vocabulary


def test_words_are_counted_by_language_and_come_with_their_stems(tmp_path: Path) -> None:
    lines = [Passage("a", "silent", "en", "Smugglers smuggle smugglers"), Passage("a", "silent", "fr", "les passeurs")]
    save_vocabulary(lines, Thesaurus(()), tmp_path / "words.json")
    found = read_vocabulary(tmp_path / "words.json")
    assert found["en"].counts["smugglers"] == 2
    assert {"smuggler", "smuggl"} <= found["en"].stems
    assert "passeurs" in found["fr"].counts
    assert "passeurs" not in found["en"].counts


def test_words_that_questions_are_put_in_are_known(index: Index) -> None:
    for language, word in (("en", "which"), ("fr", "quel"), ("ar", "ماذا")):
        assert word in index.vocabulary[language].counts
