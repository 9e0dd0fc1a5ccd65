"""Measures the checking of claims on labelled pairs, and fits the weights of support.

`python -m evals.claims` measures both halves; `--half dev` one of them, `--misses` shows what went wrong. `--fit` fits on the dev half
alone and writes service/claims/support.json. It needs an index.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evals.sets import SETS
from service.claims.check import TRUE, Checker, Claim, Verdict
from service.claims.lexicon import spoken
from service.claims.library import Library
from service.claims.support import WEIGHTS, supports, weights

HALVES = ("dev", "held-back", "final")
KEPT_AT_LEAST = 0.98
"""Share of the true development sentences that the threshold must keep."""
NEARER_AT_MOST = 0.98
"""Share of the true development sentences that no other provision may be so much nearer to."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence with the provision that it cites, and the verdict that it deserves.

    Attributes:
        n: Unique name.
        kind: supported, wrong-paragraph, altered (a number, date, name or direction), raised, invented, or quote-<verdict>.
        verdict: The right verdict.
        found_in: For a misattributed one where its substance stands.
    """

    n: str
    text: str
    id: str
    kind: str
    verdict: str
    found_in: str

    @property
    def true(self) -> bool:
        """Whether it deserves to be shown."""
        return self.verdict in TRUE


def load_pairs(half: str) -> list[Pair]:
    """The pairs of one half, which shares no provision's sentences with the other."""
    lines = (SETS / f"claims-{half}.jsonl").read_text("utf-8").splitlines()
    return [Pair(**json.loads(line)) for line in lines if line.strip()]


def measure(pairs: Sequence[Pair], verdicts: Sequence[Verdict]) -> dict[str, float]:
    """Share of the true pairs kept; of the false ones caught, over all and by kind; and of verdicts that are the right one."""
    right: dict[str, list[bool]] = defaultdict(list)
    for pair, verdict in zip(pairs, verdicts, strict=True):
        right["kept" if pair.true else "caught"].append(verdict.holds == pair.true)
        right[f"{'kept' if pair.true else 'caught'}: {pair.kind}"].append(verdict.holds == pair.true)
        right["verdict exact"].append(verdict.kind == pair.verdict)
    return {name: round(statistics.mean(found), 4) for name, found in sorted(right.items())}


def fit(library: Library, target: Path = WEIGHTS) -> dict[str, Any]:
    """Fits how coverage, questions and nearness speak for support, on the dev half, and writes the weights and thresholds.

    The false ones are, beside the labelled ones, true sentences held against other provisions of the same instrument.
    """
    from sklearn.linear_model import LogisticRegression

    pairs = [one for one in load_pairs("dev") if one.kind in ("supported", "wrong-paragraph", "invented")]
    languages = [spoken(one.text) for one in pairs]
    given = supports([(one.text, language) for one, language in zip(pairs, languages, strict=True)], library)
    fitted: dict[str, Any] = {}
    for name in ("en", "other"):
        table: list[list[float]] = []
        true: list[bool] = []
        for pair, language, found in zip(pairs, languages, given, strict=True):
            if (language == "en") != (name == "en"):
                continue
            for one in (pair.id, *(_others(pair, library) if pair.true else ())):
                column = library.columns(one)[0]
                # English questions ask for less than a sentence says; in other languages they are most of what there is to compare with.
                table.append([found.coverage[column], found.asked[column] if name == "other" else 0.0, found.cosine[column]])
                true.append(pair.true and one == pair.id)
        model = LogisticRegression(C=10.0, class_weight="balanced").fit(np.asarray(table), true)
        fitted[name] = {"intercept": round(float(model.intercept_[0]), 3)} | {
            feature: round(float(weight), 3) for feature, weight in zip(("coverage", "asked", "cosine"), model.coef_[0], strict=True)
        }
    fitted |= {"threshold": 0.5, "elsewhere": 1.0}
    _write(target, fitted)
    fitted["threshold"] = _threshold(library, pairs, languages)
    fitted["elsewhere"] = _elsewhere(library, pairs, languages)
    _write(target, fitted)
    return fitted


def _others(pair: Pair, library: Library, most: int = 6) -> list[str]:
    """Other provisions of the same instrument, drawn by the pair's name."""
    instrument = library.provisions[pair.id].instrument
    same = [one for one in library.ids if library.provisions[one].instrument == instrument and not one.startswith(pair.id)]
    return random.Random(pair.n).sample(same, min(most, len(same)))


def _scores(library: Library, pairs: Sequence[Pair], languages: Sequence[str]) -> list[tuple[float, float]]:
    """Of each pair the score of the provision cited, and the best of any other."""
    found = []
    for one, support in zip(pairs, supports([(one.text, language) for one, language in zip(pairs, languages, strict=True)], library), strict=True):
        column = library.columns(one.id)[0]
        found.append((float(support.score[column]), float(np.delete(support.score, column).max())))
    return found


def _threshold(library: Library, pairs: Sequence[Pair], languages: Sequence[str]) -> float:
    """Midway between the lowest true score that must be kept and the highest false one below it."""
    scores = _scores(library, pairs, languages)
    true = sorted(own for (own, _), pair in zip(scores, pairs, strict=True) if pair.true)
    lowest = true[int(len(true) * (1 - KEPT_AT_LEAST))]
    below = [own for (own, _), pair in zip(scores, pairs, strict=True) if not pair.true and own < lowest]
    return round((lowest + max(below, default=0.0)) / 2, 3)


def _elsewhere(library: Library, pairs: Sequence[Pair], languages: Sequence[str]) -> float:
    """By how much (in logits) another provision may be nearer to a true sentence, with a little to spare."""
    from service.claims.support import logit

    gaps = sorted(logit(other) - logit(own) for (own, other), pair in zip(_scores(library, pairs, languages), pairs, strict=True) if pair.true)
    return round(max(gaps[int(len(gaps) * NEARER_AT_MOST)], 0.0) + 0.25, 3)


def _write(target: Path, fitted: dict[str, Any]) -> None:
    target.write_text(json.dumps(fitted, indent=1) + "\n", "utf-8")
    weights.cache_clear()


def milliseconds(checker: Checker, pairs: Sequence[Pair], sentences: int = 4, answers: int = 40) -> float:
    """Median time that checking an answer of so many sentences takes, when nothing is checked for the first time."""
    claims = [Claim(one.text, (one.id,)) for one in pairs]
    checker.check(claims)
    taken = []
    for turn in range(answers):
        some = [claims[(turn * sentences + place) % len(claims)] for place in range(sentences)]
        started = time.perf_counter()
        checker.check(some)
        taken.append((time.perf_counter() - started) * 1000)
    return round(statistics.median(taken), 1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures; 1 when the held-back half is below what was promised."""
    from ingest.encoder import ensure_encoder
    from ingest.index import open_index
    from service.settings import Settings

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true", help="fit the weights on the dev half first")
    parser.add_argument("--half", choices=HALVES, help="measure this half only")
    parser.add_argument("--misses", action="store_true", help="show what was not judged right")
    chosen = parser.parse_args(arguments)
    settings = Settings()
    library = Library.from_index(open_index(settings.home, ensure_encoder(settings.home, settings.embedding_model)))
    if chosen.fit:
        print(json.dumps(fit(library)))
    checker = Checker(library)
    good = True
    for half in [chosen.half] if chosen.half else HALVES:
        pairs = load_pairs(half)
        verdicts = checker.check([Claim(one.text, (one.id,)) for one in pairs])
        found = measure(pairs, verdicts)
        print(f"{half} ({len(pairs)} pairs): " + ", ".join(f"{name} {value:.3f}" for name, value in found.items()))
        good = good and (half == "dev" or (found["kept"] >= 0.95 and found["caught"] >= 0.95))
        for pair, verdict in zip(pairs, verdicts, strict=True):
            if chosen.misses and verdict.holds != pair.true:
                print(f"  {pair.n} {pair.kind} {pair.id}: {pair.text} -> {verdict.kind}: {verdict.why}")
    print(f"an answer of 4 sentences is checked in {milliseconds(checker, load_pairs('dev'))} ms (median)")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
