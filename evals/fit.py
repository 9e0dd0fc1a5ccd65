"""Fits the weights of the ranking and of silence on development questions, and writes retriever/weights.json.

Run as `python -m evals.fit [--obliqa FOLDER]`; it needs an index. Test sets are never read here. With ObliQA's development half the weights
for texts without editors' lines are fitted on another field too.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from evals.obliqa import FITTED, ObliqaError, contents_of, fitted_on, read_passages, read_questions
from evals.sets import SETS, Row, load_set
from ingest.encoder import Encoder, ensure_encoder
from ingest.generation import build
from ingest.index import Index, open_index, read_contents
from retriever.features import FEATURES, features
from retriever.further import LOOKED_AT, seen_of
from retriever.instruments import named_instruments
from retriever.look import Look, look
from retriever.question import parse
from retriever.ranking import WEIGHTS, logistic, profile, weights
from retriever.retriever import preference, rank, weigh
from retriever.silence import evidence
from retriever.votes import Votes, vote
from service.settings import Settings

DECLARATION = "cairo-declaration-2025"
DECLARATION_SETS = ("declaration-dev", "declaration-train")
FRAMEWORK_SETS = ("frameworks-dev", "frameworks-train")
RANKED = ("fact", "topic", "paraphrase", "typo", "several")
REFUSED = ("silent", "out_of_scope", "steering")
ANSWERABLE = {
    "known": (
        "utility", "margin", "covered", "unmet", "foreign", "other_text", "no_amount", "no_date", "dense_questions", "sharp", "broad",
        "judged", "agreed", "answered_line", "silent_line", "other_language",
    ),
    "plain": ("utility", "margin", "covered", "known", "unmet", "foreign", "no_amount", "no_date", "dense_text", "text", "other_language"),
}  # fmt: skip
ELSEWHERE = ("known", "covered", "dense_text", "silent_dense", "elsewhere_dense", "elsewhere_line", "silent_line")
PLAIN_FEATURES = {"text", "pairs", "concepts", "surroundings", "dense_text"}
OTHERS_WEIGHT = 3.0
"""Weight of a question on another framework against one on the declaration: there is one of them for three, and both sides count alike."""
NEAREST = 100
"""Passages that each way of looking puts forward."""
REFUSED_AT_MOST = {"first": 0.03, "others": 0.04, "plain": 0.3}
"""Share of the answerable development questions that a threshold may refuse. Where there are no lines, silence is hard to tell: as many as
this are refused so that three in four silent ones are too."""
FURTHER_FROM = {"first": 0.14, "others": 0.3}
"""Probability from which a further provision is cited: four in five citations right, nine in ten needed ones there."""


@dataclass(frozen=True, slots=True)
class Example:
    """A development question, what was seen of it, the rows that are searched for it, and those that answer it."""

    row: Row
    seen: Look
    votes: Votes
    table: NDArray[np.float32]
    rows: tuple[int, ...]
    right: frozenset[int]


def examples(rows: Sequence[Row], index: Index, *, declaration: bool) -> list[Example]:
    """Questions with their features over the provisions of the declaration, or of all the others.

    A question that only the side left out answers is left out too.
    """
    places = tuple(index.row_of[one] for one in index.searched if (index.provisions[one].instrument == DECLARATION) == declaration)
    found = []
    for row in rows:
        right = frozenset(index.row_of[one] for one in (*row.relevant, *row.acceptable) if one in index.row_of) & frozenset(places)
        if row.expect == "answered" and not right:
            continue
        seen = look(parse(row.question, index), index)
        votes = vote(seen, index, places)
        found.append(Example(row, seen, votes, features(seen, index, votes), places, right))
    return found


def fit_ranking(groups: Sequence[Sequence[tuple[NDArray[np.float64], NDArray[np.bool_]]]], penalty: float = 1e-3) -> NDArray[np.float64]:
    """Weights of the conditional logit under which a right provision comes first as likely as can be.

    Args:
        groups: Each a set of questions, which all weigh the same together. A question is its features, shape (provisions, features), and
            which provisions are right, at least one.
        penalty: On the squared weights.
    """
    features_count = groups[0][0][0].shape[1]

    def loss(vector: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, gradient = penalty * float(vector @ vector), 2 * penalty * vector
        for group in groups:
            for table, right in group:
                utility = table @ vector
                chance = np.exp(utility - utility.max())
                chance /= chance.sum()
                mass = float(chance[right].sum()) + 1e-12
                total -= float(np.log(mass)) / len(group) / len(groups)
                gradient -= (chance * right / mass - chance) @ table / len(group) / len(groups)
        return total, gradient

    # No way of looking may count against a provision: it would only fit the chance of the sample.
    bounds = [(0.0, None)] * features_count
    return np.asarray(minimize(loss, np.ones(features_count), jac=True, method="L-BFGS-B", bounds=bounds).x)


def fit_profile(groups: Sequence[Sequence[Example]], *, english: bool, asked: bool) -> dict[str, float]:
    """Ranking weights of one profile, a feature that it lacks weighing nothing."""
    keep = [column for column, feature in enumerate(FEATURES) if asked or feature in PLAIN_FEATURES]
    tables = []
    for given in groups:
        some = [one for one in given if one.row.kind in RANKED and one.row.expect == "answered" and (one.row.language == "en") == english]
        if some:
            tables.append([(one.table[list(one.rows)][:, keep].astype(np.float64), np.isin(one.rows, list(one.right))) for one in some])
    vector = fit_ranking(tables, 1e-3 if asked else 1e-4)
    return dict.fromkeys(FEATURES, 0.0) | {FEATURES[column]: round(float(w), 3) for column, w in zip(keep, vector, strict=True)}


class Judged(NamedTuple):
    """A question, what tells whether its best provision answers it, and whether it is answered."""

    row: Row
    evidence: dict[str, float]
    answered: bool


def judged(given: Sequence[Example], index: Index) -> list[Judged]:
    """Each question with its evidence."""
    found = []
    for one in given:
        utility = weigh(one.seen.question, index, one.table)
        order = sorted(one.rows, key=lambda row: (-utility[row], row))
        found.append(Judged(one.row, evidence(one.seen, index, one.table, utility, order, one.votes), one.row.expect == "answered"))
    return found


def fit_logistic(
    names: Sequence[str],
    found: Sequence[dict[str, float]],
    labels: Sequence[bool],
    weight: Sequence[float] | None = None,
    penalty: float = 3.0,
) -> dict[str, float]:
    """A logistic regression's weights by name, `intercept` among them; without `weight` all questions count alike."""
    table = np.asarray([[one[name] for name in names] for one in found])
    model = LogisticRegression(max_iter=5000, C=penalty).fit(table, list(labels), sample_weight=None if weight is None else np.asarray(weight))
    named = {name: round(float(w), 3) for name, w in zip(names, model.coef_[0], strict=True)}
    return {"intercept": round(float(model.intercept_[0]), 3), **named}


def without_questions(index: Index, home: Path) -> Index:
    """The same index as it would be of a text that a user brings: no editors' questions."""
    contents = read_contents(index.folder)
    passages = tuple(one for one in contents.passages if one.kind == "text")
    return Index(build(home, replace(contents, passages=passages), index.encoder).folder, index.encoder)


def _questions(names: Sequence[str]) -> list[Row]:
    rows = [row for name in names for row in load_set(SETS / f"{name}.jsonl")]
    # What is asked to be made up is refused by rule.
    return [row for row in rows if not row.conversation and row.kind in RANKED + REFUSED]


def fit(index: Index, target: Path = WEIGHTS, other_domain: Sequence[Example] = ()) -> dict[str, Any]:
    """Fits everything and writes it to `target`.

    Args:
        index: Of the whole corpus.
        target: The file of the weights.
        other_domain: Questions on texts of another field, for the weights of texts without editors' lines.
    """
    rows, frameworks = _questions(DECLARATION_SETS), _questions(FRAMEWORK_SETS)
    # What is not fitted yet keeps its old weights: the file is whole at any moment, and whoever reads it meanwhile can answer.
    fitted: dict[str, Any] = json.loads(target.read_text("utf-8"))
    with tempfile.TemporaryDirectory() as home:
        plain = without_questions(index, Path(home))
        given, given_plain = examples(rows, index, declaration=True), examples(rows, plain, declaration=True)
        others_plain = examples(frameworks, plain, declaration=False)
        # What users bring is more like the regulations of the other field than like a short declaration.
        for kind, groups in (("asked", [given]), ("plain", [given_plain, others_plain, other_domain, other_domain])):
            for english in (True, False):
                name = profile("en" if english else "fr", has_questions=kind == "asked")
                fitted["ranking"][name] = fit_profile(groups, english=english, asked=kind == "asked")
        _write(target, fitted)
        found_plain = judged(given_plain, plain)
        plain.close()
    fitted["relevant"] = _fit_relevance(given, index)
    found = judged(given, index)
    # What has nothing to do with the field is nowhere answered; what the declaration alone is silent on may well be elsewhere.
    unscoped = [row for row in rows if row.expect == "out_of_scope"]
    found_others = judged(examples([*frameworks, *unscoped], index, declaration=False), index)
    for side, some_found in (("first", found), ("others", found_others), ("plain", found_plain)):
        names = ANSWERABLE["plain" if side == "plain" else "known"]
        fitted["answerable"][side] = fit_logistic(names, [one.evidence for one in some_found], [one.answered for one in some_found])
        fitted["threshold"][side] = _threshold(some_found, fitted["answerable"][side], REFUSED_AT_MOST[side])
    refused = [one for one in found if not one.answered]
    outside = [one.row.expect == "out_of_scope" for one in refused]
    fitted["elsewhere"] = fit_logistic(ELSEWHERE, [one.evidence for one in refused], outside)
    for side, some in (("first", given), ("others", examples(frameworks, index, declaration=False))):
        fitted["further"][side] = _fit_further(some, index, FURTHER_FROM[side])
    _write(target, fitted)
    fitted["first"] = _fit_first([*rows, *frameworks], index)
    _write(target, fitted)
    return fitted


def _fit_further(given: Sequence[Example], index: Index, threshold: float) -> dict[str, Any]:
    """When a provision beside the first is needed; one that may be cited but need not be counts a third of one that may not."""
    found, labels, weight = [], [], []
    for one in given:
        if one.row.kind not in RANKED or one.row.expect != "answered":
            continue
        utility = weigh(one.seen.question, index, one.table)
        order = sorted(one.rows, key=lambda row: (-utility[row], row))
        for place in range(1, min(LOOKED_AT, len(order))):
            id_ = index.searched[order[place]]
            found.append(seen_of(one.seen, one.table, utility, order, one.votes, place))
            labels.append(id_ in one.row.relevant)
            weight.append(0.3 if id_ in one.row.acceptable else 1.0)
    return {"weights": fit_logistic([*found[0]], found, labels, weight, penalty=1.0), "threshold": threshold}


def _fit_first(rows: Sequence[Row], index: Index) -> dict[str, float]:
    """When the declaration rather than another instrument is to answer: from the questions that just one of the two has right."""
    first = next(iter(index.instruments))
    sides = [[one for one in index.searched if (index.provisions[one].instrument == first) == own] for own in (True, False)]
    found, labels, weight = [], [], []
    for row in rows:
        question = parse(row.question, index)
        named = named_instruments(question.rest, question.language, index)
        if row.expect != "answered" or row.kind not in RANKED or first in named:
            continue
        among = [one for one in sides[1] if not named or index.provisions[one].instrument in named]
        seen = look(question, index)
        own, rest = rank(seen, index, sides[0]), rank(seen, index, among)
        if own is None or rest is None:
            continue
        gold = {*row.relevant, *row.acceptable}
        right = [index.searched[one.order[0]] in gold for one in (own, rest)]
        if right[0] != right[1]:
            found.append(preference(question, own, rest, index, named=bool(named)))
            labels.append(right[0])
            weight.append(1.0 if first in next(iter(gold)) else OTHERS_WEIGHT)
    return fit_logistic([*found[0]], found, labels, weight, penalty=1.0)


def _fit_relevance(given: Sequence[Example], index: Index) -> dict[str, float]:
    values: list[dict[str, float]] = []
    labels: list[bool] = []
    for one in given:
        if one.right and one.row.kind in RANKED:
            utility = weigh(one.seen.question, index, one.table)
            values.extend({"utility": float(utility[row])} for row in one.rows)
            labels.extend(row in one.right for row in one.rows)
    return fit_logistic(["utility"], values, labels)


def _threshold(found: Sequence[Judged], given: dict[str, float], most: float) -> float:
    """The highest threshold that refuses no more than `most` of the answerable questions."""
    answered = sorted(logistic(given, one.evidence) for one in found if one.answered)
    return round(answered[int(len(answered) * most)] - 0.001, 3)


def _write(target: Path, fitted: dict[str, Any]) -> None:
    target.write_text(json.dumps(fitted, indent=1) + "\n", "utf-8")
    weights.cache_clear()


def obliqa_examples(folder: Path, home: Path, encoder: Encoder) -> list[Example]:
    """Development questions of ObliQA with the features of the passages that any way of looking finds.

    Args:
        folder: With ObliQA's files.
        home: Where its index is, or is built.
        encoder: The embedding model.
    """
    passages = read_passages(folder)
    questions = read_questions(folder, passages)
    if FITTED not in questions:
        raise ObliqaError(f"{folder} has no {FITTED}.json: weights are fitted on development questions alone")
    index = Index(build(home, contents_of(passages, encoder, lambda *_: None), encoder).folder, encoder, exact=True)
    found = []
    for row in fitted_on(questions[FITTED]):
        seen = look(parse(row.question, index), index)
        votes = vote(seen, index, range(len(index.searched)))
        table = features(seen, index, votes)
        right = {index.row_of[one] for one in row.relevant}
        near = {int(place) for column in table.T for place in np.argsort(-column, kind="stable")[:NEAREST]} | right
        kept = sorted(near)
        found.append(
            Example(replace(row, kind="fact"), seen, votes, table[kept], tuple(range(len(kept))), frozenset(kept.index(one) for one in right))
        )
    index.close()
    return found


def main() -> None:
    """Runs it."""
    parser = argparse.ArgumentParser(prog="python -m evals.fit", description="Fits the weights on development questions.")
    parser.add_argument("--obliqa", type=Path, metavar="FOLDER", help="ObliQA's files; without them texts without lines are fitted on ours alone")
    parser.add_argument("--obliqa-home", type=Path, metavar="DIR", help="where the index of ObliQA is kept; a temporary folder otherwise")
    chosen = parser.parse_args()
    settings = Settings()
    encoder = ensure_encoder(settings.home, settings.embedding_model)
    other: list[Example] = []
    with tempfile.TemporaryDirectory() as temporary:
        if chosen.obliqa:
            other = obliqa_examples(chosen.obliqa, chosen.obliqa_home or Path(temporary), encoder)
        fit(open_index(settings.home, encoder), other_domain=other)


if __name__ == "__main__":
    main()
