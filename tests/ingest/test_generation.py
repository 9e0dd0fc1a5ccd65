"""Building, switching, crashing and repairing: the old index serves until the new one was checked, and nothing is embedded twice."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ingest import analysis
from ingest.corpus import read_corpus
from ingest.encoder import Encoder
from ingest.export import BUNDLED
from ingest.generation import HomeUnwritable, build
from ingest.index import Contents, IndexBroken, IndexMismatch, IndexMissing, current_generation, open_index
from ingest.vectors import VectorIndex
from retriever.retriever import Retriever
from service.opening import ingest, open_assistant, ready_assistant
from tests.small_corpus import text_of

ROOT = Path(__file__).resolve().parents[2]
QUESTION = "What do the ministers say about return and readmission?"


def top(home: Path, encoder: Encoder, question: str = QUESTION) -> list[tuple[str, float]]:
    index = open_index(home, encoder)
    try:
        return [(hit.provision, hit.score) for hit in Retriever(index).search(question, k=5).hits]
    finally:
        index.close()


def edit(corpus: Path, before: str, after: str) -> None:
    text = text_of(corpus).read_text("utf-8")
    assert text.count(before) == 1
    text_of(corpus).write_text(text.replace(before, after), "utf-8")


# --- nothing is done twice ---


def test_second_run_does_nothing(small_home: Path, small_corpus: Path) -> None:
    before = {path: path.read_bytes() for path in small_home.rglob("*") if path.is_file()}
    built = ingest(small_home, BUNDLED, corpus=small_corpus)
    assert (built.switched, built.embedded) == (False, 0)
    after = {path: path.read_bytes() for path in small_home.rglob("*") if path.is_file()}
    assert after.keys() == before.keys()
    # SQLite counts in its file how often it was opened; the graph and everything else is as it was.
    assert {path.name for path in before if before[path] != after[path]} <= {"chroma.sqlite3"}


def test_edited_paragraph_alone_is_embedded_and_its_old_words_are_gone(small_home: Path, small_corpus: Path, encoder: Encoder) -> None:
    edit(small_corpus, "exchange best practices on issues of common and mutual interest", "meet every year in the city of Timbuktu")
    built = ingest(small_home, BUNDLED, corpus=small_corpus)
    assert built.switched
    assert built.embedded == 1
    index = open_index(small_home, encoder)
    try:
        assert "Timbuktu" in index.provisions["cairo-declaration-2025/para-16"].text
        assert [one.text for one in index.passages if "best practices on issues" in one.text] == []
        assert index.fields["text"].has("timbuktu")
        assert Retriever(index).search("the city of Timbuktu").hits[0].provision == "cairo-declaration-2025/para-16"
    finally:
        index.close()


def test_removed_paragraph_is_gone_from_every_index(small_home: Path, small_corpus: Path, encoder: Encoder) -> None:
    text = text_of(small_corpus).read_text("utf-8")
    start = text.index("28. Decide to hold")
    text_of(small_corpus).write_text(text[:start].rstrip(), "utf-8")
    built = ingest(small_home, BUNDLED, corpus=small_corpus)
    assert built.embedded == 0
    index = open_index(small_home, encoder)
    try:
        assert "cairo-declaration-2025/para-28" not in index.provisions
        assert {one.provision for one in index.passages} & {"cairo-declaration-2025/para-28"} == set()
        assert "cairo-declaration-2025/para-28" not in [
            h.provision for h in Retriever(index).search("regular meetings at Ministerial level", k=40).hits
        ]
    finally:
        index.close()


def test_order_of_paragraphs_in_the_index_follows_the_text_when_one_is_put_in(small_home: Path, small_corpus: Path, encoder: Encoder) -> None:
    edit(small_corpus, "in order to ensure progress towards its objectives.", "in order to ensure progress;\n29. Decide to plant a baobab.")
    assert ingest(small_home, BUNDLED, corpus=small_corpus).embedded >= 1
    assert top(small_home, encoder, "the planting of a baobab")[0][0] == "cairo-declaration-2025/para-29"


def test_going_back_to_older_words_embeds_nothing(small_home: Path, small_corpus: Path, encoder: Encoder) -> None:
    before = top(small_home, encoder)
    edit(small_corpus, "exchange best practices", "exchange views")
    ingest(small_home, BUNDLED, corpus=small_corpus)
    edit(small_corpus, "exchange views", "exchange best practices")
    back = ingest(small_home, BUNDLED, corpus=small_corpus)
    assert (back.switched, back.embedded) == (True, 0)
    assert top(small_home, encoder) == before


def readable(contents: Contents, encoder: Encoder) -> int:
    """Passages with a vector: lines that the model would spell out letter by letter have none."""
    return sum(one.kind == "text" or not encoder.spells_out(one.text) for one in contents.passages)


def test_force_embeds_everything_and_changes_no_answer(small_home: Path, small_corpus: Path, encoder: Encoder) -> None:
    before = top(small_home, encoder)
    contents = read_corpus(small_corpus, encoder)
    built = build(small_home, contents, encoder, force=True)
    assert built.embedded == readable(contents, encoder)
    assert top(small_home, encoder) == before


def test_at_most_two_generations_are_kept(small_home: Path, small_corpus: Path) -> None:
    said = "in order to ensure"
    for word in ("one", "two", "three"):
        edit(small_corpus, said, f"in order {word} to ensure")
        said = f"in order {word} to ensure"
        built = ingest(small_home, BUNDLED, corpus=small_corpus)
    kept = sorted((small_home / "generations").iterdir())
    assert len(kept) == 2
    assert built.folder in kept


def test_open_index_goes_on_serving_while_a_new_one_is_built_and_then_says_it_is_not_current(
    small_home: Path, small_corpus: Path, encoder: Encoder
) -> None:
    index = open_index(small_home, encoder)
    try:
        expected = Retriever(index).search(QUESTION).hits
        edit(small_corpus, "exchange best practices", "exchange views")
        assert index.is_current()
        ingest(small_home, BUNDLED, corpus=small_corpus)
        assert not index.is_current()
        assert Retriever(index).search(QUESTION).hits == expected
    finally:
        index.close()
    reopened = open_assistant(small_home, BUNDLED)
    assert "exchange views" in reopened.provisions["cairo-declaration-2025/para-16"].text
    assert reopened.is_current()
    reopened.close()


def test_leftovers_of_killed_builds_are_cleared_away(small_home: Path, small_corpus: Path) -> None:
    (small_home / "generations" / "deadbeef-7").mkdir()
    (small_home / "generations" / "deadbeef-7" / "vectors.npy").write_bytes(b"half")
    (small_home / "current.new").write_text("deadbeef-7\n", "utf-8")
    edit(small_corpus, "exchange best practices", "exchange views")
    built = ingest(small_home, BUNDLED, corpus=small_corpus)
    assert built.folder.name.endswith("-8")
    assert not (small_home / "generations" / "deadbeef-7").exists()


# --- damage ---


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _half(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def _garbage(path: Path) -> None:
    path.write_bytes(b"\x00\xff{" * 40)


DAMAGES: dict[str, Callable[[Path], None]] = {"missing": Path.unlink, "empty": _empty, "half": _half, "garbage": _garbage}
READ = ["manifest.json", "instruments.json", "provisions.jsonl", "passages.jsonl", "thesaurus.json", "concepts.json", "headings.json", "vectors.npy"]


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", READ)
def test_damaged_file_is_a_clear_error_never_wrong_hits_and_the_next_run_mends_it(
    small_home: Path, small_corpus: Path, encoder: Encoder, name: str, damage: str
) -> None:
    expected = top(small_home, encoder)
    DAMAGES[damage](current_generation(small_home) / name)
    with pytest.raises(IndexBroken, match="khartoum ingest") as raised:
        open_index(small_home, encoder)
    assert "\n" not in str(raised.value)
    assert ingest(small_home, BUNDLED, corpus=small_corpus).switched
    assert top(small_home, encoder) == expected


@pytest.mark.parametrize("name", ["provisions.jsonl", "passages.jsonl"])
def test_file_cut_at_the_end_of_a_line_is_noticed(small_home: Path, encoder: Encoder, name: str) -> None:
    path = current_generation(small_home) / name
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), "utf-8")
    with pytest.raises(IndexBroken, match="khartoum ingest"):
        open_index(small_home, encoder)


def _chroma_files(home: Path) -> list[Path]:
    return sorted(path for path in (current_generation(home) / "chroma").rglob("*") if path.is_file())


@pytest.mark.parametrize("damage", [*DAMAGES, "folder"])
def test_damaged_chroma_searches_exactly_and_is_built_again_from_the_vectors(
    small_home: Path, small_corpus: Path, encoder: Encoder, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    expected = top(small_home, encoder)
    if damage == "folder":
        shutil.rmtree(current_generation(small_home) / "chroma")
    else:
        DAMAGES[damage](current_generation(small_home) / "chroma" / "text" / "chroma.sqlite3")
    assert top(small_home, encoder) == expected
    assert "khartoum ingest" in caplog.text
    built = ingest(small_home, BUNDLED, corpus=small_corpus)
    assert (built.switched, built.embedded) == (True, 0)
    index = open_index(small_home, encoder)
    assert index.damaged == ""
    index.close()
    assert top(small_home, encoder) == expected


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_hnsw_files_never_change_a_hit(small_home: Path, small_corpus: Path, encoder: Encoder, damage: str) -> None:
    expected = top(small_home, encoder)
    for path in _chroma_files(small_home):
        if path.suffix == ".bin":
            DAMAGES[damage](path)
    assert top(small_home, encoder) == expected
    assert ingest(small_home, BUNDLED, corpus=small_corpus).embedded == 0
    assert top(small_home, encoder) == expected


def test_chroma_that_lost_its_vectors_and_still_counts_them_is_noticed(small_home: Path, small_corpus: Path, encoder: Encoder) -> None:
    """What measured-facts tells of Chroma: without its HNSW folder count() stays right and most vectors are gone."""
    expected = top(small_home, encoder)
    for folder in (current_generation(small_home) / "chroma").glob("*/*/"):
        shutil.rmtree(folder)
    assert top(small_home, encoder) == expected
    assert ingest(small_home, BUNDLED, corpus=small_corpus).embedded == 0
    assert top(small_home, encoder) == expected


@pytest.mark.parametrize("damage", ["missing", "empty", "half", "garbage", "folder", "field"])
def test_damaged_lexical_index_is_clear_and_built_again_without_embedding(
    small_home: Path, small_corpus: Path, encoder: Encoder, damage: str
) -> None:
    expected = top(small_home, encoder)
    folder = current_generation(small_home) / "lexical"
    if damage == "folder":
        shutil.rmtree(folder)
    elif damage == "field":
        shutil.rmtree(folder / "text")
    else:
        for path in sorted((folder / "text").iterdir()):
            DAMAGES[damage](path)
    with pytest.raises(IndexBroken, match="khartoum ingest"):
        open_index(small_home, encoder)
    built = ingest(small_home, BUNDLED, corpus=small_corpus)
    assert (built.switched, built.embedded) == (True, 0)
    assert top(small_home, encoder) == expected


def test_each_lexical_file_alone_is_noticed(small_home: Path, encoder: Encoder) -> None:
    expected = top(small_home, encoder)
    for path in sorted((current_generation(small_home) / "lexical").rglob("*")):
        if not path.is_file():
            continue
        whole = path.read_bytes()
        for damage in DAMAGES.values():
            damage(path)
            try:
                assert top(small_home, encoder) == expected, path
            except IndexBroken as error:
                assert "khartoum ingest" in str(error)
            path.write_bytes(whole)


@pytest.mark.parametrize("pointer", ["", "\n", "nowhere-1\n", "../../etc\n", "\x00", "a\nb\n", ".", "..", "x" * 5000])
def test_pointer_that_leads_nowhere_is_no_index_and_the_next_run_mends_it(
    small_home: Path, small_corpus: Path, encoder: Encoder, pointer: str
) -> None:
    expected = top(small_home, encoder)
    (small_home / "current").write_text(pointer, "utf-8")
    with pytest.raises(IndexMissing, match="khartoum ingest"):
        open_index(small_home, encoder)
    built = ingest(small_home, BUNDLED, corpus=small_corpus)
    assert (built.switched, built.embedded) == (True, 0)
    assert top(small_home, encoder) == expected


def test_pointer_of_undecodable_bytes_is_no_index(small_home: Path, small_corpus: Path, encoder: Encoder) -> None:
    (small_home / "current").write_bytes(b"\xff\xfe\x00garbage")
    with pytest.raises(IndexMissing, match="khartoum ingest"):
        open_index(small_home, encoder)
    assert ingest(small_home, BUNDLED, corpus=small_corpus).embedded == 0


def test_pointer_that_is_a_folder_says_so(small_home: Path, small_corpus: Path, encoder: Encoder) -> None:
    (small_home / "current").unlink()
    (small_home / "current").mkdir()
    with pytest.raises(IndexMissing, match="current cannot be read"):
        open_index(small_home, encoder)


@pytest.mark.parametrize("name", ["thesaurus.json", "concepts.json", "headings.json", "instruments.json", "provisions.jsonl", "manifest.json"])
def test_vectors_are_not_computed_again_for_another_file(small_home: Path, small_corpus: Path, name: str) -> None:
    _empty(current_generation(small_home) / name)
    assert (ingest(small_home, BUNDLED, corpus=small_corpus).embedded == 0) == (name != "manifest.json")


def test_one_changed_byte_of_the_vectors_is_mended_by_the_next_run(small_home: Path, small_corpus: Path, encoder: Encoder) -> None:
    expected = top(small_home, encoder)
    path = current_generation(small_home) / "vectors.npy"
    data = bytearray(path.read_bytes())
    data[len(data) // 2 + 3] ^= 0x40
    path.write_bytes(bytes(data))
    built = ingest(small_home, BUNDLED, corpus=small_corpus)
    assert built.switched
    assert built.embedded > 0
    assert top(small_home, encoder) == expected


def test_other_stop_words_make_another_index(small_home: Path, small_corpus: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    def shorter(language: str) -> frozenset[str]:
        return frozenset()

    monkeypatch.setattr(analysis, "stopwords", shorter)
    built = ingest(small_home, BUNDLED, corpus=small_corpus)
    assert (built.switched, built.embedded) == (True, 0)
    index = open_index(small_home, encoder)
    assert index.fields["text"].has("the")
    index.close()


def test_broken_index_is_built_by_the_first_question(small_home: Path, small_corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.opening.ingest.__kwdefaults__", {**(ingest.__kwdefaults__ or {}), "corpus": small_corpus})
    (current_generation(small_home) / "provisions.jsonl").write_text('{"instrument": "cairo', "utf-8")
    assistant = ready_assistant(small_home, BUNDLED)
    assert len(assistant.provisions) == 29
    assistant.close()


# --- another model, another format ---


def test_other_format_says_what_to_do_and_is_replaced(small_home: Path, small_corpus: Path, encoder: Encoder) -> None:
    path = current_generation(small_home) / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "format": 99, "added": 1}), "utf-8")
    with pytest.raises(IndexMismatch, match="format 99.*run `khartoum ingest`"):
        open_index(small_home, encoder)
    assert ingest(small_home, BUNDLED, corpus=small_corpus).switched


class OtherModel(Encoder):
    """The same export under another fingerprint, its vectors turned round: hits from the old index would be wrong."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.model, self.fingerprint = "other-model", "f" * 64

    def encode(self, texts, prompt="", progress=None):  # type: ignore[no-untyped-def]
        return np.ascontiguousarray(super().encode(texts, prompt, progress)[:, ::-1])


def test_other_model_is_refused_and_builds_an_index_of_its_own_without_old_vectors(
    small_home: Path, small_corpus: Path, models: Path, encoder: Encoder
) -> None:
    other = OtherModel(models / BUNDLED)
    with pytest.raises(IndexMismatch, match="'all-MiniLM-L6-v2'.*'other-model'.*run `khartoum ingest`"):
        open_index(small_home, other)
    contents = read_corpus(small_corpus, other)
    built = build(small_home, contents, other)
    assert (built.switched, built.embedded) == (True, readable(contents, other))
    assert top(small_home, other)[0][0] == "cairo-declaration-2025/para-23"
    with pytest.raises(IndexMismatch):
        open_index(small_home, encoder)
    back = build(small_home, read_corpus(small_corpus, encoder), encoder)
    assert (back.switched, back.embedded) == (True, 0)


# --- a build that goes wrong ---


class Stopped(Exception):
    pass


@pytest.mark.parametrize("step", ["embedding", "writing the index", "checking the index"])
def test_build_that_fails_leaves_the_old_index_and_no_folder(small_home: Path, small_corpus: Path, encoder: Encoder, step: str) -> None:
    expected, folder = top(small_home, encoder), current_generation(small_home)
    edit(small_corpus, "exchange best practices", "exchange views")

    def stop(name: str, done: int, total: int) -> None:
        if name == step:
            raise Stopped

    with pytest.raises(Stopped):
        ingest(small_home, BUNDLED, corpus=small_corpus, progress=stop)
    assert list((small_home / "generations").iterdir()) == [folder]
    assert top(small_home, encoder) == expected


def test_vector_index_that_lies_is_never_switched_to(small_home: Path, small_corpus: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = current_generation(small_home)
    edit(small_corpus, "exchange best practices", "exchange views")
    nearest = VectorIndex.nearest
    monkeypatch.setattr(VectorIndex, "nearest", lambda self, vector, k, kind: nearest(self, vector, k, kind)[1:])
    with pytest.raises(Exception, match="does not find itself"):
        ingest(small_home, BUNDLED, corpus=small_corpus)
    assert current_generation(small_home) == folder


def test_passage_of_an_unknown_provision_is_never_switched_to(small_home: Path, small_corpus: Path, encoder: Encoder) -> None:
    contents = read_corpus(small_corpus, encoder)
    wrong = replace(contents.passages[0], provision="cairo-declaration-2025/para-99")
    with pytest.raises(IndexBroken, match="para-99"):
        build(small_home, replace(contents, passages=(wrong, *contents.passages)), encoder)
    assert top(small_home, encoder)[0][0] == "cairo-declaration-2025/para-23"


def test_home_that_is_a_file_is_one_clear_error(tmp_path: Path, small_corpus: Path, encoder: Encoder) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    for home in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(HomeUnwritable, match="cannot be written"):
            build(home, read_corpus(small_corpus, encoder), encoder)


def test_home_in_proc_is_one_clear_error(small_corpus: Path, encoder: Encoder) -> None:
    with pytest.raises(HomeUnwritable, match="/proc/khartoum cannot be written"):
        build(Path("/proc/khartoum"), read_corpus(small_corpus, encoder), encoder)


# --- real processes ---

BUILD = """
import sys
from pathlib import Path
from service.opening import ingest
built = ingest(Path(sys.argv[1]), "all-MiniLM-L6-v2", corpus=Path(sys.argv[2]), force=False)
print(built.switched, built.embedded)
"""


def builder(home: Path, corpus: Path, prefix: str = "") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", prefix + BUILD, str(home), str(corpus)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )


@pytest.mark.slow
def test_killed_at_any_moment_the_old_index_serves_and_the_next_run_succeeds(small_home: Path, small_corpus: Path, encoder: Encoder) -> None:
    dice = random.Random(20250409)
    text = text_of(small_corpus).read_text("utf-8")

    def change(turn: int) -> None:
        # Every paragraph changes, so that there is something to embed while the axe falls.
        text_of(small_corpus).write_text(text.replace(" the ", f" the {'very ' * (turn + 1)}", 60 + turn), "utf-8")

    change(0)
    started = time.monotonic()
    assert builder(small_home, small_corpus).wait() == 0
    takes = time.monotonic() - started
    died = 0
    for trial in range(1, 13):
        expected, folder = top(small_home, encoder), current_generation(small_home)
        change(trial)
        process = builder(small_home, small_corpus)
        time.sleep(takes * dice.uniform(0.3, 1.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
        died += process.returncode == -signal.SIGKILL
        if current_generation(small_home) == folder:
            assert top(small_home, encoder) == expected
        else:
            assert len(top(small_home, encoder)) == 5
        done = builder(small_home, small_corpus)
        assert done.wait() == 0, done.stderr.read() if done.stderr else ""
        index = open_index(small_home, encoder)
        assert index.damaged == ""
        index.vectors.check(sample=0)
        index.close()
        assert len(list((small_home / "generations").iterdir())) <= 2
    assert died >= 6


@pytest.mark.slow
def test_two_builders_at_once_take_turns(small_home: Path, small_corpus: Path, encoder: Encoder) -> None:
    edit(small_corpus, "exchange best practices", "exchange views")
    both = [builder(small_home, small_corpus) for _ in range(2)]
    outputs = sorted(process.communicate()[0].strip() for process in both)
    assert [process.returncode for process in both] == [0, 0]
    assert outputs == ["False 0", "True 1"]
    assert top(small_home, encoder)[0][0] == "cairo-declaration-2025/para-23"


@pytest.mark.slow
@pytest.mark.parametrize("limit", [0, 50_000, 200_000])
def test_files_that_cannot_grow_leave_the_old_index_and_one_line(small_home: Path, small_corpus: Path, encoder: Encoder, limit: int) -> None:
    expected, folder = top(small_home, encoder), current_generation(small_home)
    edit(small_corpus, "exchange best practices", "exchange views")
    command = (
        "import resource, runpy, signal, sys, service.opening\n"
        "from pathlib import Path\n"
        "from functools import partial\n"
        f"service.opening.ingest.__kwdefaults__['corpus'] = Path({str(small_corpus)!r})\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"
        "from service.cli import app\n"
        "app(['ingest'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, cwd=ROOT, env={**os.environ, "KHARTOUM_HOME": str(small_home)}, check=False
    )
    assert done.returncode == 1
    lines = [line for line in done.stderr.splitlines() if not line.endswith("…")]
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("khartoum: ")
    assert current_generation(small_home) == folder
    assert top(small_home, encoder) == expected


def _mounted(folder: Path, *options: str) -> bool:
    folder.mkdir(exist_ok=True)
    return shutil.which("mount") is not None and subprocess.run(["mount", *options, str(folder)], capture_output=True, check=False).returncode == 0


@pytest.fixture
def mounted() -> object:
    folders: list[Path] = []

    def mount(folder: Path, *options: str) -> None:
        if not _mounted(folder, *options):
            pytest.skip("mounting is not allowed here")
        folders.append(folder)

    yield mount
    for folder in reversed(folders):
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_full_disk_leaves_the_old_index_and_one_clear_error(
    small_home: Path, small_corpus: Path, encoder: Encoder, tmp_path: Path, mounted: Callable[..., None]
) -> None:
    mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=8m", "none")
    home = Path(shutil.copytree(small_home, tmp_path / "disk" / "home", symlinks=True))
    expected, folder = top(home, encoder), current_generation(home)
    free = shutil.disk_usage(home).free
    with (tmp_path / "disk" / "filler").open("wb") as file:
        file.write(b"x" * (free - 120_000))
    edit(small_corpus, "exchange best practices", "exchange views")
    with pytest.raises(HomeUnwritable, match="index is as it was"):
        ingest(home, BUNDLED, corpus=small_corpus)
    assert current_generation(home) == folder
    assert list((home / "generations").iterdir()) == [folder]
    assert top(home, encoder) == expected
    (tmp_path / "disk" / "filler").unlink()
    assert ingest(home, BUNDLED, corpus=small_corpus).embedded == 1


def test_read_only_home_answers_and_refuses_to_build(
    small_home: Path, small_corpus: Path, encoder: Encoder, tmp_path: Path, mounted: Callable[..., None]
) -> None:
    expected = top(small_home, encoder)
    mounted(tmp_path / "readonly", "--bind", str(small_home))
    subprocess.run(["mount", "-o", "remount,bind,ro", str(tmp_path / "readonly")], check=True)
    assert top(tmp_path / "readonly", encoder) == expected
    edit(small_corpus, "exchange best practices", "exchange views")
    with pytest.raises(HomeUnwritable, match="readonly cannot be written"):
        ingest(tmp_path / "readonly", BUNDLED, corpus=small_corpus)
    assert top(tmp_path / "readonly", encoder) == expected
