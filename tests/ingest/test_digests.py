"""Digests: the project's own summaries, each item with heading, text, source and live links."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from ingest.catalogue import CORPUS, CatalogueError, Instrument, load_catalogue
from ingest.digests import Item, read_digest, read_items
from ingest.provision import LABEL, Provision

LANGUAGES = ("en", "fr", "ar")
CATALOGUE = load_catalogue(CORPUS / "catalogue")
DIGESTS = [one.id for one in CATALOGUE.values() if one.tier == "digest"]
TREATY = CATALOGUE["smuggling-protocol-2000"]
DIGEST = """\
instrument: smuggling-protocol-2000
items:
  - label: art-1
    heading: {en: First, fr: Premier, ar: الأول}
    text: Article 1 is on something.
    source: the protocol, article 1
    links: [refugee-convention-1951/art-33, udhr-1948]
  - label: art-2
    part: preamble
    path: [Part I]
    heading: {en: Second, fr: Deuxième, ar: الثاني}
    text: >-
      Article 2 is on
      something else.
    source: the protocol, article 2
"""


def digest(instrument: str) -> tuple[Item, ...]:
    return read_items(CORPUS / "digests" / f"{instrument}.yaml", CATALOGUE[instrument])


def questions(instrument: str) -> dict[str, dict[str, list[str]]]:
    text = (CORPUS / "questions" / f"{instrument}.yaml").read_text("utf-8")
    return {label: entry["questions"] for label, entry in yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)).items()}


@pytest.mark.parametrize(
    ("instrument", "prefix", "count"),
    [
        ("refugee-convention-1951", "art", 46),
        ("smuggling-protocol-2000", "art", 25),
        ("trafficking-protocol-2000", "art", 20),
        ("udhr-1948", "art", 30),
        ("kampala-convention-2009", "art", 23),
        ("refugee-protocol-1967", "art", 11),
        ("global-compact-migration-2018", "obj", 23),
        ("joint-valletta-action-plan-2015", "domain", 5),
        ("agenda-2030", "goal", 17),
        ("agenda-2063", "aspiration", 7),
        ("global-compact-refugees-2018", "part", 4),
    ],
)
def test_digest_is_complete_and_in_order(instrument: str, prefix: str, count: int) -> None:
    labels = [one.label for one in read_digest(CORPUS / "digests" / f"{instrument}.yaml", CATALOGUE[instrument])]
    assert [label for label in labels if label.startswith(f"{prefix}-")] == [f"{prefix}-{number}" for number in range(1, count + 1)]


def test_pact_has_its_ten_acts_with_their_celex_numbers() -> None:
    acts = {item.provision.label: item.provision.text for item in digest("eu-pact-2024") if item.provision.label.startswith("act-")}
    assert len(acts) == 10
    for celex in CATALOGUE["eu-pact-2024"].celex.split():
        assert celex in acts[f"act-2024.{celex[-4:]}"]


@pytest.mark.parametrize("instrument", DIGESTS)
def test_item_says_where_its_facts_come_from_and_how_the_whole_came_about(instrument: str) -> None:
    items = digest(instrument)
    assert all(item.provision.tier == "digest" and item.provision.source and LABEL.fullmatch(item.provision.label) for item in items)
    assert any(item.provision.label == "item-1" for item in items)


@pytest.mark.parametrize("instrument", DIGESTS)
def test_text_is_short_and_marks_nothing_as_uncertain_in_passing(instrument: str) -> None:
    for item in digest(instrument):
        assert len(item.provision.text) <= 700, item.provision.id
        assert "(?)" not in item.provision.text + item.provision.source, item.provision.id


@pytest.mark.parametrize("instrument", DIGESTS)
def test_links_lead_to_something(instrument: str) -> None:
    labels = {one: {item.provision.label for item in digest(one)} for one in DIGESTS}
    labels["cairo-declaration-2025"] = {f"para-{number}" for number in range(1, 29)}
    for item in digest(instrument):
        for link in item.links:
            target, _, label = link.partition("/")
            assert target in CATALOGUE, (item.provision.id, link)
            assert not label or label in labels[target], (item.provision.id, link)


@pytest.mark.parametrize("instrument", DIGESTS)
def test_every_item_has_questions_in_three_languages(instrument: str) -> None:
    asked = questions(instrument)
    assert list(asked) == [item.provision.label for item in digest(instrument)]
    assert all(set(entry) == set(LANGUAGES) and all(entry.values()) for entry in asked.values())


@pytest.mark.parametrize("instrument", DIGESTS)
def test_no_question_is_given_to_two_items(instrument: str) -> None:
    for language in LANGUAGES:
        lines = sorted(line.casefold() for entry in questions(instrument).values() for line in entry[language])
        assert [one for one, other in pairwise(lines) if one == other] == []


def test_chairs_are_told_one_by_one_without_a_gap() -> None:
    text = {item.headings["en"]: item.provision.text for item in digest("khartoum-process") if item.headings["en"].startswith("Chair ")}
    for year in range(2014, 2026):
        assert any(str(year) in heading + body for heading, body in text.items()), year


def test_action_plan_says_that_its_text_is_not_there() -> None:
    (item,) = digest("cairo-action-plan-2025")
    assert "not in this corpus" in item.provision.text
    assert item.links == ("cairo-declaration-2025/para-27", "cairo-declaration-2025/para-28")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "smuggling-protocol-2000.yaml"
    path.write_text(DIGEST, "utf-8")
    return path


def test_items_are_read_whole(path: Path) -> None:
    first = Provision(TREATY.id, "art-1", "Article 1 is on something.", tier="digest", heading="First", source="the protocol, article 1")
    second = Provision(
        TREATY.id,
        "art-2",
        "Article 2 is on something else.",
        part="preamble",
        tier="digest",
        heading="Second",
        path=("Part I",),
        source="the protocol, article 2",
    )
    assert read_items(path, TREATY) == (
        Item(first, {"en": "First", "fr": "Premier", "ar": "الأول"}, ("refugee-convention-1951/art-33", "udhr-1948")),
        Item(second, {"en": "Second", "fr": "Deuxième", "ar": "الثاني"}, ()),
    )
    assert read_digest(path, TREATY) == (first, second)


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "problem"),
    [
        ("label: art-2", "label: art-1", 8, "items[1].label", "'art-1' is the label of another item too"),
        ("label: art-2", "label: Article 2", 8, "items[1].label", "does not have the form"),
        ("part: preamble", "part: middle", 9, "items[1].part", "is not one of annex, operative, preamble"),
        ("    source: the protocol, article 1\n", "", 3, "items[0].source", "is missing"),
        ("    links:", "    link:", 7, "items[0].link", "is not a known key"),
        ("udhr-1948]", "UDHR]", 7, "items[0].links[1]", "does not have the form"),
        ("is on something.", "says “something”.", 5, "items[0].text", "never put in quotation marks"),
        ("instrument: smuggling-protocol-2000", "instrument: udhr-1948", 1, "instrument", "is not 'smuggling-protocol-2000'"),
        (", ar: الأول", "", 4, "items[0].heading.ar", "is missing"),
    ],
)
def test_mistake_names_file_line_and_key(path: Path, old: str, new: str, line: int, key: str, problem: str) -> None:
    assert old in DIGEST
    path.write_text(DIGEST.replace(old, new, 1), "utf-8")
    with pytest.raises(CatalogueError) as raised:
        read_items(path, TREATY)
    assert (raised.value.path, raised.value.line, raised.value.key) == (path, line, key)
    assert problem in str(raised.value)


def test_heading_of_a_provision_is_the_english_one() -> None:
    instrument: Instrument = CATALOGUE["refugee-convention-1951"]
    item = next(item for item in digest(instrument.id) if item.provision.label == "art-27")
    assert (item.provision.heading, item.headings["fr"]) == ("Identity papers", "Pièces d'identité")
