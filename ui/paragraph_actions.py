"""What can be done with a paragraph: ask about it, cite it, put it into the note."""

from __future__ import annotations

import streamlit as st

from ui.api_client import ApiClient, Instrument
from ui.citing import STYLES, cite
from ui.copy_button import copy_button
from ui.note_basket import add_paragraph_button
from ui.paragraph_view import permalink
from ui.study_data import Paragraph
from ui.wording import Words


@st.fragment
def show_actions(client: ApiClient, words: Words, instrument: Instrument, one: Paragraph, key: str) -> None:
    """A row of quiet buttons; `key` is unlike that of any other on the page."""
    with st.container(horizontal=True, gap="medium", key=f"do-{key}"):
        if st.button(words["ask_about"], icon=":material/forum:", type="tertiary", key=f"ask-{key}"):
            st.session_state.pending = words.fill("ask_about_question", pinpoint=one.pinpoint, title=one.title)
            st.switch_page(st.session_state.pages["ask"])
        box = st.popover(words["cite"], icon=":material/format_quote:", type="tertiary", key=f"cite-{key}", on_change="rerun")
        add_paragraph_button(words, one, key)
    if box.open:  # made when it is looked at: a text has many paragraphs
        with box:
            _show_styles(client, words, instrument, one, key)


def _show_styles(client: ApiClient, words: Words, instrument: Instrument, one: Paragraph, key: str) -> None:
    texts = {f"style_{style}": cite(style, instrument, one, words, client.public_address) for style in STYLES}
    for name, text in (texts | {"permalink": permalink(client, one)}).items():
        st.caption(words[name])
        copy_button(words, text, words["copy_one"], key=f"{name}-{key}", shown=True)
