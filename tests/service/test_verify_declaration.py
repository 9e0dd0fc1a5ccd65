"""Claims about the real declaration: true ones as a model writes them, and lies that are made of its own words."""

from __future__ import annotations

import pytest

from ingest.catalogue import CORPUS, load_catalogue
from ingest.reading import read
from ingest.thesaurus import read_thesaurus
from service.claims.check import Checker, Claim
from service.claims.dates import numbers
from service.claims.library import Library
from tests.service.small_assistant import WordEncoder

CAIRO = "cairo-declaration-2025"


@pytest.fixture(scope="module")
def checker() -> Checker:
    instruments = load_catalogue(CORPUS / "catalogue")
    provisions = {one.id: one for one in read(CORPUS / "texts" / f"{CAIRO}.txt", instruments[CAIRO]).provisions}
    library = Library.from_provisions(instruments, provisions, WordEncoder())
    library.thesaurus = read_thesaurus(CORPUS / "thesaurus")
    return Checker(library)


def judged(checker: Checker, text: str, *numbers: int) -> str:
    return checker.check([Claim(text, tuple(f"{CAIRO}/para-{number}" for number in numbers))])[0].kind


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("The ministers adopt the Cairo Action Plan and decide to hold regular meetings to monitor it.", (27, 28)),
        ("They emphasise the root causes of irregular migration, and highlight dignified return and readmission.", (17, 23)),
        ("The conference was held in Cairo on 9 April 2025, with thirty-nine participating States.", (1, 2)),
        ("National competences are to be taken into account, in the preamble and in the operative part.", (9, 13, 26)),
        ("Climate change, pandemics and health emergencies affect the mobility of migrants and refugees in vulnerable situations.", (10,)),
        ("Regular migrants and the diaspora contribute to sustainable development, in a triple win approach.", (19,)),
        ("Periodic reports are adopted by the Senior Officials Focal Points.", (28,)),
        ("The ministers refer to “the human rights of all migrants”.", (21,)),
        ("Les ministres évoquent « the human rights of all migrants ».", (21,)),
        ("يشير الوزراء إلى «the human rights of all migrants».", (21,)),
        ("Para. 2 mentions Cairo.", (2,)),
    ],
)
def test_true_claim_holds(checker: Checker, text: str, numbers: tuple[int, ...]) -> None:
    assert judged(checker, text, *numbers) in ("supported", "verbatim")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        # Set aside, without a "no".
        ("The ministers highlight enhanced cooperation on return and readmission regardless of human rights.", (23,)),
        ("Return and readmission take precedence over human rights.", (23,)),
        ("Ministers fail to highlight the importance of cooperation on return and readmission.", (23,)),
        ("The ministers repeal the Cairo Action Plan as the strategic framework.", (27,)),
        ("The ministers adopt the Cairo Action Plan provisionally.", (27,)),
        ("Les ministres soulignent le retour et la réadmission au détriment des droits humains.", (23,)),
        # Turned round.
        ("Ministers are determined to end safe, orderly and regular migration.", (14,)),
        ("Les ministres veulent encourager la migration irrégulière.", (14,)),
        ("The ministers highlight enhanced cooperation on unsafe return and readmission.", (23,)),
        # Somebody else, the other way round, elsewhere.
        ("The Senior Officials decide to hold regular meetings at Ministerial level.", (28,)),
        ("The Cairo Action Plan adopts the strategic framework of the ministers.", (27,)),
        ("The Khartoum Process guides the Cairo Action Plan.", (27,)),
        ("The preamble highlights return and readmission.", (23,)),
        ("The last paragraph highlights return and readmission.", (23,)),
        ("The ministers decide to hold regular meetings in Khartoum.", (28,)),
        # How often, how many.
        ("The ministers decide to hold biennial meetings at Ministerial level.", (28,)),
        ("The ministers decide to hold meetings at Ministerial level every other year.", (28,)),
        ("The ministers decide to hold meetings at Ministerial level each quarter.", (28,)),
        ("Forty participating States issued the declaration.", (1,)),
        # A part that is added to what is true.
        ("The ministers adopt the Cairo Action Plan and decide to close all borders.", (27, 28)),
        ("The ministers highlight the importance of cooperation on return, readmission and imprisonment.", (23,)),
        ("They refer to “the human rights of all migrants” and close all borders.", (21,)),
        # What one provision decides, another only speaks of.
        ("The ministers decide to fight smuggling and adopt the Global Alliance to Counter Migrant Smuggling.", (28, 22)),
        ("The ministers adopt the Cairo Action Plan and commit to dignified return and readmission.", (27, 23)),
        # Pieced together of words that are quoted truly.
        ("They “Decide” to “reduce” the “human rights of all migrants”.", (28, 14, 21)),
        ("The ministers “reduce” human rights.", (14, 21)),
        ("“Adopt” “irregular migration”.", (27, 14)),
        ("The ministers restrict “the human rights of all migrants”.", (21,)),
        ("The ministers limit “the human rights of all migrants”.", (21,)),
        ("Les ministres restreignent « the human rights of all migrants ».", (21,)),
        ("يقيد الوزراء «the human rights of all migrants».", (21,)),
    ],
)
def test_lie_is_caught(checker: Checker, text: str, numbers: tuple[int, ...]) -> None:
    assert judged(checker, text, *numbers) not in ("supported", "verbatim")


def test_french_numbers_of_several_words_are_one() -> None:
    assert numbers("quatre-vingt-dix jours, soixante-douze États, vingt et un ans", "fr") == {"90", "72", "21"}
