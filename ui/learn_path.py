"""The Process in ten minutes: one stop at a time, with the paragraphs that it rests on, and a way on and back."""

from __future__ import annotations

import streamlit as st

from ui import kept
from ui.api_client import ApiClient
from ui.brief_view import show_brief
from ui.markup import escaped, on_one_line
from ui.study_data import GuidedPath
from ui.wording import Words

MINUTES = 10


def show_path(client: ApiClient, words: Words) -> None:
    """Draws the stop that the address names (?stop=3, in `learn_page`), or the first."""
    path = kept.fetch(client, GuidedPath, "/v1/path", language=words.language)
    count = len(path.stops)
    state = st.session_state
    place = state.get("path_stop", 0)
    if not 0 <= place < count:
        place = state.path_stop = 0
    st.caption(words["path_lead"])
    left = max(1, round(MINUTES * (count - place) / count))
    st.progress((place + 1) / count, text=words.fill("path_progress", stop=place + 1, number=count, minutes=left))
    stop = path.stops[place]
    st.subheader(f"{place + 1}. {on_one_line(stop.title)}", anchor=False)
    st.markdown(escaped(stop.text))
    for first, id in enumerate(stop.provisions):
        show_brief(client, words, path.provisions[id], f"path-{place}-{id}", expanded=not first)
    _show_ways(words, place, count)
    with st.expander(words["path_all"], icon=":material/format_list_numbered:"):
        for number, one in enumerate(path.stops):
            title = on_one_line(f"{number + 1}. {one.title}")
            st.button(title, key=f"stop-{number}", type="tertiary", disabled=number == place, on_click=_go, args=(number,))
    st.caption(words["path_own"])


def _show_ways(words: Words, place: int, count: int) -> None:
    with st.container(horizontal=True, key="path-ways"):
        st.button(words["path_back"], key="path-back", disabled=place == 0, on_click=_go, args=(place - 1,))
        if place < count - 1:
            st.button(words["path_next"], key="path-next", type="primary", on_click=_go, args=(place + 1,))
        else:
            st.button(words["path_to_quiz"], key="path-quiz", type="primary", icon=":material/quiz:", on_click=_to_quiz)


def _go(place: int) -> None:
    st.session_state.path_stop = place


def _to_quiz() -> None:
    st.session_state.learn_section = "quiz"
