"""Flashcards: which paragraph speaks of what, and what the terms mean."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import streamlit as st

from ui import kept
from ui.api_client import ApiClient
from ui.deck import RATINGS, Deck, NotADeck
from ui.markup import escaped, on_one_line
from ui.paragraph_view import reader_link, show_words
from ui.study_data import Paragraph
from ui.subject_index_view import subjects
from ui.wording import Words

TERMS = 60
PARAGRAPHS = "cairo-declaration-2025"


@dataclass(frozen=True)
class Face:
    """A card: what is asked, what is shown when it is turned."""

    front: str
    back: str
    paragraph: Paragraph | None
    url: str


def show_cards(client: ApiClient, words: Words) -> None:
    """One card at a time."""
    state = st.session_state
    deck: Deck = state.setdefault("deck", Deck())
    st.markdown(words["cards_lead"])
    kind = st.segmented_control(
        words["cards_kind"],
        ("paragraphs", "terms"),
        default="paragraphs",
        format_func=lambda one: words[f"cards_{one}"],
        required=True,
        key="cards_kind",
    )
    faces = _paragraphs(client, words) if kind == "paragraphs" else _terms(client, words)
    now = dt.datetime.now(dt.UTC)
    known = sum(id in deck.cards for id in faces)
    st.progress(known / len(faces) if faces else 0.0, text=words.fill("cards_seen", seen=known, number=len(faces)))
    id = deck.next(list(faces), now)
    if id is None:
        st.success(words["cards_done"], icon=":material/check_circle:")
    else:
        _show_card(client, words, deck, id, faces[id], now)
    with st.expander(words["cards_progress"], icon=":material/save:"):
        st.caption(words["cards_kept"])
        st.download_button(
            words["cards_export"], deck.to_json(), "flashcards.json", "application/json", icon=":material/download:", on_click="ignore"
        )
        file = st.file_uploader(words["cards_import"], type="json", key="cards_import")
        if file is not None and state.get("cards_read") != file.file_id:
            state.cards_read = file.file_id
            try:
                state.deck = Deck.from_json(file.getvalue())
            except NotADeck:
                st.error(words["cards_not_a_deck"])
            else:
                st.rerun()


def _show_card(client: ApiClient, words: Words, deck: Deck, id: str, face: Face, now: dt.datetime) -> None:
    with st.container(border=True, key="card"):
        st.markdown(f"#### {face.front}")
        if st.session_state.get("turned") != id:
            st.button(words["cards_turn"], type="primary", icon=":material/flip:", on_click=_turn, args=(id,))
            return
        st.markdown(face.back)
        if face.paragraph:
            show_words(words, face.paragraph)
        st.markdown(f"[{words['read_in_context']}]({face.url})")
    st.caption(words["cards_rate"])
    with st.container(horizontal=True, key="ratings"):
        for rating in RATINGS:
            st.button(words[f"rate_{rating}"], key=f"rate-{rating}", on_click=_rate, args=(deck, id, rating, now))


def _turn(id: str) -> None:
    st.session_state.turned = id


def _rate(deck: Deck, id: str, rating: str, now: dt.datetime) -> None:
    deck.review(id, rating, now)
    st.session_state.pop("turned", None)


def _paragraphs(client: ApiClient, words: Words) -> dict[str, Face]:
    text = kept.whole_text(client, PARAGRAPHS, words.language)
    return {
        f"paragraph:{one.id}": Face(
            escaped(words.fill("cards_which", title=one.title, heading=one.heading)),
            f"**{on_one_line(one.pinpoint)}**",
            one,
            reader_link(client, words, one.url),
        )
        for one in text.provisions
        if one.heading
    }


def _terms(client: ApiClient, words: Words) -> dict[str, Face]:
    """The terms that most paragraphs use."""
    often = sorted(subjects(client, words), key=lambda one: -len(one.places))
    return {
        f"term:{one.id}": Face(
            on_one_line(one.label),
            f"{escaped(one.definition)}  \n{on_one_line(one.places[0].title)}{words['comma']} {on_one_line(one.places[0].pinpoint)}",
            None,
            reader_link(client, words, one.places[0].url),
        )
        for one in often[:TERMS]
        if one.definition and one.places
    }
