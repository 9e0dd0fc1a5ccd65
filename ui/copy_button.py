"""A button that copies a text at one click."""

from __future__ import annotations

import streamlit as st

from ui.browser_link import FOLDER
from ui.wording import Words

_mount = st.components.v2.component(
    "khartoum_copy",
    html=(FOLDER / "copy.html").read_text("utf-8"),
    css=(FOLDER / "copy.css").read_text("utf-8"),
    js=(FOLDER / "copy.js").read_text("utf-8"),
)


def copy_button(words: Words, text: str, label: str, *, key: str, shown: bool = False) -> None:
    """The button, called `label`; with `shown` the text stands beside it, as plain text."""
    _mount(
        key=f"copy-{key}",
        data={"text": text, "label": label, "done": words["copied"], "shown": shown, "direction": words["direction"]},
        width="stretch" if shown else "content",
    )
