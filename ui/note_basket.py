"""What was chosen for a briefing note, in this session; any page can add to it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui.api_client import Reply
from ui.study_data import Paragraph
from ui.wording import Words

MOST = 60


def basket() -> list[dict[str, Any]]:
    """The items in order, each as `POST /v1/notes` takes it, with a `name` to show and a `number` of its own."""
    items: list[dict[str, Any]] = st.session_state.setdefault("note_items", [])
    return items


def add(item: dict[str, Any]) -> None:
    """Adds an item at the end, unless it is there already or the note is full."""
    items = basket()
    bare = {key: value for key, value in item.items() if key != "number"}
    known = any({key: value for key, value in one.items() if key not in ("number", "remark")} == bare for one in items)
    if not known and len(items) < MOST:
        number = st.session_state.note_number = st.session_state.get("note_number", 0) + 1
        items.append(item | {"number": number, "remark": ""})


def add_answer_button(words: Words, question: str, reply: Reply, key: str) -> None:
    """Puts an answer into the note."""
    citations = [{"id": one.id, "quote": one.quote, "start": one.start, "end": one.end} for one in reply.citations]
    item = {"name": question, "question": question, "answer": reply.answer, "citations": citations}
    st.button(words["note_add"], icon=":material/note_add:", type="tertiary", key=f"note-{key}", on_click=_add_and_say, args=(item, words))


def add_paragraph_button(words: Words, one: Paragraph, key: str) -> None:
    """Puts a provision into the note."""
    item = {"name": f"{one.title}, {one.pinpoint}", "question": "", "answer": "", "citations": [{"id": one.id}]}
    st.button(words["note_add"], icon=":material/note_add:", type="tertiary", key=f"note-{key}", on_click=_add_and_say, args=(item, words))


def _add_and_say(item: dict[str, Any], words: Words) -> None:
    add(item)
    st.toast(words["note_added"], icon=":material/check:")
