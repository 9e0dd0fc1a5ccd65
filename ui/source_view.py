"""The sources of an answer, or what comes nearest to a refused question: one opens at a time, whole and in place."""

from __future__ import annotations

import streamlit as st

from ui import kept
from ui.api_client import ApiClient, Citation, Provision, Reply, ServiceError
from ui.markup import on_one_line
from ui.paragraph_view import SUMMARY, in_app_link, named, show_badges, show_links, show_notes, show_words
from ui.study_data import Paragraph
from ui.wording import Words


@st.fragment
def show_sources(client: ApiClient, words: Words, reply: Reply, key: str) -> None:
    """A button for each citation in the order of their markers; the chosen one's paragraph stands below."""
    citations = reply.nearest if reply.refused else reply.citations
    if not citations:
        return
    several = len({citation.instrument for citation in citations}) > 1

    def label(place: int) -> str:
        return _label(client, words, citations[place], several=several, marked=not reply.refused)

    with st.container(key=f"sources-{key}"):
        title = words["nearest" if reply.refused else "sources"]
        chosen = st.pills(title, range(len(citations)), format_func=label, key=f"source-{key}", wrap=True)
    if chosen is not None and chosen < len(citations):
        with st.container(border=True, key=f"source-open-{key}"):
            _show_source(client, words, citations[chosen])


def _label(client: ApiClient, words: Words, citation: Citation, *, several: bool, marked: bool) -> str:
    place = citation.pinpoint
    if several:
        titles = {one.id: one.short for one in kept.instruments(client)}
        place = f"{place}{words['comma']} {titles.get(citation.instrument, {}).get(words.language, citation.title)}"
    if not marked:
        found = kept.paragraph(client, citation.id, words.language)
        place = f"{named(found)}{place.removeprefix(citation.pinpoint)}" if found else place
    sign = f"{SUMMARY} " if citation.tier == "digest" else ""
    return (f"**{citation.marker}**\u2002" if marked else "") + sign + on_one_line(place)


def _show_source(client: ApiClient, words: Words, citation: Citation) -> None:
    one = kept.paragraph(client, citation.id, words.language)
    if one is None:
        try:
            one = _from_provision(citation, client.provision(citation))
        except ServiceError:
            st.caption(words["paragraph_missing"])
            return
    st.markdown(f"**{on_one_line(named(one))}**  \n{on_one_line(citation.title)}")
    show_badges(words, one)
    # After the texts were brought up to date the words may stand elsewhere; marks in the wrong place would be worse than none.
    stands = bool(citation.quote) and one.text[citation.start : citation.end] == citation.quote
    show_words(words, one, start=citation.start if stands else 0, end=citation.end if stands else 0)
    show_notes(words, one)
    show_links(client, words, one)
    marks = {"start": citation.start, "end": citation.end} if stands else {}
    st.markdown(f"[{words['read_in_context']}]({in_app_link(words, citation.instrument, citation.label, **marks)})")


def _from_provision(citation: Citation, found: Provision) -> Paragraph:
    """What is no numbered paragraph of its own, such as a note."""
    return Paragraph(
        **citation.model_dump(include={"id", "instrument", "title", "label", "pinpoint", "part", "tier"}),
        heading=found.heading,
        path=(),
        text=found.text,
        source="",
        verb="",
        verb_words="",
        strength="",
        notes=found.notes,
        links=(),
        links_here=(),
        url=f"/read/{citation.instrument}#{citation.label}",
    )
