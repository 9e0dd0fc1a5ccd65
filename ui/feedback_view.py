"""Thumbs for an answer, and a reason; the service keeps them without a name."""

from __future__ import annotations

import streamlit as st

from ui.api_client import ApiClient, Reply, ServiceError
from ui.wording import Words

REASONS = ("wrong_paragraph", "incomplete", "should_have_answered", "hard_to_read", "other")


def show_feedback(client: ApiClient, words: Words, question: str, reply: Reply, key: str) -> None:
    """Two thumbs; a thumb down asks why."""
    done = st.session_state.setdefault("feedback_given", set())
    mark = f"{reply.conversation_id}-{key}"
    if mark in done:
        st.caption(f":material/check: {words['feedback_thanks']}")
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"thumbs-{key}"):
        st.caption(words["feedback_ask"], width="content")
        up = st.button(words["thumb_up"], icon=":material/thumb_up:", type="tertiary", key=f"up-{key}")
        with st.popover(words["thumb_down"], icon=":material/thumb_down:", type="tertiary", key=f"down-{key}"), st.form(f"why-{key}", border=False):
            reason = st.radio(words["feedback_why"], REASONS, format_func=lambda one: words[f"reason_{one}"], index=None)
            comment = st.text_area(words["feedback_comment"], max_chars=1000, help=words["feedback_kept"])
            down = st.form_submit_button(words["send"])
    if up or down:
        _send(client, words, question, reply, thumb="up" if up else "down", reason=reason or "", comment=comment)
        done.add(mark)
        st.rerun()


def _send(client: ApiClient, words: Words, question: str, reply: Reply, *, thumb: str, reason: str, comment: str) -> None:
    body = {
        "question": question,
        "thumb": thumb,
        "reason": reason if thumb == "down" else "",
        "comment": comment if thumb == "down" else "",
        "status": reply.status,
        "citations": [citation.id for citation in reply.citations],
        "index_version": reply.index_version,
    }
    try:
        client.post("/v1/feedback", body)
    except ServiceError:
        st.toast(words["feedback_failed"], icon=":material/error:")
