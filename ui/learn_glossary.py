"""Terms and abbreviations: what each means in our words, and the paragraphs that use it."""

from __future__ import annotations

import streamlit as st

from ui.api_client import ApiClient
from ui.markup import escaped, on_one_line
from ui.study_data import Subject
from ui.subject_index_view import links_to, subjects
from ui.wording import Words

A_PAGE = 25
"""Terms shown at a time."""
FIGURES = "0–9"
ABBREVIATIONS = "abbreviations"
FEW = 12
"""Paragraphs of a term that are shown at once; the others open."""


def show_glossary(client: ApiClient, words: Words) -> None:
    """One letter at a time, the abbreviations alone, or the terms that hold what is typed."""
    held = [one for one in subjects(client, words) if one.definition]
    search = st.text_input(
        words["subject_search"],
        key="glossary-search",
        icon=":material/search:",
        max_chars=100,
        type="search",
        live="300ms",
        label_visibility="collapsed",
        placeholder=words["subject_search"],
    )
    typed = search.strip().casefold()
    if typed:
        chosen = [one for one in held if typed in " ".join((one.label, *one.other, one.definition)).casefold()]
        # A term that begins with it comes before one that only mentions it.
        chosen = sorted(chosen, key=lambda one: not any(name.casefold().startswith(typed) for name in (one.label, *one.other)))
    else:
        letters = sorted({_letter(one) for one in held}, key=lambda letter: (letter == FIGURES, letter))
        letter = st.pills(
            words["letter"],
            [ABBREVIATIONS, *letters],
            default=letters[0] if letters else None,
            required=True,
            format_func=lambda one: words["abbreviations"] if one == ABBREVIATIONS else one,
            key=f"glossary-letter-{words.language}",
        )
        chosen = [one for one in held if _letter(one) == letter]
        if letter == ABBREVIATIONS:
            chosen = sorted((one for one in held if one.other), key=lambda one: one.other[0])
    if not chosen:
        st.caption(words["nothing_found"])
    for one in _on_this_page(words, chosen):
        _show(client, words, one)
    st.caption(words["glossary_own"])


def _on_this_page(words: Words, chosen: list[Subject]) -> list[Subject]:
    starts = range(0, len(chosen), A_PAGE)
    if len(starts) < 2:
        return chosen

    def named(start: int) -> str:
        return f"{chosen[start].label} – {chosen[min(start + A_PAGE, len(chosen)) - 1].label}"

    start = st.selectbox(words["glossary_part"], starts, format_func=named, key=f"glossary-part-{words.language}-{chosen[0].id}-{len(chosen)}")
    return chosen[start : start + A_PAGE]


def _letter(one: Subject) -> str:
    return FIGURES if one.letter.isdigit() else one.letter


def _show(client: ApiClient, words: Words, one: Subject) -> None:
    other = f"{words['comma']} ".join(one.other)
    names = on_one_line(f"{one.label} ({other})" if other else one.label)
    st.markdown(f"**{names}**  \n{escaped(one.definition)}  \n{links_to(client, words, one.places[:FEW])}")
    rest = one.places[FEW:]
    if rest:
        with st.expander(words.fill("glossary_more", number=len(rest))):
            st.markdown(links_to(client, words, rest))
