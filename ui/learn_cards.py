"""Flashcards: which paragraph speaks of what, and what the terms mean."""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import dataclass

import streamlit as st
from babel.dates import format_timedelta

from ui import kept
from ui.api_client import ApiClient
from ui.browser_kept import keep
from ui.deck import RATINGS, Deck, NotADeck
from ui.markup import escaped, on_one_line
from ui.paragraph_view import reader_link, show_badges, show_words
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
    deck: Deck = st.session_state.setdefault("deck", Deck())
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
    ids, now = list(faces), dt.datetime.now(dt.UTC)
    seen = sum(id in deck.cards for id in ids)
    st.progress(seen / len(ids) if ids else 0.0, text=words.fill("cards_seen", seen=seen, number=len(ids), due=deck.due(ids, now)))
    id = deck.next(ids, now)
    if id is None:
        due = deck.next_due(ids)
        when = _in(due - now, words) if due else ""
        st.success(words.fill("cards_done", when=when), icon=":material/check_circle:")
        st.button(words["cards_look_again"], icon=":material/refresh:", key="cards-again")
    else:
        _show_card(client, words, deck, id, faces[id], now)
    _show_progress(words, deck)
    keep("deck", deck.to_json() if deck.cards else "", _restore)


def _restore(text: str) -> None:
    # What the tab kept is not ours to trust: if it is no deck, one begins anew.
    with contextlib.suppress(NotADeck):
        st.session_state.deck = Deck.from_json(text)


def _show_progress(words: Words, deck: Deck) -> None:
    state = st.session_state
    with st.expander(words["cards_progress"], icon=":material/save:"):
        st.caption(words["cards_kept"])
        st.download_button(
            words["cards_export"], deck.to_json(), "flashcards.json", "application/json", icon=":material/download:", on_click="ignore"
        )
        file = st.file_uploader(words["cards_import"], type="json", key="cards_import")
        if file is not None and state.get("cards_read") != file.file_id:
            try:
                state.deck = Deck.from_json(file.getvalue())
            except NotADeck:
                st.error(words["cards_not_a_deck"], icon=":material/error:")
            else:
                state.cards_read = file.file_id
                st.toast(words["cards_imported"], icon=":material/check:")
                st.rerun()


def _show_card(client: ApiClient, words: Words, deck: Deck, id: str, face: Face, now: dt.datetime) -> None:
    with st.container(border=True, key="card"):
        st.subheader(face.front, anchor=False)
        if st.session_state.get("turned") != id:
            st.button(words["cards_turn"], type="primary", icon=":material/flip:", on_click=_turn, args=(id,))
            return
        st.markdown(face.back)
        if face.paragraph:
            show_badges(words, face.paragraph)
            show_words(words, face.paragraph)
        st.markdown(f"[{words['read_in_context']}]({face.url})")
    st.caption(words["cards_rate"])
    with st.container(horizontal=True, key="ratings"):
        for rating in RATINGS:
            label = f"{words[f'rate_{rating}']} · {_in(deck.preview(id, rating, now), words)}"
            st.button(label, key=f"rate-{rating}", on_click=_rate, args=(deck, id, rating))


def _in(span: dt.timedelta, words: Words) -> str:
    return str(format_timedelta(max(span, dt.timedelta(minutes=1)), granularity="minute", threshold=1, locale=words.language))


def _turn(id: str) -> None:
    st.session_state.turned = id


def _rate(deck: Deck, id: str, rating: str) -> None:
    deck.review(id, rating, dt.datetime.now(dt.UTC))
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
        for one in [one for one in often if one.definition and one.places][:TERMS]
    }
