"""An answer or a refusal on the page: its text with marks that open their source, the sources in place, and what to copy."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import streamlit as st

from ui.api_client import ApiClient, Citation, Reply
from ui.copy_button import copy_button
from ui.event_stream import Event, Interpreted, Sentence
from ui.feedback_view import show_feedback
from ui.markup import apart, escaped, with_markers
from ui.note_basket import add_answer_button
from ui.share import show_share
from ui.source_view import show_sources
from ui.wording import Words

REDRAWN = 0.08
"""Seconds between two drawings of a text that grows: a browser cannot follow hundreds of them."""

LONG = 60
"""Letters above which a quotation gets lines of its own in an answer that runs from right to left."""

_FIRST_SENTENCE = re.compile(r"([^.]{1,80}\.) +([^\W\d_].*)", re.DOTALL)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")


def show_reply(client: ApiClient, words: Words, question: str, reply: Reply, *, key: str) -> None:
    """Draws a reply; `key` is unlike that of any other on the page."""
    if reply.interpreted_question and reply.interpreted_question != question:
        _show_interpreted(words, reply.interpreted_question)
    if reply.refused:
        _show_refusal(words, reply)
    else:
        st.markdown(_marked(reply.answer, reply.citations, key))
        if reply.status == "partial":
            st.caption(f":material/info: {words['partial']}")
        if reply.verified.quotes:
            line = words.fill("verified", checked=reply.verified.checked, quotes=reply.verified.quotes)
            st.markdown(f":green[:material/verified: {line}]" if reply.verified.checked == reply.verified.quotes else f":material/info: {line}")
    show_sources(client, words, reply, key)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key=f"foot-{key}"):
        if not reply.refused:
            copy_button(words, with_references(reply, words, client.public_address), words["copy"], key=key)
            show_share(words, question, reply, key)
            add_answer_button(words, question, reply, key)
        show_feedback(client, words, question, reply, key)


def show_coming(words: Words, events: Iterator[Event], key: str) -> Reply | None:
    """Draws an answer while it comes, sentence by sentence, and returns the whole of it.

    Raises:
        ServiceError: Any of its kinds.
    """
    place, said, drawn = st.empty(), "", 0.0
    cited: list[Citation] = []
    place.caption(f":material/search: {words['thinking']}")
    for event in events:
        if isinstance(event, Reply):
            return event
        if isinstance(event, Interpreted):
            _show_interpreted(words, event.question)
        elif isinstance(event, Sentence):
            said += event.text
            # A refusal cites nothing, and must not look like an answer for a moment.
            if cited and time.monotonic() - drawn > REDRAWN:
                place.markdown(_marked(said, tuple(cited), key))
                drawn = time.monotonic()
        else:
            cited.append(event)
    return None


def _show_interpreted(words: Words, question: str) -> None:
    st.caption(f":material/subdirectory_arrow_right: {words.fill('interpreted', question=apart(question))}")


def _show_refusal(words: Words, reply: Reply) -> None:
    if reply.status == "out_of_scope":
        st.warning(f"**{words['out_of_scope']}**  \n{escaped(reply.answer)}", icon=":material/block:")
        return
    st.info(refusal(words, reply.answer), icon=":material/search_off:")


def refusal(words: Words, answer: str) -> str:
    """That the texts are silent, as Markdown under a heading: mostly the answer begins with all that a heading could say."""
    first = _FIRST_SENTENCE.fullmatch(answer)
    heading, rest = (escaped(first[1]), first[2]) if first else (words["not_addressed"], answer)
    return f"**{heading}**  \n{escaped(rest)}"


def _marked(answer: str, citations: tuple[Citation, ...], key: str) -> str:
    addresses = {citation.marker: f"#cite-{key}-{place}" for place, citation in enumerate(citations)}
    if not _RIGHT_TO_LEFT.search(answer):
        return with_markers(answer, addresses)
    pieces = _around_long_quotes(answer, citations)
    return "\n\n".join(("> " if quoted else "") + with_markers(with_quotes_apart(piece, citations), addresses) for piece, quoted in pieces)


def _around_long_quotes(answer: str, citations: tuple[Citation, ...]) -> Iterator[tuple[str, bool]]:
    """The answer in pieces, each with whether it is a quotation that stands on lines of its own: a long one in another direction would
    be hard to follow inside a sentence.
    """
    long = sorted({one.quote for one in citations if len(one.quote) > LONG and not _RIGHT_TO_LEFT.search(one.quote)}, key=len, reverse=True)
    if not long:
        yield answer, False
        return
    parts = re.split(f'([«“"]\\s?(?:{"|".join(map(re.escape, long))})\\s?[»”"])', answer)
    yield from ((part.strip(), place % 2 == 1) for place, part in enumerate(parts) if part.strip())


def with_references(reply: Reply, words: Words, public_address: str) -> str:
    """The answer as plain text with a numbered line a source, for pasting into a note."""
    lines = [
        f"[{citation.marker}] {citation.title}{words['comma']} {citation.pinpoint}"
        + (f" ({words['digest']})" if citation.tier == "digest" else "")
        + f". {public_address}/read/{citation.instrument}#{citation.label}"
        for citation in reply.citations
    ]
    return "\n".join([reply.answer, "", *lines])


def with_quotes_apart(answer: str, citations: tuple[Citation, ...]) -> str:
    """The answer with each quote between direction isolates, which are not seen: an English quote keeps its order and its
    punctuation inside an Arabic sentence.
    """
    for quoted in sorted({citation.quote for citation in citations if citation.quote}, key=len, reverse=True):
        answer = answer.replace(quoted, f"\u2068{quoted}\u2069")
    return answer
