"""The texts: one alone or two side by side, with contents, search, and what can be done with a paragraph; or the subjects A to Z."""

from __future__ import annotations

import streamlit as st

from ui import kept
from ui.api_client import ApiClient, Instrument, ServiceError
from ui.citing import STYLES, cite, spoken_date
from ui.markup import escaped, on_one_line
from ui.note_basket import add_paragraph_button
from ui.paragraph_view import SUMMARY, reader_link, show_badges, show_links, show_notes, show_words
from ui.study_data import Paragraph
from ui.subject_index_view import show_subjects
from ui.trouble_view import show_trouble
from ui.wording import Words

A_PAGE = 10
"""Paragraphs shown at a time: more of them would make a phone wait."""


def show(client: ApiClient, words: Words) -> None:
    """Draws the page; the address names the text (?text=…) and the paragraph (&at=…)."""
    st.title(words["page_read"], anchor=False)
    held = {one.id: one for one in kept.instruments(client)}
    if not held:
        show_trouble(client, words, st.session_state.get("trouble") or ServiceError(words["failed"]), None)
        return
    views = ("text", "beside", "subjects")
    with st.container(horizontal=True):
        view = st.segmented_control(
            words["read_view"],
            views,
            default="text",
            format_func=lambda one: words[f"read_{one}"],
            required=True,
            key="read_view",
            label_visibility="collapsed",
        )
    if view == "subjects":
        show_subjects(client, words)
        return
    asked = st.query_params.get("text")
    first = _choose(words, held, "read_first", asked if asked in held else next(iter(held)))
    if view == "text":
        st.query_params["text"] = first
        _show_text(client, words, held[first], "a")
        return
    second = _choose(words, held, "read_second", next((id for id in held if id != first), first))
    left, right = st.columns(2, gap="medium")
    with left:
        _show_text(client, words, held[first], "a")
    with right:
        _show_text(client, words, held[second], "b")


def _choose(words: Words, held: dict[str, Instrument], key: str, default: str) -> str:
    ids = list(held)
    if key not in st.session_state:
        st.session_state[key] = default
    return str(st.selectbox(words[key], ids, format_func=lambda id: held[id].short.get(words.language, id), key=key) or default)


def _show_text(client: ApiClient, words: Words, instrument: Instrument, side: str) -> None:
    try:
        text = kept.whole_text(client, instrument.id, words.language)
    except ServiceError as error:
        show_trouble(client, words, error, None)
        return
    st.header(on_one_line(text.title), anchor=False)
    _show_head(words, instrument)
    found = st.text_input(words["read_search"], key=f"search-{side}", icon=":material/search:", max_chars=100).strip().casefold()
    chosen = text.provisions
    if found:
        chosen = tuple(one for one in chosen if found in f"{one.pinpoint} {one.heading} {one.text}".casefold())
        st.caption(words.fill("read_found", number=len(chosen)))
    with st.expander(words["contents"], icon=":material/toc:"):
        for one in chosen:
            st.button(
                on_one_line(f"{one.pinpoint} {one.heading}"),
                key=f"go-{side}-{one.id}",
                type="tertiary",
                wrap=True,
                on_click=_go,
                args=(side, instrument.id, one.label),
            )
    for one in _on_this_page(words, chosen, instrument.id, side):
        _show_one(client, words, instrument, one, side, found)


def _go(side: str, instrument: str, label: str) -> None:
    st.session_state[f"at-{side}-{instrument}"] = label


def _on_this_page(words: Words, chosen: tuple[Paragraph, ...], instrument: str, side: str) -> tuple[Paragraph, ...]:
    """Those of the page that is open; a paragraph that was asked for comes first."""
    key = f"at-{side}-{instrument}"
    asked = st.session_state.pop(key, None) or (st.query_params.get("at") if side == "a" and f"seen-{instrument}" not in st.session_state else None)
    st.session_state[f"seen-{instrument}"] = True
    starts = list(range(0, len(chosen), A_PAGE))
    if len(starts) < 2:
        return chosen
    page_key = f"page-{side}-{instrument}"
    place = next((place for place, one in enumerate(chosen) if one.label == asked), None)
    if place is not None:
        st.session_state[page_key] = place // A_PAGE * A_PAGE
    elif st.session_state.get(page_key) not in starts:
        st.session_state[page_key] = 0

    def named(start: int) -> str:
        last = chosen[min(start + A_PAGE, len(chosen)) - 1]
        return f"{chosen[start].pinpoint} – {last.pinpoint}"

    start = st.selectbox(words["read_part"], starts, format_func=named, key=page_key)
    begin = place if place is not None else int(start or 0)
    end = (begin // A_PAGE + 1) * A_PAGE
    return chosen[begin : max(end, begin + 1)]


def _show_head(words: Words, instrument: Instrument) -> None:
    digest = instrument.tier == "digest"
    facts = [spoken_date(instrument.date, words.language), on_one_line(instrument.symbol)]
    st.markdown(f":{'orange' if digest else 'blue'}-badge[{words['digest' if digest else 'official_text']}]", width="content")
    if any(facts):
        st.caption(" · ".join(fact for fact in facts if fact))
    if digest:
        st.warning(words["digest_notice"], icon=SUMMARY)
    if instrument.address.startswith(("https://", "http://")):
        st.link_button(words["official_address"], instrument.address, icon=":material/open_in_new:", type="tertiary")


def _show_one(client: ApiClient, words: Words, instrument: Instrument, one: Paragraph, side: str, found: str) -> None:
    key = f"{side}-{one.id}"
    with st.container(border=True, key=f"paragraph-{side}-{one.instrument}-{one.label.replace('.', '_')}"):
        st.subheader(on_one_line(f"{one.pinpoint} {one.heading}".strip()), anchor=one.label if side == "a" else False)
        show_badges(words, one)
        place = one.text.casefold().find(found) if found else -1
        show_words(words, one, start=max(place, 0), end=place + len(found) if place >= 0 else 0)
        show_notes(words, one)
        show_links(client, words, one)
        with st.container(horizontal=True, gap="small", key=f"do-{key}"):
            if st.button(words["ask_about"], icon=":material/forum:", type="tertiary", key=f"ask-{key}"):
                st.session_state.pending = words.fill("ask_about_question", pinpoint=one.pinpoint, title=one.title)
                st.switch_page(st.session_state.pages["ask"])
            with st.popover(words["cite"], icon=":material/format_quote:", type="tertiary", key=f"cite-{key}"):
                for style in STYLES:
                    st.caption(words[f"style_{style}"])
                    st.code(cite(style, instrument, one, words, client.public_address), language=None, wrap_lines=True)
            add_paragraph_button(words, one, key)
            st.link_button(words["permalink"], reader_link(client, words, one.url), icon=":material/link:", type="tertiary", key=f"link-{key}")


def show_brief(client: ApiClient, words: Words, one: Paragraph, key: str) -> None:
    """A paragraph in a closed box, for pages that rest on it."""
    with st.expander(on_one_line(f"{one.title}{words['comma']} {one.pinpoint}: {one.heading}"), icon=SUMMARY if one.tier == "digest" else None):
        show_badges(words, one)
        show_words(words, one)
        st.markdown(f"[{escaped(words['read_in_context'])}]({reader_link(client, words, one.url)})")
        add_paragraph_button(words, one, key)
