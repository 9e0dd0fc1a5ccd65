"""Official texts in the styles in which they are published: nothing lost, nothing invented, no head or foot inside a provision."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.provision import Provision
from ingest.reading import Reading, read
from tests.ingest import official_pages as pages
from tests.ingest import official_pdfs as pdfs
from tests.ingest.samples import docx, instrument, word
from tests.ingest.test_reading import by_label, check_whole, labels, numbered

BODY = (
    "The Parties shall build bridges over all the rivers of the region and keep them well.",
    "No toll shall be taken of anyone who passes on foot, whatever the season.",
    "The Parties shall meet every second year in the capital of one of them.",
    "This Treaty enters into force when three Parties have ratified it.",
)
ARABIC = "تبني الأطراف الجسور فوق كل الأنهار في المنطقة وتصونها."
ARABIC_ORDINALS = "الأولى الثانية الثالثة الرابعة الخامسة السادسة السابعة الثامنة التاسعة العاشرة"


def read_page(folder: Path, page: str) -> Reading:
    path = folder / "page.html"
    path.write_text(page, "utf-8")
    return read(path, instrument(binding=True))


def of_type(reading: Reading, kind: str = "provision") -> list[Provision]:
    return [one for one in reading.provisions if one.kind == kind]


def test_regulation_as_eurlex_shows_it(tmp_path: Path) -> None:
    reading = read_page(tmp_path, pages.eurlex_page())
    found = by_label(reading)
    assert labels(reading, "rec-") == numbered("rec", 6)
    assert labels(reading, "art-") == numbered("art", 6)
    assert [found[f"art-{n}"].heading for n in (1, 6)] == ["Subject matter of 1", "Subject matter of 6"]
    assert found["art-4.2"].path == ("CHAPTER II", "BRIDGES")
    assert found["art-4.2"].text.splitlines()[1:] == [
        "(a) step a;",
        "(b) step b:",
        "(i) smaller step i;",
        "(ii) smaller step ii;",
        "The first subparagraph applies to ferries.",
    ]
    assert {one.label: one.text for one in of_type(reading, "note")} == {
        "preamble-2.fn-1": "OJ C 75, 10.3.2017, p. 97.",
        "rec-3.fn-2": "Regulation (EU) 2019/3 of somebody (OJ L 1, 1.1.2019, p. 1).",
    }
    assert found["preamble-2"].text.endswith("Social Committee,")
    assert found["annex-2"].text.splitlines() == ["Old | This Regulation", "Article 1 | Article 2", "Article 3(1), point (a) | Article 4"]
    assert [one.label for one in reading.provisions if one.label.startswith("annex")] == ["annex-1", "annex-1.para-1", "annex-1.para-2", "annex-2"]
    assert reading.coverage.warnings == ()
    assert not any("ELI:" in one.text or "ISSN" in one.text for one in reading.provisions)
    check_whole(reading)


def test_consolidated_directive_loses_its_amendment_marks_and_keeps_its_inserted_article(tmp_path: Path) -> None:
    reading = read_page(tmp_path, pages.consolidated_page())
    assert labels(reading, "art-") == ["art-1", "art-2", "art-2a", "art-3"]
    assert by_label(reading)["art-2a.2"].text == f"In 2a, {pages.SAID}."
    assert reading.coverage.warnings == ()
    check_whole(reading)


def test_convention_on_a_site_with_navigation(tmp_path: Path) -> None:
    reading = read_page(tmp_path, pages.treaty_page())
    found = by_label(reading)
    assert labels(reading, "art-") == numbered("art", 6)
    assert found["art-2.2"].text == '(a) The term "frontier user";\n(b) The term "guest".'
    assert found["art-3"].path == ("Part 2: Rights",)
    assert [one.label for one in of_type(reading) if one.part == "preamble"] == ["preamble-1", "preamble-2"]
    assert {dropped.reason for dropped in reading.furniture} == {"navigation"}
    check_whole(reading)


def test_council_of_europe_numbers_have_no_stop(tmp_path: Path) -> None:
    for reading in (read_page(tmp_path, pages.council_page()), read(pdfs.council_convention(tmp_path / "c.pdf"), instrument(binding=True))):
        last = int(labels(reading, "art-")[-1].removeprefix("art-"))
        assert labels(reading, "art-") == numbered("art", last)
        assert [one.label for one in of_type(reading) if one.parent == "art-1"][:2] == ["art-1.1", "art-1.2"]
        assert not [one for one in of_type(reading) if one.parent == "art-2"]
        assert by_label(reading)["art-3"].heading == "Purposes of 3"
        assert not any("CETS" in one.text for one in reading.provisions)
        check_whole(reading)


def test_goals_that_stand_in_a_list_first_are_provisions_once(tmp_path: Path) -> None:
    reading = read_page(tmp_path, pages.agenda_page())
    assert reading.numbering["units"] == ["goal", "target", "paragraph"]
    assert labels(reading, "goal-") == numbered("goal", 4)
    assert labels(reading, "para-") == numbered("para", 7)
    assert [one.label for one in of_type(reading) if one.parent == "goal-3"] == ["target-3.1", "target-3.2", "target-3.a"]
    assert [one.text for one in of_type(reading) if one.label.startswith("text")] == ["* Acknowledging that a forum exists."]
    assert reading.coverage.warnings == ()
    check_whole(reading)


def test_text_that_is_annexed_to_a_resolution_has_the_labels_of_a_copy_of_its_own(tmp_path: Path) -> None:
    reading = read(pdfs.resolution_with_annex(tmp_path / "resolution.pdf"), instrument())
    found = by_label(reading)
    assert reading.numbering == {"units": ["objective", "paragraph"], "annexed": True}
    assert labels(reading, "obj-") == numbered("obj", 4)
    assert labels(reading, "para-") == numbered("para", 13)
    assert [one.label for one in of_type(reading) if one.label.startswith("resolution-1.")] == [
        "resolution-1.preamble-1",
        "resolution-1.preamble-2",
        "resolution-1.para-1",
        "resolution-1.para-2",
        "resolution-1.closing-1",
    ]
    assert found["resolution-1.preamble-2.fn-1"].text == "Resolution 71/1."
    assert found["preamble-1.fn-2"].text == ("A long note. " * 14).strip()
    assert found["para-10"].parent == "obj-2"
    assert "\n(ii) by step ii" in found["para-10"].text
    assert found["para-8"].text.splitlines()[1:] == [f"({n}) Collect data on matter {n}" for n in range(1, 5)]
    assert not any(re.search(r"A/RES|00226|recycle|\d/9", one.text) for one in reading.provisions)
    check_whole(reading)


def test_regulation_as_the_official_journal_sets_it(tmp_path: Path) -> None:
    reading = read(pdfs.journal(tmp_path / "journal.pdf"), instrument(binding=True))
    found = by_label(reading)
    assert labels(reading, "rec-") == numbered("rec", 8)
    assert labels(reading, "art-") == numbered("art", 8)
    assert [found[f"art-{n}"].path for n in (1, 8)] == [("CHAPTER I", "GENERAL PROVISIONS"), ("CHAPTER II", "BRIDGES")]
    assert {re.sub(r"Article \d", "Article", found[f"art-{n}.2"].text) for n in range(1, 9)} == {
        re.sub(r"Article \d", "Article", found["art-1.2"].text)
    }
    assert found["preamble-2.fn-1"].text == "OJ C 75, 10.3.2017, p. 97."
    assert [one.label for one in of_type(reading) if one.parent == "annex-1"] == ["annex-1.para-1", "annex-1.para-2"]
    assert not any("OJ L, 22" in one.text or "ELI:" in one.text for one in reading.provisions)
    assert reading.coverage.warnings == ()
    check_whole(reading)


def test_rows_of_a_word_table_are_no_provisions(tmp_path: Path) -> None:
    cells = [("Country", "Bridge"), ("Article 7", "Long bridge"), ("Article 9", "Short bridge")]
    table = "<w:tbl>" + "".join("<w:tr>" + "".join(f"<w:tc>{word(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in cells) + "</w:tbl>"
    path = docx(tmp_path / "t.docx", word("Article 1") + word("Bridges are listed here:") + table + word("Article 2") + word("No toll is taken."))
    reading = read(path, instrument())
    assert [one.label for one in reading.provisions] == ["art-1", "art-2"]
    assert reading.provisions[0].text.splitlines() == [
        "Bridges are listed here:",
        "Country | Bridge",
        "Article 7 | Long bridge",
        "Article 9 | Short bridge",
    ]
    check_whole(reading)


@pytest.mark.parametrize(
    "mark",
    [
        "Article {n}\n\n", "Article {n}. Title\n\n", "Article {n} - Title\n\n", "Article {n} (Title)\n\n", "ARTICLE {n}: TITLE\n\n", "ARTICLE {roman}\n\nTITLE\n\n",
        "Article {roman}.\n\n", "Article {n}. ", "Article {n}.- ", "Article {n} ", "Art. {n}\n\n", "Art. {n}. ", "Article {word}\n\n",
    ],
)  # fmt: skip
def test_article_is_found_however_its_number_is_written(tmp_path: Path, mark: str) -> None:
    assert read_labels(tmp_path, mark) == numbered("art", 4)


@pytest.mark.parametrize(
    "mark", ["{n}. ", "{n}) ", "({n}) ", "{n}.\t", "{n}.", "{n} - ", "{n}– ", "{n} ", "[{n}] ", "§ {n}. ", "{roman}. ", "Paragraph {n}\n\n"]
)
def test_paragraph_is_found_however_its_number_is_written(tmp_path: Path, mark: str) -> None:
    assert read_labels(tmp_path, mark) == numbered("para", 4)


def read_labels(folder: Path, mark: str) -> list[str]:
    path = folder / "treaty.txt"
    names = zip(BODY, ("I", "II", "III", "IV"), ("One", "Two", "Three", "Four"), strict=True)
    body = "\n\n".join(mark.format(n=number, roman=roman, word=name) + text for number, (text, roman, name) in enumerate(names, 1))
    path.write_text(f"TREATY ON BRIDGES\n\nThe Parties,\n\nHave agreed as follows:\n\n{body}\n", "utf-8")
    reading = read(path, instrument())
    check_whole(reading)
    assert reading.coverage.warnings == ()
    return [one.label for one in reading.provisions if one.part != "preamble"]


def test_arabic_articles_are_counted_in_words_beyond_ten(tmp_path: Path) -> None:
    units = ARABIC_ORDINALS.split()
    names = [*units, "الحادية عشرة", *(f"{unit} عشرة" for unit in units[1:9]), "العشرون", "الحادية والعشرون"]
    path = tmp_path / "ar.txt"
    path.write_text("اتفاقية الجسور\n\n" + "\n\n".join(f"المادة {name}\n\n{ARABIC}" for name in names), "utf-8")
    assert labels(read(path, instrument(), language="ar"), "art-") == numbered("art", 21)


@pytest.mark.parametrize(("word_for", "language"), [("Objectif", "fr"), ("الهدف", "ar"), ("Objective", "en")])
def test_objectives_have_the_same_labels_in_every_language(tmp_path: Path, word_for: str, language: str) -> None:
    path = tmp_path / "compact.txt"
    path.write_text("PACTE\n\n" + "\n\n".join(f"{word_for} {n}: Données\n\n{n}. {BODY[n - 1]}" for n in range(1, 5)), "utf-8")
    assert labels(read(path, instrument(), language=language), "obj-") == numbered("obj", 4)


def test_article_without_words_keeps_its_number_and_is_told(tmp_path: Path) -> None:
    path = tmp_path / "treaty.txt"
    path.write_text(f"TREATY\n\nArticle 1\n\n{BODY[0]}\n\nArticle 2\n\nArticle 3\n\n{BODY[1]}\n", "utf-8")
    reading = read(path, instrument())
    assert [(one.label, one.text) for one in reading.provisions][1] == ("art-2", "Article 2")
    assert reading.coverage.warnings == ("no text: art-2 has a number and nothing else",)


def test_reference_at_the_beginning_of_a_paragraph_is_no_article(tmp_path: Path) -> None:
    path = tmp_path / "treaty.txt"
    path.write_text(
        f"TREATY\n\nArticle 1\n\n{BODY[0]}\n\nArticle 33 of the Convention applies.\n\nArticle 9 Parties meet.\n\nArticle 2\n\n{BODY[1]}\n", "utf-8"
    )
    assert labels(read(path, instrument()), "art-") == ["art-1", "art-2"]


def test_raised_mark_of_a_page_that_a_browser_printed_is_no_part_of_the_sentence(tmp_path: Path) -> None:
    reading = read(pdfs.printed_by_a_browser(tmp_path / "printed.pdf"), instrument())
    assert {one.label: one.text for one in reading.provisions} == {
        "para-1": f"We recall the Declaration, and {pdfs.SAID}.",
        "para-1.fn-1": "Resolution 71/1.",
        "para-2": "We meet in 2030.",
    }
    check_whole(reading)


def read_lines(folder: Path, *lines: str, numbering: dict[str, object] | None = None) -> Reading:
    """A page of those paragraphs; "# " and "## " before a heading."""
    elements = [f"<h{line.index(' ')}>{line.lstrip('# ')}</h{line.index(' ')}>" if line.startswith("#") else f"<p>{line}</p>" for line in lines]
    path = folder / "lines.html"
    path.write_text(f"<html><body>{''.join(elements)}</body></html>", "utf-8")
    reading = read(path, instrument(numbering))
    check_whole(reading)
    return reading


def test_states_that_signed_are_no_paragraphs_and_their_dots_no_table_of_contents(tmp_path: Path) -> None:
    states = ("SIGNATURES", "1. Republic of Angola .................", "2. Republic of Benin .................", "....................")
    reading = read_lines(tmp_path, "# Treaty", "Article 1", BODY[0], "IN WITNESS WHEREOF, we have signed.", *states)
    assert [one.label for one in reading.provisions] == ["art-1", "closing-1"]
    assert "Republic of Benin" in reading.provisions[1].text
    assert [dropped.reason for dropped in reading.furniture] == ["blank to be filled in"]


def test_contents_with_their_heading_stand_above_nothing(tmp_path: Path) -> None:
    entries = ("1. Introduction 4", "1.1 Background 4", "2. Policy 6")
    sections = ("## 1. Introduction", BODY[0], "### 1.1 Background", BODY[1], "## 2. Policy", BODY[2])
    reading = read_lines(tmp_path, "# Strategy on Bridges", "## Table of contents", *entries, *sections)
    assert [(one.label, one.heading, one.path) for one in reading.provisions if not one.label.endswith("chapeau")] == [
        ("para-1", "Introduction", ()),
        ("para-1.1", "Background", ()),
        ("para-2", "Policy", ()),
    ]
    assert [reading.source[each.start : each.end] for each in reading.furniture] == ["Table of contents", *entries]


def test_numbered_headings_count_the_unit_that_the_catalogue_names(tmp_path: Path) -> None:
    lines = (
        "# Summit: Action Plan",
        "It has two domains:",
        "1. Development",
        "2. Legal migration",
        "## 1. Development",
        "### 1.1 Investing",
        BODY[0],
    )
    points = ("Initiatives to be launched:", "i. Facilitate investment;", "ii. Train staff.", "## 2. Legal migration", BODY[1])
    reading = read_lines(tmp_path, *lines, *points, numbering={"units": ["domain", "item"], "bare": "domain"})
    assert [(one.label, one.heading) for one in reading.provisions] == [
        ("preamble-1", ""),
        ("domain-1", "Development"),
        ("domain-1.1", "Investing"),
        ("domain-2", "Legal migration"),
    ]
    assert by_label(reading)["domain-1.1"].text.splitlines()[-2:] == ["i. Facilitate investment;", "ii. Train staff."]


def test_actions_of_a_plan_have_their_number_whole_though_they_stand_in_a_table(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>Action {n} Train guards</td><td>States, in the year 202{n[-1]}</td></tr>" for n in ("1.1", "1.2"))
    reading = read_lines(tmp_path, "# Plan", "## Objective 1: Work together", f"<table><tr><th>Action</th><th>Who</th></tr>{rows}</table>",
                         "## Objective 2: Learn", "Action 2.1 Study bridges", BODY[0], "Action 2.10 Study roads")  # fmt: skip
    found = by_label(reading)
    assert [one for one in found if one.startswith("action")] == ["action-1.1", "action-1.2", "action-2.1", "action-2.10"]
    assert found["action-1.2"].text == "Train guards | States, in the year 2022"
    assert found["action-2.10"].text == "Study roads"
    assert reading.coverage.warnings == ()


def test_unnumbered_text_goes_on_where_a_list_has_lost_its_bullets(tmp_path: Path) -> None:
    reading = read_lines(tmp_path, "# Plan", "## Objective 1: Work", BODY[0], "## Follow-up", "We agree to:", "support capacity;", "improve services.",
                         "## Objective 2: Learn", BODY[1])  # fmt: skip
    assert by_label(reading)["text-1"].text == "We agree to:\nsupport capacity;\nimprove services."


def rows(*cells: tuple[str, ...]) -> str:
    return "<table>" + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in cells) + "</table>"


def test_rows_of_a_plan_are_its_provisions_where_nothing_else_is_numbered(tmp_path: Path) -> None:
    table = rows(("No.", "Action", "When"), *((f"{n}.", f"Build bridge {n}", f"203{n}") for n in range(1, 4)))
    assert [one.text for one in read_lines(tmp_path, "# Plan", table).provisions] == [
        "No. | Action | When",
        *(f"Build bridge {n} | 203{n}" for n in range(1, 4)),
    ]
    reading = read_lines(tmp_path, "# Plan", "## 1. Bridges", BODY[0], "## 2. Roads", BODY[1], table.replace("1.", "3.").replace("2.", "4."))
    assert [one.label for one in reading.provisions] == ["para-1", "para-2"]


def test_text_in_two_languages_side_by_side_is_read_one_column_after_the_other(tmp_path: Path) -> None:
    sides = [(f"Article {n}", f"Article {n}") for n in (1, 2)]
    table = rows(sides[0], (BODY[0], "Les Parties bâtissent des ponts."), sides[1], (BODY[1], "Aucun péage n’est perçu."))
    reading = read_lines(tmp_path, "# Accord", table)
    assert [(one.label, one.text) for one in reading.provisions] == [
        ("art-1", BODY[0]),
        ("art-2", BODY[1]),
        ("art-1.again-2", "Les Parties bâtissent des ponts."),
        ("art-2.again-2", "Aucun péage n’est perçu."),
    ]
    assert reading.coverage.warnings == ("number twice: article 1", "number twice: article 2")


def test_paragraphs_that_count_anew_under_a_heading_are_told(tmp_path: Path) -> None:
    reading = read_lines(tmp_path, "# Plan", "## Bridges", f"1. {BODY[0]}", f"2. {BODY[1]}", "## Roads", f"1. {BODY[2]}", f"2. {BODY[3]}")
    assert reading.coverage.warnings == ("numbered anew: paragraph 1 comes again under 'Roads'",)


def test_column_of_another_language_is_left_out_and_told(tmp_path: Path) -> None:
    reading = read(pdfs.in_two_languages(tmp_path / "treaty.pdf"), instrument(binding=True))
    found = by_label(reading)
    assert labels(reading, "art-") == numbered("art", 12)
    assert [found[f"art-{n}.1"].text for n in (1, 12)] == [f"As to matter {n}, {pdfs.SAID}." for n in (1, 12)]
    assert [found[f"art-{n}.2"].text for n in (1, 12)] == [f"They meet in the year 20{n + 9}." for n in (1, 12)]
    assert reading.numbering["until"] == "Traité relatif aux bacs"
    assert {dropped.reason for dropped in reading.furniture} == {"after the text ends"}
    check_whole(reading)


def test_turned_pages_are_read_and_one_without_words_is_told(tmp_path: Path) -> None:
    reading = read(pdfs.with_turned_pages(tmp_path / "turned.pdf"), instrument())
    assert [(one.label, one.text) for one in reading.provisions] == [
        (f"para-{n}", f"We commit to matter {n * n} and to all that follows from it for the countries that took part, being {n + 20} in all.")
        for n in range(1, 9)
    ]
    assert list(reading.coverage.warnings) == ["no text: page 3 is a picture or drawing; if it has words, run the file through OCR"]
    check_whole(reading)
