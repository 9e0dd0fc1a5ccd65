"""`khartoum eval --obliqa FOLDER`: indexes and scores another domain, ours beside the simple ways, in one run."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from evals.baselines import Bm25, Dense, RankFusion, ScoreFusion, Scorer
from evals.intervals import bootstrap
from evals.measures import Measure
from evals.obliqa import FITTED, INSTRUMENT, ObliqaError, Passages, contents_of, fitted_on, read_passages, read_questions
from evals.outcome import DEPTH
from evals.report import Report, Result
from evals.sets import Row, sample
from evals.tables import show, tables
from evals.trial import Progress
from ingest.encoder import Encoder, Vectors, ensure_encoder
from ingest.generation import build
from ingest.index import Index
from retriever.retriever import Retriever
from service.settings import Settings

BM25_WEIGHT = 0.65
"""Of score fusion: the best simple way on this data; chosen on its development half."""


def main(chosen: argparse.Namespace, settings: Settings, progress: Progress) -> int:
    """Runs it.

    Returns:
        0, or 2 when a folder does not hold what it should.
    """
    from evals.writing import write_reports

    try:
        with ExitStack() as leaving:
            report = _report(chosen, settings, progress, leaving)
    except ObliqaError as error:
        print(f"khartoum eval: {error}", file=sys.stderr)
        return 2
    show(tables(report))
    for path in write_reports(report, chosen.out, stem="obliqa"):
        print(path)
    return 0


def _report(chosen: argparse.Namespace, settings: Settings, progress: Progress, leaving: ExitStack) -> Report:
    if not chosen.obliqa:
        raise ObliqaError("--obliqa-mp needs --obliqa FOLDER too: that is where its passages are")
    passages = read_passages(chosen.obliqa)
    sets: dict[str, list[Row]] = {}
    for folder in (chosen.obliqa, chosen.obliqa_mp):
        sets.update(read_questions(folder, passages) if folder else {})
    if FITTED in sets:
        seen = {row.id for row in fitted_on(sets[FITTED])}
        sets[FITTED] = [row for row in sets[FITTED] if row.id not in seen]
    sets = {name: sample(rows, chosen.limit) for name, rows in sets.items()}
    home = chosen.obliqa_home or Path(leaving.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
    encoder = ensure_encoder(settings.home, settings.embedding_model)
    built = build(home, contents_of(passages, encoder, progress), encoder, progress=progress)
    index = Index(built.folder, encoder)
    leaving.callback(index.close)
    systems = _systems(passages, index, encoder, progress)
    results = []
    for name, rows in sets.items():
        results.append(_ours(name, rows, index, progress))
        results.extend(_baseline(name, rows, system, scorer, passages, progress) for system, scorer in systems.items())
    return Report(index.manifest.version, index.manifest.model, tuple(results))


def _systems(passages: Passages, index: Index, encoder: Encoder, progress: Progress) -> dict[str, Scorer]:
    texts = [one.text for one in passages.provisions]
    lexical = Bm25(texts)
    dense = Dense(_whole_vectors(texts, index, encoder, progress), encoder)
    return {
        "bm25": lexical,
        "minilm": dense,
        "rank fusion": RankFusion((lexical, dense)),
        f"score fusion {BM25_WEIGHT}": ScoreFusion(lexical, dense, BM25_WEIGHT),
    }


def _whole_vectors(texts: Sequence[str], index: Index, encoder: Encoder, progress: Progress) -> Vectors:
    """A vector a provision. Those of provisions that are one passage are in the index already."""
    stored = np.load(index.folder / "vectors.npy", mmap_mode="r")
    known = {passage.text: stored[row] for row, passage in enumerate(index.passages)}
    vectors = np.zeros((len(texts), encoder.dimensions), dtype=np.float32)
    missing = [row for row, text in enumerate(texts) if text not in known]
    for row, text in enumerate(texts):
        if text in known:
            vectors[row] = known[text]
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        progress("embedding whole provisions for MiniLM alone", done, len(missing))

    # Beside the index: minutes are saved where its folder is kept.
    kept = index.folder.parent.parent / f"whole-{index.manifest.version}.npy"
    if kept.exists():
        vectors[missing] = np.load(kept)
    elif missing:
        vectors[missing] = encoder.encode([texts[row] for row in missing], encoder.passage_prompt, count)
        np.save(kept, vectors[missing])
    return vectors


def _ours(name: str, rows: Sequence[Row], index: Index, progress: Progress) -> Result:
    retriever = Retriever(index)
    ranked, times = [], []
    for done, row in enumerate(rows):
        progress(f"{name}: ours", done, len(rows))
        begun = time.perf_counter()
        found = retriever.search(row.question, DEPTH, (INSTRUMENT,), "en")
        times.append((time.perf_counter() - begun) * 1000)
        ranked.append([hit.provision for hit in found.hits])
    result = _result(name, "ours", rows, ranked)
    ordered = sorted(times)
    return Result(name, "ours", len(rows), {**result.measures, "p50_ms": Measure(ordered[len(ordered) // 2], len(ordered))})


def _baseline(name: str, rows: Sequence[Row], system: str, scorer: Scorer, passages: Passages, progress: Progress) -> Result:
    ranked = []
    for done, row in enumerate(rows):
        progress(f"{name}: {system}", done, len(rows))
        scores = scorer.scores(row.question)
        ranked.append([passages.provisions[place].id for place in np.argsort(-scores, kind="stable")[:DEPTH]])
    return _result(name, system, rows, ranked)


def _result(name: str, system: str, rows: Sequence[Row], ranked: Sequence[Sequence[str]]) -> Result:
    import ir_measures  # not needed for the other runs' tables
    from ir_measures import AP, R

    wanted = {row.id: dict.fromkeys(row.relevant, 1) for row in rows}
    lists = {row.id: {one: float(-rank) for rank, one in enumerate(found)} for row, found in zip(rows, ranked, strict=True)}
    values: dict[str, list[float]] = {"recall@10": [], "map@10": []}
    for metric in ir_measures.iter_calc([R @ 10, AP @ 10], wanted, lists):
        values["map@10" if str(metric.measure) == "AP@10" else "recall@10"].append(float(metric.value))
    return Result(name, system, len(rows), {key: Measure(sum(one) / len(rows), len(rows), *bootstrap(one)) for key, one in values.items()})
