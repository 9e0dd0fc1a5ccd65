"""The plots of a report: reliability, kinds of questions, systems side by side, ablation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evals.measures import Measure
from evals.report import Report, Result
from evals.tables import LABELS

SIDE_BY_SIDE = ("first_citation", "recall@10", "map@10", "mrr", "ndcg@10", "several_recall")


def plots(report: Report) -> list[tuple[str, str]]:
    """Titles with HTML; the first holds plotly's code, which the others use. Empty when there is nothing to plot."""
    figures = [*_reliability(report), *_kinds(report), *_systems(report), *_ablation(report)]
    found = []
    for place, (title, figure) in enumerate(figures):
        figure.update_layout(template="plotly_white", height=420, margin={"t": 20, "r": 20})
        quiet = {"displaylogo": False, "plotlyServerURL": ""}
        found.append((title, figure.to_html(full_html=False, include_plotlyjs=place == 0, config=quiet, div_id=f"plot-{place}")))
    return found


def _reliability(report: Report) -> list[tuple[str, Any]]:
    import plotly.graph_objects as go  # half a second that only the HTML report is worth

    given = [one for one in report.results if one.calibration]
    if not given:
        return []
    figure = go.Figure()
    figure.add_scatter(x=[0, 1], y=[0, 1], mode="lines", name="perfect", line={"dash": "dot", "color": "gray"})
    for one in given:
        figure.add_scatter(
            x=[bin_.said for bin_ in one.calibration],
            y=[bin_.true for bin_ in one.calibration],
            text=[f"{bin_.count} questions" for bin_ in one.calibration],
            mode="lines+markers",
            name=one.set,
        )
    figure.update_xaxes(title="probability given that the best provision answers", range=[0, 1])
    figure.update_yaxes(title="share of questions where it did", range=[0, 1])
    return [("Reliability of the probabilities", figure)]


def _kinds(report: Report) -> list[tuple[str, Any]]:
    import plotly.graph_objects as go

    given = [one for one in report.results if one.kinds and one.system == "ours"]
    if not given:
        return []
    figure = go.Figure()
    for one in given:
        figure.add_bar(x=list(one.kinds), y=[measure.value for measure in one.kinds.values()], name=one.set, error_y=_error(list(one.kinds.values())))
    figure.update_yaxes(title="dealt with rightly", range=[0, 1])
    return [("Kinds of questions: first citation right, or refused where the texts are silent", figure)]


def _systems(report: Report) -> list[tuple[str, Any]]:
    found = []
    for set_ in dict.fromkeys(one.set for one in report.results):
        given = [one for one in report.results if one.set == set_]
        if len(given) > 1:
            found.append((f"Systems side by side, {set_}", _bars(given, SIDE_BY_SIDE)))
    return found


def _ablation(report: Report) -> list[tuple[str, Any]]:
    if not report.ablation:
        return []
    return [(f"One part switched off, {report.ablation[0].set}", _bars(report.ablation, ("first_citation", "refused", "recall@10")))]


def _bars(given: Sequence[Result], names: Sequence[str]) -> Any:
    import plotly.graph_objects as go

    there = [name for name in names if any(name in one.measures for one in given)]
    figure = go.Figure()
    for one in given:
        some = [one.measures.get(name, Measure(0.0, 0)) for name in there]
        figure.add_bar(x=[LABELS[name].strip() for name in there], y=[measure.value for measure in some], name=one.system, error_y=_error(some))
    figure.update_yaxes(range=[0, 1])
    return figure


def _error(given: Sequence[Measure]) -> dict[str, Any]:
    """The 95 % intervals as plotly wants them; no bar where there is none."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [(one.high if one.high is not None else one.value) - one.value for one in given],
        "arrayminus": [one.value - (one.low if one.low is not None else one.value) for one in given],
    }
