"""Reports: they hold what was measured, need nothing from elsewhere, and the README shows the one on record."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evals.intervals import compare
from evals.markdown import BEGIN, between_marks, markdown
from evals.measures import Measure
from evals.page import page
from evals.refusals import Bin
from evals.report import LATEST, Compared, Report, Result, from_json, to_json
from evals.tables import plain, shown, tables
from evals.writing import write_reports

OURS = Result(
    "own",
    "ours",
    3,
    {"first_citation": Measure(0.5, 2, 0.1, 0.9), "p50_ms": Measure(12.34, 3)},
    {"topic": Measure(0.5, 2, 0.1, 0.9)},
    (Bin(0.9, 1.0, 2, 0.95, 0.5),),
)
OTHER = Result("own", "bm25", 3, {"first_citation": Measure(0.25, 2, 0.0, 0.5)})
REPORT = Report("v1", "a <model>", (OURS,), failures=("own: refused is 0.1, below 0.85",))
FULL = Report(
    "v1",
    "a <model>",
    (OURS, OTHER),
    (Result("own", "without nothing", 3, {"first_citation": Measure(0.5, 2)}),),
    (Compared("own", "bm25", "ours", "first_citation", compare([0.0, 1.0], [1.0, 1.0])),),
    {"khartoum ask": 1.5, "tutorial pipeline": 9.0, "ratio": 0.1667},
)
README = Path(__file__).resolve().parents[2] / "README.md"


@pytest.mark.parametrize("report", [REPORT, FULL])
def test_a_report_survives_being_written(report):
    again = from_json(to_json(report))
    assert to_json(again) == to_json(report)
    assert again.results[0].measures["first_citation"] == Measure(0.5, 2, 0.1, 0.9)


def test_a_table_for_one_system_has_a_column_a_set():
    assert plain(tables(REPORT)[0]).splitlines() == [
        "ours                           own (3)",
        "first citation right  0.50 (0.10-0.90)",
        "latency p50, ms                     12",
    ]


def test_a_table_for_two_systems_has_a_column_a_system():
    first, ablation, compared, cold = tables(FULL)
    assert first.header == ("own", "ours", "bm25")
    assert first.rows == (("first citation right", "0.50", "0.25"), ("latency p50, ms", "12", "-"))
    assert ablation.header == ("one part switched off, own", "without nothing")
    assert compared.rows[0][:2] == ("own: first citation right", "+0.500")
    assert cold.rows[-1] == ("ratio", "0.17")


def test_rounding_never_makes_a_figure_perfect():
    assert shown("refused", Measure(0.9978, 450)) == "0.998"
    assert shown("refused", Measure(1.0, 450)) == "1.00"
    assert shown("refused", None) == "-"


def test_the_html_report_loads_nothing():
    html = page(FULL)
    assert not re.search(r"""<(?:script|img|iframe)[^>]*\ssrc=|<link\b|@import|url\(\s*['"]?http""", html)
    assert html.count("Plotly.newPlot(") == 4  # each plot is drawn, and the code that draws it is inside once
    assert "plotly.js v" in html


def test_the_html_report_escapes_and_names_what_is_missed():
    html = page(REPORT)
    assert "a &lt;model&gt;" in html
    assert "own: refused is 0.1, below 0.85" in html


def test_the_files_of_a_report(tmp_path):
    assert [path.name for path in write_reports(REPORT, tmp_path / "new" / "reports")] == ["eval.json", "eval.md", "eval.html"]
    assert (tmp_path / "new" / "reports" / "eval.md").read_text("utf-8") == markdown(REPORT)


def test_markdown_keeps_rows_that_belong_together():
    lines = markdown(Report("v", "m", (Result("own", "ours", 1, {"first_citation_en": Measure(1.0, 1)}),))).splitlines()
    assert lines == [BEGIN, "", "| ours | own (1) |", "| --- | --: |", "| &ensp;English | 1.00 |", "", "<!-- eval:end -->"]
    assert between_marks("Before\n" + "\n".join(lines) + "\nAfter") == "\n".join(lines) + "\n"


@pytest.mark.skipif(not LATEST.exists(), reason="no run is on record; `khartoum eval --record` puts one there")
def test_the_readme_shows_the_run_on_record():
    assert between_marks(README.read_text("utf-8")) == markdown(from_json(LATEST.read_text("utf-8")))
