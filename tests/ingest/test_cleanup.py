"""The clean-up: what it changes, and that it changes nothing else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.cleanup import clean, join_lines, runs, vocabulary
from ingest.readers.mapped import Mapped, joined

AWKWARD = st.text(
    alphabet=st.one_of(
        st.sampled_from("abcé -\n\t\u00a0\u00ad\u200b\u200f\u202e\ufeffﬁﬂ\u0640ـلا\u0301\u0308\u0327e\u2010\u2011\uf0b7ﷲﻻ\u1100\u1161\u11a8"),
        st.characters(),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("e\u0301tat", "état"),
        ("oﬃcial ﬁle", "official file"),
        ("الهجـــرة", "الهجرة"),
        ("ﻻﺟﺊ", "لاجئ"),
        ("migra\u00adtion", "migration"),
        ("a\u200bb\u202ec\ufeffd", "abcd"),
        ("two \u00a0 words\nand a\tthird", "two words and a third"),
        ("co\u2010operation", "co-operation"),
        ("\uf0b7 point", "• point"),
        ("“quoted” – and … kept", "“quoted” – and … kept"),
    ],
)
def test_what_the_clean_up_changes(raw: str, cleaned: str) -> None:
    assert clean(raw).text == cleaned


@given(AWKWARD)
def test_cleaned_text_is_composed_has_no_hidden_characters_and_stays_as_it_is(raw: str) -> None:
    text = clean(raw).text
    assert unicodedata.is_normalized("NFC", text)
    assert "  " not in text
    assert clean(text).text == text


@given(AWKWARD)
def test_every_run_is_the_clean_up_of_its_place(raw: str) -> None:
    text = clean(raw)
    for start, end, source_start, source_end in runs(text, raw):
        assert clean(raw, source_start, source_end).text == text.text[start:end]
    assert [places[:2] for places in runs(text, raw)] == ([(0, len(text))] if text.text else [])


@given(st.lists(AWKWARD, max_size=6), st.sampled_from([" ", "\n", ""]))
def test_joined_pieces_keep_their_places(raw: list[str], glue: str) -> None:
    source = "\f".join(raw)
    starts = [sum(len(each) + 1 for each in raw[:at]) for at in range(len(raw))]
    pieces = [clean(source, start, start + len(each)).strip() for start, each in zip(starts, raw, strict=True)]
    whole = joined(pieces, glue)
    for start, end, source_start, source_end in runs(whole, source):
        assert clean(source, source_start, source_end).text.strip() == whole.text[start:end].strip()


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (("the mi-", "gration of people"), "the migration of people"),
        (("a well-", "governed process is well-governed"), "a well-governed process is well-governed"),
        (("migration in sub-", "Saharan Africa"), "migration in sub-Saharan Africa"),
        (("pre-", "and post-war years"), "pre- and post-war years"),
        (("gräns-", "och kustbevakning"), "gräns- och kustbevakning"),
        (("from origin,", "transit and destination"), "from origin, transit and destination"),
        (("http://data.europa.", "eu/eli/reg"), "http://data.europa.eu/eli/reg"),
        (("and/", "or"), "and/or"),
    ],
)
def test_words_divided_at_a_line_end_are_mended(lines: tuple[str, ...], whole: str) -> None:
    assert join_lines([clean(line) for line in lines], vocabulary(lines)).text == whole


def test_mapped_text_without_a_part_knows_its_places() -> None:
    text = clean("Refugees¹ by").without(8, 9)
    assert (text.text, runs(text, "Refugees¹ by")) == ("Refugees by", [(0, 8, 0, 8), (8, 11, 9, 12)])
    assert Mapped.glue(" ").extent() == (-1, -1)
