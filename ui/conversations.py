"""The conversations of this browser: listed, named, deleted, and continued after a reload. The list is kept by the browser, what was said by
the service, under ids that cannot be guessed and stand in no address that could be passed on by mistake.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import streamlit as st
from pydantic import ValidationError

from ui import browser_link
from ui.api_client import ApiClient, Refused, Reply, ServiceError, Unavailable
from ui.markup import on_one_line
from ui.study_data import KeptConversation
from ui.wording import Words

LISTED = 8
NAME = 60


@dataclass(frozen=True)
class Turn:
    """A question and what came of it: a reply, or the reason why it was not accepted."""

    question: str
    reply: Reply | None = None
    refused: str = ""


@dataclass
class Conversation:
    """Turns under one id, oldest first; None while they are only known to the service.

    Attributes:
        name: The reader's, or the first question.
        pending: A question that had no answer when the page was left, or "".
        listed: Whether the browser has listed it.
    """

    name: str
    turns: list[Turn] | None = None
    pending: str = ""
    listed: bool = False


def conversations() -> dict[str, Conversation]:
    """Those known to this session by id, oldest first."""
    held: dict[str, Conversation] = st.session_state.setdefault("conversations", {})
    return held


def take_up(client: ApiClient) -> None:
    """Takes over what the browser has told of its conversations, and fetches the turns of the open one where they are missing."""
    told = browser_link.take_held()
    if told is not None:
        _merge(told)
        if not st.session_state.get("restored"):
            st.session_state.restored = True
            if "conversation" not in st.session_state and told.open in conversations():
                st.session_state.conversation = told.open
    current = st.session_state.get("conversation")
    if current in conversations() and conversations()[current].turns is None:
        _fetch(client, current, conversations()[current])


def begin_turn(question: str) -> None:
    """Has the browser keep the question before it is asked, so that a reload in the middle of the answer does not lose it."""
    state = st.session_state
    if "conversation" not in state:
        state.conversation = uuid.uuid4().hex
        conversations()[state.conversation] = Conversation(_shortened(question), [])
        browser_link.open_in_tab(state.conversation)
    browser_link.keep(state.conversation, conversations()[state.conversation].name, pending=question, newest=True)


def end_turn() -> None:
    """The question is answered, or never will be."""
    id = st.session_state.conversation
    conversations()[id].pending = ""
    browser_link.keep(id, conversations()[id].name)


def start_anew() -> None:
    """Leaves the open conversation, which stays in the list."""
    for name in ("pending", "conversation", "shared"):
        st.session_state.pop(name, None)
    browser_link.open_in_tab("")


def show_list(client: ApiClient, words: Words) -> None:
    """In the sidebar: each opens at a click, and can be named or deleted."""
    held = conversations()
    if not held:
        return
    st.caption(words["conversations"])
    newest = list(reversed(held))
    for id in newest[:LISTED]:
        _show_row(client, words, id)
    if newest[LISTED:]:
        with st.expander(words["conversations_older"], type="compact", key="older"):
            for id in newest[LISTED:]:
                _show_row(client, words, id)


def _show_row(client: ApiClient, words: Words, id: str) -> None:
    conversation, is_open = conversations()[id], id == st.session_state.get("conversation")
    with st.container(horizontal=True, gap=None, wrap=False, vertical_alignment="center", key=f"row{'-open' if is_open else ''}-{id}"):
        st.button(on_one_line(conversation.name), key=f"open-{id}", type="tertiary", width="stretch", wrap=False, on_click=_open, args=(id,))
        with st.popover(words["conversation_manage"], icon=":material/more_horiz:", type="tertiary", key=f"manage-{id}"):
            st.text_input(words["conversation_name"], value=conversation.name, max_chars=NAME, key=f"name-{id}", on_change=_rename, args=(id,))
            st.caption(words["conversation_kept"])
            st.button(words["conversation_delete"], icon=":material/delete:", key=f"delete-{id}", on_click=_delete, args=(client, words, id))


def _merge(told: browser_link.Held) -> None:
    """The browser's list is the rule, save for what this session has begun since; what another tab has deleted goes."""
    held = conversations()
    merged = {}
    for one in reversed(told.listed):
        known = held.get(one.id) or Conversation(one.name, pending=one.pending)
        known.name, known.listed = one.name, True
        merged[one.id] = known
    current = st.session_state.get("conversation")
    merged |= {id: one for id, one in held.items() if id not in merged and (id == current or not one.listed)}
    st.session_state.conversations = merged


def _fetch(client: ApiClient, id: str, conversation: Conversation) -> None:
    """Fetches the turns; one that the service no longer has, and that waits for nothing, is dropped from the list."""
    try:
        kept = KeptConversation.model_validate_json(client.get(f"/v1/conversations/{id}", {}))
    except Refused:
        conversation.turns = []
        if not conversation.pending:
            _forget(id)
            return
    except ServiceError as error:
        st.session_state.trouble = error
        return
    except ValidationError:
        st.session_state.trouble = Unavailable()
        return
    else:
        conversation.turns = [Turn(one.question, one.answer) for one in kept.turns]
    answered = bool(conversation.turns) and conversation.turns[-1].question == conversation.pending
    if conversation.pending and not answered:
        st.session_state.pending = conversation.pending
    conversation.pending = ""


def _open(id: str) -> None:
    st.session_state.conversation = id
    st.session_state.pending = None
    browser_link.open_in_tab(id)


def _rename(id: str) -> None:
    name = " ".join(str(st.session_state[f"name-{id}"]).split())
    if name:
        conversations()[id].name = name
        browser_link.keep(id, name)


def _delete(client: ApiClient, words: Words, id: str) -> None:
    """At the service first: what it still has must not vanish from the list."""
    try:
        client.delete(f"/v1/conversations/{id}")
    except ServiceError:
        st.toast(words["conversation_not_deleted"], icon=":material/error:")
        return
    _forget(id)


def _forget(id: str) -> None:
    conversations().pop(id, None)
    browser_link.drop(id)
    if st.session_state.get("conversation") == id:
        start_anew()


def _shortened(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= NAME else one_line[: NAME - 1] + "…"
