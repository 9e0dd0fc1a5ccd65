"""The editors' files of questions: read by label and language, and clear words for one that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.catalogue import CORPUS
from ingest.questions import Asked, QuestionsError, read_questions, read_unanswered


def written(folder: Path, text: str) -> Path:
    path = folder / "sample.yaml"
    path.write_text(text, "utf-8")
    return path


def test_file_that_is_not_there_has_no_questions(tmp_path: Path) -> None:
    assert read_questions(tmp_path / "none.yaml") == {}
    assert read_unanswered(tmp_path / "none.yaml") == {}


def test_empty_file_has_no_questions(tmp_path: Path) -> None:
    assert read_questions(written(tmp_path, "# nothing yet\n")) == {}


def test_questions_are_read_by_label_and_language(tmp_path: Path) -> None:
    path = written(tmp_path, "para-1:\n  heading: {en: States}\n  questions: {en: [Who?, 39], ar: [من؟]}\npara-2:\n")
    assert read_questions(path) == {"para-1": Asked({"en": "States"}, {"en": ("Who?", "39"), "ar": ("من؟",)}), "para-2": Asked({}, {})}


@pytest.mark.parametrize("text", ["para-1: {questions: [Who?]}", "para-1: {questions: {en: Who?}}", "para-1: {heading: [a]}"])
def test_other_form_names_file_and_label(tmp_path: Path, text: str) -> None:
    with pytest.raises(QuestionsError, match=r"sample\.yaml: para-1: needs"):
        read_questions(written(tmp_path, text))


@pytest.mark.parametrize("text", ["[a, b]", "just words", "para-1: [a]", "para-1: words", "a: b: c", "\x00", "3"])
def test_file_that_is_no_list_of_labels_is_a_clear_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(QuestionsError, match=r"sample\.yaml"):
        read_questions(written(tmp_path, text))


@pytest.mark.parametrize("text", ["other: {en: [a]}", "silent: [a]", "silent: {en: a}", "silent: {French: [a]}", "[a]"])
def test_unanswered_of_another_form_is_a_clear_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(QuestionsError, match=r"sample\.yaml"):
        read_unanswered(written(tmp_path, text))


def test_questions_in_a_language_that_is_none_are_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(QuestionsError, match=r"sample\.yaml: para-1: needs"):
        read_questions(written(tmp_path, "para-1: {heading: {en: Aim}, questions: {Arabic: [a]}}"))


def test_file_of_undecodable_bytes_is_a_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "sample.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(QuestionsError, match=r"sample\.yaml"):
        read_questions(path)


def test_unanswered_are_read_without_repeats(tmp_path: Path) -> None:
    path = written(tmp_path, "silent: {en: [How much?, How much?, When?]}\nelsewhere: {fr: [Quel temps ?]}")
    assert read_unanswered(path) == {"silent": {"en": ("How much?", "When?")}, "elsewhere": {"fr": ("Quel temps ?",)}}


@pytest.mark.parametrize("path", sorted((CORPUS / "questions").glob("*.yaml")), ids=lambda path: path.stem)
def test_no_question_of_the_corpus_stands_under_two_labels(path: Path) -> None:
    seen: dict[tuple[str, str], str] = {}
    for label, entry in read_questions(path).items():
        for language, lines in entry.questions.items():
            for line in lines:
                assert seen.setdefault((language, line), label) == label, line
