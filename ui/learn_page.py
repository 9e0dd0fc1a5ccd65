"""Learning the Process: a guided path, a timeline, who is in it, a glossary, flashcards, quizzes."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ui import kept
from ui.api_client import ApiClient, ServiceError
from ui.learn_cards import show_cards
from ui.learn_quiz import show_quiz
from ui.learn_states import show_states
from ui.learn_timeline import show_timeline
from ui.markup import escaped, on_one_line
from ui.read_page import show_brief
from ui.study_data import GuidedPath
from ui.subject_index_view import show_subjects
from ui.trouble_view import show_trouble
from ui.wording import Words

SECTIONS = ("path", "timeline", "states", "glossary", "cards", "quiz")


def show(client: ApiClient, words: Words) -> None:
    """Draws the page; the address names the section (?section=quiz)."""
    st.title(words["page_learn"], anchor=False)
    if "learn_section" not in st.session_state:
        asked = st.query_params.get("section")
        st.session_state.learn_section = st.session_state.learn_shown = (
            asked if asked in SECTIONS else st.session_state.get("learn_shown", SECTIONS[0])
        )
    section = st.pills(
        words["learn_sections"],
        SECTIONS,
        format_func=lambda one: words[f"learn_{one}"],
        required=True,
        key="learn_section",
        label_visibility="collapsed",
    )
    # A rerun that overtakes the browser can find nothing chosen: what was shown stays.
    section = st.session_state.learn_shown = section or st.session_state.get("learn_shown", SECTIONS[0])
    st.query_params["section"] = section
    shown: dict[str, Callable[[ApiClient, Words], None]] = {
        "path": _show_path,
        "timeline": show_timeline,
        "states": show_states,
        "glossary": lambda client, words: show_subjects(client, words, defined=True),
        "cards": show_cards,
        "quiz": show_quiz,
    }
    st.header(words[f"learn_{section}"], anchor=False)
    try:
        shown[section](client, words)
    except ServiceError as error:
        show_trouble(client, words, error, None)


def _show_path(client: ApiClient, words: Words) -> None:
    path = kept.fetch(client, GuidedPath, "/v1/path", language=words.language)
    st.markdown(words["path_lead"])
    for number, stop in enumerate(path.stops, start=1):
        st.subheader(f"{number}. {on_one_line(stop.title)}", anchor=stop.id)
        st.markdown(escaped(stop.text))
        for id in stop.provisions:
            show_brief(client, words, path.provisions[id], f"path-{number}-{id}")
    st.caption(words["path_own"])
