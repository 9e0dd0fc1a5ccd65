"""The browser's share of the page, by one small script of ours: language and direction, the list of conversations, and where to scroll."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import streamlit as st
from pydantic import BaseModel, ValidationError

from ui.wording import Words

FOLDER = Path(__file__).parent / "browser"
KEPT_TASKS = 40
"""Tasks that are sent again with each run; the browser does each once, and cannot be that many behind."""

_mount = st.components.v2.component("khartoum_link", js=(FOLDER / "link.js").read_text("utf-8"))


class Listed(BaseModel, frozen=True):
    """A conversation as the browser keeps it; `pending` is the question that had no answer yet, or ""."""

    id: str
    name: str
    pending: str


class Held(BaseModel, frozen=True):
    """What the browser keeps: conversations, newest first, and the id of the one that is open in this tab, or ""."""

    listed: tuple[Listed, ...]
    open: str


def connect(words: Words) -> None:
    """Mounts the script; what the browser keeps comes with a later run, and is then had from `take_held`."""
    state = st.session_state
    with st.container(key="browser-link"):
        _mount(
            key="link",
            data={
                "language": words.language,
                "direction": words["direction"],
                "session": state.setdefault("link_session", uuid.uuid4().hex),
                "tasks": state.get("link_tasks", []),
                "goal": state.get("link_goal"),
            },
            on_held_change=_take,
        )


def take_held() -> Held | None:
    """What the browser has told since the last call; None when it has told nothing."""
    found: Held | None = st.session_state.pop("link_held", None)
    return found


def keep(id: str, name: str, *, pending: str = "", newest: bool = False) -> None:
    """Has the browser keep a conversation; with `newest` it comes first in the list."""
    _add({"what": "keep", "id": id, "name": name, "pending": pending, "newest": newest})


def drop(id: str) -> None:
    """Has the browser forget a conversation."""
    _add({"what": "drop", "id": id})


def open_in_tab(id: str) -> None:
    """Has this tab keep which conversation is open, over a reload; "" for none."""
    _add({"what": "open", "id": id})


def go_to(anchor: str) -> None:
    """Has the browser scroll to an anchor and put the focus there, once it is on the page."""
    state = st.session_state
    state.link_goal = {"anchor": anchor, "number": (state.get("link_goal") or {"number": 0})["number"] + 1}


def _add(task: dict[str, Any]) -> None:
    state = st.session_state
    number = state.link_number = state.get("link_number", 0) + 1
    state.link_tasks = [*state.get("link_tasks", []), task | {"number": number}][-KEPT_TASKS:]


def _take() -> None:
    """Takes what the browser keeps. It comes from a browser, so it may be anything."""
    told = st.session_state.get("link")
    try:
        st.session_state.link_held = Held.model_validate(dict(told).get("held") if told else None)
    except ValidationError:
        st.session_state.pop("link_held", None)
