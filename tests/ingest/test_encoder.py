"""The exported model gives the model's own vectors, cuts nothing, and says what is wrong when it cannot be had."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.encoder import BATCH, Encoder, ensure_encoder, model_folder
from ingest.export import BUNDLED, BUNDLED_SHA256, ModelUnavailable, sha256_of, source_of
from ingest.index import Index

SENTENCES = [
    "Return and readmission.",
    "Que dit la déclaration du retour et de la réadmission ?",
    "ماذا يقول الإعلان عن العودة وإعادة القبول؟",
    "",
    " ",
    "12",
    "root causes " * 150,
]


def test_bundled_weights_are_the_published_ones() -> None:
    assert sha256_of(Path(source_of(BUNDLED)) / "model.safetensors") == BUNDLED_SHA256


def test_vectors_have_length_one_whatever_the_text(encoder: Encoder) -> None:
    vectors = encoder.encode(SENTENCES)
    assert vectors.shape == (len(SENTENCES), encoder.dimensions)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimensions)


def test_vector_does_not_depend_on_what_else_is_in_the_batch(encoder: Encoder) -> None:
    texts = [*SENTENCES, *(f"Provision {number} on {'regular migration ' * (number % 7)}" for number in range(2 * BATCH))]
    alone = np.vstack([encoder.encode([text]) for text in texts])
    np.testing.assert_allclose(encoder.encode(texts), alone, atol=1e-6)
    np.testing.assert_allclose(encoder.encode(texts[::-1])[::-1], alone, atol=1e-6)


def test_end_of_a_long_text_counts(encoder: Encoder) -> None:
    long = "The participating States meet. " * 120
    assert encoder.count_tokens(long) > 2 * encoder.max_tokens
    plain, ended = encoder.encode([long, long + "Trafficking in human beings and smuggling of migrants are fought. " * 20])
    topic = encoder.encode(["trafficking in human beings and smuggling of migrants"])[0]
    assert plain @ ended < 0.99
    assert ended @ topic > plain @ topic + 0.1


def test_tokens_are_counted_beyond_the_limit(encoder: Encoder) -> None:
    assert encoder.count_tokens("migration") == 3  # with the model's two marks
    assert encoder.count_tokens("migration " * 1000) == 1002


def test_passages_of_the_index_fit_into_the_model(index: Index, encoder: Encoder) -> None:
    assert [one.provision for one in index.passages if encoder.count_tokens(encoder.passage_prompt + one.text) > encoder.max_tokens] == []


def test_langchain_methods_give_the_same_vectors(encoder: Encoder) -> None:
    np.testing.assert_allclose(encoder.embed_documents(SENTENCES), encoder.encode(SENTENCES), atol=1e-7)
    np.testing.assert_allclose(encoder.embed_query("Return."), encoder.encode(["Return."])[0], atol=1e-6)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_any_text_is_encoded(encoder: Encoder, text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    vector = encoder.encode([text])[0]
    assert np.isfinite(vector).all()
    assert abs(float(np.linalg.norm(vector)) - 1) < 1e-4


def test_progress_counts_every_text_once(encoder: Encoder) -> None:
    done: list[int] = []
    encoder.encode(["one"] * (BATCH + 3), progress=done.append)
    assert done == [BATCH, 3]


@pytest.mark.parametrize("name", ["encoder.json", "model.onnx", "tokenizer.json"])
@pytest.mark.parametrize("damage", ["missing", "empty", "half"])
def test_damaged_export_is_a_clear_error(models: Path, tmp_path: Path, name: str, damage: str) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    for path in (models / BUNDLED).iterdir():
        if path.name == name:
            data = path.read_bytes()
            if damage != "missing":
                (folder / name).write_bytes(data[: len(data) // 2] if damage == "half" else b"")
        else:
            (folder / path.name).symlink_to(path)
    with pytest.raises(ModelUnavailable, match="khartoum ingest --force") as raised:
        Encoder.from_folder(folder)
    assert "\n" not in str(raised.value)


def test_record_without_what_it_must_have_is_a_clear_error(models: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(models / BUNDLED, tmp_path / "export", ignore=shutil.ignore_patterns("*.onnx")))
    (folder / "model.onnx").symlink_to(models / BUNDLED / "model.onnx")
    record = json.loads((folder / "encoder.json").read_text("utf-8"))
    del record["dimensions"]
    (folder / "encoder.json").write_text(json.dumps(record), "utf-8")
    with pytest.raises(ModelUnavailable, match="dimensions"):
        Encoder.from_folder(folder)


@pytest.mark.parametrize(
    ("model", "folder"),
    [
        ("all-MiniLM-L6-v2", "all-MiniLM-L6-v2"),
        ("org/name", "org--name"),
        ("/a/folder", "a--folder"),
        ("../../outside", "outside"),
        ("C:\\m", "C--m"),
    ],
)
def test_export_of_any_model_name_stays_inside_the_home(tmp_path: Path, model: str, folder: str) -> None:
    assert model_folder(tmp_path, model) == tmp_path / "models" / folder


@pytest.mark.slow
def test_unknown_model_is_a_clear_error_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")  # the export is a process of its own, which the guard does not reach
    with pytest.raises(ModelUnavailable, match="'nobody/no-such-model' cannot be loaded") as raised:
        ensure_encoder(tmp_path, "nobody/no-such-model")
    assert "\n" not in str(raised.value)
    assert "folder with a sentence-transformers model" in str(raised.value)
    assert list((tmp_path / "models").rglob("*")) == []


@pytest.mark.slow
def test_vectors_agree_with_sentence_transformers(encoder: Encoder, tmp_path: Path) -> None:
    texts = [text for text in SENTENCES if encoder.count_tokens(text) <= encoder.max_tokens]
    script = (
        "import json, sys\n"
        "from sentence_transformers import SentenceTransformer\n"
        "model = SentenceTransformer(sys.argv[1], device='cpu')\n"
        "print(json.dumps(model.encode(json.loads(sys.argv[2]), normalize_embeddings=True).tolist()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, source_of(BUNDLED), json.dumps(texts)], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    np.testing.assert_allclose(encoder.encode(texts), json.loads(done.stdout.splitlines()[-1]), atol=1e-5)
