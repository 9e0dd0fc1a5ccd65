"""The numbering reader: blocks in, labels out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.numbering.builder import build
from ingest.numbering.guess import guess_numbering
from ingest.numbering.numerals import canonical, roman_value
from ingest.numbering.style import InvalidNumbering, style_from
from ingest.numbering.tree import Tree
from ingest.readers.extract import Block
from ingest.readers.html_elements import roman
from ingest.readers.text import extract_text


def read_lines(*lines: str, **numbering: object) -> Tree:
    """The tree of a text with a block a line; "# " makes a heading."""
    blocks = [
        Block(block.text.cut(2), "heading", 2) if block.text.text.startswith("# ") else block for block in extract_text("\n".join(lines)).blocks
    ]
    return build(blocks, style_from(numbering or guess_numbering(blocks)))


def labels(tree: Tree) -> list[str]:
    return [node.label for node in tree.walk()]


@pytest.mark.parametrize(
    ("lines", "titles"),
    [
        (("Article 1", "Definitions", "In this Convention.", "Article 2: Scope", "It applies."), ["Definitions", "Scope"]),
        (("ARTICLE I", "Definitions", "In this Convention.", "ARTICLE II – SCOPE", "It applies."), ["Definitions", "SCOPE"]),
        (("Article premier", "Définitions", "Dans la présente Convention.", "Article 2", "Champ", "Elle vaut."), ["Définitions", "Champ"]),
        (("Article 1er", "Définitions", "Dans la présente Convention.", "Article 2", "Champ", "Elle vaut."), ["Définitions", "Champ"]),
        (("المادة 1", "تعاريف", "في هذه الاتفاقية.", "المادة 2", "النطاق", "تنطبق."), ["تعاريف", "النطاق"]),
        (("المادة ١", "تعاريف", "في هذه الاتفاقية.", "المادة (٢)", "النطاق", "تنطبق."), ["تعاريف", "النطاق"]),
        (("المادة الأولى", "تعاريف", "في هذه الاتفاقية.", "المادة الثانية", "النطاق", "تنطبق."), ["تعاريف", "النطاق"]),
        (("Artikel 1", "Innehåll", "I denna förordning.", "Artikel 2", "Räckvidd", "Den gäller."), ["Innehåll", "Räckvidd"]),
    ],
)
def test_articles_are_found_in_every_language_and_numeral(lines: tuple[str, ...], titles: list[str]) -> None:
    tree = read_lines(*lines)
    assert [(node.label, node.heading) for node in tree.nodes] == list(zip(["art-1", "art-2"], titles, strict=True))
    assert all(len(node.pieces) == 1 for node in tree.nodes)


def test_article_named_in_a_sentence_is_no_article() -> None:
    tree = read_lines("Article 1", "Scope", "It applies under", "Article 33 of the Convention, and", "Article 34 shall not.", "Article 2", "Second.")
    assert labels(tree) == ["art-1", "art-2"]
    assert "Article 33 of the Convention" in tree.nodes[0].own_text().text


def test_paragraphs_count_anew_in_each_article_and_points_stay_lines() -> None:
    tree = read_lines("Article 1", "1. First:", "(a) one;", "(i) inner;", "(b) two.", "2. Second.", "Article 2", "1. Third.")
    assert labels(tree) == ["art-1", "art-1.1", "art-1.2", "art-2", "art-2.1"]
    assert tree.nodes[0].children[0].own_text().text == "First:\n(a) one;\n(i) inner;\n(b) two."
    assert tree.nodes[0].full_text().text == "1. First:\n(a) one;\n(i) inner;\n(b) two.\n2. Second."


def test_paragraphs_that_run_through_objectives_keep_their_own_number() -> None:
    tree = read_lines("1. One.", "2. Two.", "Objective 1: Data", "3. Three.", "(a) act;", "Objective 2: Drivers", "4. Four.", "5. Five.")
    assert labels(tree) == ["para-1", "para-2", "obj-1", "para-3", "obj-2", "para-4", "para-5"]
    assert [node.parent.label if node.parent else None for node in tree.walk()] == [None, None, None, "obj-1", None, "obj-2", "obj-2"]


def test_goals_hold_their_targets() -> None:
    tree = read_lines("Goal 1. End poverty", "1.1 Eradicate it.", "1.a Mobilize.", "Goal 10. Reduce inequality", "10.7 Facilitate migration.")
    assert labels(tree) == ["goal-1", "target-1.1", "target-1.a", "goal-10", "target-10.7"]
    assert tree.nodes[1].children[0].own_text().text == "Facilitate migration."


def test_recitals_stand_before_the_articles() -> None:
    lines = ("Whereas:", "(1) First.", "(2) Second.", "(3) Third.", "Article 1", "Subject", "(1) A point.", "(2) Another.")
    tree = read_lines(*lines)
    assert labels(tree) == ["preamble-1", "rec-1", "rec-2", "rec-3", "art-1", "art-1.1", "art-1.2"]
    assert [node.part for node in tree.nodes] == ["preamble"] * 4 + ["operative"]


def test_headings_stand_in_the_path() -> None:
    tree = read_lines("PART I", "GENERAL", "Chapter V", "Measures", "Article 1", "Title", "Text here.", "Chapter VI", "Article 2", "Title", "More.")
    assert [node.path for node in tree.nodes] == [("PART I", "GENERAL", "Chapter V", "Measures"), ("PART I", "GENERAL", "Chapter VI")]


def test_annex_counts_anew_under_its_own_label() -> None:
    tree = read_lines("1. One.", "2. Two.", "Annex", "1. First.", "2. Second.", "Annex II", "1. Again.")
    assert labels(tree) == ["para-1", "para-2", "annex-1", "annex-1.para-1", "annex-1.para-2", "annex-2", "annex-2.para-1"]
    assert {node.part for node in tree.nodes[2:]} == {"annex"}


def test_words_before_the_points_of_an_article_are_its_own_text() -> None:
    tree = read_lines("Article 2", "Definitions", "For the purposes of this Convention:", "(1) “migrant” means one;", "(2) “State” means two.")
    assert labels(tree) == ["art-2", "art-2.1", "art-2.2"]
    assert tree.nodes[0].own_text().text == "For the purposes of this Convention:"


def test_gap_and_repetition_are_reported() -> None:
    gap = read_lines("1. One.", "2. Two.", "4. Four.")
    assert (labels(gap), gap.warnings) == (["para-1", "para-2", "para-4"], ["gap: paragraph 2 is followed by 4"])
    twice = read_lines("Article 1", "Text one.", "Article 2", "Text two.", "Article 2", "Text again.")
    assert (labels(twice), twice.warnings) == (["art-1", "art-2", "art-2.again-2"], ["number twice: article 2"])


def test_table_of_contents_is_no_text() -> None:
    tree = read_lines("Article 1 Scope", "Article 2 Terms", "Article 1", "Scope", "It applies.", "Article 2", "Terms", "They mean.")
    assert (labels(tree), tree.warnings) == (["art-1", "art-2"], [])
    assert [text.text for text in tree.contents] == ["Article 1", "Scope", "Article 2", "Terms"]


def test_list_inside_a_paragraph_is_no_paragraph() -> None:
    tree = read_lines("1. One.", "2. Two.", "3. Three, with a list:", "1. apples;", "2. pears.", "4. Four.")
    assert labels(tree) == ["para-1", "para-2", "para-3", "para-4"]
    assert "1. apples" in tree.nodes[2].own_text().text


def test_year_at_the_beginning_of_a_line_is_no_number() -> None:
    tree = read_lines("1. The Convention of", "1951 and its Protocol.", "2. In the years", "18. and after it.", "3. Three.")
    assert labels(tree) == ["para-1", "para-2", "para-3"]


def test_decimal_numbers_hang_under_their_paragraph() -> None:
    tree = read_lines("1. Introduction", "1.1 First.", "1.2 Second.", "2. Pillars", "2.1 Third.", "2.1.1 Fourth.")
    assert labels(tree) == ["para-1", "para-1.1", "para-1.2", "para-2", "para-2.1", "para-2.1.1"]


def test_numbers_with_arabic_digits_and_a_dash() -> None:
    assert labels(read_lines("١ - الأولى.", "٢ - الثانية.", "٣ - الثالثة.")) == ["para-1", "para-2", "para-3"]


def test_text_between_headings_is_kept_without_a_number_of_its_own() -> None:
    tree = read_lines("# Introduction", "Some words.", "# Commitments", "1. One.", "2. Two.", "# Follow-up", "Closing words.")
    assert labels(tree) == ["preamble-1", "para-1", "para-2", "text-1"]


def test_restart_keeps_labels_apart() -> None:
    tree = read_lines("Part I", "1. One.", "2. Two.", "Part II", "1. Three.", units=["paragraph"], restart="part")
    assert labels(tree) == ["part-1.para-1", "part-1.para-2", "part-2.para-1"]


@pytest.mark.parametrize(
    ("numbering", "key"),
    [
        ({"unit": ["article"]}, "unit"),
        ({"units": ["clause"]}, "units"),
        ({"drop": ["("]}, "drop"),
        ({"prefixes": {"article": "A1"}, "units": ["article"]}, "prefixes"),
    ],
)
def test_mistake_in_the_catalogue_names_its_key(numbering: dict[str, object], key: str) -> None:
    with pytest.raises(InvalidNumbering) as caught:
        style_from(numbering)
    assert caught.value.key == key


def test_unit_of_its_own_words() -> None:
    tree = read_lines("Measure 1: Borders", "We act.", "Measure 2: Return", "We act too.", units=["measure"], words={"measure": ["Measure"]})
    assert [(node.label, node.heading) for node in tree.nodes] == [("measure-1", "Borders"), ("measure-2", "Return")]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("33", "33"),
        ("XXXIII", "33"),
        ("٣٣", "33"),
        ("premier", "1"),
        ("الأولى", "1"),
        ("33 bis", "33bis"),
        ("1er", "1"),
        ("12a", "12a"),
        ("migration", None),
    ],
)
def test_numerals(written: str, number: str | None) -> None:
    assert canonical(written) == number


@given(st.integers(1, 3999))
def test_roman_numerals_read_back(number: int) -> None:
    assert roman_value(roman(number)) == number
    assert canonical(roman(number).upper()) == str(number)


@given(st.lists(st.text(alphabet="abc ABC.;:()1234567890", max_size=40), max_size=30))
def test_no_block_is_lost_and_no_label_twice(lines: list[str]) -> None:
    tree = read_lines(*lines)
    found = labels(tree)
    assert len(found) == len(set(found))
    kept = sum(len("".join(node.mark.text.split())) for node in tree.walk())
    kept += sum(len("".join(text.text.split())) for node in tree.walk() for text in (*node.titles, *node.pieces))
    titles = {id(title) for node in tree.walk() for title in node.titles}
    kept += sum(len("".join(each.text.text.split())) for each in tree.headings if id(each.text) not in titles)
    kept += sum(len("".join(text.text.split())) for text in tree.contents)
    assert kept == sum(len("".join(line.split())) for line in lines)
