"""Learning the Process: a guided path, a timeline, who is in it, a glossary, flashcards, quizzes."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ui import address, learn_look
from ui.api_client import ApiClient, ServiceError
from ui.learn_cards import show_cards
from ui.learn_glossary import show_glossary
from ui.learn_path import show_path
from ui.learn_quiz import show_quiz
from ui.learn_states import show_states
from ui.learn_timeline import show_timeline
from ui.trouble_view import show_trouble
from ui.wording import Words

SECTIONS: dict[str, Callable[[ApiClient, Words], None]] = {
    "path": show_path,
    "timeline": show_timeline,
    "states": show_states,
    "glossary": show_glossary,
    "cards": show_cards,
    "quiz": show_quiz,
}


def show(client: ApiClient, words: Words) -> None:
    """Draws the page; the address names the section (?section=quiz)."""
    learn_look.apply()
    st.title(words["page_learn"], anchor=False)
    names = tuple(SECTIONS)
    state = st.session_state
    led = address.led_elsewhere("learn", ("section", "stop"))
    if led is not None:
        state.learn_section = led["section"] if led["section"] in names else names[0]
        state.path_stop = int(led["stop"]) - 1 if led["stop"].isascii() and led["stop"].isdigit() else 0
    elif "learn_section" not in state:
        state.learn_section = state.get("learn_shown", names[0])
    section = st.pills(
        words["learn_sections"],
        names,
        format_func=lambda one: words[f"learn_{one}"],
        required=True,
        key="learn_section",
        label_visibility="collapsed",
    )
    # A rerun that overtakes the browser can find nothing chosen: what was shown stays.
    section = state.learn_shown = section or state.get("learn_shown", names[0])
    stop = str(state.path_stop + 1) if section == "path" and state.get("path_stop") else ""
    address.say("learn", section="" if section == names[0] else section, stop=stop)
    st.header(words[f"learn_{section}"], anchor=False)
    try:
        SECTIONS[section](client, words)
    except ServiceError as error:
        show_trouble(client, words, error, None)
