"""One topic across the texts: what each is and how far its verbs go, then a table of what each says, paragraph by paragraph."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui import address, kept, learn_look
from ui.api_client import ApiClient, ServiceError
from ui.markup import on_one_line, with_mark
from ui.note_basket import add_button, paragraph_item
from ui.paragraph_view import COLOURS, SUMMARY, reader_link
from ui.study_data import ComparedText, Comparison, Row
from ui.subject_index_view import subjects
from ui.trouble_view import show_trouble
from ui.wording import Words

FIRST = "return"
"""The subject to begin with."""
SHOWN = 25
"""Rows of a text at most; the rest is in its subject index."""


def show(client: ApiClient, words: Words) -> None:
    """Draws the page; the address names the subject (?subject=return)."""
    learn_look.apply()
    st.title(words["page_compare"], anchor=False)
    st.markdown(words["compare_lead"])
    try:
        found, own = _compare(client, words)
    except ServiceError as error:
        show_trouble(client, words, error, None)
        found, own = None, False
    if found:
        _show(client, words, found, own=own)


def _compare(client: ApiClient, words: Words) -> tuple[Comparison | None, bool]:
    """What was asked for, and whether in the reader's own words."""
    named = {one.id: one.label for one in subjects(client, words) if len({place.instrument for place in one.places}) > 1}
    held = {one.id: one.short.get(words.language, one.id) for one in kept.instruments(client)}
    state, key = st.session_state, f"subject-{words.language}"
    led = address.led_elsewhere("compare", ("subject",))
    if led is not None:
        state.compare_subject = led["subject"] or FIRST
        state.pop(key, None)
    asked = state.get("compare_subject", FIRST)
    state.setdefault(key, asked if asked in named else None)
    subject = st.selectbox(
        words["compare_subject"],
        list(named),
        index=None,
        format_func=named.__getitem__,
        key=key,
        placeholder=words["compare_choose"],
    )
    own = st.text_input(words["compare_words"], key="compare_words", max_chars=300).strip()
    chosen = st.multiselect(words["filter"], list(held), format_func=held.__getitem__, key="compare_texts", placeholder=words["filter_all"])
    state.compare_subject = subject
    if subject and not own:
        address.say("compare", subject="" if subject == FIRST else subject)
    if not (own or subject):
        return None, False
    query: dict[str, Any] = {"q": own} if own else {"subject": subject}
    with st.spinner(words["thinking"]):
        return kept.fetch(client, Comparison, "/v1/compare", language=words.language, instrument=tuple(chosen), **query), bool(own)


def _show(client: ApiClient, words: Words, found: Comparison, *, own: bool) -> None:
    st.header(on_one_line(found.topic), anchor=False)
    if found.texts:
        _show_overview(words, found.texts)
    else:
        st.caption(words["nothing_found"])
    for text in found.texts:
        _show_text(client, words, text, [row for row in found.rows if row.provision.instrument == text.id])
    if found.silent:
        held = {one.id: one.short.get(words.language, one.id) for one in kept.instruments(client)}
        silent = f"{words['comma']} ".join(on_one_line(held.get(id, id)) for id in found.silent)
        st.caption(f"{words['compare_far' if own else 'compare_silent']}{words['colon']} {silent}")
    if own:
        st.caption(words["compare_nearest"])


def _show_overview(words: Words, texts: tuple[ComparedText, ...]) -> None:
    """Who says anything at all, with what force: a treaty binds, a declaration does not."""
    st.table(
        {
            words["column_text"]: [on_one_line(one.title) for one in texts],
            words["column_force"]: [words["force_binding" if one.binding else "force_political"] for one in texts],
            words["column_strongest"]: [words[f"strength_{one.strongest}"] if one.strongest else "–" for one in texts],
            words["column_paragraphs"]: [str(one.provisions) for one in texts],
        },
        hide_index=True,
    )
    st.caption(words["compare_scale"])


def _show_text(client: ApiClient, words: Words, text: ComparedText, rows: list[Row]) -> None:
    digest = text.tier == "digest"
    st.subheader(on_one_line(text.title), anchor=False)
    if digest:
        st.badge(words["digest"], icon=SUMMARY, color="orange")
    shown = rows[:SHOWN]
    table = {words["column_place"]: [_place(client, words, row) for row in shown]}
    if not digest:
        table |= {words["column_verb"]: [_verb(words, row) for row in shown]}
    with st.container(key=f"{'summary' if digest else 'official'}-words-{text.id}"):
        st.table(table | {words["column_words"]: [_said(row) for row in shown]}, hide_index=True)
    items = [paragraph_item(words, row.provision) for row in shown]
    add_button(words, words.fill("compare_add", number=len(shown)), items, f"compare-{text.id}")


def _place(client: ApiClient, words: Words, row: Row) -> str:
    return f"[{on_one_line(row.provision.pinpoint)}]({reader_link(client, words, row.provision.url)})"


def _verb(words: Words, row: Row) -> str:
    """No badge: badges do not wrap on a phone."""
    one = row.provision
    if one.strength not in COLOURS:
        return "–"
    said = f"**{on_one_line(one.verb_words)}** " if one.verb_words else ""
    return f"{said}({words[f'strength_{one.strength}']})"


def _said(row: Row) -> str:
    """The text with the clause marked; of a summary the whole."""
    one = row.provision
    if one.tier == "digest" or not row.end:
        return on_one_line(one.text)
    return with_mark(one.text, row.start, row.end).replace("  \n", " ")
