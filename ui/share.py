"""A link to an answer: it carries the question and the citations, and asks again when it is opened. Nothing private is stored."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import streamlit as st

from ui.api_client import Reply
from ui.wording import Words

LONGEST = 2000


def show_share(words: Words, question: str, reply: Reply, key: str) -> None:
    """The link, to be copied."""
    with st.popover(words["share"], icon=":material/link:", type="tertiary", key=f"share-{key}"):
        st.caption(words["share_hint"])
        st.code(share_link(question, reply, words.language), language=None, wrap_lines=True)


def share_link(question: str, reply: Reply, language: str) -> str:
    """The address of the page with the question and its citations."""
    parts = urlsplit(st.context.url or "http://localhost/")
    query = [("q", question), *(("cite", citation.id) for citation in reply.citations), ("language", language)]
    return f"{parts.scheme}://{parts.netloc}/?{urlencode(query)}"


def take_shared() -> tuple[str, tuple[str, ...]] | None:
    """The question and the citations that the page was opened with; taken out of the address, so that a reload does not ask again."""
    question = (st.query_params.get("q") or "").strip()[:LONGEST]
    cited = tuple(st.query_params.get_all("cite"))
    for name in ("q", "cite"):
        if name in st.query_params:
            del st.query_params[name]
    return (question, cited) if question else None
