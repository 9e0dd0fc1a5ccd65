"""Format readers: the same words in every format, and what each format has of its own."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from ingest.provision import Provision
from ingest.readers.markdown import extract_markdown
from ingest.readers.open import extract
from ingest.reading import Reading, read
from tests.ingest.samples import W, docx, instrument, word, word_list
from tests.ingest.test_reading import check_whole

PAGE = """<!doctype html><html><head><title>t</title><style>p {color: red}</style><script>document.write("<p>9. Script.</p>")</script></head>
<body><nav><a href="/">Home</a> Menu</nav><div class="cookie-banner">We use cookies</div><main>%s</main><footer>Contact us</footer></body></html>"""


def read_page(tmp_path: Path, body: str, **numbering: object) -> Reading:
    path = tmp_path / "page.html"
    path.write_text(PAGE % body, encoding="utf-8")
    reading = read(path, instrument(numbering))
    check_whole(reading)
    return reading


def found(reading: Reading) -> dict[str, str]:
    return {each.label: each.text for each in reading.provisions}


def by_label(reading: Reading) -> dict[str, Provision]:
    return {each.label: each for each in reading.provisions}


def test_united_nations_page(tmp_path: Path) -> None:
    reading = read_page(
        tmp_path,
        """<h1>Resolution 1</h1><p><i>The General Assembly</i>,</p><p><i>Recalling</i> its resolution 71/1,<sup><a href="#fn1">1</a></sup></p>
        <p>1. <i>Endorses</i> the Compact;</p><p>2. <i>Calls upon</i> States to act<br>together, in particular:</p><p>(a) here;</p><p>(b) there.</p>
        <p>3. <i>Decides</i> on 10 m<sup>2</sup> of it.</p><p id="fn1"><sup><a href="#r1">1</a></sup> See 71/1.</p>""",
    )
    assert found(reading) == {
        "preamble-1": "The General Assembly,",
        "preamble-2": "Recalling its resolution 71/1,",
        "preamble-2.fn-1": "See 71/1.",
        "para-1": "Endorses the Compact;",
        "para-2": "Calls upon States to act together, in particular:\n(a) here;\n(b) there.",
        "para-3": "Decides on 10 m2 of it.",
    }
    assert [each.verb for each in reading.provisions if each.label.startswith("para")] == ["endorse", "call upon", "decide"]


def test_scripts_styles_and_navigation_are_no_text(tmp_path: Path) -> None:
    reading = read_page(tmp_path, "<p>1. One paragraph of some length.</p><p hidden>2. Hidden.</p><p style='display: none'>2. Not shown.</p>")
    assert list(found(reading)) == ["para-1"]
    assert "Script" not in reading.source
    assert {dropped.reason for dropped in reading.furniture} == {"navigation"}


def test_european_union_page_with_numbers_in_table_cells(tmp_path: Path) -> None:
    row = "<table><tr><td><p>{}</p></td><td><p>{}</p></td></tr></table>"
    reading = read_page(
        tmp_path,
        "<p class='oj-doc-ti'>REGULATION (EU) 2024/1</p><p>THE COUNCIL,</p><p>Having regard to the Treaty,</p><p>Whereas:</p>"
        + row.format("(1)", "First reason.")
        + row.format("(2)", "Second reason.")
        + row.format("(3)", "Third.")
        + "<p>HAVE ADOPTED THIS REGULATION:</p><p class='oj-ti-section-1'>CHAPTER I</p><p class='oj-ti-section-2'>GENERAL</p>"
        + "<p class='oj-ti-art'>Article 1</p><p class='oj-sti-art'>Subject matter</p><p>1.&nbsp;&nbsp;&nbsp;It lays down:</p>"
        + row.format("(a)", "rules;")
        + row.format("(b)", "more rules.")
        + "<p>2.&nbsp;It applies.</p>"
        + "<p class='oj-ti-art'>Article 2</p><p class='oj-sti-art'>Entry into force</p><p>It shall enter into force.</p>"
        + "<p>This Regulation shall be binding in its entirety.</p><p>Done at Brussels, 14 May 2024.</p>",
    )
    assert found(reading) == {
        "preamble-1": "THE COUNCIL,",
        "preamble-2": "Having regard to the Treaty,",
        "preamble-3": "Whereas:",
        "rec-1": "First reason.",
        "rec-2": "Second reason.",
        "rec-3": "Third.",
        "art-1": "1. It lays down:\n(a) rules;\n(b) more rules.\n2. It applies.",
        "art-1.1": "It lays down:\n(a) rules;\n(b) more rules.",
        "art-1.2": "It applies.",
        "art-2": "It shall enter into force.",
        "closing-1": "This Regulation shall be binding in its entirety.\nDone at Brussels, 14 May 2024.",
    }
    article = by_label(reading)["art-1"]
    assert (article.heading, article.path, article.part) == ("Subject matter", ("CHAPTER I", "GENERAL"), "operative")


def test_african_union_page_with_line_breaks(tmp_path: Path) -> None:
    reading = read_page(
        tmp_path,
        "<p align=center><b>Article I<br>Definition of the term “Refugee”</b></p><p>1. For the purposes of this Convention, it means a person.<br>"
        "2. It also applies.</p><p align=center><b>ARTICLE II</b></p><p align=center><b>ASYLUM</b></p><p>Member States shall receive refugees.</p>",
    )
    assert [(each.label, each.heading) for each in reading.provisions] == [
        ("art-1", "Definition of the term “Refugee”"),
        ("art-1.1", ""),
        ("art-1.2", ""),
        ("art-2", "ASYLUM"),
    ]


def test_lists_get_the_numbers_that_a_browser_shows(tmp_path: Path) -> None:
    reading = read_page(
        tmp_path,
        "<h2>Commitments</h2><ol start=4><li>Four.</li><li value=6>Six:<ol type=a><li>first;</li><li>second.</li></ol></li></ol>",
        units=["paragraph"],
        start="Commitments",
    )
    assert found(reading) == {"para-4": "Four.", "para-6": "Six:\n(a) first;\n(b) second."}


def test_arabic_page_reads_into_articles(tmp_path: Path) -> None:
    reading = read_page(tmp_path, "<h3>المادة ١</h3><p>يولد جميع الناس أحـــرارًا.</p><h3>المادة ٢</h3><p>١- لكل إنسان حق.</p><p>٢- لا تمييز.</p>")
    assert found(reading) == {
        "art-1": "يولد جميع الناس أحرارًا.",
        "art-2": "١- لكل إنسان حق.\n٢- لا تمييز.",
        "art-2.1": "لكل إنسان حق.",
        "art-2.2": "لا تمييز.",
    }


def test_page_in_its_declared_encoding(tmp_path: Path) -> None:
    path = tmp_path / "old.html"
    path.write_bytes('<html><head><meta charset="windows-1252"></head><body><p>1. Réfugiés “déplacés”.</p></body></html>'.encode("windows-1252"))
    assert found(read(path, instrument())) == {"para-1": "Réfugiés “déplacés”."}


def test_markdown_offsets_lead_into_the_file() -> None:
    source = "# Title\n\n1. *Recalling* the [Convention](http://example.org/a_b) and **more**.\n\n2. Second[^1] one.\n\n[^1]: A note.\n"
    taken = extract_markdown(source)
    assert [(block.role, block.text.text) for block in taken.blocks] == [
        ("heading", "Title"),
        ("text", "1. Recalling the Convention and more."),
        ("text", "2. Second one."),
        ("note", "A note."),
    ]
    assert taken.source == source
    for block in taken.blocks:
        for character, start in zip(block.text.text, block.text.starts, strict=True):
            assert source[start] == character or character == " "


def test_wrapped_text_is_made_into_paragraphs(tmp_path: Path) -> None:
    lines = [
        "1. The Governments note that migration has been part of the human experi-",
        "ence throughout history and is a source of prosperity, innovation and of",
        "sustainable development in our globalized world.",
        "2. They decide to improve the governance of migration, with full respect",
        "for human rights:",
        "(a) by data;",
        "(b) by cooperation.",
    ]
    path = tmp_path / "wrapped.txt"
    path.write_text(
        "\n".join(lines * 1)
        + "\n"
        + "\n".join(f"{n}. " + "The Governments note that migration has been part of the experience." for n in range(3, 20))
    )
    reading = read(path, instrument())
    assert found(reading)["para-1"].startswith(
        "The Governments note that migration has been part of the human experience throughout history and is a source"
    )
    assert found(reading)["para-2"].endswith("with full respect for human rights:\n(a) by data;\n(b) by cooperation.")
    check_whole(reading)


LISTS = (
    word_list("0", [("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)")])
    + word_list("1", [("decimal", "Article %1"), ("decimal", "%2.")])
    + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    + '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def test_numbers_that_word_counts_are_turned_into_text(tmp_path: Path) -> None:
    body = (
        word("One.", number="1")
        + word("Two:", number="1")
        + word("first;", number="1", level=1)
        + word("inner;", number="1", level=2)
        + word("second.", number="1", level=1)
        + word("Not numbered.")
        + word("Three:", number="1")
        + word("anew.", number="1", level=1)
    )
    reading = read(docx(tmp_path / "list.docx", body, numbering=LISTS), instrument())
    assert found(reading) == {
        "para-1": "One.",
        "para-2": "Two:\n(a) first;\n(i) inner;\n(b) second.\nNot numbered.",
        "para-3": "Three:\n(a) anew.",
    }
    check_whole(reading)


def test_articles_that_word_counts(tmp_path: Path) -> None:
    body = (
        word("Scope", number="2")
        + word("It applies.", number="2", level=1)
        + word("It holds.", number="2", level=1)
        + word("Terms", number="2")
        + word("It means.", number="2", level=1)
    )
    reading = read(docx(tmp_path / "articles.docx", body, numbering=LISTS), instrument())
    assert [(each.label, each.heading) for each in reading.provisions] == [
        ("art-1", "Scope"), ("art-1.1", ""), ("art-1.2", ""), ("art-2", "Terms"), ("art-2.1", ""),
    ]  # fmt: skip


def test_word_list_that_starts_over(tmp_path: Path) -> None:
    body = word("One.", number="1") + word("Two.", number="1") + word("Annex", style="H1") + word("Anew.", number="3") + word("On.", number="3")
    styles = '<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    reading = read(docx(tmp_path / "over.docx", body, numbering=LISTS, styles=styles), instrument())
    assert list(found(reading)) == ["para-1", "para-2", "annex-1", "annex-1.para-1", "annex-1.para-2"]


def test_word_numbers_that_come_from_a_style(tmp_path: Path) -> None:
    styles = (
        '<w:style w:styleId="Base"><w:name w:val="Base"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Para"><w:name w:val="Para"/><w:basedOn w:val="Base"/></w:style>'
    )
    body = word("One.", style="Para") + word("Two.", style="Para") + word("None.", style="Para", number="0")
    reading = read(docx(tmp_path / "style.docx", body, numbering=LISTS, styles=styles), instrument())
    assert found(reading) == {"para-1": "One.", "para-2": "Two.\nNone."}


def test_word_footnotes_and_tracked_changes(tmp_path: Path) -> None:
    note = f'<w:footnote w:id="2">{word("See the Rome Declaration.")}</w:footnote>'
    footnotes = f'<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>{note}'
    changes = "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t> and more.</w:t></w:r></w:ins>"
    after = f'<w:r><w:footnoteReference w:id="2"/></w:r>{changes}'
    reading = read(docx(tmp_path / "notes.docx", word("1. Recalling Rome", after=after), footnotes=footnotes), instrument())
    assert found(reading) == {"para-1": "Recalling Rome and more.", "para-1.fn-1": "See the Rome Declaration."}
    check_whole(reading)


def test_line_that_is_broken_by_hand_before_a_number_begins_anew(tmp_path: Path) -> None:
    lines = ("2. Decide:", "(a) to act now;", "(b) together.", "3. Meet", "in Cairo.")
    after = "".join(f"<w:r><w:br/></w:r><w:r><w:t>{line}</w:t></w:r>" for line in lines)
    reading = read(docx(tmp_path / "breaks.docx", word("1. Recall Rome.", after=after)), instrument())
    assert found(reading) == {"para-1": "Recall Rome.", "para-2": "Decide:\n(a) to act now;\n(b) together.", "para-3": "Meet in Cairo."}


def test_what_word_holds_beside_the_text_is_no_text_and_told(tmp_path: Path) -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>not for readers</w:t></w:r>"
    path = docx(tmp_path / "beside.docx", word("1. Recall Rome.", after=hidden))
    with zipfile.ZipFile(path, "a") as archive:
        for name, root in (("header1", "hdr"), ("footer2", "ftr"), ("comments", "comments")):
            archive.writestr(f"word/{name}.xml", f"<w:{root} {W}>{word(f'Words of {name}')}</w:{root}>")
    reading = read(path, instrument())
    assert found(reading) == {"para-1": "Recall Rome."}
    assert [(each.reason, reading.source[each.start : each.end]) for each in reading.furniture] == [
        ("hidden text", "not for readers"),
        ("running head", "Words of header1"),
        ("running foot", "Words of footer2"),
        ("comment", "Words of comments"),
    ]
    check_whole(reading)


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".docx"])
def test_same_words_give_the_same_provisions_in_every_format(tmp_path: Path, suffix: str) -> None:
    lines = ["1. Recalling the Rome Declaration;", "2. Decide to act:", "(a) now;", "(b) together."]
    path = tmp_path / f"text{suffix}"
    if suffix == ".docx":
        docx(path, "".join(map(word, lines)))
    elif suffix == ".html":
        path.write_text("".join(f"<p>{line}</p>" for line in lines))
    else:
        path.write_text("\n\n".join(lines))
    reading = read(path, instrument())
    assert found(reading) == {"para-1": "Recalling the Rome Declaration;", "para-2": "Decide to act:\n(a) now;\n(b) together."}
    check_whole(reading)


def test_format_is_told_by_the_content(tmp_path: Path) -> None:
    path = tmp_path / "download"
    path.write_text("<!DOCTYPE html><html><body><p>1. One.</p></body></html>")
    assert [block.text.text for block in extract(path).blocks] == ["1. One."]
