"""What the address says of a page, such as ?section=quiz. Each change of it is a step that the back button takes back, so it is changed only
when the reader has gone somewhere, all at once, and followed when it leads elsewhere than it did.
"""

from __future__ import annotations

import streamlit as st


def note_page(page: str) -> None:
    """Tells which page is drawn; called once a run, before it is."""
    state = st.session_state
    state.page_before, state.page_now = state.get("page_now"), page


def led_elsewhere(page: str, names: tuple[str, ...]) -> dict[str, str] | None:
    """What the address says under `names` ("" for nothing), when it was not this page that put it there: a link, a reload, or the back
    button. None otherwise, and when the page was just come to by an address that names nothing: it goes on where it was.
    """
    state, asked = st.session_state, {name: st.query_params.get(name, "") for name in names}
    known = state.get(f"address-{page}")
    state[f"address-{page}"] = asked
    if asked == known or (not any(asked.values()) and state.get("page_before") != state.get("page_now", page)):
        return None
    return asked


def say(page: str, **values: str) -> None:
    """Has the address say this; "" takes a name out of it."""
    state, query = st.session_state, st.query_params
    state[f"address-{page}"] = values
    if any(query.get(name, "") != value for name, value in values.items()):
        others = {name: query.get_all(name) for name in query if name not in values}
        query.from_dict(others | {name: value for name, value in values.items() if value})
