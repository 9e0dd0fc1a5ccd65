"""From process start to an answer, the index built: `khartoum ask` against the tutorial pipeline, in turn, in the same run."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from evals.systems import texts_for
from evals.trial import DECLARATION, Progress
from evals.tutorial import Tutorial
from ingest.index import Index
from ingest.reading import Reading

QUESTION = "What does the declaration say about return and readmission?"
TIMES = 3
ROOT = Path(__file__).resolve().parent.parent


class StartFailed(Exception):
    """A process that was to be timed ended with an error."""


def cold_start(index: Index, read_again: dict[str, Reading], home: Path, progress: Progress) -> dict[str, float]:
    """Median seconds of each, and `ratio`: ours over the tutorial's, below 1 when ours is faster.

    Raises:
        StartFailed: One of the processes ended with an error.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        # The tutorial has the declaration alone to open, ours everything that its index holds.
        Tutorial([one for one in texts_for(index, read_again) if one.instrument == DECLARATION], Path(name))
        commands = {
            "khartoum ask": [sys.executable, "-m", "service", "ask", QUESTION],
            "tutorial pipeline": [sys.executable, "-m", "evals.tutorial", name, QUESTION],
        }
        taken: dict[str, list[float]] = {what: [] for what in commands}
        for turn in range(TIMES):
            progress("cold start", turn, TIMES)
            for what, command in commands.items():
                taken[what].append(seconds(command, home))
        progress("cold start", TIMES, TIMES)
    medians = {what: statistics.median(times) for what, times in taken.items()}
    return {**medians, "ratio": medians["khartoum ask"] / medians["tutorial pipeline"]}


def seconds(command: Sequence[str], home: Path) -> float:
    """How long a command takes, from start to end.

    Raises:
        StartFailed: It ended with an error.
    """
    environment = {**os.environ, "KHARTOUM_HOME": str(home.resolve()), "PYTHONPATH": str(ROOT)}
    begun = time.perf_counter()
    ended = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    took = time.perf_counter() - begun
    if ended.returncode:
        raise StartFailed(f"{' '.join(command[:4])} ended with {ended.returncode}: {ended.stderr.strip().splitlines()[-1:]}")
    return took
