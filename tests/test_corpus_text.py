"""The declaration is the seed byte for byte, and every provision leads back to its place in the source."""

from __future__ import annotations

import hashlib
import itertools
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from ingest.catalogue import CORPUS, load_catalogue
from ingest.reading import read

DECLARATION = "cairo-declaration-2025"
SEED_SHA256 = "f6a373e1e88c000baee9c92ca4d137276ccc0a43da11d271235a4cf5500e0dcf"
PATH = CORPUS / "texts" / f"{DECLARATION}.txt"
READING = read(PATH, load_catalogue(CORPUS / "catalogue")[DECLARATION])
BY_LABEL = {one.label: one for one in READING.provisions}


def test_text_is_the_seed() -> None:
    assert hashlib.sha256(PATH.read_bytes()).hexdigest() == SEED_SHA256


def test_there_are_28_paragraphs_and_one_note() -> None:
    assert [one.label for one in READING.provisions if one.kind == "provision"] == [f"para-{n}" for n in range(1, 29)]
    assert [(one.label, one.parent) for one in READING.provisions if one.kind == "note"] == [("para-9.fn-1", "para-9")]


def test_preamble_ends_where_the_ministers_agree() -> None:
    assert {one.part for one in READING.provisions[:12]} == {"preamble"}
    assert {one.part for one in READING.provisions[12:]} == {"operative"}


def test_paragraph_9_is_whole_again_without_its_note() -> None:
    text = BY_LABEL["para-9"].text
    assert "Global Compact on Refugees by most Partner States" in text
    assert "strengthen migration governance and international protection systems, while" in text
    assert BY_LABEL["para-9.fn-1"].text.startswith("Without prejudice to the position of each participating state")


def test_nothing_of_the_text_is_lost() -> None:
    words = [word for one in READING.provisions for word in one.text.split()]
    assert len(words) == 1381
    assert READING.coverage.warnings == ()
    taken = sorted((span.source_start, span.source_end) for one in READING.provisions for span in one.spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(taken))
    position, left = 0, ""
    for start, end in taken:
        left += READING.source[position:start]
        position = end
    left += READING.source[position:]
    # Title, the line between the parts, numbers, note marks: nothing else is outside the provisions.
    assert left.replace("Cairo Ministerial Declaration", "").replace("Have agreed on the following:", "").strip(" \n0123456789.¹") == ""


@given(st.sampled_from(READING.provisions))
def test_provision_is_its_spans_after_the_clean_up(provision) -> None:  # type: ignore[no-untyped-def]
    pieces, position = [], 0
    for span in provision.spans:
        assert provision.text[position : span.start].strip() == "", "only white space stands between spans"
        pieces.append(provision.text[position : span.start])
        source = READING.source[span.source_start : span.source_end]
        assert " ".join(source.split()) == " ".join(provision.text[span.start : span.end].split())
        pieces.append(provision.text[span.start : span.end])
        position = span.end
    assert "".join(pieces) == provision.text
    assert unicodedata.normalize("NFC", provision.text) == provision.text
    assert provision.text == provision.text.strip()
