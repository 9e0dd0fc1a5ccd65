"""A paragraph in a box that opens, for pages that rest on it."""

from __future__ import annotations

import streamlit as st

from ui.api_client import ApiClient
from ui.markup import escaped, on_one_line
from ui.note_basket import add_paragraph_button
from ui.paragraph_view import SUMMARY, named, reader_link, show_badges, show_words
from ui.study_data import Paragraph
from ui.wording import Words


def show_brief(client: ApiClient, words: Words, one: Paragraph, key: str, *, expanded: bool = False) -> None:
    """Draws it; `key` is unlike that of any other on the page."""
    sign = f"{SUMMARY} " if one.tier == "digest" else ""
    with st.expander(sign + on_one_line(f"{one.title}{words['comma']} {named(one)}"), expanded=expanded):
        show_badges(words, one)
        show_words(words, one)
        with st.container(horizontal=True, vertical_alignment="center", key=f"brief-{key}"):
            st.markdown(f"[{escaped(words['read_in_context'])}]({reader_link(client, words, one.url)})", width="content")
            add_paragraph_button(words, one, key)
