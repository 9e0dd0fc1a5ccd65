"""What a reader makes here, kept by the browser tab as long as it is open, so that a reload does not lose it. Nothing of it leaves the tab."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

_mount = st.components.v2.component("khartoum_kept", js=(Path(__file__).parent / "browser" / "kept.js").read_text("utf-8"))


def keep(name: str, text: str, restore: Callable[[str], None]) -> None:
    """Keeps `text` in the browser tab; in a new session, gives what the tab still holds to `restore` and runs the page again.

    Args:
        name: What it is kept under.
        text: As it is now; "" when there is nothing to keep.
        restore: Takes what was kept; it comes from the browser and has to be checked.
    """
    state = st.session_state
    seen = f"kept-seen-{name}"
    fresh = not state.get(seen)
    told = _mount(key=f"kept-{name}", data={"name": name, "text": text, "fresh": fresh}, on_held_change=_nothing)
    held = getattr(told, "held", None)
    if fresh and (text or held):
        state[seen] = True
        if held:
            restore(str(held))
            st.rerun()


def _nothing() -> None:
    """Streamlit asks for a callback of each value that a component may set."""
