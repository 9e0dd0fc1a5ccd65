"""What the page says while the service is starting, down or failing; a question asked meanwhile is kept."""

from __future__ import annotations

import streamlit as st

from ui.api_client import ApiClient, ServiceError, Starting, Unavailable, Unreachable
from ui.markup import apart, escaped
from ui.wording import Words

POLL_SECONDS = 1.5


def find_trouble(client: ApiClient) -> ServiceError | None:
    """Why the service is not ready, or None when it is."""
    try:
        client.check_ready()
    except ServiceError as error:
        return error
    return None


def show_trouble(client: ApiClient, words: Words, trouble: ServiceError, pending: str | None) -> None:
    """Says what is wrong and offers to try again; `st.session_state.trouble` is emptied when that is worth it."""
    if isinstance(trouble, Starting):
        st.info(f"**{words['starting']}**  \n{words['starting_detail']}", icon=":material/hourglass_top:")
    elif isinstance(trouble, Unreachable):
        detail = words.fill("down_detail", address=escaped(client.address))
        st.error(f"**{words['down']}**  \n{detail}", icon=":material/cloud_off:")
    elif isinstance(trouble, Unavailable) and trouble.overloaded:
        st.warning(f"**{words['unavailable']}**  \n{words['overloaded']}", icon=":material/hourglass_top:")
    else:
        detail = f"  \n{apart(trouble.detail)}" if trouble.detail else ""
        st.error(f"**{words['unavailable']}**  \n{words['failed']}{detail}", icon=":material/error:")
    if pending:
        st.caption(words.fill("question_kept", question=apart(pending)))
    st.button(words["retry"], icon=":material/refresh:", key="retry", on_click=_forget_trouble)
    if isinstance(trouble, (Starting, Unreachable)):
        _watch(client)


def _forget_trouble() -> None:
    st.session_state.pop("trouble", None)


@st.fragment(run_every=POLL_SECONDS)
def _watch(client: ApiClient) -> None:
    found = find_trouble(client)
    if type(found) is not type(st.session_state.get("trouble")):
        st.session_state.trouble = found
        st.rerun()
