"""PDF: what is read from where things stand on the page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.pdf_lines import Line, furniture, lines_of
from ingest.readers.pdf_notes import separate_notes
from ingest.readers.pdf_paragraphs import blocks_of
from ingest.readers.pdf_rtl import in_reading_order, is_right_to_left


def page(*lines: tuple[str, float], left: float = 72, right: float = 520, size: float = 10) -> dict[str, object]:
    """A page of lines: text and height of the baseline; each as wide as its text at five points a character."""
    return {
        "width": 595.0,
        "height": 842.0,
        "lines": [[text, left, min(right, left + 5.0 * len(text)), base, size, False, [], []] for text, base in lines],
    }


def dropped(pages: list[dict[str, object]]) -> list[str]:
    _, lines = lines_of(pages)
    found = furniture(lines, [842.0] * len(pages))
    return [line.text for line in lines if line in found]


def test_running_heads_and_page_numbers_are_dropped_on_left_and_right_pages() -> None:
    pages = [
        page((f"A/RES/73/195 {n}" if n % 2 else f"{n} A/RES/73/195", 800), (f"Words that only page {n * n} has.", 600), (f"18-22226 {n}/9", 30))
        for n in range(1, 7)
    ]
    assert len(dropped(pages)) == 12
    assert not any("Words" in text for text in dropped(pages))


def test_article_at_the_top_of_several_pages_is_no_running_head() -> None:
    pages = [page((f"Article {number}", 780), (f"Text of {number}.", 600), (str(n), 40)) for n, number in enumerate((3, 9, 14, 22), 1)]
    assert dropped(pages) == ["1", "2", "3", "4"]


def test_article_a_page_each_at_its_top_is_no_running_head() -> None:
    pages = [page((f"Article {number}", 780), (f"Text of {number * number}.", 600), (str(number), 40)) for number in range(1, 9)]
    assert dropped(pages) == [str(number) for number in range(1, 9)]


def test_sentence_that_happens_to_open_three_pages_of_many_is_kept() -> None:
    pages = [
        page(("To realize this commitment:" if n in (2, 9, 17) else f"Page {n * n}, other words here.", 780), (f"Text {n * 7}.", 600))
        for n in range(20)
    ]
    assert "To realize this commitment:" not in dropped(pages)


def test_box_listed_last_but_printed_first_is_read_first() -> None:
    source, lines = lines_of([page(("Body one.", 600), ("Body two.", 588), ("Masthead", 800), ("Foot", 30))])
    assert [line.text for line in lines] == ["Masthead", "Body one.", "Body two.", "Foot"]
    assert [source[line.start : line.start + len(line.text)] for line in lines] == [line.text for line in lines]


def test_columns_keep_the_order_of_the_file() -> None:
    left = [("Left one,", 600.0), ("left two.", 588.0)]
    whole = page(*left)
    whole["lines"] += page(("Right one,", 600), ("right two.", 588), left=320)["lines"]  # type: ignore[operator]
    assert [line.text for line in lines_of([whole])[1]] == ["Left one,", "left two.", "Right one,", "right two."]


def line(
    text: str, base: float, *, size: float = 10, left: float = 72, number: int = 1, raised: tuple[tuple[int, int], ...] = (), start: int = 0
) -> Line:
    return Line(text, left, min(520.0, left + 5.0 * len(text)), base, size, False, raised, number, start)


def test_footnote_and_its_mark_are_taken_apart() -> None:
    lines = [
        line("1. Recalling the Rome Declaration (1), and", 600, raised=((35, 36),)),
        line("10 m2 of it.", 588, raised=((4, 5),), start=50),
        line("(1) Of 28 November 2014.", 60, size=8, raised=((1, 2),), start=70),
    ]
    body, notes, references, marks = separate_notes(lines)
    assert "".join(each.text for each in body) == "1. Recalling the Rome Declaration, and10 m2 of it."
    assert [(note.mark, [each.text for each in note.lines]) for note in notes] == [("1", ["Of 28 November 2014."])]
    assert [(reference.at, reference.mark) for reference in references] == [(34, "1")]
    assert len(marks) == 2


def test_paragraph_goes_on_over_the_end_of_a_page() -> None:
    long = "1. The Ministers note that migration has been part of the human experience and of the history, of"
    lines = [line(long, 100, left=30), line("peoples.", 780, number=2, left=30, start=200), line("2. Next.", 760, number=2, left=30, start=300)]
    assert [block.text.text for block in blocks_of(lines, [])] == [f"{long} peoples.", "2. Next."]


def places(text: str) -> list[tuple[float, float]]:
    """Where the characters of a right-to-left text without numbers stand, read from the right, six points each."""
    return [(600.0 - 6 * at - 6, 600.0 - 6 * at) for at in range(len(text))]


def test_arabic_words_that_the_file_turns_round_are_turned_back() -> None:
    boxes = places("إعلان القاهرة")
    listed = [*range(4, -1, -1), 5, *range(6, 13)]
    shown = "".join("إعلان القاهرة"[at] for at in listed)
    assert shown == "نالعإ القاهرة"
    assert in_reading_order(shown, [boxes[at] for at in listed], 10) == "إعلان القاهرة"


def test_numbers_in_an_arabic_line_are_read_from_the_left() -> None:
    seen_from_the_right = "لعام 4102 و٥٣ في CEJ"
    assert in_reading_order(seen_from_the_right, places(seen_from_the_right), 10) == "لعام 2014 و٣٥ في JEC"


@given(st.lists(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكمنهوي", min_size=1, max_size=8), min_size=1, max_size=6), st.data())
def test_order_of_the_letters_in_the_file_does_not_matter(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    boxes = places(text)
    listed: list[int] = []
    for word in words:
        letters = range(len(listed), len(listed) + len(word))
        listed += reversed(letters) if data.draw(st.booleans()) else letters
        listed.append(len(listed))  # the space after the word
    listed.pop()
    assert in_reading_order("".join(text[at] for at in listed), [boxes[at] for at in listed], 10) == text


def test_script_of_a_line_is_that_of_most_of_its_letters() -> None:
    assert is_right_to_left("خطة عمل (JVAP) 2015")
    assert not is_right_to_left("Khartoum Process, القاهرة, 2025")


def test_line_without_letters_is_read_as_the_right_to_left_line_before_it() -> None:
    arabic = ["\u0628\u0627", 300.0, 310.0, 600.0, 10.0, 0, [], [[305.0, 310.0], [300.0, 305.0]]]
    tail = [".)1(", 300.0, 320.0, 588.0, 10.0, 0, [], [[300.0, 305.0], [305.0, 310.0], [310.0, 315.0], [315.0, 320.0]]]
    pages = [{"width": 595.0, "height": 842.0, "lines": [arabic, tail]}]
    assert [line.text for line in lines_of(pages)[1]] == ["\u0628\u0627", "(1)."]


def test_line_in_a_bold_font_stands_out_where_all_fonts_are_heavy() -> None:
    pages = [{"width": 595.0, "height": 842.0, "lines": [[text, 72.0, 300.0, 600.0 - n, 10.0, bold, [], []] for n, (text, bold) in enumerate(lines)]}
             for lines in ([("Title", 2), ("Words " * 9, 1)], [("Title", 1), ("Words " * 9, 0)])]  # fmt: skip
    assert [[line.bold for line in lines_of([each])[1]] for each in pages] == [[True, False], [True, False]]


def test_end_of_a_sentence_is_no_running_head_on_however_many_pages_it_stands() -> None:
    pages = [page((f"{n * n}. We meet in one of", 780), ("the capitals of the region.", 768), (f"Text {n * 7}.", 600)) for n in range(1, 9)]
    assert dropped(pages) == []
