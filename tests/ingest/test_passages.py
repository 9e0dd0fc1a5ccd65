"""Passages never cross a provision, lose no word, and share a clause with their neighbour."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.index import Index
from ingest.passages import WINDOW, Passage, asked, cut, unanswered
from ingest.provision import Provision
from ingest.questions import Asked


def provision(text: str, **changes: str) -> Provision:
    return Provision("sample", "para-1", text, **changes)  # type: ignore[arg-type]


def count_words(text: str) -> int:
    return len(text.split()) + 2


def windows(text: str, window: int) -> list[Passage]:
    return list(cut(provision(text), count_words, window))


def test_short_provision_is_one_passage() -> None:
    assert windows("One two three.", 10) == [Passage("sample/para-1", "text", "en", "One two three.", 0, 14)]


def test_long_provision_becomes_windows_that_share_a_clause() -> None:
    text = "one two three; four five six; seven eight nine; ten eleven twelve"
    assert [one.text for one in windows(text, 8)] == [
        "one two three; four five six;",
        "four five six; seven eight nine;",
        "seven eight nine; ten eleven twelve",
    ]


def test_clause_over_the_window_is_cut_at_a_space() -> None:
    text = " ".join(f"w{number}" for number in range(20))
    found = windows(text, 8)
    assert all(count_words(one.text) <= 8 for one in found)
    assert {word for one in found for word in one.text.split()} == set(text.split())


def test_one_word_over_the_window_is_kept_whole() -> None:
    text = "x" * 500
    assert [one.text for one in cut(provision(text), len, 10)] == [text]


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from(["migration", "return,", "which", "and", "shall;", "States.", "A", "\n(a)", "x" * 30, "في"]), max_size=60),
    st.integers(4, 20),
)
def test_windows_hold_every_word_and_stand_where_they_say(words: list[str], window: int) -> None:
    text = " ".join(words).strip()
    found = windows(text, window)
    assert found
    position = 0
    for one in found:
        assert one.text == text[one.start : one.end]
        assert text[position : one.start].strip() == "" or one.start < position
        position = max(position, one.end)
    assert text[position:].strip() == ""


def test_passages_of_the_index_stand_in_their_own_provision(index: Index) -> None:
    covered: dict[str, int] = {}
    for one in index.passages:
        if one.kind != "text":
            continue
        text = index.provisions[one.provision].text
        assert one.text == text[one.start : one.end]
        assert text[covered.get(one.provision, 0) : one.start].strip() == ""
        assert index.encoder.count_tokens(one.text) <= WINDOW or " " not in one.text
        covered[one.provision] = max(covered.get(one.provision, 0), one.end)
    assert covered.keys() == set(index.searched)
    assert [one for one, end in covered.items() if index.provisions[one].text[end:].strip()] == []


def test_question_is_a_passage_in_its_own_language() -> None:
    entry = Asked({"en": "Return", "ar": "العودة"}, {"fr": ("Que dit-on du retour ?",)})
    assert list(asked(provision("Text.", heading="Own heading"), entry)) == [
        Passage("sample/para-1", "question", "en", "Own heading"),
        Passage("sample/para-1", "question", "en", "Return"),
        Passage("sample/para-1", "question", "ar", "العودة"),
        Passage("sample/para-1", "question", "fr", "Que dit-on du retour ?"),
    ]
    assert list(asked(provision("Text."), None)) == []


def test_unanswered_questions_belong_to_the_instrument() -> None:
    assert list(unanswered("sample", {"silent": {"en": ("How much?",)}, "elsewhere": {}})) == [Passage("sample", "silent", "en", "How much?")]
