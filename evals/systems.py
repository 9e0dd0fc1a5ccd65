"""Systems by name."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from evals.baselines import Baseline, Bm25, Dense, RankFusion
from evals.ours import Ours
from evals.outcome import System
from evals.tutorial import Text, Tutorial
from ingest.index import Index
from ingest.reading import Reading

BASELINES = ("tutorial", "minilm", "bm25", "fusion")
SYSTEMS = ("ours", *BASELINES)


def open_system(name: str, index: Index, read_again: dict[str, Reading], leaving: ExitStack) -> System:
    """A system over the texts of an index.

    Args:
        name: One of `SYSTEMS`.
        index: Whose provisions are searched.
        read_again: The files of the authentic instruments.
        leaving: Deletes what the system stored.

    Raises:
        KeyError: There is no such system.
    """
    if name not in SYSTEMS:
        raise KeyError(name)
    if name == "ours":
        return Ours(index)
    if name == "tutorial":
        folder = Path(leaving.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        return Tutorial(texts_for(index, read_again), folder)
    provisions = [index.provisions[one] for one in index.searched]
    words = [f"{one.heading} {one.text}".strip() for one in provisions]
    lexical = Bm25(words) if name in {"bm25", "fusion"} else None
    dense = Dense.from_texts(words, index.encoder) if name in {"minilm", "fusion"} else None
    if lexical and dense:
        return Baseline(name, RankFusion((lexical, dense)), provisions)
    return Baseline(name, lexical or dense, provisions)  # type: ignore[arg-type]


def texts_for(index: Index, read_again: dict[str, Reading]) -> Sequence[Text]:
    """Each instrument's text: the file's own where there is one, or else its provisions one after another."""
    found = []
    for instrument in index.instruments:
        own = [index.provisions[one] for one in index.searched if index.provisions[one].instrument == instrument]
        if instrument in read_again:
            runs = {one.id: [(span.source_start, span.source_end) for span in one.spans] for one in own}
            found.append(Text(instrument, read_again[instrument].source, runs))
            continue
        text, places = "", {}
        for one in own:
            places[one.id] = [(len(text), len(text) + len(one.text))]
            text += one.text + "\n\n"
        found.append(Text(instrument, text, places))
    return found
