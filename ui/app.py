"""The front end, run by `streamlit run ui/app.py`. Its settings are read here and nowhere else:

KHARTOUM_API_URL: the service's address; default http://localhost:KHARTOUM_API_PORT (8000).
KHARTOUM_PUBLIC_URL: the service as the user's browser reaches it, for links to the reader; default the same.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import streamlit as st

from ui import about_page, ask_page, compare_page, conversations, learn_page, look, note_page, read_page
from ui.api_client import ApiClient
from ui.wording import LANGUAGES, Words, words_in

# A file of ours: the browser would fetch a Material icon for the tab from another host.
ICON = Path(__file__).parent / "icon.png"


@st.cache_resource(show_spinner=False)
def open_client(address: str, public_address: str) -> ApiClient:
    """One for all sessions, so that connections are kept."""
    return ApiClient(address, public_address)


def choose_language() -> Words:
    """In the sidebar, and kept in the address (?language=fr), so that a link opens in the same language."""
    chosen = st.session_state.get("language") or st.query_params.get("language")
    words = words_in(chosen if chosen in LANGUAGES else LANGUAGES[0])
    with st.sidebar:
        picked = st.segmented_control(
            words["language"],
            LANGUAGES,
            default=words.language if "language" not in st.session_state else None,
            format_func=lambda language: words_in(language)["name"],
            required=True,
            key="language",
        )
    words = words_in(picked or words.language)
    st.query_params["language"] = words.language
    return words


def main() -> None:
    """Draws the page that is asked for."""
    address = os.environ.get("KHARTOUM_API_URL") or f"http://localhost:{os.environ.get('KHARTOUM_API_PORT') or '8000'}"
    client = open_client(address, os.environ.get("KHARTOUM_PUBLIC_URL") or address)
    st.set_page_config(page_title="Khartoum Process assistant", page_icon=str(ICON), layout="centered")
    words = choose_language()
    look.apply(words["direction"])
    shown = (
        ("ask", ask_page.show, ":material/forum:"),
        ("read", read_page.show, ":material/menu_book:"),
        ("learn", learn_page.show, ":material/school:"),
        ("compare", compare_page.show, ":material/compare_arrows:"),
        ("note", note_page.show, ":material/description:"),
        ("about", about_page.show, ":material/info:"),
    )
    pages = {
        name: st.Page(partial(draw, client, words), title=words[f"page_{name}"], icon=icon, url_path=name, default=name == "ask")
        for name, draw, icon in shown
    }
    st.session_state.pages = pages
    page = st.navigation(list(pages.values()))
    with st.sidebar:
        if page == pages["ask"]:
            st.button(words["new_conversation"], icon=":material/add_comment:", width="stretch", on_click=ask_page.start_anew)
            listed = st.container()
        st.caption(words["not_official"])
    page.run()
    if page == pages["ask"]:
        # After the page has run: the conversation that it has just begun is listed as well.
        with listed:
            conversations.show_list(client, words)


main()
