"""How long it takes to add a user's long PDF, as a user does it: `python -m evals.adding [--pages 300] [--home .khartoum]`."""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from evals.long_text import write_long_pdf
from ingest.index import POINTER

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 60.0
"""Seconds that 300 pages may take on two cores with nothing else to do."""


class AddingFailed(Exception):
    """The command ended with an error, or did not do what it should."""


@dataclass(frozen=True, slots=True)
class Run:
    """A command as it ran: seconds on the clock, seconds of processor time, what it printed, and the second at which each step began."""

    seconds: float
    processor: float
    output: str
    steps: tuple[tuple[float, str], ...]


def main() -> int:
    """Measures, prints, and returns 1 when it took longer than `LIMIT`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--home", type=Path, default=Path(".khartoum"), help="an index to start from; it is copied, and stays as it is")
    given = parser.parse_args()
    if not (given.home / POINTER).exists():
        print(f"there is no index in {given.home}; run `khartoum ingest`", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name:
        home, path = Path(name) / "home", Path(name) / "long.pdf"
        shutil.copytree(given.home, home)
        articles = write_long_pdf(path, given.pages)
        first = add(path, home)
        if f"art\t{articles}\n" not in first.output:
            raise AddingFailed(f"of {articles} articles not all were found:\n{first.output}")
        pointer = (home / POINTER).read_text("utf-8")
        again = add(path, home)
        if "nothing was changed" not in again.output or (home / POINTER).read_text("utf-8") != pointer:
            raise AddingFailed(f"the second time changed something:\n{again.output}")
    print(f"{given.pages} pages, {articles} articles; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for what, run in (("added", first), ("the same file again", again)):
        print(f"{what}: {run.seconds:.1f} s ({run.processor:.1f} s of processor time)")
        for at, step in run.steps:
            print(f"  {at:5.1f} s  {step}")
    return int(first.seconds > LIMIT)


def add(path: Path, home: Path) -> Run:
    """Runs `khartoum add`.

    Raises:
        AddingFailed: It ended with an error.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    environment = {**os.environ, "KHARTOUM_HOME": str(home), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "service", "add", str(path)]
    steps: list[tuple[float, str]] = []
    with tempfile.TemporaryFile("w+") as said, subprocess.Popen(command, env=environment, stdout=said, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        for line in process.stderr:
            steps.append((time.perf_counter() - begun, line.strip()))
        process.wait()
        said.seek(0)
        output = said.read()
    took = time.perf_counter() - begun
    if process.returncode:
        raise AddingFailed(steps[-1][1] if steps else output)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(took, spent, output, tuple(steps))


if __name__ == "__main__":
    raise SystemExit(main())
