"""Our own style rules. Constants, and nothing else, may go into `st.html`: no text from the service or the user ever does."""

from __future__ import annotations

import streamlit as st

# `plaintext` gives each paragraph the direction of its own first letter, so an Arabic answer with an English quote reads well.
RULES = """<style>
[data-testid="stMarkdownContainer"] p, [data-testid="stMarkdownContainer"] li, [data-testid="stCaptionContainer"] p,
[data-testid="stHeading"] :is(h1, h2, h3), [data-testid="stCode"] code, [data-testid="stChatInputTextArea"] {
  unicode-bidi: plaintext;
  text-align: start;
}
[data-testid="stMainBlockContainer"] { padding-top: 3.5rem; max-width: 48rem; overflow-wrap: anywhere; }
[data-testid="stMainBlockContainer"] [data-testid="stMarkdown"] p { line-height: 1.6; }
[data-testid="stCaptionContainer"] { color: inherit; opacity: 0.8; }
[data-testid="stPopoverBody"] { max-width: min(38rem, calc(100vw - 2rem)); }
[data-testid="stTable"] :is(td, th, td *) { white-space: normal; overflow-wrap: anywhere; }
[data-testid="stVegaLiteChart"] { direction: ltr; }
[data-testid="stChatMessage"] { padding-inline: 0; background: transparent; }
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding-inline: 1rem; }
  [data-testid="stBottomBlockContainer"] { padding-inline: 1rem; }
}
</style>"""

RIGHT_TO_LEFT = """<style>
[data-testid="stMainBlockContainer"], [data-testid="stSidebarUserContent"],
[data-testid="stBottomBlockContainer"], [data-testid="stPopoverBody"], [data-testid="stSidebarNav"] {
  direction: rtl;
  text-align: right;
}
[data-testid="stCheckbox"] label > :first-child { direction: ltr; }
</style>"""


def apply(direction: str) -> None:
    """Adds the rules to the page; `direction` is ltr or rtl."""
    st.html(RULES)
    if direction == "rtl":
        st.html(RIGHT_TO_LEFT)
