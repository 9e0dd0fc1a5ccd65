from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.candidate import Wishes, examine, read_numbering
from ingest.catalogue import CORPUS, Instrument, load_catalogue, read_instrument
from ingest.corpus import read_corpus
from ingest.encoder import Encoder
from ingest.language import guess_language
from ingest.library import LibraryError, Undo, checked_id, discard, read_library, store
from ingest.readers.extract import WithoutNumbers
from ingest.readings import kept_provisions

TREATY = """# A Treaty on Bridges

## Article 1
#### Purpose
1. The Parties shall build bridges over all rivers of the region.
2. They shall keep the bridges that they have built.

## Article 2
#### Tolls
No toll shall be taken of refugees.
"""
FRENCH = """# Un traité sur les ponts

## Article 1
#### But
1. Les Parties construisent des ponts sur tous les fleuves de la région.
2. Elles entretiennent les ponts qu'elles ont construits.

## Article 2
#### Péages
Aucun péage n'est perçu des réfugiés.
"""


@pytest.fixture(scope="module")
def catalogue() -> dict[str, Instrument]:
    return load_catalogue(CORPUS / "catalogue")


def file_of(folder: Path, text: str, name: str = "treaty.md") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def put(library: Path, path: Path, catalogue: dict[str, Instrument], **wishes: str) -> None:
    found = examine(path, Wishes(**wishes), catalogue)
    store(library, found.instrument, path, found.language, catalogued=found.catalogued, name=path.name, numbering=found.asked)


def test_title_id_language_and_numbering_are_guessed_and_said_to_be(tmp_path: Path, catalogue: dict[str, Instrument]) -> None:
    found = examine(file_of(tmp_path, TREATY), Wishes(), catalogue)
    assert (found.instrument.id, found.instrument.title["en"], found.language) == ("a-treaty-on-bridges", "A Treaty on Bridges", "en")
    assert found.instrument.numbering == {"units": ["article", "paragraph"]}
    assert set(found.guessed) == {"id", "title", "language", "numbering"}
    assert [one.label for one in found.reading.provisions] == ["art-1", "art-1.1", "art-1.2", "art-2"]
    assert {one.instrument for one in found.reading.provisions} == {"a-treaty-on-bridges"}
    assert found.warnings == ()


def test_heading_that_is_a_title_of_the_catalogue_means_that_instrument(tmp_path: Path, catalogue: dict[str, Instrument]) -> None:
    text = TREATY.replace("A Treaty on Bridges", "CONVENTION RELATING TO THE STATUS OF REFUGEES")
    found = examine(file_of(tmp_path, text), Wishes(), catalogue)
    assert (found.instrument.id, found.catalogued, found.instrument.tier) == ("refugee-convention-1951", True, "authentic")


@pytest.mark.parametrize(
    ("headings", "id"),
    [
        (("Official Journal of the European Union", "REGULATION (EU) 2024/1111 OF THE COUNCIL", "of 14 May 2024"), "regulation-eu-2024-1111"),
        (("United Nations A/RES/79/999", "General Assembly", "Agenda items 14 and 119", "79/999. Compact for Bridges"), "compact-for-bridges"),
        (("Ministerial Conference", "Nairobi Declaration on Ferries"), "nairobi-declaration-on-ferries"),
        (("Welcome to all", "Rules on ferries"), "welcome-to-all"),
        (
            ("A/RES/78/9 Distr.: General", "Tenth session Agenda item 18 (g)", "[on the report of the Committee]", "78/9. Tolls and tides"),
            "tolls-and-tides",
        ),
        (("Brussels, 28 June 2021 (OR. en)", "Subject: Bridges", "ANNEX I", "Council conclusions on bridges"), "council-conclusions-on-bridges"),
    ],
)
def test_title_is_found_below_a_masthead(tmp_path: Path, catalogue: dict[str, Instrument], headings: tuple[str, ...], id: str) -> None:
    text = "\n\n".join(f"# {heading}" for heading in headings) + "\n\n" + TREATY.partition("\n")[2]
    assert examine(file_of(tmp_path, text), Wishes(), catalogue).instrument.id == id


def test_text_with_other_numbers_than_the_summary_is_doubted(tmp_path: Path, catalogue: dict[str, Instrument]) -> None:
    found = examine(file_of(tmp_path, TREATY), Wishes(id="refugee-convention-1951"), catalogue)
    assert "is it refugee-convention-1951? of the 46 numbers that this project's summary of refugee-convention-1951 has, it has 2" in found.warnings


@pytest.mark.parametrize(
    ("text", "language"), [(TREATY, "en"), (FRENCH, "fr"), ("المادة 1 للدول الأطراف أن تبني الجسور", "ar"), ("xyzzy plugh frotz", "")]
)
def test_language_is_told_by_script_and_function_words(text: str, language: str) -> None:
    assert guess_language(text) == language


@pytest.mark.parametrize("id", ["../a", "a/b", "", ".", "..", "A", "a_b", "a--b", "-a", "a" * 81, "a\0b", "a\nb"])
def test_id_that_is_no_folder_name_is_refused(id: str) -> None:
    with pytest.raises(LibraryError, match="is no id"):
        checked_id(id)


def test_stored_text_is_read_back_with_its_entry(tmp_path: Path, catalogue: dict[str, Instrument]) -> None:
    library = tmp_path / "library"
    put(library, file_of(tmp_path, TREATY), catalogue, id="bridges-2020", short="Bridges Treaty", date="2020-02-03")
    held = read_library(library, catalogue)["bridges-2020"]
    assert (held.instrument.short["en"], str(held.instrument.date), held.instrument.tier) == ("Bridges Treaty", "2020-02-03", "authentic")
    assert (held.cited.language, held.cited.name, held.path(held.cited).read_text("utf-8")) == ("en", "treaty.md", TREATY)
    assert read_instrument(library / "bridges-2020" / "instrument.yaml").id == "bridges-2020"
    assert sorted(path.name for path in library.iterdir()) == ["bridges-2020"]


def test_text_in_another_language_stands_beside_the_one_that_is_cited(tmp_path: Path, catalogue: dict[str, Instrument], encoder: Encoder) -> None:
    library = tmp_path / "library"
    put(library, file_of(tmp_path, FRENCH, "traite.md"), catalogue, id="bridges-2020")
    put(library, file_of(tmp_path, TREATY), catalogue, id="bridges-2020")
    held = read_library(library, catalogue)["bridges-2020"]
    assert (held.cited.language, [text.language for text in held.parallel]) == ("fr", ["en"])
    contents = read_corpus(small(tmp_path), encoder, library=library)
    texts = {one.id: one.text for one in contents.provisions}
    assert texts["bridges-2020/art-2"] == "Aucun péage n'est perçu des réfugiés."
    assert contents.parallels["bridges-2020/art-2"] == {"en": "No toll shall be taken of refugees."}
    assert ("question", "en", "No toll shall be taken of refugees.") in {(one.kind, one.language, one.text) for one in contents.passages}


def test_authentic_language_is_cited_whatever_was_added_first(tmp_path: Path, catalogue: dict[str, Instrument]) -> None:
    library = tmp_path / "library"
    put(library, file_of(tmp_path, FRENCH, "traite.md"), catalogue, id="udhr-1948")
    put(library, file_of(tmp_path, TREATY), catalogue, id="udhr-1948")
    assert read_library(library, catalogue)["udhr-1948"].cited.language == "en"


def small(tmp_path: Path) -> Path:
    """A corpus of nothing but the catalogue's folders."""
    folder = tmp_path / "corpus"
    for name in ("catalogue", "thesaurus", "questions/silent"):
        (folder / name).mkdir(parents=True)
    return folder


def test_text_replaces_the_digest_and_keeps_the_editors_questions_of_its_labels(
    tmp_path: Path, catalogue: dict[str, Instrument], encoder: Encoder
) -> None:
    corpus = small(tmp_path)
    (corpus / "digests").mkdir()
    for name in ("catalogue", "digests", "questions"):
        shutil.copy(CORPUS / name / "refugee-convention-1951.yaml", corpus / name)
    library = tmp_path / "library"
    put(library, file_of(tmp_path, TREATY), catalogue, id="refugee-convention-1951")
    contents = read_corpus(corpus, encoder, library=library)
    assert {(one.label, one.tier) for one in contents.provisions} == {(label, "authentic") for label in ("art-1", "art-1.1", "art-1.2", "art-2")}
    asked = {one.provision for one in contents.passages if one.kind == "question"}
    assert asked == {f"refugee-convention-1951/{label}" for label in ("art-1.1", "art-1.2", "art-2")}


def test_what_was_read_is_kept_and_read_anew_when_the_file_changes(tmp_path: Path, catalogue: dict[str, Instrument]) -> None:
    library = tmp_path / "library"
    put(library, file_of(tmp_path, TREATY), catalogue, id="bridges-2020")
    held = read_library(library, catalogue)["bridges-2020"]
    path = held.path(held.cited)
    first = kept_provisions(path, held.instrument, "en")
    kept = path.with_name(f"{path.name}.provisions.jsonl")
    assert kept_provisions(path, held.instrument, "en") == first
    kept.write_text(kept.read_text("utf-8").replace("refugees", "nobody"), "utf-8")
    assert kept_provisions(path, held.instrument, "en")[-1].text == "No toll shall be taken of nobody."
    assert kept_provisions(path, held.instrument, "en", again=True) == first
    path.write_text(TREATY.replace("refugees", "children"), "utf-8")
    assert kept_provisions(path, held.instrument, "en")[-1].text == "No toll shall be taken of children."
    kept.write_text("half a li", "utf-8")
    assert len(kept_provisions(path, held.instrument, "en")) == len(first)


def test_discarded_text_is_gone_and_a_change_can_be_taken_back(tmp_path: Path, catalogue: dict[str, Instrument]) -> None:
    library = tmp_path / "library"
    put(library, file_of(tmp_path, TREATY), catalogue, id="bridges-2020")
    undo = Undo(library, "bridges-2020")
    discard(library, "bridges-2020")
    assert read_library(library, catalogue) == {}
    undo.take_back()
    assert list(read_library(library, catalogue)) == ["bridges-2020"]
    with pytest.raises(LibraryError, match="no text of 'other' was added"):
        discard(library, "other")


def test_folder_that_is_not_whole_says_what_to_do(tmp_path: Path, catalogue: dict[str, Instrument]) -> None:
    library = tmp_path / "library"
    put(library, file_of(tmp_path, TREATY), catalogue, id="bridges-2020")
    record = library / "bridges-2020" / "record.json"
    record.write_text(json.dumps({"texts": [], "numbering": {}}), "utf-8")
    with pytest.raises(LibraryError, match="khartoum remove bridges-2020"):
        read_library(library, catalogue)


@pytest.mark.parametrize(
    ("given", "numbering"),
    [
        (None, None),
        ("article,paragraph", {"units": ["article", "paragraph"]}),
        ("none", {"unnumbered": True}),
        ("{units: [article], style: roman}", {"units": ["article"], "style": "roman"}),
    ],
)
def test_numbering_is_units_none_or_a_mapping(given: str | None, numbering: object) -> None:
    assert read_numbering(given) == numbering


@pytest.mark.parametrize("given", ["verse", "{units: [verse]}", "{", "", "{colour: red}"])
def test_numbering_that_means_nothing_is_refused(given: str) -> None:
    with pytest.raises(LibraryError, match="--numbering"):
        read_numbering(given)


def test_text_without_numbers_is_refused_unless_its_paragraphs_are_to_be_counted(tmp_path: Path, catalogue: dict[str, Instrument]) -> None:
    path = file_of(tmp_path, "Migration is old.\n\nPeople have always moved.\n", "essay.txt")
    with pytest.raises(WithoutNumbers, match="--numbering none"):
        examine(path, Wishes(), catalogue)
    found = examine(path, Wishes(numbering="none"), catalogue)
    assert len(found.reading.provisions) == 2
    assert found.reading.coverage.share == 1.0


def test_instrument_with_a_numbering_of_every_key_survives_the_catalogue_file(tmp_path: Path, catalogue: dict[str, Instrument]) -> None:
    numbering = {"units": ["article", "paragraph"], "until": "Annex", "nested": False, "drop": ["^Page"], "words": {"article": ["Clause"]}}
    library = tmp_path / "library"
    path = file_of(tmp_path, TREATY)
    found = examine(path, Wishes(id="bridges-2020"), catalogue)
    store(library, replace(found.instrument, numbering=numbering), path, "en", catalogued=False, name="treaty.md")
    assert read_library(library, catalogue)["bridges-2020"].instrument.numbering == numbering
