"""What is checked before an answer leaves, tried with what must not leave."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.provision import Provision
from service.answer import Answer, Citation, Verified
from service.verify import markers_hold, numbers_hold, stands

TEXT = "Recall the 39 States, and the human rights of all."
PROVISION = Provision("one", "para-7", TEXT)
DIGEST = Provision("two", "item-1", "A summary.", tier="digest")
STORED = {one.id: one for one in (PROVISION, DIGEST)}


def cite(quote: str, provision: Provision = PROVISION, start: int | None = None) -> Citation:
    start = provision.text.find(quote) if start is None else start
    return Citation(provision, "para. 7", quote, start, start + len(quote), 1.0)


def test_words_that_stand_where_they_are_said_to_stand_hold() -> None:
    assert stands(cite("human rights of all"), STORED)


@pytest.mark.parametrize(
    "citation",
    [
        cite("human rights of everyone", start=30),
        cite("human rights", start=0),
        cite("Human rights", start=26),
        cite("human  rights", start=26),
        cite("human\u00a0rights", start=26),
        cite("", start=3),
        cite("the 39 States", replace(PROVISION, label="para-8")),
        replace(cite("human rights"), start=-24),
    ],
    ids=["altered", "elsewhere", "another case", "two spaces", "hard space", "nothing", "unknown provision", "from the end"],
)
def test_words_that_do_not_stand_there_are_kept_back(citation: Citation) -> None:
    assert not stands(citation, STORED)


def test_words_of_the_stored_text_count_and_not_those_that_came_along() -> None:
    forged = replace(PROVISION, text="We decide to pay.")
    assert not stands(cite("decide to pay", forged), STORED)


def test_summary_is_never_quoted() -> None:
    assert stands(Citation(DIGEST, "item 1", "", 0, 0, 1.0), STORED)
    assert not stands(cite("A summary", DIGEST), STORED)


@pytest.mark.parametrize(
    ("text", "holds"),
    [("a [1] b [2]", True), ("a [2] b [1] [1]", True), ("a [1]", False), ("a [1] [2] [3]", False), ("a", False), ("[0] [1] [2]", False)],
)
def test_markers_are_those_of_the_citations(text: str, holds: bool) -> None:
    assert markers_hold(text, [cite("human rights")] * 2) is holds


@pytest.mark.parametrize(
    ("sentence", "holds"),
    [
        ("Para. 7 names 39 States [1].", True),
        ("Para. 8 names 39 States [1].", False),
        ("It names 40 States [39].", False),
        ("none", True),
        ("3 of 9", False),
    ],
)
def test_numbers_of_our_own_words_stand_in_what_is_cited(sentence: str, holds: bool) -> None:
    assert numbers_hold(sentence, [PROVISION]) is holds


def test_number_that_the_code_counted_is_allowed() -> None:
    assert numbers_hold("26 of 39 [1]", [PROVISION], ("26",))


def test_answer_without_a_citation_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="needs a citation"):
        Answer("text", "en", (), Verified(0, 0))
