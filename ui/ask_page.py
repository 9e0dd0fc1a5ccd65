"""The page where questions are asked: the conversation so far, the question box, and what to ask first."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from ui.answer_view import show_reply
from ui.api_client import ApiClient, Refused, Reply, ServiceError
from ui.markup import escaped
from ui.trouble_view import find_trouble, show_trouble
from ui.wording import Words

MAX_QUESTION = 2000
PERSON, BOOK = ":material/person:", ":material/menu_book:"


@dataclass(frozen=True)
class Turn:
    """A question and what came of it: a reply, or the reason why it was not accepted."""

    question: str
    reply: Reply | None = None
    refused: str = ""


def show(client: ApiClient, words: Words) -> None:
    """Draws the page.

    Session state: `turns`, oldest first; `pending`, the question that has no reply yet; `conversation`, the service's id of it;
    `trouble`, why the service cannot answer.
    """
    state = st.session_state
    turns: list[Turn] = state.setdefault("turns", [])
    asked = st.chat_input(words["placeholder"], key="question", max_chars=MAX_QUESTION)  # it stays at the foot of the page
    if asked and asked.strip():
        state.pending = asked.strip()
    pending: str | None = state.get("pending")
    _show_head(words, whole=not turns and not pending)
    for number, turn in enumerate(turns):
        _show_turn(client, words, turn, number)

    if "trouble" not in state:
        state.trouble = find_trouble(client)
    if state.trouble is not None:
        show_trouble(client, words, state.trouble, pending)
    elif pending:
        _answer(client, words, pending, turns)
    elif not turns:
        _show_suggestions(words)


def start_anew() -> None:
    """Forgets the conversation; nothing of it stays in the session."""
    for name in ("turns", "pending", "conversation"):
        st.session_state.pop(name, None)


def _show_head(words: Words, *, whole: bool) -> None:
    st.title(words["title"], anchor=False)
    if whole:
        st.markdown(words["lead"])


def _show_turn(client: ApiClient, words: Words, turn: Turn, number: int, *, stream: bool = False) -> None:
    with st.chat_message("user", avatar=PERSON):
        st.markdown(escaped(turn.question))
    with st.chat_message("assistant", avatar=BOOK):
        if turn.reply is not None:
            show_reply(client, words, turn.question, turn.reply, key=str(number), stream=stream)
        else:
            st.warning(f"**{words['refused']}**  \n{escaped(turn.refused)}", icon=":material/edit_off:")


def _answer(client: ApiClient, words: Words, question: str, turns: list[Turn]) -> None:
    place = st.empty()
    with place.container(), st.chat_message("user", avatar=PERSON):
        st.markdown(escaped(question))
    try:
        with st.spinner(words["thinking"]):
            reply = client.ask(question, conversation_id=st.session_state.get("conversation"))
    except Refused as error:
        turn = Turn(question, refused=error.detail)
    except ServiceError as error:
        st.session_state.trouble = error
        st.rerun()
    else:
        turn = Turn(question, reply)
        st.session_state.conversation = reply.conversation_id
    # Kept before it is shown: a click while the text runs in ends this run of the script, and the answer must not be lost.
    turns.append(turn)
    st.session_state.pending = None
    place.empty()
    _show_turn(client, words, turn, len(turns) - 1, stream=True)


def _show_suggestions(words: Words) -> None:
    """One topic at a time: all of them at once would push the page's head off a phone's screen."""
    st.subheader(words["suggestions_heading"], anchor=False)
    names = [topic.topic for topic in words.topics]
    chosen = st.pills(words["topics"], names, default=names[0], required=True, label_visibility="collapsed", key=f"topic-{words.language}")
    for topic in words.topics:
        if topic.topic == chosen:
            for question in topic.questions:
                st.button(question, key=f"suggest-{question}", wrap=True, on_click=_ask_next, args=(question,))


def _ask_next(question: str) -> None:
    st.session_state.pending = question
