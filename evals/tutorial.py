"""LangChain's tutorial pipeline: chunks of 1,000 characters, MiniLM, Chroma, the four nearest.

Source: https://docs.langchain.com/oss/python/langchain/rag, with the embedding model that ours has.
Everything heavy is imported inside: torch and sentence_transformers take 8 s.
Run as `python -m evals.tutorial FOLDER QUESTION` it opens a stored pipeline and prints what it finds: what its cold start is measured by.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.baselines import CITED
from evals.outcome import DEPTH, Cited, Outcome
from evals.sets import Row
from ingest.export import BUNDLED, source_of

CHUNK, OVERLAP = 1000, 200
CHUNKS_ASKED = 40
"""More than are ranked: several may fall on one provision, or outside the scope."""


@dataclass(frozen=True, slots=True)
class Text:
    """An instrument's text as a file holds it, and where each provision stands in it, as runs of characters, end excluded."""

    instrument: str
    text: str
    places: Mapping[str, Sequence[tuple[int, int]]]

    def provision_at(self, start: int, end: int) -> str:
        """Id of the provision that shares most characters with a run, the earlier one of equals; "" for none."""
        shared = {id_: sum(max(0, min(end, last) - max(start, first)) for first, last in runs) for id_, runs in self.places.items()}
        best = max(shared, key=lambda id_: shared[id_], default="")
        return best if best and shared[best] else ""


class Tutorial:
    """The pipeline over some texts; a chunk counts as the provision that it overlaps most."""

    name = "tutorial"
    refuses = False

    def __init__(self, texts: Sequence[Text], folder: Path) -> None:
        """Cuts, embeds and stores everything in `folder`, which must be empty or missing."""
        from langchain_core.documents import Document
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP, add_start_index=True)
        chunks = splitter.split_documents([Document(one.text, metadata={"instrument": one.instrument}) for one in texts])
        by_id = {one.instrument: one for one in texts}
        for chunk in chunks:
            start = chunk.metadata["start_index"]
            chunk.metadata["provision"] = by_id[chunk.metadata["instrument"]].provision_at(start, start + len(chunk.page_content))
        self._store = open_store(folder)
        self._store.add_documents(chunks)

    def ask(self, row: Row, scope: tuple[str, ...]) -> Outcome:
        """See `System.ask`; what was said before is not looked at."""
        scope = row.instruments or scope
        begun = time.perf_counter()
        chunks = self._store.similarity_search(row.question, k=CHUNKS_ASKED, **({"filter": {"instrument": {"$in": list(scope)}}} if scope else {}))
        took = (time.perf_counter() - begun) * 1000
        found = tuple(dict.fromkeys(chunk.metadata["provision"] for chunk in chunks if chunk.metadata["provision"]))
        return Outcome(row, "answered", found[:DEPTH], tuple(Cited(one) for one in found[:CITED]), took_ms=took)


def open_store(folder: Path) -> Any:
    """The Chroma store in `folder`, with MiniLM by sentence-transformers."""
    from langchain_chroma import Chroma
    from langchain_huggingface import HuggingFaceEmbeddings

    return Chroma(
        collection_name="tutorial",
        embedding_function=HuggingFaceEmbeddings(model_name=source_of(BUNDLED), model_kwargs={"device": "cpu"}),
        persist_directory=str(folder),
    )


if __name__ == "__main__":
    import service.opening  # noqa: F401  (turns every library's telemetry off)

    for found in open_store(Path(sys.argv[1])).similarity_search(sys.argv[2], k=CITED):
        print(found.page_content)
