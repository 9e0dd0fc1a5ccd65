"""Instruments and chairs over the years: a chart whose points lead to their sources, and the same as tables."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui import kept
from ui.api_client import ApiClient
from ui.markup import on_one_line
from ui.paragraph_view import reader_link, show_words
from ui.study_data import Event, Timeline
from ui.wording import Words

RECENT = 2014
COLOURS = {"light": ("#2f6f9f", "#b3541e", "#1b2430"), "dark": ("#8fc1ee", "#f0a36b", "#e6ebf0")}
"""Of chairs, texts and letters."""
LONG = 44
"""Letters of a name from which on it takes two lines."""


def show_timeline(client: ApiClient, words: Words) -> None:
    """Draws it."""
    events = kept.fetch(client, Timeline, "/v1/timeline", language=words.language).events
    st.markdown(words["timeline_lead"])
    since = min((event.start.year for event in events), default=RECENT)
    only = st.checkbox(words["timeline_recent"], value=True, key="timeline_recent") if since < RECENT else False
    shown = [event for event in events if not only or event.start.year >= RECENT]
    if shown:
        chosen = _show_chart(words, shown)
        if chosen:
            st.dialog(on_one_line(chosen.title), width="medium", on_dismiss=_close)(_show_source)(client, words, chosen)
    for kind in ("chair", "instrument"):
        here = [event for event in shown if event.kind == kind]
        st.subheader(words[f"timeline_{kind}"], anchor=False)
        st.table(
            {
                words["column_when"]: [on_one_line(event.said) for event in here],
                words["column_what"]: [f"[{on_one_line(event.title)}]({reader_link(client, words, event.url)})" for event in here],
            },
            hide_index=True,
        )
    st.caption(words["timeline_own"])


def _close() -> None:
    """The chart begins anew, with nothing chosen."""
    st.session_state.timeline_turn = st.session_state.get("timeline_turn", 0) + 1


def _show_source(client: ApiClient, words: Words, event: Event) -> None:
    """What the point stands for: a chair's paragraph, or what an instrument begins with."""
    st.caption(on_one_line(f"{event.said} · {event.detail}"))
    if event.kind == "chair":
        one = kept.paragraph(client, event.id, words.language)
    else:
        one = next(iter(kept.whole_text(client, event.id, words.language).provisions), None)
    if one is not None:
        st.markdown(f"**{on_one_line(one.pinpoint)}** {on_one_line(one.heading)}")
        show_words(words, one)
    st.markdown(f"[{words['read_in_context']}]({reader_link(client, words, event.url)})")


def _show_chart(words: Words, events: list[Event]) -> Event | None:
    """Draws it and gives the event that was chosen."""
    import altair as alt  # half a second, and for this chart alone

    rows = _rows(words, events)
    chair, text, letters = COLOURS["dark" if st.context.theme.type == "dark" else "light"]
    tips = [
        alt.Tooltip("name:N", title=words["column_what"]),
        alt.Tooltip("said:N", title=words["column_when"]),
        alt.Tooltip("detail:N", title=words["timeline_detail"]),
    ]
    y = alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0.35))
    x = alt.X("start:T", title=None, scale=alt.Scale(domain=_span(events)), axis=alt.Axis(orient="top", format="%Y", labelOverlap=True))
    names = [words["timeline_chair"], words["timeline_instrument"]]
    colour = alt.Color("kind:N", title=None, legend=alt.Legend(orient="bottom"), scale=alt.Scale(domain=names, range=[chair, text]))
    base = alt.Chart(alt.InlineData(rows)).encode(y=y, tooltip=tips)
    bars = base.transform_filter("datum.bar").mark_bar(cornerRadius=3, cursor="pointer").encode(x=x, x2="end:T", color=colour)
    # Where the end is not known, an arrow says so.
    open_end = base.transform_filter("datum.open").mark_point(shape="triangle-right", size=150, filled=True, opacity=1, cursor="pointer")
    dots = base.transform_filter("!datum.bar && !datum.open").mark_point(size=110, filled=True, opacity=1, cursor="pointer")
    marks = [bars, open_end.encode(x=x, color=colour), dots.encode(x=x, color=colour)]
    for after in (True, False):
        label = base.transform_filter(f"datum.after == {str(after).lower()}").mark_text(
            align="left" if after else "right",
            dx=9 if after else -9,
            baseline="middle",
            color=letters,
            cursor="pointer",
            fontSize=11,
            lineBreak="\n",
            lineHeight=12,
        )
        marks.append(label.encode(x=alt.X("label:T", scale=alt.Scale(domain=_span(events))), text="label_text:N"))
    chart = alt.layer(*marks).properties(height=30 * len(rows) + 60, description=f"{words['learn_timeline']}. {words['timeline_same']}")
    chosen = alt.selection_point(name="chosen", fields=["id"], toggle=False)
    key = f"timeline-{st.session_state.get('timeline_turn', 0)}"
    event = st.altair_chart(chart.add_params(chosen), width="stretch", key=key, on_select="rerun", selection_mode="chosen")
    found = event.selection.get("chosen") or []
    return next((one for one in events if found and one.id == found[0].get("id")), None)


def _span(events: list[Event]) -> list[str]:
    return [f"{min(event.start.year for event in events)}-01-01", f"{max((event.end or event.start).year for event in events) + 1}-01-01"]


def _rows(words: Words, events: list[Event]) -> list[dict[str, Any]]:
    """Chairs first, then texts, in the order of their days; a name stands on the side where there is more room."""
    ordered = sorted(events, key=lambda event: (event.kind != "chair", event.start))
    first, last = (int(day[:4]) for day in _span(events))
    rows = []
    for place, event in enumerate(ordered):
        end = event.end or event.start
        after = (event.start.year + end.year) / 2 < (first + last) / 2
        rows.append(
            {
                "row": place,
                "id": event.id,
                "name": event.title,
                "label_text": _in_two_lines(event.title),
                "said": event.said,
                "detail": event.detail,
                "kind": words[f"timeline_{event.kind}"],
                "start": event.start.isoformat(),
                "end": end.isoformat(),
                "label": (end if after else event.start).isoformat(),
                "after": after,
                "bar": event.kind == "chair" and event.end is not None,
                "open": event.kind == "chair" and event.end is None,
            }
        )
    return rows


def _in_two_lines(name: str) -> str:
    """A long name is broken at its middle, so that a phone has room for it."""
    if len(name) <= LONG:
        return name
    middle = min((place for place, letter in enumerate(name) if letter == " "), key=lambda place: abs(place - len(name) // 2), default=None)
    return name if middle is None else f"{name[:middle]}\n{name[middle + 1 :]}"
