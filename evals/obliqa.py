"""ObliQA: questions on financial regulation with numbered passages, as a check of generality; read from its files, never shipped.

Source: Gokhan et al. 2024, RIRAG: Regulatory information retrieval and answer generation, arXiv:2409.05677; ObliQA-MP: RegNLP/MultiPassage-RegIR.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.sets import Row, sample
from ingest.catalogue import LANGUAGES, Instrument
from ingest.encoder import Encoder
from ingest.index import Contents, searched
from ingest.passages import Passage, cut
from ingest.provision import Provision
from ingest.thesaurus import Thesaurus

INSTRUMENT = "obliqa"
DOCUMENTS = "StructuredRegulatoryDocuments.zip"
FITTED = "ObliQA_dev"
QUESTIONS = (FITTED, "ObliQA_test", "ObliQA_MultiPassage_val", "ObliQA_MultiPassage_test")
"""Files of questions, those that are there being read. Weights are fitted on a part of the first alone."""
FITTED_ON = 1000
"""How many of its questions they are fitted on, so that as many are left to look at."""


class ObliqaError(Exception):
    """A folder does not hold what it should; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Passages:
    """The numbered passages, as provisions of one instrument, and how the questions' files name them.

    Attributes:
        provisions: In the order of the documents; those without words are left out.
        by_number: Provision id by document number and passage number.
        by_key: Provision id by the passages' own keys.
    """

    provisions: tuple[Provision, ...]
    by_number: dict[tuple[int, str], str]
    by_key: dict[str, str]


def read_passages(folder: Path) -> Passages:
    """Reads the documents in `folder`.

    Raises:
        ObliqaError: They are not there.
    """
    path = folder / DOCUMENTS
    if not path.is_file():
        raise ObliqaError(f"{path} is missing; give the folder that holds ObliQA's {DOCUMENTS} and ObliQA_dev.json")
    provisions: list[Provision] = []
    by_number: dict[tuple[int, str], str] = {}
    by_key: dict[str, str] = {}
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.endswith(".json") and "__MACOSX" not in name]
        entries = [entry for name in sorted(names, key=_number) for entry in json.loads(archive.read(name))]
    for entry in entries:
        # The number is the document's own ("2.3.1.(a)"): no label of ours, so the place in the file is.
        text = " ".join(entry["Passage"].split())
        if not text:
            continue
        provision = Provision(INSTRUMENT, f"item-{len(provisions) + 1}", text)
        provisions.append(provision)
        by_number.setdefault((int(entry["DocumentID"]), entry["PassageID"]), provision.id)
        by_key[entry["ID"]] = provision.id
    return Passages(tuple(provisions), by_number, by_key)


def fitted_on(rows: Sequence[Row]) -> list[Row]:
    """Of the questions in `FITTED` those that weights are fitted on; they are never scored."""
    return sample(rows, FITTED_ON)


def read_questions(folder: Path, passages: Passages) -> dict[str, list[Row]]:
    """The questions in `folder`, by the names of their files (`QUESTIONS`); a training half is not read.

    Raises:
        ObliqaError: None of them is there, or one does not hold questions.
    """
    found = {}
    for name in QUESTIONS:
        if (folder / f"{name}.json").is_file():
            try:
                entries = json.loads((folder / f"{name}.json").read_text("utf-8"))
                found[name] = [row for entry in entries if (row := _row(entry, passages)) is not None]
            except (ValueError, KeyError, TypeError) as error:
                raise ObliqaError(f"{folder / name}.json does not hold ObliQA's questions ({error!r})") from error
    if not found:
        raise ObliqaError(f"{folder} holds none of {', '.join(f'{name}.json' for name in QUESTIONS)}")
    return found


def contents_of(passages: Passages, encoder: Encoder, progress: Callable[[str, int, int], None]) -> Contents:
    """What an index is built from: the text alone, no thesaurus, no editors' questions, as for a text that a user brings."""
    found: list[Passage] = []
    for done, provision in enumerate(passages.provisions):
        if done % 500 == 0:
            progress("cutting passages", done, len(passages.provisions))
        found.extend(cut(provision, encoder.count_tokens))
    ids = searched(passages.provisions)
    return Contents((_instrument(),), passages.provisions, tuple(found), Thesaurus(()), dict.fromkeys(ids, ()))


def _row(entry: dict[str, Any], passages: Passages) -> Row | None:
    found = []
    for one in entry["Passages"]:
        id_ = passages.by_key.get(one.get("ID", "")) or passages.by_number.get((int(one["DocumentID"]), one["PassageID"]))
        if id_:
            found.append(id_)
    # A question whose passages are not in the documents cannot be scored.
    return Row(entry["QuestionID"], entry["Question"], "en", "regulation", "answered", tuple(dict.fromkeys(found))) if found else None


def _number(name: str) -> int:
    return int(Path(name).stem)


def _instrument() -> Instrument:
    title = dict.fromkeys(LANGUAGES, "ADGM regulations")
    return Instrument(
        id=INSTRUMENT,
        title=title,
        short=title,
        names=dict.fromkeys(LANGUAGES, ()),
        abbreviations=(),
        date=None,
        place="",
        symbol="",
        celex="",
        treaty_series="",
        status="regulation",
        binding=False,
        binding_on="",
        authentic=("en",),
        address="",
        tier="authentic",
        text="obliqa",
        actor=title,
    )
