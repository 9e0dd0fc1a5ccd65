"""The page where questions are asked: the conversation so far, the question box, and what to ask first."""

from __future__ import annotations

import streamlit as st

from ui import kept
from ui.answer_view import show_reply
from ui.api_client import ApiClient, Refused, ServiceError
from ui.conversations import Turn, remember, restore, write_address
from ui.markup import escaped
from ui.share import take_shared
from ui.trouble_view import find_trouble, show_trouble
from ui.wording import Words

MAX_QUESTION = 2000
PERSON, BOOK = ":material/person:", ":material/menu_book:"


def show(client: ApiClient, words: Words) -> None:
    """Draws the page.

    Session state: `turns`, oldest first; `pending`, the question that has no reply yet; `conversation`, the service's id of it;
    `trouble`, why the service cannot answer; `shared`, the citations of the link that the page was opened with.
    """
    state = st.session_state
    restore(client)
    write_address()
    shared = take_shared()
    if shared:
        start_anew()
        state.pending, state.shared = shared
    turns: list[Turn] = state.setdefault("turns", [])
    asked = st.chat_input(words["placeholder"], key="question", max_chars=MAX_QUESTION)  # it stays at the foot of the page
    if asked and asked.strip():
        state.pending = asked.strip()
    pending: str | None = state.get("pending")
    _show_head(words, whole=not turns and not pending)
    _choose_instruments(client, words)
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


def _choose_instruments(client: ApiClient, words: Words) -> None:
    """Which texts to ask; none chosen means all of them."""
    named = {one.id: one.short.get(words.language, one.id) for one in kept.instruments(client)}
    if len(named) < 2:
        return
    chosen = [id for id in st.session_state.get("asked_of", []) if id in named]
    label = words.fill("filter_some", number=len(chosen)) if chosen else words["filter_all"]
    with st.popover(label, icon=":material/filter_list:", type="tertiary", key="filter"):
        st.multiselect(words["filter"], list(named), format_func=named.__getitem__, key="asked_of", placeholder=words["filter_all"])


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
    state, place = st.session_state, st.empty()
    with place.container(), st.chat_message("user", avatar=PERSON):
        st.markdown(escaped(question))
    try:
        with st.spinner(words["thinking"]):
            reply = client.ask(question, conversation_id=state.get("conversation"), instruments=state.get("asked_of", ()))
    except Refused as error:
        turn = Turn(question, refused=error.detail)
    except ServiceError as error:
        state.trouble = error
        st.rerun()
    else:
        turn = Turn(question, reply)
        state.conversation = reply.conversation_id
    # Kept before it is shown: a click while the text runs in ends this run of the script, and the answer must not be lost.
    turns.append(turn)
    state.pending = None
    if turn.reply is not None:
        remember(turn.reply.conversation_id, turns)
    place.empty()
    _show_turn(client, words, turn, len(turns) - 1, stream=True)
    _show_shared(words, turn)


def _show_shared(words: Words, turn: Turn) -> None:
    """Whether a shared link's answer still cites what it did."""
    cited = st.session_state.pop("shared", None)
    if not cited or turn.reply is None:
        return
    same = [citation.id for citation in turn.reply.citations] == list(cited)
    st.caption(f":material/link: {words['shared_same'] if same else words['shared_changed']}")


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
