"""Ranked lists against the provisions that answer, by ir_measures."""

from __future__ import annotations

from collections.abc import Sequence

from evals.outcome import Outcome

NEEDED, ACCEPTABLE = 2, 1
"""Grades of relevance: what the answer needs, and what it may cite too."""
CUTS = (1, 3, 5, 10)


def retrieval(outcomes: Sequence[Outcome]) -> dict[str, list[float]]:
    """Each measure's value for each answerable question, 0 to 1, in the order of `outcomes`.

    recall@k counts needed provisions only; MRR and nDCG count acceptable ones too, nDCG with half the gain.

    Source: Manning, Raghavan, Schütze, Introduction to Information Retrieval, 8.4; Järvelin, Kekäläinen 2002 (nDCG).
    """
    import ir_measures  # not needed to print a table or to compare two
    from ir_measures import RR, R, nDCG

    given = [one for one in outcomes if one.row.answerable]
    if not given:
        return {}
    names = {f"recall@{cut}": R(rel=NEEDED) @ cut for cut in CUTS} | {"mrr": RR @ 10, "ndcg@10": nDCG @ 10}
    wanted = {one.row.id: dict.fromkeys(one.row.acceptable, ACCEPTABLE) | dict.fromkeys(one.row.relevant, NEEDED) for one in given}
    # Scores fall by rank: the order is the system's, whatever its scores were.
    ranked = {one.row.id: {id_: float(-rank) for rank, id_ in enumerate(one.ranked)} for one in given}
    found = {(metric.query_id, str(metric.measure)): metric.value for metric in ir_measures.iter_calc(list(names.values()), wanted, ranked)}
    # A question for which nothing was found scores 0.
    return {name: [float(found.get((one.row.id, str(measure)), 0.0)) for one in given] for name, measure in names.items()}
