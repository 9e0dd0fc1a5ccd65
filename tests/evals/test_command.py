"""`khartoum eval`, on the real index."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.command import main
from evals.details import write_details
from evals.report import from_json
from evals.trial import Asked, Trial, everywhere, trial_of
from service.settings import Settings
from tests.evals.outcomes import a_refusal_row, a_row, answered, refused

QUESTIONS = (
    ("What does the declaration say about return and readmission?", "answered", ["cairo-declaration-2025/para-23"]),
    ("What does paragraph 7 say?", "answered", ["cairo-declaration-2025/para-7"]),
    ("Give me a recipe for lentil soup.", "out_of_scope", []),
)


@pytest.fixture
def own_set(tmp_path: Path) -> Path:
    path = tmp_path / "own-dev.jsonl"
    rows = [
        {
            "id": str(n),
            "question": text,
            "language": "en",
            "kind": "own",
            "expect": expect,
            "relevant": relevant,
            "instruments": ["cairo-declaration-2025"],
        }
        for n, (text, expect, relevant) in enumerate(QUESTIONS)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


@pytest.mark.slow
def test_a_set_of_one_s_own_is_measured_and_gated(own_set, tmp_path, home, capsys):
    thresholds = tmp_path / "own.toml"
    thresholds.write_text('[own-dev]\nfirst_citation = { least = 0.5 }\nrefused_silent = { least = 0.5 }\n"recall@10" = { least = 1.0 }\n', "utf-8")
    args = ["--set", str(own_set), "--out", str(tmp_path / "out"), "--thresholds", str(thresholds), "--details"]
    assert main(args, Settings(home=home)) == 1
    shown = capsys.readouterr()
    assert shown.err.splitlines()[-1] == "below the threshold: own-dev: refused_silent was not measured"
    report = from_json((tmp_path / "out" / "eval.json").read_text("utf-8"))
    measures = report.results[0].measures
    assert {name: measures[name].value for name in ("first_citation", "refused", "quotes_verbatim", "quotes_in_source", "same_bytes")} == {
        "first_citation": 1.0,
        "refused": 1.0,
        "quotes_verbatim": 1.0,
        "quotes_in_source": 1.0,
        "same_bytes": 1.0,
    }
    assert len((tmp_path / "out" / "own-dev-ours.jsonl").read_text("utf-8").splitlines()) == 3
    assert main([*args, "--no-gate"], Settings(home=home)) == 0


def test_a_set_that_is_not_there_is_one_line_and_code_2(tmp_path, capsys):
    assert main(["--set", "nowhere", "--out", str(tmp_path)], Settings(home=tmp_path / "none")) == 2
    assert capsys.readouterr().err.startswith("khartoum eval: nowhere: there is no such set or file")


def test_a_folder_without_obliqa_is_one_line_and_code_2(tmp_path, capsys):
    assert main(["--obliqa", str(tmp_path), "--out", str(tmp_path)], Settings(home=tmp_path / "none")) == 2
    assert "StructuredRegulatoryDocuments.zip is missing" in capsys.readouterr().err


def test_single_questions_of_a_held_out_set_are_never_written(tmp_path):
    outcomes = (answered(a_row(), "d/para-1"), refused(a_refusal_row()))
    rows = tuple(one.row for one in outcomes)
    for name in ("own-test", "own-test-all", "claims-held-back", "own-dev"):
        write_details([Asked(Trial(name, rows), "ours", True, outcomes, {})], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["own-dev-ours.jsonl"]


def test_the_project_s_sets_are_asked_of_the_declaration_and_then_of_everything():
    trial = trial_of("declaration-dev", 50)
    assert (trial.name, trial.scope, len(trial.rows)) == ("declaration-dev", ("cairo-declaration-2025",), 50)
    wide = everywhere(trial)
    assert (wide.name, wide.scope) == ("declaration-dev-all", ())
    assert {row.kind for row in trial.rows} - {row.kind for row in wide.rows} == {"silent"}
