"""One topic across the texts: a table of what each says, paragraph by paragraph, with the strength of each verb."""

from __future__ import annotations

import streamlit as st

from ui import kept
from ui.api_client import ApiClient, ServiceError
from ui.markup import on_one_line, with_mark
from ui.paragraph_view import COLOURS, SUMMARY, reader_link
from ui.study_data import Comparison, Row
from ui.subject_index_view import subjects
from ui.trouble_view import show_trouble
from ui.wording import Words

SHOWN = 25
"""Rows of a text at most; the rest is in its subject index."""


def show(client: ApiClient, words: Words) -> None:
    """Draws the page."""
    st.title(words["page_compare"], anchor=False)
    st.markdown(words["compare_lead"])
    try:
        named = {one.id: one.label for one in subjects(client, words) if len({place.instrument for place in one.places}) > 1}
        held = {one.id: one.short.get(words.language, one.id) for one in kept.instruments(client)}
        start = "return" if "return" in named else None
        subject = st.selectbox(
            words["compare_subject"],
            list(named),
            index=list(named).index(start) if start else None,
            format_func=named.__getitem__,
            key=f"subject-{words.language}",
        )
        own = st.text_input(words["compare_words"], key="compare_words", max_chars=300).strip()
        chosen = st.multiselect(words["filter"], list(held), format_func=held.__getitem__, key="compare_texts", placeholder=words["filter_all"])
        if not (own or subject):
            return
        query = {"q": own} if own else {"subject": subject}
        with st.spinner(words["thinking"]):
            found = kept.fetch(client, Comparison, "/v1/compare", language=words.language, instrument=tuple(chosen), **query)
    except ServiceError as error:
        show_trouble(client, words, error, None)
        return
    st.header(on_one_line(found.topic), anchor=False)
    for instrument in dict.fromkeys(row.provision.instrument for row in found.rows):
        rows = [row for row in found.rows if row.provision.instrument == instrument]
        st.subheader(on_one_line(rows[0].provision.title), anchor=False)
        if rows[0].provision.tier == "digest":
            st.badge(words["digest"], icon=SUMMARY, color="orange")
        st.table(
            {
                words["column_place"]: [_place(client, words, row) for row in rows[:SHOWN]],
                words["column_words"]: [_said(words, row) for row in rows[:SHOWN]],
            },
            hide_index=True,
        )
    if found.silent and not own:
        silent = f"{words['comma']} ".join(on_one_line(held.get(id, id)) for id in found.silent)
        st.caption(f"{words['compare_silent']}: {silent}")
    if own:
        st.caption(words["compare_nearest"])


def _place(client: ApiClient, words: Words, row: Row) -> str:
    return f"[{on_one_line(row.provision.pinpoint)}]({reader_link(client, words, row.provision.url)})"


def _said(words: Words, row: Row) -> str:
    """The verb with its strength, then the text with the clause marked; of a summary the whole. No badge: badges do not wrap on a phone."""
    one = row.provision
    if one.tier == "digest" or not row.end:
        return on_one_line(one.text)
    strength = f"**{on_one_line(one.verb_words)} ({words[f'strength_{one.strength}']})** · " if one.strength in COLOURS else ""
    return strength + with_mark(one.text, row.start, row.end).replace("  \n", " ")
