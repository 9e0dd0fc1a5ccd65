"""Thumbs for an answer, and a reason; the service keeps them without a name."""

from __future__ import annotations

import streamlit as st

from ui.api_client import ApiClient, Reply, ServiceError
from ui.wording import Words

REASONS = ("wrong_paragraph", "incomplete", "should_have_answered", "hard_to_read", "other")


@st.fragment
def show_feedback(client: ApiClient, words: Words, question: str, reply: Reply, key: str) -> None:
    """Two thumbs; a thumb down asks why."""
    done = st.session_state.setdefault("feedback_given", set())
    if key in done:
        st.caption(f":material/check: {words['feedback_thanks']}")
        return
    told = (client, words, question, reply, key)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content", key=f"thumbs-{key}"):
        st.caption(words["feedback_ask"], width="content")
        st.button(words["thumb_up"], icon=":material/thumb_up:", type="tertiary", key=f"up-{key}", on_click=_send, args=(*told, "up"))
        with st.popover(words["thumb_down"], icon=":material/thumb_down:", type="tertiary", key=f"down-{key}"), st.form(f"why-{key}", border=False):
            st.radio(words["feedback_why"], REASONS, format_func=lambda one: words[f"reason_{one}"], index=None, key=f"reason-{key}")
            st.text_area(words["feedback_comment"], max_chars=1000, key=f"comment-{key}")
            st.caption(words["feedback_kept"])
            st.form_submit_button(words["send"], on_click=_send, args=(*told, "down"))


def _send(client: ApiClient, words: Words, question: str, reply: Reply, key: str, thumb: str) -> None:
    state = st.session_state
    body = {
        "question": question,
        "thumb": thumb,
        "reason": (state.get(f"reason-{key}") or "") if thumb == "down" else "",
        "comment": state.get(f"comment-{key}", "") if thumb == "down" else "",
        "status": reply.status,
        "citations": [citation.id for citation in reply.citations],
        "index_version": reply.index_version,
    }
    try:
        client.post("/v1/feedback", body)
    except ServiceError:
        st.toast(words["feedback_failed"], icon=":material/error:")
    else:
        state.feedback_given.add(key)
