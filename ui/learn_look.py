"""Style rules of the pages with tables. A constant, as in `look`: no text from the service or the user goes into `st.html`."""

from __future__ import annotations

import streamlit as st

# Streamlit holds the words of a cell to 400 px, and to the left; a table is as wide as the page and runs as its language does.
RULES = """<style>
[data-testid="stTable"] [data-testid="stMarkdownContainer"] { max-width: none !important; display: block !important; }
[data-testid="stTable"] :is(td, th) { text-align: start !important; vertical-align: top; }
[data-testid="stTable"] table { width: 100%; }
[data-testid="stMarkdownContainer"] :is(ul, ol) { padding-inline: 1.4rem 0; }
[class*="st-key-item-"] [data-testid="stRadio"] label { padding-block: 0.3rem; }
[class*="st-key-card"] [data-testid="stHeading"] { text-wrap: balance; }
</style>"""


def apply() -> None:
    """Adds the rules to the page."""
    st.html(RULES)
