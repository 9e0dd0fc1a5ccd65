"""An answer or a refusal on the page: its text, its citations as chips that open the paragraph in place, and what to copy."""

from __future__ import annotations

import time
from collections.abc import Iterator

import streamlit as st

from ui import kept
from ui.api_client import ApiClient, Citation, Provision, Reply, ServiceError
from ui.feedback_view import show_feedback
from ui.markup import escaped, on_one_line, with_mark, with_markers
from ui.note_basket import add_answer_button
from ui.paragraph_view import show_links, strength_badge
from ui.share import show_share
from ui.wording import Words

# An answer is there at once; it is shown in this many steps within this time, so that the eye can follow.
STEPS = 20
SECONDS = 0.25

SUMMARY = ":material/summarize:"


def show_reply(client: ApiClient, words: Words, question: str, reply: Reply, *, key: str, stream: bool) -> None:
    """Draws a reply; `key` is unlike that of any other on the page, and with `stream` the text comes bit by bit."""
    if reply.interpreted_question and reply.interpreted_question != question:
        st.caption(words.fill("interpreted", question=on_one_line(reply.interpreted_question)))
    if reply.refused:
        _show_refusal(client, words, reply, key)
        show_feedback(client, words, question, reply, key)
    else:
        _show_answer(client, words, question, reply, key, stream)


def _show_answer(client: ApiClient, words: Words, question: str, reply: Reply, key: str, stream: bool) -> None:
    addresses = {citation.marker: client.reader_address(citation, words.language) for citation in reply.citations}
    text = with_markers(with_quotes_apart(reply.answer, reply.citations), addresses)
    if stream:
        st.write_stream(_in_steps(text))
    else:
        st.markdown(text)
    if reply.status == "partial":
        st.caption(f":material/info: {words['partial']}")
    _show_chips(client, words, reply, reply.citations, words["sources"], key)
    with st.container(horizontal=True, vertical_alignment="center", key=f"foot-{key}"):
        if reply.verified.quotes:
            line = words.fill("verified", checked=reply.verified.checked, quotes=reply.verified.quotes)
            st.caption(f":material/verified: {line}", width="content")
        with st.popover(words["copy"], icon=":material/content_copy:", type="tertiary", key=f"copy-{key}"):
            st.caption(words["copy_hint"])
            st.code(with_references(reply, words, client.public_address), language=None, wrap_lines=True)
        show_share(words, question, reply, key)
        add_answer_button(words, question, reply, key)
    show_feedback(client, words, question, reply, key)


def _show_refusal(client: ApiClient, words: Words, reply: Reply, key: str) -> None:
    if reply.status == "not_addressed":
        st.info(f"**{words['not_addressed']}**  \n{escaped(reply.answer)}", icon=":material/search_off:")
    else:
        st.warning(f"**{words['out_of_scope']}**  \n{escaped(reply.answer)}", icon=":material/block:")
    _show_chips(client, words, reply, reply.nearest, words["nearest"], key)


def _show_chips(client: ApiClient, words: Words, reply: Reply, citations: tuple[Citation, ...], title: str, key: str) -> None:
    if not citations:
        return
    st.caption(title)
    several = len({citation.instrument for citation in citations}) > 1
    shorts = _short_titles(client, client.address, reply.index_version) if several else {}
    with st.container(horizontal=True, gap="small", key=f"chips-{key}"):
        for citation in citations:
            title = shorts.get(citation.instrument, {}).get(words.language, citation.title)
            place = on_one_line(f"{citation.pinpoint}{words['comma']} {title}" if several else citation.pinpoint)
            label = place if reply.refused else f":blue-badge[{citation.marker}] {place}"
            icon = SUMMARY if citation.tier == "digest" else None
            with st.popover(label, icon=icon, key=f"chip-{key}-{citation.marker}"):
                _show_paragraph(client, words, citation, reply.index_version)


def _show_paragraph(client: ApiClient, words: Words, citation: Citation, index_version: str) -> None:
    st.markdown(f"**{on_one_line(citation.pinpoint)}**{words['comma']} {on_one_line(citation.title)}")
    if citation.tier == "digest":
        st.badge(words["digest"], icon=SUMMARY, color="orange")
    elif f"part_{citation.part}" in words.texts:
        st.badge(words[f"part_{citation.part}"], color="gray")
    more = kept.paragraph(client, citation.id, words.language)
    if more and strength_badge(words, more):
        st.markdown(strength_badge(words, more))
    try:
        provision = _provision(client, client.address, citation, index_version)
    except ServiceError:
        st.caption(words["paragraph_missing"])
    else:
        if provision.heading:
            st.markdown(f"**{on_one_line(provision.heading)}**")
        st.markdown(with_mark(provision.text, citation.start, citation.end))
        for note in provision.notes:
            st.caption(f"{words['note']}: {escaped(note.text)}")
    if more:
        show_links(client, words, more)
    st.markdown(f"[{words['read_in_context']}]({client.reader_address(citation, words.language)})")


@st.cache_data(max_entries=2000, show_spinner=False, hash_funcs={Citation: lambda citation: citation.id})
def _provision(_client: ApiClient, address: str, citation: Citation, index_version: str) -> Provision:
    """Kept by service, provision and index: an answer of this morning goes on showing the paragraph that it was checked against."""
    return _client.provision(citation)


@st.cache_data(max_entries=50, show_spinner=False)
def _short_titles(_client: ApiClient, address: str, index_version: str) -> dict[str, dict[str, str]]:
    """By instrument and language; empty when they cannot be had, for the full titles do as well."""
    try:
        return {instrument.id: instrument.short for instrument in _client.instruments()}
    except ServiceError:
        return {}


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


def _in_steps(text: str) -> Iterator[str]:
    """The text in at most STEPS pieces that end at spaces, so that no escape is cut in two."""
    parts = text.split(" ")
    size = max(1, -(-len(parts) // STEPS))
    for start in range(0, len(parts), size):
        yield " ".join(parts[start : start + size]) + " "
        time.sleep(SECONDS / STEPS)
