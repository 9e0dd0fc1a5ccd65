"""Another domain's files become provisions and questions."""

from __future__ import annotations

import json
import zipfile

import pytest

from evals.obliqa import ObliqaError, read_passages, read_questions
from evals.obliqa_command import _result


@pytest.fixture
def folder(tmp_path):
    entries = {
        2: [{"ID": "c", "DocumentID": 2, "PassageID": "1.1", "Passage": "\nA Firm must\treport. "}],
        1: [
            {"ID": "a", "DocumentID": 1, "PassageID": "1.1", "Passage": "A Person may apply."},
            {"ID": "b", "DocumentID": 1, "PassageID": "1.2", "Passage": " \n"},
        ],
    }
    with zipfile.ZipFile(tmp_path / "StructuredRegulatoryDocuments.zip", "w") as archive:
        for number, given in entries.items():
            archive.writestr(f"StructuredRegulatoryDocuments/{number}.json", json.dumps(given))
            archive.writestr(f"__MACOSX/StructuredRegulatoryDocuments/._{number}.json", b"\x00\x05")
    questions = [
        {"QuestionID": "q1", "Question": "Who reports?", "Passages": [{"DocumentID": 2, "PassageID": "1.1"}, {"DocumentID": 9, "PassageID": "1"}]},
        {"QuestionID": "q2", "Question": "Who applies?", "Passages": [{"DocumentID": 9, "PassageID": "9", "ID": "a"}]},
        {"QuestionID": "q3", "Question": "Who else?", "Passages": [{"DocumentID": 9, "PassageID": "9"}]},
    ]
    (tmp_path / "ObliQA_dev.json").write_text(json.dumps(questions), "utf-8")
    return tmp_path


def test_passages_become_provisions_in_the_documents_order(folder):
    passages = read_passages(folder)
    assert [(one.id, one.text) for one in passages.provisions] == [("obliqa/item-1", "A Person may apply."), ("obliqa/item-2", "A Firm must report.")]
    assert passages.by_number == {(1, "1.1"): "obliqa/item-1", (2, "1.1"): "obliqa/item-2"}


def test_questions_name_passages_by_key_or_by_number_and_unknown_ones_are_left_out(folder):
    rows = read_questions(folder, read_passages(folder))["ObliQA_dev"]
    assert [(row.id, row.relevant) for row in rows] == [("q1", ("obliqa/item-2",)), ("q2", ("obliqa/item-1",))]


def test_a_folder_without_the_files_is_named(tmp_path, folder):
    with pytest.raises(ObliqaError, match="holds none of ObliQA_dev.json"):
        read_questions(tmp_path / "nowhere", read_passages(folder))


def test_recall_and_average_precision_of_one_list(folder):
    row = read_questions(folder, read_passages(folder))["ObliQA_dev"][0]
    two = type(row)(row.id, row.question, "en", "regulation", "answered", ("obliqa/item-1", "obliqa/item-2"))
    measures = _result("own", "ours", [two], [["obliqa/item-9", "obliqa/item-2"]]).measures
    assert (measures["recall@10"].value, measures["map@10"].value) == (0.5, 0.25)
