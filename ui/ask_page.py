"""The page where questions are asked: the conversation so far, the question box, and what to ask first."""

from __future__ import annotations

import streamlit as st

from ui import browser_link, kept
from ui.answer_view import show_coming, show_reply
from ui.api_client import ApiClient, Refused, ServiceError, Unavailable, Unreachable
from ui.conversations import Turn, begin_turn, conversations, end_turn, start_anew, take_up
from ui.event_stream import ask
from ui.markup import escaped
from ui.share import take_shared
from ui.trouble_view import find_trouble, show_trouble
from ui.wording import Words

MAX_QUESTION = 2000
PERSON, BOOK = ":material/person:", ":material/menu_book:"


def show(client: ApiClient, words: Words) -> None:
    """Draws the page.

    Session state: `pending`, the question that has no reply yet; `conversation`, the id of the open one; `trouble`, why the service
    cannot answer; `shared`, the citations of the link that the page was opened with.
    """
    state = st.session_state
    take_up(client)
    shared = take_shared()
    if shared:
        start_anew()
        state.pending, state.shared = shared
    with st.bottom:
        above = st.container()
        asked = st.chat_input(words["placeholder"], key="question", max_chars=MAX_QUESTION, submit_mode="disable")
    if asked and asked.strip():
        state.pending = asked.strip()
    pending: str | None = state.get("pending")
    if pending:
        begin_turn(pending)
    browser_link.connect(words)

    open_one = conversations().get(state.get("conversation", ""))
    turns = open_one.turns if open_one and open_one.turns is not None else []
    _show_head(words, whole=not turns and not pending)
    for number, turn in enumerate(turns):
        _show_turn(client, words, turn, number)
    if not turns and not pending and state.get("trouble") is None:
        _show_suggestions(words)

    # Only now is the service asked for anything: what stands on the page so far does not wait for it.
    if "trouble" not in state:
        state.trouble = find_trouble(client)
    if state.trouble is None:
        with above:
            _choose_instruments(client, words)
    if state.trouble is not None:
        show_trouble(client, words, state.trouble, pending)
    elif pending:
        _answer(client, words, pending, turns)


def _choose_instruments(client: ApiClient, words: Words) -> None:
    """Which texts to ask; none chosen means all of them."""
    named = {one.id: one.short.get(words.language, one.id) for one in kept.instruments(client)}
    if len(named) < 2:
        return
    chosen = [id for id in st.session_state.get("asked_of", []) if id in named]
    st.session_state.asked_of = chosen
    label = words.fill("filter_some", number=len(chosen)) if chosen else words["filter_all"]
    with st.popover(label, icon=":material/filter_list:", type="tertiary", key="filter"):
        st.multiselect(
            words["filter"],
            list(named),
            format_func=named.__getitem__,
            key="asked_of",
            placeholder=words["filter_all"],
            help=words["filter_hint"],
            persist_state="session",
        )


def _show_head(words: Words, *, whole: bool) -> None:
    with st.container(key="head" if whole else "head-small"):
        st.title(words["title"], anchor=False)
    if whole:
        st.markdown(words["lead"])


def _show_turn(client: ApiClient, words: Words, turn: Turn, number: int) -> None:
    _show_question(turn.question, number)
    with st.chat_message("assistant", avatar=BOOK):
        _show_outcome(client, words, turn, number)


def _show_question(question: str, number: int) -> None:
    with st.container(key=f"asked-{number}"), st.chat_message("user", avatar=PERSON):
        st.markdown(escaped(question))


def _show_outcome(client: ApiClient, words: Words, turn: Turn, number: int) -> None:
    if turn.reply is not None:
        show_reply(client, words, turn.question, turn.reply, key=_key(number))
    else:
        st.warning(f"**{words['refused']}**  \n{escaped(turn.refused)}", icon=":material/edit_off:")


def _key(number: int) -> str:
    """Unlike that of a turn of another conversation, so that what was opened there does not open here."""
    return f"{st.session_state.conversation[:12]}-{number}"


def _answer(client: ApiClient, words: Words, question: str, turns: list[Turn]) -> None:
    state, number = st.session_state, len(turns)
    _show_question(question, number)
    with st.chat_message("assistant", avatar=BOOK):
        coming = st.empty()
        try:
            with coming.container():
                events = ask(client, question, conversation_id=state.conversation, instruments=state.get("asked_of", ()))
                turn = Turn(question, show_coming(words, events, _key(number)))
        except Refused as error:
            turn = Turn(question, refused=error.detail)
        except ServiceError as error:
            # Asked again by itself once, when the service can be reached again: a question that brings it down must not do so for ever.
            again = isinstance(error, Unreachable) and state.get("asked_again") == question
            state.trouble, state.asked_again = Unavailable() if again else error, question
            st.rerun()
        # Kept before it is shown: a click while it is drawn ends this run of the script, and the answer must not be lost.
        turns.append(turn)
        state.pending = state.asked_again = None
        end_turn()
        coming.empty()
        _show_outcome(client, words, turn, number)
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
    with st.container(gap="small", key="suggestions"):
        for question in next((topic.questions for topic in words.topics if topic.topic == chosen), ()):
            st.button(question, key=f"suggest-{question}", width="stretch", wrap=True, on_click=_ask_next, args=(question,))


def _ask_next(question: str) -> None:
    st.session_state.pending = question
