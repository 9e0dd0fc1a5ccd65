"""Streamlit's own words, such as "Select all" or "Close", which it has in English alone: the browser puts the page's language in their place."""

from __future__ import annotations

import streamlit as st

from ui.browser_link import FOLDER
from ui.wording import Words

_mount = st.components.v2.component("khartoum_builtin", js=(FOLDER / "builtin.js").read_text("utf-8"))


def translate(words: Words) -> None:
    """Mounts the script; called once on a page."""
    _mount(key="builtin", data={"language": words.language, "words": words.builtin})
