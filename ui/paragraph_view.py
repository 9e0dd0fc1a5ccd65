"""A provision on the page: official words plainly, a summary set apart and marked, its verb, its notes, its links."""

from __future__ import annotations

import streamlit as st

from ui.api_client import ApiClient
from ui.markup import escaped, on_one_line, with_mark
from ui.study_data import Link, Paragraph
from ui.wording import Words

SUMMARY = ":material/summarize:"
COLOURS = {"recall": "gray", "encourage": "blue", "commit": "violet", "decide": "green", "oblige": "red"}


def show_words(words: Words, one: Paragraph, *, start: int = 0, end: int = 0) -> None:
    """The text itself; a digest in a box of its own under a badge, so that nobody takes it for the official words."""
    if one.tier == "digest":
        st.info(f"**{words['digest']}**  \n{escaped(one.text)}", icon=SUMMARY)
        if one.source:
            st.caption(f"{words['source']}: {escaped(one.source)}")
    else:
        st.markdown(with_mark(one.text, start, end))


def show_badges(words: Words, one: Paragraph) -> None:
    """Part, and the strength of the verb."""
    if one.tier == "digest":
        return
    pieces = [f":gray-badge[{words[f'part_{one.part}']}]"] if f"part_{one.part}" in words.texts else []
    pieces += [strength_badge(words, one)] if one.strength in COLOURS else []
    if pieces:
        st.markdown(" ".join(pieces))


def strength_badge(words: Words, one: Paragraph) -> str:
    """The verb and how much it undertakes, as Markdown; "" where the provision opens with no known verb."""
    if one.strength not in COLOURS:
        return ""
    said = f"{on_one_line(one.verb_words)} · " if one.verb_words else ""
    return f":{COLOURS[one.strength]}-badge[{said}{words[f'strength_{one.strength}']}]"


def show_notes(words: Words, one: Paragraph) -> None:
    """Its footnotes, in place."""
    for note in one.notes:
        st.caption(f"{words['note']}: {escaped(note.text)}")


def show_links(client: ApiClient, words: Words, one: Paragraph) -> None:
    """What it names, and what names it."""
    for key, links in (("links", one.links), ("links_here", one.links_here)):
        listed = ", ".join(dict.fromkeys(link_to(client, words, link) for link in links))
        if listed:
            st.caption(f"{words[key]}: {listed}")


def link_to(client: ApiClient, words: Words, link: Link) -> str:
    """A link to the reader as Markdown."""
    name = f"{link.title}{words['comma']} {link.pinpoint}" if link.pinpoint else link.title
    return f"[{on_one_line(name)}]({reader_link(client, words, link.url)})"


def reader_link(client: ApiClient, words: Words, url: str) -> str:
    """The reader's address of what the service gave as `/read/…#…`, in the page's language."""
    path, _, anchor = url.partition("#")
    return f"{client.public_address}{path}?language={words.language}" + (f"#{anchor}" if anchor else "")
