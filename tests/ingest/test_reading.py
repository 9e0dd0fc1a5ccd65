"""Whole texts: the declaration, and the official texts of the frameworks."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ingest.provision import LABEL, Provision
from ingest.readers.cleanup import clean
from ingest.reading import Reading, read
from tests.ingest.samples import CAIRO, CAIRO_NUMBERING, instrument, official, resolution_pdf, treaty_pdf

REGULATION = {"units": ["recital", "article", "paragraph"]}
CONVENTION = {
    "units": ["article", "paragraph", "schedule", "annex", "final_act"],
    "start": "####CONVENTION RELATING TO THE STATUS",
    "until": "####VERDRAG BETREFFENDE DE STATUS",
}
PROTOCOL = {"units": ["article", "paragraph"], "start": "####Protocol against the Smuggling", "until": "####Protocol tegen de smokkel"}


def cairo() -> Reading:
    return read(CAIRO, instrument(CAIRO_NUMBERING))


def by_label(reading: Reading) -> dict[str, Provision]:
    return {provision.label: provision for provision in reading.provisions}


def labels(reading: Reading, prefix: str) -> list[str]:
    return [each.label for each in reading.provisions if each.label.startswith(prefix) and "." not in each.label]


def numbered(prefix: str, last: int) -> list[str]:
    return [f"{prefix}-{number}" for number in range(1, last + 1)]


def check_whole(reading: Reading) -> None:
    """What holds for every reading: labels, parents, spans, coverage."""
    found = [each.label for each in reading.provisions]
    assert len(found) == len(set(found))
    for each in reading.provisions:
        assert LABEL.fullmatch(each.label), each.label
        assert each.parent is None or each.parent in found
        assert each.text == each.text.strip()
        assert each.text
        for span in each.spans:
            assert clean(reading.source, span.source_start, span.source_end).text == each.text[span.start : span.end]
        outside = [each.text[a.end : b.start] for a, b in zip(each.spans, each.spans[1:], strict=False)]
        assert {*outside} <= {"", " ", "\n", " | "}, each.label
        assert each.spans[0].start == 0
        assert each.spans[-1].end == len(each.text)
    assert reading.coverage.share >= 0.995, reading.coverage.lost


def test_declaration_reads_into_28_paragraphs_and_a_note() -> None:
    reading = cairo()
    assert [each.label for each in reading.provisions] == [*numbered("para", 9), "para-9.fn-1", *(f"para-{n}" for n in range(10, 29))]
    assert [each.part for each in reading.provisions] == ["preamble"] * 12 + ["operative"] * 17
    assert reading.coverage.share == 1.0
    assert reading.coverage.warnings == ()
    assert [heading.text for heading in reading.headings] == ["Cairo Ministerial Declaration", "Have agreed on the following:"]
    check_whole(reading)


def test_declaration_is_read_the_same_without_the_catalogue() -> None:
    guessed = read(CAIRO, instrument())
    assert guessed.numbering == {"units": ["paragraph"]}
    assert guessed.provisions == cairo().provisions


def test_sentence_broken_by_a_footnote_and_a_page_is_whole_again() -> None:
    paragraph = by_label(cairo())["para-9"]
    assert paragraph.text.startswith("Taking into account the adoption in December 2018")
    assert "the Global Compact on Refugees by most Partner States" in paragraph.text
    assert "strengthen migration governance and international protection systems, while taking full account of" in paragraph.text
    assert "¹" not in paragraph.text
    note = by_label(cairo())["para-9.fn-1"]
    assert (note.kind, note.parent) == ("note", "para-9")
    assert note.text.startswith("Without prejudice to the position of each participating state")


def test_declaration_keeps_the_verbs_and_their_strength() -> None:
    found = by_label(cairo())
    assert [(found[f"para-{n}"].verb, found[f"para-{n}"].strength) for n in (4, 9, 11, 14, 16, 23, 27, 28)] == [
        ("recognise", "recall"),
        ("take into account", "recall"),
        ("be concerned", "recall"),
        ("reiterate", "commit"),
        ("encourage", "encourage"),
        ("highlight", "encourage"),
        ("adopt", "decide"),
        ("decide", "decide"),
    ]
    assert all(each.verb and each.strength for each in cairo().provisions if each.kind == "provision")


def test_refugee_convention_reads_into_46_articles_and_its_schedule() -> None:
    reading = read(official("refugee-convention-1951/BWBV0001002.md"), instrument(CONVENTION, binding=True))
    found = by_label(reading)
    assert labels(reading, "art-") == numbered("art", 46)
    assert [found[f"art-{n}"].heading for n in (27, 28, 33)] == [
        "Identity Papers",
        "Travel Documents",
        'Prohibition of Expulsion or Return ("Refoulement")',
    ]
    assert found["art-33.1"].path == ("CHAPTER V", "Administrative Measures")
    assert found["art-33.1"].strength == "oblige"
    assert [each.label for each in reading.provisions if each.parent == "art-1"] == [f"art-1.{letter}" for letter in "abcdef"]
    assert found["art-1.a.2"].text.startswith("As a result of events occurring before 1 January 1951")
    assert [each.label for each in reading.provisions if each.parent == "schedule-1"] == [f"schedule-1.para-{n}" for n in range(1, 17)]
    assert "Verdragsluitende" not in "".join(each.text for each in reading.provisions)
    assert not [warning for warning in reading.coverage.warnings if "gap" in warning or "twice" in warning]
    check_whole(reading)


@pytest.mark.parametrize(("name", "last"), [("refugee-convention-1951/BWBV0001002.md", 46), ("palermo-smuggling-protocol-2000/BWBV0001750.md", 25)])
@pytest.mark.parametrize("numbering", [{}, {"units": ["article", "paragraph"]}, {"units": ["item"]}])
def test_translation_in_the_same_file_is_cut_off(name: str, last: int, numbering: dict[str, object]) -> None:
    reading = read(official(name), instrument(numbering, binding=True))
    assert labels(reading, "art-") == numbered("art", last)
    assert not any("again" in each.label for each in reading.provisions)
    check_whole(reading)


def test_smuggling_protocol_reads_into_25_articles() -> None:
    reading = read(official("palermo-smuggling-protocol-2000/BWBV0001750.md"), instrument(PROTOCOL, binding=True))
    assert labels(reading, "art-") == numbered("art", 25)
    assert by_label(reading)["art-16"].heading == "Protection and assistance measures"
    assert "\nb) When committed for the purpose" in by_label(reading)["art-6.1"].text
    assert reading.coverage.warnings == ()
    check_whole(reading)


def test_universal_declaration_has_the_same_labels_in_three_languages() -> None:
    readings = {
        language: read(official(f"udhr-1948/udhr_{code}.xml"), instrument({"units": ["article", "paragraph"]}), language=language)
        for language, code in (("en", "eng"), ("fr", "fra"), ("ar", "arb"))
    }
    articles = {language: [each.label for each in reading.provisions if each.label.startswith("art-")] for language, reading in readings.items()}
    assert articles["en"] == articles["fr"] == articles["ar"]
    for language, reading in readings.items():
        assert labels(reading, "art-") == numbered("art", 30)
        assert {each.language for each in reading.provisions} == {language}
        check_whole(reading)


def test_pdf_and_web_page_of_a_regulation_give_the_same_text() -> None:
    page = read(official("_parser-tests-sv/L_202401359SV.000101.fmx.xml.mhtml"), instrument(REGULATION, binding=True), language="sv")
    pdf = read(official("_parser-tests-sv/OJ_L_202401359_SV_TXT.pdf"), instrument(REGULATION, binding=True), language="sv")
    for reading in (page, pdf):
        assert labels(reading, "rec-") == numbered("rec", 68)
        assert labels(reading, "art-") == numbered("art", 20)
        assert reading.coverage.warnings == ()
        check_whole(reading)
    one, other = ({each.label: (each.heading, each.path, each.text) for each in reading.provisions} for reading in (page, pdf))
    # The saved page lacks the note of article 19.
    assert {*other} - {*one} == {"art-19.fn-1"}
    assert not {*one} - {*other}
    assert [label for label in one if one[label] != other[label]] == []


def test_resolution_as_a_pdf(tmp_path: Path) -> None:
    reading = read(resolution_pdf(tmp_path / "resolution.pdf"), instrument())
    found = by_label(reading)
    assert reading.numbering == {"units": ["objective", "paragraph"]}
    assert labels(reading, "para-") == numbered("para", 23)
    assert labels(reading, "obj-") == numbered("obj", 6)
    assert [each.verb for each in reading.provisions if each.label.startswith("preamble-") and each.kind == "provision"] == [
        "",
        "recall",
        "be concerned",
    ]
    assert found["preamble-2.fn-1"].text == "Resolution 71/1."
    assert found["para-17.fn-2"].parent == "para-17"
    assert found["para-18"].parent == "obj-2"
    assert "\n(b) Elaborate action b of 2" in found["para-18"].text
    assert found["obj-2"].heading == "Collect and utilize accurate and disaggregated data on matter 2 as a basis for policies"
    assert not any("A/RES" in each.text or "18-22226" in each.text for each in reading.provisions)
    texts = {found[f"para-{number}"].text.replace(f"matter {number} ", "matter ") for number in range(1, 17)}
    assert len(texts) == 1, "page ends leave traces in some paragraphs"
    check_whole(reading)


def test_treaty_as_a_pdf(tmp_path: Path) -> None:
    reading = read(treaty_pdf(tmp_path / "treaty.pdf"), instrument(binding=True))
    found = by_label(reading)
    assert labels(reading, "art-") == numbered("art", 12)
    assert [found[f"art-{n}"].heading for n in (2, 11)] == ["Obligations relating to matter 2", "Obligations relating to matter 11"]
    assert found["art-11.2"].text.splitlines()[1:] == [f"{letter}) Refrain from displacement of kind {letter};" for letter in "abc"]
    assert (found["art-11.2"].strength, found["closing-1"].part) == ("oblige", "operative")
    assert [each.part for each in reading.provisions[:3]] == ["preamble", "preamble", "operative"]
    check_whole(reading)


@pytest.mark.slow
def test_pdf_of_300_pages_reads_in_well_under_40_seconds(tmp_path: Path) -> None:
    path = resolution_pdf(tmp_path / "long.pdf", paragraphs=99, objectives=899)
    begun = time.monotonic()
    reading = read(path, instrument())
    assert time.monotonic() - begun < 40
    assert reading.source.count("\f") >= 300
    assert labels(reading, "para-")[-1] == "para-999"
