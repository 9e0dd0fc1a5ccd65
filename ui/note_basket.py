"""What was chosen for a briefing note, in this session; any page can add to it."""

from __future__ import annotations

import json
from typing import Any

import streamlit as st
from pydantic import BaseModel, Field, ValidationError

from ui.api_client import Reply
from ui.browser_kept import keep
from ui.study_data import Paragraph
from ui.wording import Words

MOST = 200


class _Citation(BaseModel):
    id: str = Field(max_length=200)
    quote: str = Field("", max_length=20_000)
    start: int = Field(0, ge=0)
    end: int = Field(0, ge=0)


class _Item(BaseModel):
    name: str = Field(max_length=3000)
    question: str = Field("", max_length=2000)
    answer: str = Field("", max_length=20_000)
    citations: list[_Citation] = Field(default_factory=list, max_length=50)
    remark: str = Field("", max_length=5000)


class _Kept(BaseModel):
    title: str = Field("", max_length=300)
    items: list[_Item] = Field(default_factory=list, max_length=MOST)


def basket() -> list[dict[str, Any]]:
    """The items in order, each as `POST /v1/notes` takes it, with a `name` to show and a `number` of its own."""
    items: list[dict[str, Any]] = st.session_state.setdefault("note_items", [])
    return items


def add(item: dict[str, Any]) -> None:
    """Adds an item at the end, unless it is there already or the note is full."""
    items = basket()
    if len(items) < MOST and not (item["citations"] and _places(item)):
        number = st.session_state.note_number = st.session_state.get("note_number", 0) + 1
        items.append({"remark": ""} | item | {"number": number})


def room() -> int:
    """How many items more it takes."""
    return MOST - len(basket())


def _places(item: dict[str, Any]) -> list[int]:
    """Where an item stands already, whatever it is called and remarked upon."""
    return [place for place, one in enumerate(basket()) if all(one[key] == item[key] for key in ("question", "answer", "citations"))]


def paragraph_item(words: Words, one: Paragraph) -> dict[str, Any]:
    """A provision as an item, named in the page's language."""
    return {"name": f"{one.title}{words['comma']} {one.pinpoint}", "question": "", "answer": "", "citations": [{"id": one.id}]}


def add_answer_button(words: Words, question: str, reply: Reply, key: str) -> None:
    """Puts an answer into the note."""
    citations = [{"id": one.id, "quote": one.quote, "start": one.start, "end": one.end} for one in reply.citations]
    add_button(words, words["note_add"], [{"name": question, "question": question, "answer": reply.answer, "citations": citations}], key)


def add_paragraph_button(words: Words, one: Paragraph, key: str) -> None:
    """Puts a provision into the note."""
    add_button(words, words["note_add"], [paragraph_item(words, one)], key)


def add_button(words: Words, label: str, items: list[dict[str, Any]], key: str) -> None:
    """Puts items into the note; once they are in, says so, and takes them out again. A full note says that it is."""
    missing = [item for item in items if not _places(item)]
    full = len(missing) > room()
    st.button(
        label if missing else words["note_in"],
        icon=":material/note_add:" if missing else ":material/check:",
        type="tertiary",
        key=f"note-{key}",
        disabled=full,
        help=words.fill("note_full", most=MOST) if full else None if missing else words["note_take_out"],
        on_click=_add_all if missing else _take_out,
        args=(items,),
    )


def _add_all(items: list[dict[str, Any]]) -> None:
    for item in items:
        add(item)


def _take_out(items: list[dict[str, Any]]) -> None:
    out = {place for item in items for place in _places(item)}
    st.session_state.note_items = [one for place, one in enumerate(basket()) if place not in out]


def keep_basket() -> None:
    """Keeps the note in the browser tab, so that a reload does not lose it; called once on a page, after all that changes it."""
    kept = _Kept(title=st.session_state.get("note_title_kept", ""), items=[_Item.model_validate(item) for item in basket()])
    keep("note", kept.model_dump_json() if kept.items or kept.title else "", _restore)


def _restore(text: str) -> None:
    # It comes from the browser: what does not fit is left, and the service checks every quote at export in any case.
    try:
        found = _Kept.model_validate(json.loads(text))
    except (ValueError, ValidationError, RecursionError):
        return
    if found.title and not st.session_state.get("note_title_kept"):
        st.session_state.note_title_kept = st.session_state.note_title_restored = found.title
    added = basket()[:]
    st.session_state.note_items = []
    for item in [one.model_dump() for one in found.items] + added:
        add(item)
