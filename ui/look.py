"""Our own style rules. Constants, and nothing else, may go into `st.html`: no text from the service or the user ever does."""

from __future__ import annotations

import streamlit as st

# `plaintext` gives each paragraph the direction of its own first letter, so an Arabic answer with an English quote reads well.
RULES = """<style>
[data-testid="stMarkdownContainer"] p, [data-testid="stMarkdownContainer"] li, [data-testid="stCaptionContainer"] p,
[data-testid="stMarkdownContainer"] h3, [data-testid="stHeading"] :is(h1, h2, h3), [data-testid="stCode"] code, [data-testid="stChatInputTextArea"] {
  unicode-bidi: plaintext;
  text-align: start;
}
[data-testid="stMarkdownContainer"] p:has(> .stMarkdownBadge:first-child) { unicode-bidi: isolate; }
[data-testid="stMainBlockContainer"] { padding-top: 3rem; max-width: 48rem; overflow-wrap: anywhere; }
[data-testid="stElementContainer"]:has(> [data-testid="stHtml"] > style:only-child) { position: absolute; }
[data-testid="stBottomBlockContainer"] { max-width: 48rem; padding-block: 0.25rem 1.5rem; }
[data-testid="stMainBlockContainer"] [data-testid="stMarkdown"] p { line-height: 1.65; }
[data-testid="stCaptionContainer"] { color: inherit; opacity: 0.8; }
[data-testid="stPopoverBody"] { max-width: min(32rem, calc(100vw - 2rem)) !important; }
/* Room beside marked words would look like a space in the text. */
[data-testid="stMarkdownContainer"] .stMarkdownColoredBackground { padding-inline: 0 !important; }
/* What Streamlit says of the keys to press is in English, and lies over the words in Arabic. */
[data-testid="InputInstructions"] { display: none; }
/* Its letters on the main colour are white, which is hard to read on the light one of a dark page. */
button[data-testid^="stBaseButton-primary"]:not(:disabled) { color: light-dark(#ffffff, #12181f); }
[data-testid="stTable"] :is(td, th, td *) { white-space: normal; overflow-wrap: anywhere; }
[data-testid="stTable"] [data-testid="stMarkdownContainer"] { overflow: visible; }
[data-testid="stVegaLiteChart"] { direction: ltr; }
:is(h1, h2, h3, h4)[id] { scroll-margin-top: 4rem; }
[tabindex="-1"]:focus { outline: none; }
[class*="st-key-paragraph-"]:has([data-goal]) { box-shadow: 0 0 0 2px color-mix(in srgb, currentColor 35%, transparent); }
:is(.st-key-browser-link, .st-key-browser-kept) { position: absolute; width: 0; height: 0; overflow: hidden; }
:is(.st-key-browser-link, .st-key-browser-kept) * { width: 0; }

/* Official words look like a printed text; nothing else is set like them. */
[data-testid="stMarkdownContainer"] blockquote {
  margin: 0 0 0.5rem;
  padding-block: 0.1rem;
  padding-inline: 1rem 0;
  border: 0;
  border-inline-start: 3px solid color-mix(in srgb, currentColor 45%, transparent);
  color: inherit;
  opacity: 1;
}
[data-testid="stMarkdownContainer"] blockquote p {
  font-family: "Source Serif", "Noto Naskh Arabic", Georgia, serif;
  font-size: 1.06rem;
  line-height: 1.7;
}
[data-testid="stMarkdownContainer"] blockquote p:last-child { margin-bottom: 0; }
[class*="st-key-official-words-"] td:last-child [data-testid="stMarkdownContainer"] * {
  font-family: "Source Serif", "Noto Naskh Arabic", Georgia, serif;
}

.st-key-head-small h1 { font-size: 1.1rem; opacity: 0.8; padding-block: 0 0.75rem; }
[data-testid="stBottomBlockContainer"] > [data-testid="stVerticalBlock"] { gap: 0.1rem; }

/* A conversation: the question in its own box, the answer in the open. */
[data-testid="stChatMessage"] { padding-inline: 0; background: transparent; gap: 0.75rem; }
[class*="st-key-asked-"] [data-testid="stChatMessage"] {
  padding: 0.75rem 1rem;
  border-radius: 0.5rem;
  background: color-mix(in srgb, currentColor 6%, transparent);
}
[class*="st-key-asked-"] [data-testid="stMarkdownContainer"] p { font-weight: 600; }
[class*="st-key-suggestions"] button { justify-content: flex-start; text-align: start; }
[class*="st-key-suggestions"] button > div { justify-content: flex-start; }
:is([class*="st-key-foot-"], [class*="st-key-do-"]) { column-gap: 1.25rem; row-gap: 0; }
[class*="st-key-foot-"] > :has([class*="st-key-thumbs-"]) { flex: none; }
[class*="st-key-thumbs-"] { flex-wrap: nowrap; width: max-content; }
[class*="st-key-sources-"] button { height: auto; min-height: 2rem; }
[class*="st-key-sources-"] button :is(span, p) { white-space: normal; text-align: start; }
/* The room that a long link takes, before it is there: the box opens to the side where there is enough. */
[class*="st-key-link-"] { min-height: 11rem; }
[data-testid="stMarkdownContainer"] a[href^="#cite-"] { text-decoration: none; }

/* The list of conversations: quiet rows, the open one marked. */
[class*="st-key-row-"] { border-radius: 0.25rem; padding-inline: 0.5rem; min-height: 2.25rem; }
[class*="st-key-row-open-"] { background: color-mix(in srgb, currentColor 9%, transparent); }
[class*="st-key-row-"] [class*="st-key-open-"] button > div { justify-content: flex-start; }

/* Buttons with a sign alone: the name stays for those who listen. */
:is([class*="st-key-manage-"], [class*="st-key-up-"], [class*="st-key-down-"]) button [data-testid="stMarkdownContainer"] {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
}
:is([class*="st-key-manage-"], [class*="st-key-down-"]) button > div > [aria-hidden="true"] { display: none; }

/* The contents stand beside the text where there is room, and fold above it where there is none. */
[data-testid="stColumn"]:has(.st-key-contents-beside) {
  position: sticky;
  top: 4rem;
  align-self: flex-start;
  max-height: calc(100vh - 5rem);
  overflow-y: auto;
}
.st-key-contents-beside :is(ul, li) { list-style: none; margin: 0; padding: 0; }
.st-key-contents-beside li { line-height: 1.4; padding-block: 0.2rem; font-size: 0.9rem; }
[class*="st-key-contents-"] a { text-decoration: none; }
[class*="st-key-contents-"] a:hover { text-decoration: underline; }
@media (min-width: 900px) { .st-key-contents-above { display: none; } }
@media (max-width: 899px) {
  [data-testid="stColumn"]:has(.st-key-contents-beside) { display: none; }
}
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding-inline: 1rem; }
  [data-testid="stBottomBlockContainer"] { padding-inline: 1rem; padding-bottom: 0.75rem; }
}
</style>"""

WIDE = """<style>
[data-testid="stMainBlockContainer"] { max-width: 72rem; }
</style>"""

RIGHT_TO_LEFT = """<style>
html, body, [data-testid="stApp"], [data-testid="stMainBlockContainer"], [data-testid="stSidebarUserContent"],
[data-testid="stBottomBlockContainer"], [data-testid="stPopoverBody"], [data-testid="stSidebarNav"] {
  direction: rtl;
  text-align: right;
}
[data-testid="stCheckbox"] label > :first-child { direction: ltr; }

/* Streamlit hides its sidebar to the left, which here would be into the page. */
[data-testid="stSidebar"] { transform: none !important; overflow: hidden; }
[data-testid="stSidebarCollapseButton"] span, [data-testid="stExpandSidebarButton"] span { transform: scaleX(-1); }
[data-variant="segmented_control"]:first-child { border-radius: 0 0.35rem 0.35rem 0; margin: 0 0 0 -1px; }
[data-variant="segmented_control"]:not([aria-checked="true"]) { border-color: color-mix(in srgb, currentColor 18%, transparent) !important; }
[data-variant="segmented_control"][aria-checked="true"] { z-index: 1; }
/* Lists that drop down stand outside the page. */
:is([data-testid="stSelectboxVirtualDropdown"], [data-testid="stMultiSelectDropdown"]) { direction: rtl; text-align: right; }
[data-variant="segmented_control"]:last-child { border-radius: 0.35rem 0 0 0.35rem; }
</style>"""


def apply(direction: str, *, wide: bool) -> None:
    """Adds the rules to the page; `direction` is ltr or rtl, and `wide` gives the page more than a column of text."""
    st.html(RULES)
    if wide:
        st.html(WIDE)
    if direction == "rtl":
        st.html(RIGHT_TO_LEFT)
