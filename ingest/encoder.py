"""Turns text into vectors: a sentence-transformers model, exported to ONNX and run by onnxruntime.

fastembed runs the same export; onnxruntime with tokenizers starts faster (no hub client, no image library) and lets text over the
model's length be seen, so it is what runs here.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.export import BUNDLED, ModelUnavailable

Vectors = NDArray[np.float32]
"""One row a text, of length 1."""

BATCH = 16
_MANY = 4 * BATCH
"""Texts from which on each core takes batches of its own: dividing every product among the cores costs a quarter more."""

SPELT = 3.5
"""Pieces a word at which it counts as spelt out: English has 1.2, French as MiniLM reads it 2, Arabic 5."""


class Encoder:
    """A model's ONNX export. It has LangChain's `Embeddings` methods, so that it fits into its chains as it is.

    Attributes:
        model: The name that it was asked for by.
        fingerprint: Hash of the source's weights and settings: two indexes with one fingerprint hold comparable vectors.
        dimensions: Length of a vector.
        max_tokens: Word pieces that the model reads at once, its own marks included.
    """

    def __init__(self, folder: Path) -> None:
        """Opens the export in `folder`; use `from_folder`, which says what is wrong with one that is not whole."""
        import tokenizers

        record = json.loads((folder / "encoder.json").read_text("utf-8"))
        self.model: str = record["model"]
        self.fingerprint: str = record["source_sha256"]
        self.dimensions: int = record["dimensions"]
        self.max_tokens: int = record["max_tokens"]
        self.question_prompt: str = record["question_prompt"]
        self.passage_prompt: str = record["passage_prompt"]
        self._inputs: list[str] = record["inputs"]
        self._tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(self.max_tokens)
        self._tokenizer.enable_padding(pad_id=record["pad_id"])
        self._graph = folder / "model.onnx"
        self._session = _session(self._graph, threads=0)

    @classmethod
    def from_folder(cls, folder: Path) -> Encoder:
        """Opens an export.

        Raises:
            ModelUnavailable: The folder is missing, not whole, or not readable.
        """
        try:
            return cls(folder)
        except Exception as error:  # onnxruntime and tokenizers raise bare exceptions of their own
            raise ModelUnavailable(f"the exported model in {folder} cannot be opened ({error}); run `khartoum ingest --force`") from error

    def count_tokens(self, text: str) -> int:
        """Word pieces of `text`, the model's own marks included, beyond its limit too."""
        found = self._tokenizer.encode(text)
        return sum(len(each.special_tokens_mask) - sum(each.special_tokens_mask) for each in (found, *found.overflowing)) + 2

    def spells_out(self, text: str) -> bool:
        """Whether the model has no pieces for the words of `text` but spells them letter by letter, as MiniLM does Arabic.

        Vectors of such a text say nothing of its meaning, and take the longest to compute.
        """
        return self.count_tokens(text) - 2 > SPELT * max(1, len(text.split()))

    def knows(self, word: str) -> bool:
        """Whether `word` is one piece of the model's vocabulary: a word that is common enough not to be a slip of the keyboard."""
        return self._tokenizer.token_to_id(word) is not None

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a passage, in order."""
        found: list[list[float]] = self.encode(texts, self.passage_prompt).tolist()
        return found

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        found: list[float] = self.encode([text], self.question_prompt)[0].tolist()
        return found

    def encode(self, texts: Sequence[str], prompt: str = "", progress: Callable[[int], None] | None = None) -> Vectors:
        """Vectors of length 1, shape (len(texts), dimensions), in order.

        A text over the model's limit is read in consecutive windows, whose vectors are averaged by their length: nothing is cut.

        Args:
            texts: What to encode.
            prompt: Put before each.
            progress: Called after each batch with the number of texts that it held.
        """
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        # Texts of like length in one batch: padding is what costs.
        order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
        batches = list(_batches(order, BATCH))

        def run(session: Any, rows: Sequence[int]) -> int:
            self._encode(session, [prompt + texts[row] for row in rows], rows, vectors)
            return len(rows)

        for done in _each_on_its_core(partial(run, self._bulk), batches) if len(texts) > _MANY else map(partial(run, self._session), batches):
            if progress:
                progress(done)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)

    @cached_property
    def _bulk(self) -> Any:
        """The model once more, for one core; only building an index needs it."""
        return _session(self._graph, threads=1)

    def _encode(self, session: Any, texts: Sequence[str], rows: Sequence[int], vectors: Vectors) -> None:
        """Adds the vectors of `texts` to their `rows` of `vectors`, those of windows weighed by their length."""
        encodings, owners = [], []
        for row, text in zip(rows, texts, strict=True):
            encoding = self._tokenizer.encode(text)
            for window in (encoding, *encoding.overflowing):
                encodings.append(window)
                owners.append(row)
        width = max(sum(window.attention_mask) for window in encodings)
        columns = {"input_ids": [], "attention_mask": [], "token_type_ids": []}  # type: dict[str, list[list[int]]]
        for window in encodings:
            pad = [0] * max(0, width - len(window.ids))
            columns["input_ids"].append((window.ids + pad)[:width])
            columns["attention_mask"].append((window.attention_mask + pad)[:width])
            columns["token_type_ids"].append((window.type_ids + pad)[:width])
        feed = {name: np.asarray(columns[name], dtype=np.int64) for name in self._inputs}
        produced = session.run(["vector"], feed)[0]
        for window, owner, vector in zip(encodings, owners, produced, strict=True):
            vectors[owner] += vector * sum(window.attention_mask)


def _session(graph: Path, threads: int) -> Any:
    """The model opened; `threads` 0 for all cores."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = threads
    # An idle pool that spins takes the cores from the rest of a small machine.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])


def _each_on_its_core(work: Callable[[Sequence[int]], int], batches: Sequence[Sequence[int]]) -> Iterator[int]:
    """What `work` gives for each batch, in order; onnxruntime lets other threads run meanwhile."""
    pool = ThreadPoolExecutor(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    try:
        yield from pool.map(work, batches)
    finally:
        pool.shutdown(cancel_futures=True)  # stopped by the user: what has not begun is left


def model_folder(home: Path, model: str) -> Path:
    """Where the export of `model` is kept."""
    return home / "models" / re.sub(r"[^A-Za-z0-9._-]+", "--", model).strip("-.")


def ensure_encoder(home: Path, model: str = BUNDLED, *, force: bool = False) -> Encoder:
    """Opens the export of `model`, making it first, in a process of its own, when there is none.

    Raises:
        ModelUnavailable: The model cannot be had.
    """
    folder = model_folder(home, model)
    if force or not (folder / "encoder.json").exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            [sys.executable, "-m", "ingest.export", model, str(folder)],
            capture_output=True,
            text=True,
            check=False,
            cwd=Path(__file__).resolve().parent.parent,
        )
        if done.returncode != 0:
            lines = done.stderr.strip().splitlines() or ["no reason given"]
            raise ModelUnavailable(lines[-1].removeprefix("khartoum: "))
    return Encoder.from_folder(folder)


def _batches(rows: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for first in range(0, len(rows), size):
        yield rows[first : first + size]
