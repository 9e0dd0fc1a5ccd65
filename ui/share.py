"""A link to an answer: it carries the question and the citations, and asks again when it is opened. Nothing private is stored."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import streamlit as st

from ui.api_client import Reply
from ui.copy_button import copy_button
from ui.wording import Words

LONGEST = 2000
NAMES = ("q", "cite", "of")
"""What such a link says of its question, in the address."""


def show_share(words: Words, question: str, reply: Reply, key: str) -> None:
    """The link, to be copied."""
    with st.popover(words["share"], icon=":material/link:", type="tertiary", key=f"share-{key}"):
        st.caption(words["share_hint"])
        with st.container(key=f"link-{key}"):
            copy_button(words, share_link(question, reply, words.language), words["copy_link"], key=f"share-{key}", shown=True)


def share_link(question: str, reply: Reply, language: str) -> str:
    """The address of this page with the question, in full where it was a follow-up, its citations and the texts that were asked."""
    parts = urlsplit(st.context.url or "http://localhost/")
    whole = reply.interpreted_question or question
    query = [("q", whole), *(("cite", citation.id) for citation in reply.citations)]
    query += [("of", id) for id in st.session_state.get("asked_of", ())]
    return f"{parts.scheme}://{parts.netloc}{parts.path}?{urlencode([*query, ('language', language)])}"


def take_shared() -> tuple[str, tuple[str, ...]] | None:
    """The question and the citations that the page was opened with, once for each address; the texts to ask are chosen as they were."""
    question = (st.query_params.get("q") or "").strip()[:LONGEST]
    cited = tuple(st.query_params.get_all("cite"))
    asked_of = st.query_params.get_all("of")
    if any(name in st.query_params for name in NAMES):
        # At once: each change of the address is a step for the back button.
        st.query_params.from_dict({name: st.query_params.get_all(name) for name in st.query_params if name not in NAMES})
    if not question or st.session_state.get("shared_taken") == (question, cited):
        return None
    st.session_state.shared_taken = (question, cited)
    st.session_state.asked_of = asked_of
    return question, cited
