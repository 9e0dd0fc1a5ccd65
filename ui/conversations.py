"""The conversations of this session: listed, named, deleted, and found again after a reload by their ids in the address."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field

import streamlit as st
from pydantic import ValidationError

from ui.api_client import ApiClient, Refused, Reply, ServiceError
from ui.markup import on_one_line
from ui.study_data import KeptConversation
from ui.wording import Words

LISTED = 8
NAME = 40


@dataclass(frozen=True)
class Turn:
    """A question and what came of it: a reply, or the reason why it was not accepted."""

    question: str
    reply: Reply | None = None
    refused: str = ""


@dataclass
class Conversation:
    """Turns under one id, oldest first; `name` is the reader's, or ""."""

    turns: list[Turn] = field(default_factory=list)
    name: str = ""

    @property
    def shown(self) -> str:
        """Its name, or how its first question begins."""
        first = self.name or (self.turns[0].question if self.turns else "")
        one_line = " ".join(first.split())
        return one_line if len(one_line) <= NAME else one_line[: NAME - 1] + "…"


def conversations() -> dict[str, Conversation]:
    """Those of this session by id, oldest first."""
    held: dict[str, Conversation] = st.session_state.setdefault("conversations", {})
    return held


def restore(client: ApiClient) -> None:
    """Fetches, once a session, the conversations that the address names; those that the service no longer has are passed over."""
    if st.session_state.get("restored"):
        return
    st.session_state.restored = True
    for id in st.query_params.get_all("c")[:LISTED]:
        try:
            kept = KeptConversation.model_validate_json(client.get(f"/v1/conversations/{id}", {}))
        except Refused:
            continue
        except (ServiceError, ValidationError):
            st.session_state.restored = False
            return
        if kept.id not in conversations():
            conversations()[kept.id] = Conversation([Turn(one.question, one.answer) for one in kept.turns])
        # The address names the one that was open first.
        st.session_state.setdefault("conversation", kept.id)
        if st.session_state.conversation == kept.id and not st.session_state.get("turns"):
            st.session_state.turns = conversations()[kept.id].turns


def remember(id: str, turns: list[Turn]) -> None:
    """Keeps the open conversation under its id, and puts the ids into the address, the open one first."""
    conversations().setdefault(id, Conversation()).turns = turns
    write_address()


def write_address() -> None:
    """The ids of this session's conversations into the address."""
    current = st.session_state.get("conversation")
    others = [id for id in reversed(conversations()) if id != current]
    ids = ([current] if current in conversations() else []) + others
    if st.query_params.get_all("c") != ids[:LISTED]:
        st.query_params["c"] = ids[:LISTED]


def show_list(client: ApiClient, words: Words) -> None:
    """In the sidebar: each conversation opens at a click; the open one can be named or deleted."""
    held = conversations()
    if not held:
        return
    current = st.session_state.get("conversation")
    st.caption(words["conversations"])
    for id in list(reversed(held))[:LISTED]:
        shown = held[id].shown or words["new_conversation"]
        kind = "secondary" if id == current else "tertiary"
        st.button(on_one_line(shown), key=f"open-{id}", type=kind, width="stretch", wrap=True, on_click=_open, args=(id,))  # type: ignore[arg-type]
    if current in held:
        with st.popover(words["conversation_manage"], icon=":material/edit:", type="tertiary", key=f"manage-{current}"):
            st.text_input(
                words["conversation_name"], value=held[current].name, max_chars=NAME, key=f"name-{current}", on_change=_rename, args=(current,)
            )
            st.caption(words["conversation_kept"])
            st.button(words["conversation_delete"], icon=":material/delete:", key=f"delete-{current}", on_click=_delete, args=(client, current))


def _open(id: str) -> None:
    st.session_state.conversation = id
    st.session_state.turns = conversations()[id].turns
    st.session_state.pending = None


def _rename(id: str) -> None:
    conversations()[id].name = " ".join(str(st.session_state[f"name-{id}"]).split())


def _delete(client: ApiClient, id: str) -> None:
    """Here, and at the service as well."""
    conversations().pop(id, None)
    with contextlib.suppress(ServiceError):
        client.delete(f"/v1/conversations/{id}")
    for name in ("turns", "pending", "conversation"):
        st.session_state.pop(name, None)
