"""Who is in it: the States that the declaration names, what the texts say of each, and the two answers to how many."""

from __future__ import annotations

import streamlit as st

from ui import kept
from ui.api_client import ApiClient
from ui.markup import on_one_line
from ui.paragraph_view import reader_link
from ui.read_page import show_brief
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
    counted = counted[:1].upper() + counted[1:]
    st.markdown(f"**{counted}** {words['states_count_honest']}")
    show_brief(client, words, found.provision, "states-list")
    for one in found.on_the_count:
        show_brief(client, words, one, f"states-{one.id}")
    for region in ("africa", "europe"):
        here = [one for one in found.states if one.region == region]
        st.subheader(f"{words[f'region_{region}']} ({len(here)})", anchor=False)
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
