"""The catalogue: every entry readable, and a mistake pointed at by file, line and key."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.catalogue import CORPUS, ID, CatalogueError, Instrument, load_catalogue, read_instrument

IDS = {
    "cairo-declaration-2025",
    "cairo-action-plan-2025",
    "khartoum-process",
    "rome-declaration-2014",
    "joint-valletta-action-plan-2015",
    "global-compact-migration-2018",
    "global-compact-refugees-2018",
    "refugee-convention-1951",
    "refugee-protocol-1967",
    "agenda-2030",
    "agenda-2063",
    "eu-au-joint-vision-2022",
    "samoa-agreement-2023",
    "eu-pact-2024",
    "rabat-process",
    "global-alliance-2023",
    "smuggling-protocol-2000",
    "trafficking-protocol-2000",
    "oau-refugee-convention-1969",
    "kampala-convention-2009",
    "au-migration-policy-framework-2018",
    "udhr-1948",
}

ENTRY = """\
id: a-treaty-1999
title: {en: A Treaty, fr: Un traité, ar: معاهدة}
short: {en: Treaty, fr: Traité, ar: معاهدة}
names: {en: [the treaty], fr: [], ar: []}
mentions: {en: [Treaty of 1999], fr: [], ar: []}
abbreviations: [AT]
date: 1999-12-31
place: Geneva
symbol: A/1
celex: ""
treaty_series: UNTS 1
status: treaty
binding: true
binding_on: its parties
authentic: [en, fr]
address: https://example.org/treaty
tier: digest
text: ""
actor: {en: the parties, fr: les parties, ar: الأطراف}
numbering: {units: [article], style: roman}
"""


@pytest.fixture(scope="module")
def catalogue() -> dict[str, Instrument]:
    return load_catalogue(CORPUS / "catalogue")


def test_every_instrument_of_the_design_has_an_entry_named_after_its_id(catalogue: dict[str, Instrument]) -> None:
    assert set(catalogue) == IDS
    assert {path.stem for path in (CORPUS / "catalogue").glob("*.yaml")} == IDS


def test_declaration_comes_first_and_the_others_by_file_name(catalogue: dict[str, Instrument]) -> None:
    first, *others = catalogue
    assert first == "cairo-declaration-2025"
    assert others == sorted(others)


def test_two_instruments_share_no_name_in_one_language(catalogue: dict[str, Instrument]) -> None:
    owners: dict[tuple[str, str], str] = {}
    for instrument in catalogue.values():
        for language in ("en", "fr", "ar"):
            own = {instrument.title[language], instrument.short[language], *instrument.names[language], *instrument.mentions[language]}
            for name in {name.casefold() for name in (*own, *instrument.abbreviations)}:
                assert owners.setdefault((language, name), instrument.id) == instrument.id, name


def test_an_instrument_that_binds_is_a_treaty_or_eu_law(catalogue: dict[str, Instrument]) -> None:
    assert {instrument.status for instrument in catalogue.values() if instrument.binding} == {"treaty", "eu-law"}
    assert not [one.id for one in catalogue.values() if one.status in {"treaty", "eu-law"} and not one.binding]


def test_entry_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a-treaty-1999.yaml"
    path.write_text(ENTRY, "utf-8")
    assert read_instrument(path) == Instrument(
        id="a-treaty-1999",
        title={"en": "A Treaty", "fr": "Un traité", "ar": "معاهدة"},
        short={"en": "Treaty", "fr": "Traité", "ar": "معاهدة"},
        names={"en": ("the treaty",), "fr": (), "ar": ()},
        mentions={"en": ("Treaty of 1999",), "fr": (), "ar": ()},
        abbreviations=("AT",),
        date=dt.date(1999, 12, 31),
        place="Geneva",
        symbol="A/1",
        celex="",
        treaty_series="UNTS 1",
        status="treaty",
        binding=True,
        binding_on="its parties",
        authentic=("en", "fr"),
        address="https://example.org/treaty",
        tier="digest",
        text="",
        actor={"en": "the parties", "fr": "les parties", "ar": "الأطراف"},
        numbering={"units": ["article"], "style": "roman"},
    )


def test_mentions_may_be_left_out_and_a_date_may_be_null(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("".join(line for line in ENTRY.splitlines(True) if "mentions" not in line).replace("1999-12-31", "null"), "utf-8")
    found = read_instrument(path)
    assert (found.mentions, found.date) == ({"en": (), "fr": (), "ar": ()}, None)


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "problem"),
    [
        ("place: Geneva\n", "", 1, "place", "is missing"),
        ("place: Geneva", "plaice: Geneva", 8, "plaice", "is not a known key"),
        ("place: Geneva", "place: Geneva\nplace: Bern", 9, "place", "is given twice"),
        ("place: Geneva", "place: [Geneva]", 8, "place", "must be a text"),
        ("symbol: A/1", "symbol: 12", 9, "symbol", "must be a text; put quotation marks"),
        ("id: a-treaty-1999", "id: ../a", 1, "id", "does not have the form"),
        ("id: a-treaty-1999", "id: A_Treaty", 1, "id", "does not have the form"),
        ("date: 1999-12-31", "date: 1999-02-30", 7, "date", "is not a date; write 2025-04-09, or null"),
        ("date: 1999-12-31", "date: 31 December 1999", 7, "date", "is not a date"),
        ("status: treaty", "status: law", 12, "status", "'law' is not one of"),
        ("binding: true", 'binding: "yes"', 13, "binding", "must be true or false"),
        ("binding: true", "binding: false", 14, "binding_on", "on whom"),
        ("authentic: [en, fr]", "authentic: english", 15, "authentic", "must be a list"),
        ("authentic: [en, fr]", "authentic: [en, french]", 15, "authentic[1]", "does not have the form"),
        ("address: https://example.org/treaty", "address: http://example.org", 16, "address", "must begin with https://"),
        ("tier: digest", "tier: summary", 17, "tier", "'summary' is not one of authentic, digest"),
        ('text: ""', "text: texts/a.txt", 18, "text", "names the file of an authentic text"),
        ("ar: معاهدة}\nshort", "xx: معاهدة}\nshort", 2, "title.xx", "is not a known key"),
        ("en: A Treaty", 'en: ""', 2, "title.en", "must not be empty"),
        ("[the treaty]", "[the treaty, the treaty]", 4, "names.en[1]", "is given twice"),
        ("units: [article]", "units: [chapter]", 20, "numbering.units[0]", "'chapter' is not one of"),
        ("style: roman", "style: greek", 20, "numbering.style", "'greek' is not one of"),
    ],
)
def test_mistake_names_file_line_and_key(tmp_path: Path, old: str, new: str, line: int, key: str, problem: str) -> None:
    path = tmp_path / "a-treaty-1999.yaml"
    assert old in ENTRY
    path.write_text(ENTRY.replace(old, new, 1), "utf-8")
    with pytest.raises(CatalogueError) as raised:
        load_catalogue(tmp_path)
    assert (raised.value.path, raised.value.line, raised.value.key) == (path, line, key)
    assert str(raised.value).startswith(f"{path}, line {line}: {key}: ")
    assert problem in str(raised.value)


def test_id_used_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(ENTRY, "utf-8")
    (tmp_path / "b.yaml").write_text("# another file\n" + ENTRY, "utf-8")
    with pytest.raises(CatalogueError, match=r"b\.yaml, line 2: id: 'a-treaty-1999' is the id of another instrument too"):
        load_catalogue(tmp_path)


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        (b"", 1, "is empty"),
        (b"id: a\nplace: \xff", 1, "is not UTF-8"),
        (b"id: a\nplace: [\n", 3, "is not YAML"),
        (b"- a", 1, "must be a mapping"),
    ],
)
def test_file_that_is_no_entry_is_refused(tmp_path: Path, content: bytes, line: int, problem: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    with pytest.raises(CatalogueError) as raised:
        load_catalogue(tmp_path)
    assert (raised.value.path, raised.value.line, raised.value.key) == (path, line, "")
    assert problem in str(raised.value)


def test_folder_without_entries_gives_no_instruments(tmp_path: Path) -> None:
    assert load_catalogue(tmp_path) == {}


@pytest.mark.parametrize("wrong", ["", "-a", "a-", "a--b", "a/b", "a.b", "Ä"])
def test_id_form(wrong: str) -> None:
    assert not ID.fullmatch(wrong)


def test_importing_the_catalogue_loads_nothing_heavy() -> None:
    code = "import sys, ingest.catalogue; print(sorted({'numpy', 'onnxruntime', 'torch', 'chromadb', 'pydantic'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=CORPUS.parent)
    assert done.stdout.strip() == "[]"
