"""`khartoum eval`: measures systems on question sets, writes reports, and fails below the thresholds."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path

from evals.ablation import ablate, first_development
from evals.gate import THRESHOLDS, ThresholdsError, failures, read_thresholds
from evals.opening import fresh_index, readings, texts_of
from evals.report import Report, figures
from evals.run import compared, run
from evals.sets import SetError, known_sets
from evals.systems import SYSTEMS, open_system
from evals.tables import show, tables
from evals.takeaway import with_taken_away
from evals.trial import Progress, everywhere, trial_of
from service.cli import Progress as ShownProgress
from service.settings import Settings

DEFAULT_SETS = ("declaration-dev", "declaration-test", "declaration-held-out", "frameworks-test", "frameworks-held-out")
EVERYWHERE = ("declaration-held-out",)
"""Sets on one instrument that are asked of every instrument too."""


def main(args: list[str], settings: Settings) -> int:
    """Runs the command.

    Args:
        args: What stands after `khartoum eval`.
        settings: Where the index is.

    Returns:
        0; 1 when a threshold is missed; 2 when a set or the thresholds cannot be read.
    """
    chosen = parser().parse_args(args)
    progress = ShownProgress()
    try:
        if chosen.obliqa or chosen.obliqa_mp:
            from evals.obliqa_command import main as obliqa

            return obliqa(chosen, settings, progress)
        with ExitStack() as leaving:
            report = _report(chosen, settings, progress, leaving)
    except (SetError, ThresholdsError) as error:
        print(f"khartoum eval: {error}", file=sys.stderr)
        return 2
    finally:
        progress.close()
    return _finish(report, chosen)


def parser() -> argparse.ArgumentParser:
    """The command's options."""
    found = argparse.ArgumentParser(prog="khartoum eval", description="Measures the assistant on question sets; exits with 1 below the thresholds.")
    add = found.add_argument
    add("--set", dest="sets", action="append", metavar="NAME|FILE", help=f"one of {', '.join(known_sets())}, or a JSONL file; may be repeated")
    add("--system", dest="systems", action="append", choices=SYSTEMS, help="what to measure; may be repeated (default: ours)")
    add("--compare", nargs=2, metavar=("A", "B"), choices=SYSTEMS, help="measure two systems and test whether they differ")
    add("--ablation", action="store_true", help="ours once more with each of its parts switched off, on development sets")
    add("--taken-away", action="store_true", help="ask once more with what answers taken out of the corpus: is that noticed?")
    add("--cold-start", action="store_true", help="time `khartoum ask` from process start, against the tutorial pipeline")
    add("--out", type=Path, default=Path("reports"), metavar="DIR", help="where the reports go (default: reports)")
    add("--thresholds", type=Path, default=THRESHOLDS, metavar="FILE", help="what must be reached (default: evals/thresholds.toml)")
    add("--no-gate", action="store_true", help="show figures below the thresholds without failing")
    add("--details", action="store_true", help="write each question's outcome of development sets into DIR, to learn from")
    add("--record", action="store_true", help="put the run on record: evals/latest.json and the README's table")
    add("--limit", type=_positive, metavar="N", help="at most N questions a set, the same ones every time; no gate")
    add("--obliqa", type=Path, metavar="FOLDER", help="score ObliQA from its files instead (regulations, not migration)")
    add("--obliqa-mp", type=Path, metavar="FOLDER", help="score ObliQA-MP from its files, over the passages of --obliqa")
    add("--obliqa-home", type=Path, metavar="DIR", help="keep the index of ObliQA there; a temporary folder otherwise")
    return found


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not 1 or more")
    return number


def _report(chosen: argparse.Namespace, settings: Settings, progress: Progress, leaving: ExitStack) -> Report:
    thresholds = read_thresholds(chosen.thresholds)
    trials = [trial_of(name, chosen.limit) for name in chosen.sets or DEFAULT_SETS]
    trials += [everywhere(one) for one in trials if one.name in EVERYWHERE]
    names = list(dict.fromkeys([*(chosen.systems or ()), *(chosen.compare or ())])) or ["ours"]
    index = fresh_index(settings.home, settings.embedding_model, progress)
    leaving.callback(index.close)
    read_again = readings(index)
    texts = texts_of(index, read_again)
    systems = []
    for name in names:
        progress(f"opening {name}", 0, 1)
        systems.append(open_system(name, index, read_again, leaving))
    results, asked = run(systems, trials, texts, progress)
    if chosen.details:
        from evals.details import write_details

        write_details(asked, chosen.out)
    ablation = []
    development = first_development(trials)
    if chosen.ablation and development:
        ablation = ablate(index, development, texts, progress)
    if chosen.taken_away:
        results = [with_taken_away(one, index, trials, progress) for one in results]
    cold = {}
    if chosen.cold_start:
        from evals.coldstart import cold_start

        cold = cold_start(index, read_again, settings.home, progress)
    gated = () if chosen.limit else tuple(failures(figures(results), thresholds))
    tests = compared(asked, *chosen.compare) if chosen.compare else []
    return Report(index.manifest.version, index.manifest.model, tuple(results), tuple(ablation), tuple(tests), cold, gated)


def _finish(report: Report, chosen: argparse.Namespace) -> int:
    from evals.writing import write_reports

    show(tables(report))
    for path in write_reports(report, chosen.out, record=chosen.record):
        print(path)
    for line in report.failures:
        print(f"below the threshold: {line}", file=sys.stderr)
    return 1 if report.failures and not chosen.no_gate else 0
