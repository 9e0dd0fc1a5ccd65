"""What the texts speak of, A to Z, each with the paragraphs that name it."""

from __future__ import annotations

import streamlit as st

from ui import kept
from ui.api_client import ApiClient, ServiceError
from ui.markup import on_one_line
from ui.paragraph_view import SUMMARY, reader_link
from ui.study_data import Place, Subject, Subjects
from ui.trouble_view import show_trouble
from ui.wording import Words

MOST = 40


def subjects(client: ApiClient, words: Words) -> tuple[Subject, ...]:
    """All of them.

    Raises:
        ServiceError: Any of its kinds.
    """
    return kept.fetch(client, Subjects, "/v1/subjects", language=words.language).subjects


def show_subjects(client: ApiClient, words: Words) -> None:
    """One letter at a time, or those that hold what is typed."""
    try:
        held = subjects(client, words)
    except ServiceError as error:
        show_trouble(client, words, error, None)
        return
    search = st.text_input(
        words["subject_search"],
        key="subject-search",
        icon=":material/search:",
        max_chars=100,
        type="search",
        live="300ms",
        label_visibility="collapsed",
        placeholder=words["subject_search"],
    )
    typed = search.strip().casefold()
    if typed:
        chosen = [one for one in held if typed in " ".join((one.label, *one.other, one.definition)).casefold()][:MOST]
    else:
        letters = list(dict.fromkeys(one.letter for one in held))
        first = next((one for one in letters if one.isalpha()), letters[0] if letters else None)
        letter = st.pills(words["letter"], letters, default=first, required=True, key=f"letter-{words.language}")
        chosen = [one for one in held if one.letter == letter]
    if not chosen:
        st.caption(words["nothing_found"])
    for one in chosen:
        names = on_one_line(one.label) + (f" ({on_one_line(', '.join(one.other))})" if one.other else "")
        st.markdown(f"**{names}**{words['colon']} {links_to(client, words, one.places)}")


def links_to(client: ApiClient, words: Words, listed: tuple[Place, ...]) -> str:
    """Links by instrument: "Cairo Declaration para. 3, para. 9; …", a summary's with its sign."""
    by_title: dict[str, list[Place]] = {}
    for place in listed:
        by_title.setdefault(place.title, []).append(place)
    parts = []
    for title, places in by_title.items():
        sign = f"{SUMMARY} " if places[0].tier == "digest" else ""
        links = f"{words['comma']} ".join(f"[{on_one_line(place.pinpoint)}]({reader_link(client, words, place.url)})" for place in places)
        parts.append(f"{sign}{on_one_line(title)} {links}")
    return " · ".join(parts)
