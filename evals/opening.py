"""Opens what is measured: the index as the corpus is now, and the text that the quotes are checked against."""

from __future__ import annotations

from pathlib import Path

from evals.measures import Texts
from evals.replay import ReplayingEncoder
from evals.trial import Progress
from ingest.catalogue import CORPUS, Instrument
from ingest.encoder import model_folder
from ingest.index import Index, open_index
from ingest.reading import Reading, read
from service.opening import ingest


def fresh_index(home: Path, model: str, progress: Progress) -> Index:
    """The index, brought up to date with the corpus first, with an encoder that can replay.

    Raises:
        What `service.opening.ingest` raises.
    """
    ingest(home, model, progress=progress)
    return open_index(home, ReplayingEncoder.from_folder(model_folder(home, model)))


def readings(index: Index, corpus: Path = CORPUS) -> dict[str, Reading]:
    """The file of each authentic instrument, read again, by id."""
    return {one.id: read(corpus / one.text, one) for one in index.instruments.values() if _has_file(one, corpus)}


def texts_of(index: Index, read_again: dict[str, Reading]) -> Texts:
    """What citations are checked against."""
    return Texts(index.provisions, {id_: reading.source for id_, reading in read_again.items()})


def _has_file(instrument: Instrument, corpus: Path) -> bool:
    return bool(instrument.text) and (corpus / instrument.text).is_file()
