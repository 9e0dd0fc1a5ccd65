"""Question sets: their form, and what is said of a mistake."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.sets import Row, SetError, find_set, known_sets, load_set, sample

GOOD = {
    "id": "a",
    "question": "What about return?",
    "language": "en",
    "kind": "topic",
    "expect": "answered",
    "relevant": ["cairo-declaration-2025/para-23"],
}


def written(folder: Path, *lines: object) -> Path:
    path = folder / "own.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines) + "\n", "utf-8")
    return path


def test_a_row_has_what_its_line_says(tmp_path):
    path = written(tmp_path, GOOD, "", {**GOOD, "id": "b", "kind": "silent", "expect": "not_addressed", "relevant": []})
    assert load_set(path) == [
        Row("a", "What about return?", "en", "topic", "answered", ("cairo-declaration-2025/para-23",)),
        Row("b", "What about return?", "en", "silent", "not_addressed"),
    ]


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("{", "line 2: not JSON"),
        ("[]", "line 2: not a JSON object"),
        ({**GOOD, "id": "b", "answer": "x"}, "line 2: answer: unknown field"),
        ({key: value for key, value in GOOD.items() if key != "kind"}, "line 2: kind: missing"),
        ({**GOOD, "id": "b", "question": "  "}, "line 2: question: is '  '"),
        ({**GOOD, "id": "b", "question": 7}, "line 2: question: is 7"),
        ({**GOOD, "id": "b", "language": "de"}, "line 2: language: is 'de'; it is one of en, fr, ar"),
        ({**GOOD, "id": "b", "expect": "maybe"}, "line 2: expect: is 'maybe'; it is one of answered, not_addressed, out_of_scope"),
        ({**GOOD, "id": "b", "relevant": "para-23"}, "line 2: relevant: is 'para-23'; it must be a list"),
        ({**GOOD, "id": "b", "acceptable": ["para-23"]}, "line 2: acceptable: 'para-23' is not a provision id"),
        ({**GOOD, "id": "b", "relevant": []}, "line 2: relevant: a question to be answered needs one id or more"),
        ({**GOOD, "id": "b", "expect": "out_of_scope"}, "line 2: relevant: a question to be answered needs one id or more"),
        (GOOD, "line 2: id: 'a' is there twice"),
    ],
)
def test_a_mistake_is_named_by_file_line_and_field(tmp_path, bad, said):
    path = written(tmp_path, GOOD, bad)
    with pytest.raises(SetError) as error:
        load_set(path)
    assert str(error.value).startswith(f"{path}, {said}")


def test_a_set_without_questions_is_a_mistake(tmp_path):
    with pytest.raises(SetError, match="holds no question"):
        load_set(written(tmp_path, ""))


def test_a_set_that_is_not_utf8_is_a_mistake(tmp_path):
    path = tmp_path / "own.jsonl"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(SetError, match=r"own\.jsonl is not UTF-8"):
        load_set(path)


def test_a_set_is_found_by_name_or_by_path(tmp_path):
    own = written(tmp_path, GOOD)
    assert find_set(str(own)) == own
    assert find_set("declaration-dev").name == "declaration-dev.jsonl"
    with pytest.raises(SetError, match="no such set or file"):
        find_set("declaration-nowhere")


@pytest.mark.parametrize("name", known_sets())
def test_every_set_of_the_project_is_in_its_form(name):
    assert load_set(find_set(name))


def test_the_halves_of_a_set_share_hardly_a_question():
    dev, test = ({(row.question.casefold(), row.conversation) for row in load_set(find_set(f"declaration-{half}"))} for half in ("dev", "test"))
    # Written apart, two people still both ask what paragraph 7 says. A number alone is compared: a failure must not print the held-out half.
    shared = len(dev & test)
    assert shared <= 0.03 * len(test)


def test_a_sample_is_the_same_every_time_and_in_order():
    rows = load_set(find_set("declaration-dev"))
    some = sample(rows, 10)
    assert some == sample(rows, 10)
    assert [rows.index(row) for row in some] == sorted(rows.index(row) for row in some)
    assert sample(rows, None) == rows
