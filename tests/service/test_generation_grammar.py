"""The grammar is read as it comes, from models that keep to it badly."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.generation.grammar import Parser, Quote, Sentence

TEXT = "First one [a/para-1]. Second {{quote:a/para-2:some words}} here [a/para-2, a/para-3]!\n- Third without.\nFourth [para-4]"


def parsed(text: str, size: int = 0) -> list[Sentence]:
    parser = Parser()
    pieces = [text[start : start + size] for start in range(0, len(text), size)] if size else [text]
    return [one for piece in pieces for one in parser.feed(piece)] + list(parser.finish())


def test_sentences_come_with_their_ids_and_quotations() -> None:
    assert parsed(TEXT) == [
        Sentence(("First one",), ("a/para-1",)),
        Sentence(("Second ", Quote("a/para-2", "some words"), " here"), ("a/para-2", "a/para-3"), "!"),
        Sentence(("Third without.",), ()),
        Sentence(("Fourth",), ("para-4",)),
    ]


@given(st.integers(1, 40))
def test_pieces_of_any_size_give_the_same_sentences(size: int) -> None:
    assert parsed(TEXT, size) == parsed(TEXT)


@given(st.text(alphabet=st.sampled_from('ab .[]{}:/-“”"\n!quote<think>*#1'), max_size=200), st.integers(1, 7))
def test_any_text_is_read_without_an_error(text: str, size: int) -> None:
    for one in parsed(text, size):
        assert one.parts


def test_first_sentence_is_given_before_the_second_is_whole() -> None:
    parser = Parser()
    assert not list(parser.feed("One [a/para-1]"))
    assert [one.ids for one in parser.feed(". Tw")] == [("a/para-1",)]


@pytest.mark.parametrize(
    "text", ["<think>maybe [a/para-9].</think>One [a/para-1].", "**Answer:** One [a/para-1].", "```\nOne [a/para-1].\n```", "1. One [`a/para-1`]."]
)
def test_wrapping_is_taken_off(text: str) -> None:
    assert [("".join(map(str, one.parts)).strip(), one.ids) for one in parsed(text)] == [("One", ("a/para-1",))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One [a/para-1] and two [a/para-2]. Three [a/para-3].", [("One and two", ("a/para-1", "a/para-2")), ("Three", ("a/para-3",))]),
        ("One [a/para-1], two [a/para-2] and three [a/para-3].", [("One, two and three", ("a/para-1", "a/para-2", "a/para-3"))]),
        ("one [a/para-1]\ntwo [a/para-2]", [("one", ("a/para-1",)), ("two", ("a/para-2",))]),
        ("One [1] [2] is two [a/para-1].", [("One is two", ("1", "2", "a/para-1"))]),
        ("One [a/para-1] Two [a/para-2]", [("One", ("a/para-1",)), ("Two", ("a/para-2",))]),
    ],
)
def test_ids_within_a_sentence_do_not_end_it(text: str, found: list[tuple[str, tuple[str, ...]]]) -> None:
    for size in (0, 1, 5):
        said = [(re.sub(r"\s+(,)|\s+", r"\1 ", "".join(map(str, one.parts))).replace(",  ", ", ").strip(), one.ids) for one in parsed(text, size)]
        assert said == found


def test_sentence_before_the_one_with_the_id_has_none() -> None:
    assert [one.ids for one in parsed("All lies. True one [a/para-1].")] == [(), ("a/para-1",)]


def test_answer_without_end_is_cut() -> None:
    parser = Parser()
    for _ in range(3000):
        list(parser.feed("word word word "))
    assert parser.truncated
