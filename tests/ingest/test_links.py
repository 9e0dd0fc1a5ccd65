"""Links: where a provision names another instrument, with offsets, and nothing that merely looks like a name."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.catalogue import CORPUS, load_catalogue
from ingest.digests import read_items
from ingest.links import Link, back_links, declared_links, find_links
from ingest.provision import Provision

CATALOGUE = load_catalogue(CORPUS / "catalogue")
ITEMS = tuple(item for one in CATALOGUE.values() if one.tier == "digest" for item in read_items(CORPUS / "digests" / f"{one.id}.yaml", one))
DIGESTS = tuple(item.provision for item in ITEMS)


def provision(text: str, instrument: str = "cairo-declaration-2025", language: str = "en") -> Provision:
    return Provision(instrument, "para-1", text, language=language)


def found(text: str, instrument: str = "cairo-declaration-2025") -> list[tuple[str, str]]:
    source = provision(text, instrument)
    return [(link.text, link.target_id) for link in find_links((source, *DIGESTS), CATALOGUE) if link.source_id == source.id]


def declaration() -> list[Provision]:
    """The paragraphs, cut the plain way; the reader of official texts has tests of its own."""
    text = (CORPUS / "texts" / "cairo-declaration-2025.txt").read_text("utf-8")
    cuts = re.finditer(r"^(\d+)\. (.*?)(?=\n\d+\. |\nHave agreed|\Z)", text, re.MULTILINE | re.DOTALL)
    return [Provision("cairo-declaration-2025", f"para-{cut[1]}", cut[2]) for cut in cuts]


def test_declaration_names_the_frameworks_that_it_names() -> None:
    targets: dict[int, set[str]] = {}
    for link in find_links(declaration(), CATALOGUE):
        if link.target != "khartoum-process":
            targets.setdefault(int(link.source_id.rpartition("-")[2]), set()).add(link.target_id)
    assert targets == {
        4: {"rome-declaration-2014", "joint-valletta-action-plan-2015"},
        6: {"refugee-convention-1951"},
        7: {"agenda-2030", "agenda-2063"},
        8: {"eu-au-joint-vision-2022", "samoa-agreement-2023", "eu-pact-2024"},
        9: {"global-compact-migration-2018", "global-compact-refugees-2018"},
        15: {"joint-valletta-action-plan-2015"},
        16: {"rabat-process"},
        22: {"global-alliance-2023"},
        25: {"rome-declaration-2014"},
        26: {"joint-valletta-action-plan-2015"},
        27: {"cairo-action-plan-2025"},
        28: {"cairo-action-plan-2025"},
    }


def test_footnote_mark_after_a_name_does_not_hide_it() -> None:
    assert found("the Global Compact on Refugees¹ by most") == [("Global Compact on Refugees", "global-compact-refugees-2018")]


@pytest.mark.parametrize(
    ("text", "mention", "target"),
    [
        ("see Article 33 of the 1951 Refugee Convention.", "Article 33 of the 1951 Refugee Convention", "refugee-convention-1951/art-33"),
        (
            "article 31, paragraph 2, of the 1951 Convention",
            "article 31, paragraph 2, of the 1951 Convention",
            "refugee-convention-1951/art-31",
        ),
        ("Article IV of the Kampala Convention", "Article IV of the Kampala Convention", "kampala-convention-2009/art-4"),
        ("objective 9 of the GCM", "objective 9 of the GCM", "global-compact-migration-2018/obj-9"),
        ("target 10.c of the 2030 Agenda", "target 10.c of the 2030 Agenda", "agenda-2030/target-10.c"),
        ("the 1951 Convention (art. 27)", "1951 Convention (art. 27)", "refugee-convention-1951/art-27"),
        ("UDHR, article 14, says", "UDHR, article 14", "udhr-1948/art-14"),
        ("l'article 33 de la Convention de 1951", "article 33 de la Convention de 1951", "refugee-convention-1951/art-33"),
        ("l'objectif 10 du Programme 2030", "objectif 10 du Programme 2030", "agenda-2030/goal-10"),
        ("المادة 33 من اتفاقية عام 1951", "المادة 33 من اتفاقية عام 1951", "refugee-convention-1951/art-33"),
        ("article 99 of the 1951 Convention", "1951 Convention", "refugee-convention-1951"),
        ("objective 9 of the Kampala Convention", "Kampala Convention", "kampala-convention-2009"),
    ],
)
def test_pinpoint_beside_a_name_gives_the_label_where_the_instrument_has_it(text: str, mention: str, target: str) -> None:
    assert found(text) == [(mention, target)]


def test_label_is_taken_on_trust_when_the_target_was_not_given() -> None:
    (link,) = find_links([provision("article 99 of the 1951 Convention")], CATALOGUE)
    assert link.target_id == "refugee-convention-1951/art-99"


def test_point_of_an_article_is_meant_where_it_is_a_provision_of_its_own() -> None:
    points = [Provision("refugee-convention-1951", label, "…") for label in ("art-33", "art-33.2")]
    source = provision("Article 33(2) of the 1951 Convention")
    assert find_links([source, *points], CATALOGUE) == (Link(source.id, 0, len(source.text), "refugee-convention-1951", "art-33.2", source.text),)


def test_longest_name_wins() -> None:
    assert found("the Global Compact on Refugees and the Joint Valletta Action Plan") == [
        ("Global Compact on Refugees", "global-compact-refugees-2018"),
        ("Joint Valletta Action Plan", "joint-valletta-action-plan-2015"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "the declaration, this Process, the action plan and the Convention",
        "the Rome Process of 2023",
        "the SDGsX and the JVAPs",
        "jvap, gcm and sdg in lower case",
        "the Cairo Declaration names itself",
    ],
)
def test_general_words_parts_of_words_and_the_instrument_itself_are_no_links(text: str) -> None:
    assert found(text) == []


def test_names_are_found_whatever_their_case_spacing_and_apostrophe() -> None:
    assert found("JOINT VALLETTA\nACTION PLAN; Plan d’action du Caire") == [
        ("JOINT VALLETTA\nACTION PLAN", "joint-valletta-action-plan-2015"),
        ("Plan d’action du Caire", "cairo-action-plan-2025"),
    ]


def test_arabic_name_is_found_after_a_joined_preposition() -> None:
    assert [target for _, target in found("وفقا لإعلان روما وللاتفاق العالمي بشأن اللاجئين وبخطة عمل فاليتا المشتركة")] == [
        "rome-declaration-2014",
        "global-compact-refugees-2018",
        "joint-valletta-action-plan-2015",
    ]


def test_editors_links_stand_for_the_item_as_a_whole() -> None:
    item = next(item for item in ITEMS if item.provision.id == "global-compact-migration-2018/obj-9")
    assert declared_links([item])[1] == Link(item.provision.id, 0, 0, "smuggling-protocol-2000", "art-5", "")


def test_back_links_are_kept_under_the_instrument_and_under_the_provision() -> None:
    whole = Link("a/para-1", 0, 4, "b", None, "text")
    part = Link("a/para-2", 0, 4, "b", "art-1", "text")
    assert back_links([whole, part]) == {"b": (whole, part), "b/art-1": (part,)}


def test_every_link_of_the_corpus_leads_to_something() -> None:
    ids = {one.id for one in (*DIGESTS, *declaration())} | set(CATALOGUE)
    links = find_links((*declaration(), *DIGESTS), CATALOGUE)
    assert [link for link in links if link.target_id not in ids or link.target == link.source_id.partition("/")[0]] == []


NAMES = [name for one in CATALOGUE.values() for name in (one.title["en"], one.short["fr"], one.short["ar"], *one.abbreviations)]
PIECES = st.one_of(st.sampled_from(NAMES), st.sampled_from([" ", " of ", "article 3 of the ", ", art. 5", "\n", "¹", "(", "x"]), st.text(max_size=5))


@given(st.lists(PIECES, max_size=12).map("".join))
def test_mention_is_the_text_at_its_offsets_and_none_overlap(text: str) -> None:
    source = provision(text)
    links = find_links([source], CATALOGUE)
    assert all(source.text[link.start : link.end] == link.text and link.text for link in links)
    assert all(one.end <= other.start for one, other in pairwise(links))
