"""A provision on the page: official words as a quotation of them, a summary set apart and marked, its verb, its notes, its links."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from ui.api_client import ApiClient
from ui.markup import apart, on_one_line, with_marks
from ui.study_data import Link, Paragraph
from ui.wording import Words

SUMMARY = ":material/summarize:"
COLOURS = {"recall": "gray", "encourage": "blue", "commit": "violet", "decide": "green", "oblige": "red"}


def show_words(words: Words, one: Paragraph, *, start: int = 0, end: int = 0, marks: Sequence[tuple[int, int]] = ()) -> None:
    """The text itself; a digest in a box of its own under its name, so that nobody takes it for the official words.

    Args:
        words: The page's words.
        one: The provision.
        start: Where the words that are marked begin.
        end: Where they end; `start` marks nothing.
        marks: More words to mark, by start and end, in their order and apart from each other.
    """
    spans = [(start, end)] if end > start else list(marks)
    text = with_marks(one.text, spans)
    if one.tier == "digest":
        st.info(f"**{words['digest']}**  \n{text}", icon=SUMMARY)
        if one.source:
            st.caption(f"{words['source']}{words['colon']} {apart(one.source)}")
    else:
        st.markdown("\n".join(f"> {line}" for line in text.split("\n")))


def named(one: Paragraph) -> str:
    """Its number and heading; a heading that begins with the number stands for both."""
    if one.heading.casefold().startswith(one.pinpoint.casefold()):
        return one.heading
    return f"{one.pinpoint} · {one.heading}" if one.heading else one.pinpoint


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
        st.caption(f"{words['note']}{words['colon']} {apart(note.text)}")


def show_links(client: ApiClient, words: Words, one: Paragraph) -> None:
    """What it names, and what names it."""
    for key, links in (("links", one.links), ("links_here", one.links_here)):
        listed = " · ".join(dict.fromkeys(link_to(client, words, link) for link in links))
        if listed:
            st.caption(f"{words[key]}{words['colon']} {listed}")


def link_to(client: ApiClient, words: Words, link: Link) -> str:
    """A link to the page of texts as Markdown."""
    name = f"{link.title}{words['comma']} {link.pinpoint}" if link.pinpoint else link.title
    return f"[{on_one_line(name)}]({reader_link(client, words, link.url)})"


def reader_link(client: ApiClient, words: Words, url: str) -> str:
    """Where the page of texts shows what the service gave as `/read/…#…`."""
    path, _, label = url.partition("#")
    return in_app_link(words, path.removeprefix("/read/"), label)


def in_app_link(words: Words, instrument: str, label: str = "", **marks: int) -> str:
    """The page of texts at a provision, with the words from `start` to `end` marked; it opens in this session (browser/link.js)."""
    query = {"text": instrument} | ({"at": label} if label else {}) | {name: str(place) for name, place in marks.items()}
    return f"./read?{urlencode(query | {'language': words.language})}"


def permalink(client: ApiClient, one: Paragraph) -> str:
    """The provision's permanent address, at the service."""
    return f"{client.public_address}{one.url}"
