"""The front end, run by `streamlit run ui/app.py`. Its settings are read here and nowhere else:

KHARTOUM_API_URL: the service's address; default http://localhost:KHARTOUM_API_PORT (8000).
KHARTOUM_PUBLIC_URL: the service as the user's browser reaches it, for links to the reader; default the same.
"""

from __future__ import annotations

import os
from functools import partial
from importlib import import_module
from pathlib import Path

import streamlit as st

from ui import address, browser_link, builtin_words, conversations, look, note_basket
from ui.api_client import ApiClient
from ui.wording import LANGUAGES, Words, words_in

# A file of ours: the browser would fetch a Material icon for the tab from another host.
ICON = Path(__file__).parent / "icon.png"

PAGES = {
    "ask": ":material/forum:",
    "read": ":material/menu_book:",
    "learn": ":material/school:",
    "compare": ":material/compare_arrows:",
    "note": ":material/description:",
    "about": ":material/info:",
}


@st.cache_resource(show_spinner=False)
def open_client(address: str, public_address: str) -> ApiClient:
    """One for all sessions, so that connections are kept."""
    return ApiClient(address, public_address)


def choose_language() -> Words:
    """In the sidebar; what the address says (?language=fr) comes first, then the browser's own. The address follows by browser/link.js."""
    spoken = (st.context.locale or "").partition("-")[0]
    first = spoken if spoken in LANGUAGES else LANGUAGES[0]
    known = st.session_state.get("language") or st.query_params.get("language")
    words = words_in(known if known in LANGUAGES else first)
    with st.sidebar:
        picked = st.segmented_control(
            words["language"],
            LANGUAGES,
            default=words.language if "language" not in st.session_state else None,
            format_func=lambda language: words_in(language)["name"],
            required=True,
            key="language",
        )
    return words_in(picked or words.language)


def draw(page: str, client: ApiClient, words: Words) -> None:
    """Draws a page; its module is loaded when it is first needed, so that the first page does not wait for all of them."""
    import_module(f"ui.{page}_page").show(client, words)


def main() -> None:
    """Draws the page that is asked for."""
    service = os.environ.get("KHARTOUM_API_URL") or f"http://localhost:{os.environ.get('KHARTOUM_API_PORT') or '8000'}"
    client = open_client(service, os.environ.get("KHARTOUM_PUBLIC_URL") or service)
    words = choose_language()
    st.set_page_config(page_title=words["title"], page_icon=str(ICON), layout="centered")
    pages = {
        name: st.Page(partial(draw, name, client, words), title=words[f"page_{name}"], icon=icon, url_path=name, default=name == "ask")
        for name, icon in PAGES.items()
    }
    st.session_state.pages = pages
    page = st.navigation(list(pages.values()))
    address.note_page(page.url_path)
    look.apply(words["direction"], wide=page == pages["read"])
    with st.sidebar:
        if page == pages["ask"]:
            st.button(words["new_conversation"], icon=":material/add_comment:", width="stretch", on_click=conversations.start_anew)
            listed = st.container(gap="small")
        st.caption(words["not_official"])
    page.run()
    if page == pages["ask"]:
        # After the page has run: the conversation that it has just begun is listed as well.
        with listed:
            conversations.show_list(client, words)
    else:
        browser_link.connect(words)
    with st.container(key="browser-kept"):
        note_basket.keep_basket()
        builtin_words.translate(words)


main()
