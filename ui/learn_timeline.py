"""Instruments and chairs over the years: a chart whose points lead to their sources, and the same as a table."""

from __future__ import annotations

import streamlit as st

from ui import kept
from ui.api_client import ApiClient
from ui.citing import spoken_date
from ui.markup import on_one_line
from ui.paragraph_view import reader_link
from ui.study_data import Event, Timeline
from ui.wording import Words


def show_timeline(client: ApiClient, words: Words) -> None:
    """Draws it."""
    events = kept.fetch(client, Timeline, "/v1/timeline", language=words.language).events
    st.markdown(words["timeline_lead"])
    since = min((event.start.year for event in events), default=2014)
    only = st.toggle(words["timeline_recent"], value=True, key="timeline_recent") if since < 2014 else False
    shown = [event for event in events if not only or event.start.year >= 2014]
    _show_chart(client, words, shown)
    for kind in ("chair", "instrument"):
        st.subheader(words[f"timeline_{kind}"], anchor=False)
        st.table(
            {
                words["column_when"]: [_when(words, event) for event in shown if event.kind == kind],
                words["column_what"]: [_what(client, words, event) for event in shown if event.kind == kind],
            },
            hide_index=True,
        )
    st.caption(words["timeline_own"])


def _when(words: Words, event: Event) -> str:
    if event.kind == "instrument":
        return spoken_date(event.start, words.language)
    if event.end is None:
        return f"{event.start.year}–"
    return str(event.start.year) if event.start.year == event.end.year else f"{event.start.year}–{event.end.year}"


def _what(client: ApiClient, words: Words, event: Event) -> str:
    name = event.detail if event.kind == "chair" else event.title
    return f"[{on_one_line(name)}]({reader_link(client, words, event.url)})"


def _show_chart(client: ApiClient, words: Words, events: list[Event]) -> None:
    import altair as alt  # half a second, and for this chart alone
    import pandas as pd  # type: ignore[import-untyped]

    last = max((event.end or event.start for event in events), default=None)
    rows = [
        {
            "name": event.title,
            "detail": event.detail,
            "kind": words[f"timeline_{event.kind}"],
            "start": pd.Timestamp(event.start),
            "end": pd.Timestamp(event.end or (last if event.kind == "chair" and last else event.start)),
            "bar": event.kind == "chair",
            "url": reader_link(client, words, event.url),
        }
        for event in events
    ]
    if not rows:
        return
    data = pd.DataFrame(rows)
    tips = [
        alt.Tooltip("name", title=words["column_what"]),
        alt.Tooltip("start:T", title=words["column_when"], format="%d.%m.%Y"),
        alt.Tooltip("detail", title=" "),
    ]
    y = alt.Y("name:N", sort=alt.EncodingSortField("start", op="min"), title=None, axis=alt.Axis(labelLimit=130, labelOverlap=False))
    base = alt.Chart(data)
    bars = (
        base.transform_filter("datum.bar")
        .mark_bar(height=10, cursor="pointer")
        .encode(x=alt.X("start:T", title=None), x2="end:T", y=y, href="url", tooltip=tips)
    )
    points = base.transform_filter("!datum.bar").mark_point(size=90, filled=True, cursor="pointer").encode(x="start:T", y=y, href="url", tooltip=tips)
    colour = alt.Color("kind:N", title=None, legend=alt.Legend(orient="top"), scale=alt.Scale(range=["#3b82b8", "#d1782f"]))
    chart = (bars.encode(color=colour) + points.encode(color=colour)).properties(height=22 * len({row["name"] for row in rows}) + 40)
    # The frame of a link must be another one: the page itself stays.
    chart = chart.properties(usermeta={"embedOptions": {"loader": {"target": "_blank"}, "actions": False}})
    st.altair_chart(chart, width="stretch", key="timeline")
