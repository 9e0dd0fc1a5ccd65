"""Claims are judged by the words, the number, the names, the strength and the substance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.claims.check import Checker, Claim
from service.claims.comparing import comparable, quotations, stands_in, visible, without_quotations
from service.claims.dates import dates, numbers
from service.claims.reading import claims_in, sentences
from service.claims.strength import raised
from tests.service.small_assistant import DECLARATION, PARA_23, SmallAssistant

CHECKER: Checker = SmallAssistant().checker
PARA = f"{DECLARATION}/para-23"


def verdict(text: str, *ids: str) -> str:
    return CHECKER.check([Claim(text, ids or (PARA,))])[0].kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The ministers highlight “the importance of enhanced cooperation on effective, safe, timely, and dignified return”.", "verbatim"),
        ('The ministers highlight "the  importance of\nenhanced cooperation".', "verbatim"),
        ("They speak of «safe, timely … reintegration».", "verbatim"),
        ("They say “[h]ighlight the importance”.", "verbatim"),
        ("They highlight “the importance of reduced cooperation on effective, safe return”.", "altered"),
        ("They say “the adoption in December 2018 of the Global Compact on Refugees”.", "misattributed"),
        ("They say “all borders are closed for good from now on”.", "invented"),
        ("The ministers highlight enhanced cooperation on safe and dignified return and readmission.", "supported"),
        ("The ministers decide to enhance cooperation on safe and dignified return and readmission.", "altered"),
        ("The ministers highlight enhanced cooperation on safe and dignified return and readmission within 30 days.", "altered"),
        ("The ministers highlight enhanced cooperation on safe and dignified return and readmission to Libya.", "altered"),
        ("The ministers do not highlight enhanced cooperation on safe and dignified return and readmission.", "altered"),
        ("Fishing quotas in the Baltic are shared out by lot.", "invented"),
        ("The adoption in December 2018 of the Global Compact on Refugees by most Partner States is taken into account.", "misattributed"),
    ],
)
def test_claim_is_judged(text: str, kind: str) -> None:
    assert verdict(text) == kind


def test_misattributed_words_are_found_where_they_stand() -> None:
    (found,) = CHECKER.check([Claim("They say “the adoption in December 2018”.", (PARA,))])
    assert (found.kind, found.found_in) == ("misattributed", (f"{DECLARATION}/para-9",))


def test_provision_that_does_not_exist_is_named() -> None:
    (found,) = CHECKER.check([Claim("Para. 99 says “human rights”.", (f"{DECLARATION}/para-99",))])
    assert (found.kind, found.found_in) == ("no_such_provision", (f"{DECLARATION}/para-23",))


def test_summary_must_not_be_quoted() -> None:
    assert verdict("The Agenda promises “A high standard of living”.", "agenda-2063/target-1") == "altered"


@given(st.integers(0, len(PARA_23) - 1), st.integers(1, 200), st.sampled_from(["“{}”", '"{}"', "«{}»", "« {} »"]))
def test_every_run_of_whole_words_of_a_provision_is_verbatim_there(start: int, length: int, marks: str) -> None:
    words = PARA_23[start : start + length].split(" ")[1:-1]
    if len(words) >= 3:
        assert verdict(f"It says {marks.format(' '.join(words))}.") == "verbatim"


@given(st.lists(st.sampled_from(PARA_23.split()), min_size=4, max_size=12))
def test_shuffled_words_are_never_verbatim(words: list[str]) -> None:
    quote = " ".join(words)
    if not stands_in(quote, comparable(PARA_23)):
        assert verdict(f"It says “{quote}”.") not in ("verbatim", "supported")


@given(st.text(max_size=300))
def test_checking_any_text_raises_nothing(text: str) -> None:
    claims, _ = claims_in(text, CHECKER.library)
    assert len(CHECKER.check(claims)) == len(claims)


@given(st.text(max_size=200))
def test_place_of_compared_words_is_their_place_in_the_text(text: str) -> None:
    found = comparable(text)
    assert len(found.text) == len(found.places)
    for character, place in zip(found.text, found.places, strict=True):
        assert character == text[place] or character in " '-"


@given(st.text(max_size=200))
def test_text_without_its_quotations_keeps_its_length(text: str) -> None:
    assert len(without_quotations(text)) == len(text)
    assert all(one.words.strip() for one in quotations(text))


@given(st.text(max_size=200))
def test_nothing_that_cannot_be_seen_is_left(text: str) -> None:
    assert visible("\u200b\u202e\U000e0041" + text) == visible(text)


def test_numbers_and_dates_are_read_in_digits_and_words() -> None:
    assert numbers("the 2nd meeting of twenty-one States, 1,800 delegates, ten years", "en") == {"2", "21", "1800", "10"}
    assert numbers("٢٨ فقرة", "ar") == {"28"}
    assert dates("on 9th April 2025, in December 2018, le 15 novembre 2023") == {(2025, 4, 9), (2018, 12, 0), (2023, 11, 15)}


def test_verb_may_be_weaker_but_not_stronger() -> None:
    provision = CHECKER.library.provisions[PARA]
    from dataclasses import replace

    source = [(replace(provision, verb="highlight", strength="encourage"), False)]
    assert raised("The ministers recall the importance of return.", "en", source) == ""
    assert raised("The ministers decide on return.", "en", source) == "decide"
    assert raised("Return must be safe.", "en", source) == "must"
    assert raised("Les ministres s'engagent au retour.", "fr", source) == "s'engagent"
    assert raised("Return must be safe.", "en", [(source[0][0], True)]) == ""


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Para. 23 speaks of return.", [PARA]),
        ("See § 23 on return.", [PARA]),
        ("Au paragraphe 23, il est question du retour.", [PARA]),
        ("تتناول الفقرة 23 العودة.", [PARA]),
        ("Return matters [cairo-declaration-2025/para-23].", [PARA]),
        ("Article 33(1) of the Refugee Convention bans expulsion.", ["refugee-convention-1951/art-33.1"]),
        ("The Refugee Convention, Article 33(2), has an exception.", ["refugee-convention-1951/art-33.2"]),
        ("Paras 9 and 23 speak of it.", [f"{DECLARATION}/para-9", PARA]),
        ("Para. 77 speaks of it.", [f"{DECLARATION}/para-77"]),
    ],
)
def test_citation_is_read_as_people_write_it(text: str, ids: list[str]) -> None:
    claims, _ = claims_in(text, CHECKER.library)
    assert [one for claim in claims for one in claim.ids] == ids


def test_each_quotation_is_checked_against_its_own_citation() -> None:
    claims, silent = claims_in('Para. 23 says "human rights" and para. 9 says "most Partner States". Fine weather.', CHECKER.library)
    assert [one.kind for one in CHECKER.check(claims)] == ["verbatim", "verbatim"]
    assert silent == 1


def test_abbreviation_ends_no_sentence() -> None:
    assert sentences("In para. 23 they speak. Art. 33 too. (See § 9.)") == ["In para. 23 they speak.", "Art. 33 too.", "(See § 9.)"]
