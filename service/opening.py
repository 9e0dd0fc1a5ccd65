"""Opens an assistant from settings, building what is missing first."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.catalogue import CORPUS
from ingest.encoder import Encoder, ensure_encoder, model_folder
from ingest.generation import Built, Progress, build
from ingest.index import IndexBroken, IndexMismatch, IndexMissing, open_index
from service.assistant import Assistant

if TYPE_CHECKING:
    from service.generation.assistant import GenerativeAssistant

# Nothing that is imported later may report what is asked here to anybody.
os.environ.update(ANONYMIZED_TELEMETRY="False", HF_HUB_DISABLE_TELEMETRY="1", LANGSMITH_TRACING="false", LANGCHAIN_TRACING_V2="false")


def ingest(home: Path, model: str, *, corpus: Path = CORPUS, force: bool = False, progress: Progress = lambda *_: None) -> Built:
    """Brings the index up to date with the corpus.

    Raises:
        ModelUnavailable, HomeBusy, HomeUnwritable, and what reading the corpus raises: each with one line that says what to do.
    """
    from ingest.corpus import read_corpus
    from ingest.library import library_folder

    home.mkdir(parents=True, exist_ok=True)
    if force or not (model_folder(home, model) / "encoder.json").exists():
        progress("exporting the embedding model", 0, 1)
    encoder = ensure_encoder(home, model, force=force)
    return build(home, read_corpus(corpus, encoder, progress, library_folder(home), again=force), encoder, force=force, progress=progress)


def open_assistant(home: Path, model: str, *, exact: bool = False) -> Assistant:
    """Opens the index in use; with `exact` without Chroma, which is quicker for one question.

    Raises:
        IndexMissing, IndexMismatch, IndexBroken, ModelUnavailable: With one line that says what to do.
    """
    folder = model_folder(home, model)
    if not (folder / "encoder.json").exists():
        raise IndexMissing(f"there is no index in {home}; run `khartoum ingest`")
    return Assistant(open_index(home, Encoder.from_folder(folder), exact=exact))


def ready_assistant(home: Path, model: str, progress: Progress = lambda *_: None, *, exact: bool = False) -> Assistant:
    """Opens the index in use as `open_assistant` does, building it first when there is none or it cannot be used as it is."""
    try:
        return open_assistant(home, model, exact=exact)
    except (IndexMissing, IndexMismatch, IndexBroken):
        ingest(home, model, progress=progress)
        return open_assistant(home, model, exact=exact)


def with_model(assistant: Assistant, name: str, timeout: float) -> Assistant | GenerativeAssistant:
    """The assistant with a language model over it; as it is when `name` is "".

    Raises:
        ModelUnusable: No such model can be had, with one line that says what to do.
    """
    if not name:
        return assistant
    from service.generation.assistant import GenerativeAssistant  # nothing of language models is imported where there is none
    from service.generation.model import Model

    speaking = GenerativeAssistant(assistant, Model.named(name, timeout), timeout=timeout)
    # Else the first answer's first sentence would be checked only when the model has long finished.
    threading.Thread(target=speaking.checker.warm, name="warm-checker", daemon=True).start()
    return speaking
