"""Who is in it: the States that the declaration names, what the texts say of each, and the two answers to how many."""

from __future__ import annotations

import unicodedata

import streamlit as st

from ui import kept
from ui.api_client import ApiClient
from ui.brief_view import show_brief
from ui.markup import on_one_line
from ui.paragraph_view import SUMMARY, reader_link, show_words
from ui.study_data import State, States
from ui.wording import Words


def show_states(client: ApiClient, words: Words) -> None:
    """Draws it."""
    found = kept.fetch(client, States, "/v1/states", language=words.language)
    if not found.states or found.provision is None:
        st.caption(words["nothing_found"])
        return
    counted = words.fill(
        "states_counted", pinpoint=on_one_line(found.provision.pinpoint), title=on_one_line(found.provision.title), number=len(found.states)
    )
    st.markdown(f"**{counted[:1].upper()}{counted[1:]}** {words['states_count_honest']}")
    show_brief(client, words, found.provision, "states-list")
    if found.on_the_count:
        show_words(words, found.on_the_count[0])
    _show_one(client, words, found)
    for region in ("africa", "europe"):
        here = [one for one in found.states if one.region == region]
        st.subheader(f"{words[f'region_{region}']} ({len(here)})", anchor=False)
        _show_table(client, words, here)
    if found.beside:
        st.subheader(words["states_beside"], anchor=False)
        st.caption(words["states_beside_lead"])
        _show_table(client, words, list(found.beside))
    if found.on_the_count[1:]:
        st.subheader(words["states_more"], anchor=False)
        for one in found.on_the_count[1:]:
            show_brief(client, words, one, f"states-{one.id}")


def _show_one(client: ApiClient, words: Words, found: States) -> None:
    """All that is said of one State, in the words that name it."""
    named = {one.code: one for one in sorted((*found.states, *found.beside), key=_by_name)}
    code = st.selectbox(
        words["states_choose"],
        list(named),
        index=None,
        format_func=lambda one: named[one].name,
        key=f"state-{words.language}",
        placeholder=words["states_choose_none"],
    )
    if code is None:
        return
    one = named[code]
    with st.container(border=True, key="state-said"):
        listed = words.fill("states_listed_as", written=on_one_line(one.written)) if one.written else words["states_not_listed"]
        st.markdown(f"**{on_one_line(one.name)}**{words['colon']} {listed}")
        for mention in one.mentions:
            place = f"[{on_one_line(mention.title)}{words['comma']} {on_one_line(mention.pinpoint)}]({reader_link(client, words, mention.url)})"
            said = on_one_line(mention.words)
            # The words in a paragraph of their own: they run as their language does.
            if mention.tier == "digest":
                st.markdown(f"{SUMMARY} {place} ({words['tier_digest']})\n\n{said}")
            else:
                st.markdown(f"{place}\n\n> {words.fill('quoted', quote=said)}")


def _show_table(client: ApiClient, words: Words, here: list[State]) -> None:
    here = sorted(here, key=_by_name)
    st.table(
        {
            words["column_state"]: [on_one_line(one.name) for one in here],
            words["column_said"]: [_said(client, words, one) for one in here],
        },
        hide_index=True,
    )


def _said(client: ApiClient, words: Words, one: State) -> str:
    """Links to the paragraphs that name it, beyond the list."""
    if not one.mentions:
        return words["states_only_listed"]
    comma = f"{words['comma']} "
    return comma.join(f"[{on_one_line(mention.heading or mention.pinpoint)}]({reader_link(client, words, mention.url)})" for mention in one.mentions)


def _by_name(one: State) -> str:
    """Éthiopie stands among the letters E."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", one.name.casefold()) if not unicodedata.combining(letter))
