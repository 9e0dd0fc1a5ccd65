"""Claims about the real declaration: true ones as a model writes them, and lies that are made of its own words."""

from __future__ import annotations

import pytest

from ingest.catalogue import CORPUS, load_catalogue
from ingest.digests import read_digest
from ingest.reading import read
from ingest.thesaurus import read_thesaurus
from service.claims.check import Checker, Claim
from service.claims.dates import numbers
from service.claims.library import Library
from service.claims.reading import claims_in
from tests.service.small_assistant import WordEncoder

CAIRO = "cairo-declaration-2025"
DIGESTS = ("cairo-action-plan-2025", "refugee-convention-1951", "agenda-2030", "udhr-1948", "eu-pact-2024")


@pytest.fixture(scope="module")
def checker() -> Checker:
    instruments = load_catalogue(CORPUS / "catalogue")
    here = read(CORPUS / "texts" / f"{CAIRO}.txt", instruments[CAIRO]).provisions
    held = [*here, *(one for name in DIGESTS for one in read_digest(CORPUS / "digests" / f"{name}.yaml", instruments[name]))]
    provisions = {one.id: one for one in held}
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


CONVENTION = "refugee-convention-1951"


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("They adopt the Cairo Action Plan (§27) and meet regularly (para. 28).", [f"{CAIRO}/para-27", f"{CAIRO}/para-28"]),
        ("تعتمد الفقرة 27 خطة عمل القاهرة.", [f"{CAIRO}/para-27"]),
        ("Para. 27 of the Cairo Action Plan is long.", ["cairo-action-plan-2025/item-27"]),
        ("Paragraph twenty-seven adopts a plan.", [f"{CAIRO}/para-27"]),
        ("The 27th paragraph adopts a plan.", [f"{CAIRO}/para-27"]),
        ("Le vingt-septième paragraphe adopte un plan.", [f"{CAIRO}/para-27"]),
        ("الفقرة السابعة والعشرون تعتمد خطة.", [f"{CAIRO}/para-27"]),
        ("Article 33, para. 1, of the Refugee Convention bans expulsion.", [f"{CONVENTION}/art-33"]),
        ("Under paragraph 1 of Article 33 of the Refugee Convention expulsion is banned.", [f"{CONVENTION}/art-33"]),
        ("L'article 33, paragraphe 1, de la Convention de 1951 interdit le refoulement.", [f"{CONVENTION}/art-33"]),
        ("Under the 1951 Convention (art. 33, para. 1) nobody is returned.", [f"{CONVENTION}/art-33"]),
        ("L'article premier de la Convention de 1951 définit le réfugié.", [f"{CONVENTION}/art-1"]),
        ("Article 1A(2) of the Refugee Convention defines refugees.", [f"{CONVENTION}/art-1"]),
        ("Goal 10, target 10.7 of the 2030 Agenda is about migration.", ["agenda-2030/goal-10", "agenda-2030/target-10.7"]),
        ("Recital 12 and Article 5 of the EU Pact are about screening.", ["eu-pact-2024/rec-12", "eu-pact-2024/art-5"]),
        ("See https://example.org/read/cairo-declaration-2025#para-27 for the plan.", [f"{CAIRO}/para-27"]),
        ("Para. 9, note 1, keeps positions open.", [f"{CAIRO}/para-9.fn-1"]),
    ],
)
def test_citation_is_read_as_people_write_it(checker: Checker, text: str, ids: list[str]) -> None:
    claims, _ = claims_in(text, checker.library)
    assert [one for claim in claims for one in claim.ids] == ids
    assert all(one.text.count("(") == one.text.count(")") for one in claims)


def test_change_of_a_capital_letter_is_told(checker: Checker) -> None:
    (found,) = checker.check([Claim("In para. 27, the ministers “adopt the attached Cairo Action Plan”.", (f"{CAIRO}/para-27",))])
    assert (found.kind, "“[a]dopt” shows such a change" in found.why) == ("altered", True)
