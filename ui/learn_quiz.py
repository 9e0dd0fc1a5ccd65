"""Quizzes made of the stored paragraphs: chosen, taken, scored, reviewed, printed."""

from __future__ import annotations

import random

import streamlit as st

from ui import kept
from ui.api_client import ApiClient
from ui.markup import escaped, on_one_line, with_mark
from ui.paragraph_view import SUMMARY, reader_link
from ui.quiz_sheet import to_sheet
from ui.study_data import Quiz, QuizItem
from ui.wording import Words

KINDS = ("paragraph", "place", "statement", "instrument")
COUNTS = (5, 10, 15, 20)


def show_quiz(client: ApiClient, words: Words) -> None:
    """The quiz that was begun, or what to begin with.

    Session state: `quiz`, what the service was asked for; `quiz_done`, whether it was handed in.
    """
    state = st.session_state
    st.markdown(words["quiz_lead"])
    with st.form("quiz_choice", border=True):
        level = st.segmented_control(words["quiz_level"], (1, 2, 3), default=1, format_func=lambda one: words[f"level_{one}"], required=True)
        kinds = st.pills(words["quiz_kinds"], KINDS, selection_mode="multi", default=KINDS, format_func=lambda one: words[f"kind_{one}"])
        count = st.select_slider(words["quiz_count"], COUNTS, value=5)
        seed = st.number_input(words["quiz_seed"], min_value=0, max_value=1_000_000, value=None, step=1, help=words["quiz_seed_help"])
        if st.form_submit_button(words["quiz_start"], type="primary", icon=":material/play_arrow:"):
            number = random.randrange(1_000_000) if seed is None else int(seed)
            state.quiz = {"level": level or 1, "kind": tuple(kinds or KINDS), "count": count, "seed": number}
            state.quiz_done = False
    if "quiz" not in state:
        return
    quiz = kept.fetch(client, Quiz, "/v1/quiz", language=words.language, **state.quiz)
    if not quiz.items:
        st.caption(words["nothing_found"])
        return
    st.caption(words.fill("quiz_number", seed=quiz.seed))
    answers = [_show_item(client, words, item, place, done=bool(state.get("quiz_done"))) for place, item in enumerate(quiz.items)]
    if state.get("quiz_done"):
        right = sum(answer == item.key for answer, item in zip(answers, quiz.items, strict=True))
        st.success(words.fill("quiz_score", right=right, number=len(quiz.items)), icon=":material/grading:")
    else:
        missing = sum(answer is None for answer in answers)
        if missing:
            st.caption(words.fill("quiz_missing", number=missing))
        st.button(words["quiz_finish"], type="primary", icon=":material/done_all:", on_click=_finish)
    st.download_button(
        words["quiz_print"],
        to_sheet(quiz, words, client.public_address),
        f"quiz-{quiz.seed}.html",
        "text/html",
        icon=":material/print:",
        on_click="ignore",
    )


def _finish() -> None:
    st.session_state.quiz_done = True


def _show_item(client: ApiClient, words: Words, item: QuizItem, place: int, *, done: bool) -> int | None:
    with st.container(border=True, key=f"item-{place}"):
        st.markdown(f"**{place + 1}.** {escaped(item.question)}")
        if item.quote:
            st.markdown(f"> {words.fill('quoted', quote=on_one_line(item.quote))}")
        if item.summary:
            st.info(escaped(item.summary), icon=SUMMARY)
        key = f"answer-{st.session_state.quiz['seed']}-{st.session_state.quiz['level']}-{place}-{item.provision.id}"
        answer = st.radio(
            words["quiz_answer"],
            range(len(item.options)),
            index=None,
            format_func=lambda number: on_one_line(item.options[number].text),
            key=key,
            disabled=done,
            label_visibility="collapsed",
        )
        if done:
            _show_key(client, words, item, answer)
    return answer


def _show_key(client: ApiClient, words: Words, item: QuizItem, answer: int | None) -> None:
    right = answer == item.key
    sign = ":green-badge[:material/check: " if right else ":red-badge[:material/close: "
    st.markdown(f"{sign}{words['quiz_right' if right else 'quiz_wrong']}] {words['quiz_key']}: **{on_one_line(item.options[item.key].text)}**")
    st.markdown(escaped(item.explanation))
    if item.provision.tier == "authentic":
        st.markdown(with_mark(item.provision.text, item.start, item.end))
    name = f"{item.provision.title}{words['comma']} {item.provision.pinpoint}"
    st.markdown(f"[{on_one_line(name)}]({reader_link(client, words, item.provision.url)})")
