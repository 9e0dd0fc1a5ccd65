"""Quizzes made of the stored paragraphs: chosen, taken, scored, reviewed, printed."""

from __future__ import annotations

import random

import streamlit as st

from ui import kept
from ui.api_client import ApiClient
from ui.markup import escaped, on_one_line
from ui.paragraph_view import SUMMARY, reader_link, show_badges, show_words
from ui.quiz_sheet import to_sheet
from ui.study_data import Quiz, QuizItem
from ui.wording import Words

KINDS = ("paragraph", "words", "place", "statement", "instrument", "state")
COUNTS = (5, 10, 15, 20, 30)


def show_quiz(client: ApiClient, words: Words) -> None:
    """The quiz that was begun, or what to begin with.

    Session state: `quiz`, what the service was asked for; `quiz_done`, whether it was handed in; `quiz_answers`, choices by question. They
    outlive the buttons, which a section that is not shown takes away.
    """
    state = st.session_state
    if "quiz" not in state:
        st.markdown(words["quiz_lead"])
        _choose(words)
        return
    quiz = kept.fetch(client, Quiz, "/v1/quiz", language=words.language, **state.quiz)
    st.caption(f"{words.fill('quiz_number', seed=quiz.seed)} · {words[f'level_{quiz.level}']}")
    if not quiz.items:
        st.caption(words["nothing_found"])
        st.button(words["quiz_new"], key="quiz-new", icon=":material/add:", on_click=_forget)
        return
    done = bool(state.get("quiz_done"))
    answers: dict[int, int | None] = state.setdefault("quiz_answers", {})
    if done:
        _show_score(words, quiz, answers)
    wrong_only = done and st.checkbox(words["quiz_wrong_only"], key="quiz_wrong_only")
    for place, item in enumerate(quiz.items):
        if not (wrong_only and answers.get(place) == item.key):
            _show_item(client, words, item, place, done=done)
    missing = sum(answers.get(place) is None for place in range(len(quiz.items)))
    with st.container(horizontal=True, vertical_alignment="center", key="quiz-ways"):
        if not done:
            st.button(words["quiz_finish"], type="primary", key="quiz-finish", icon=":material/done_all:", on_click=_finish)
            if missing:
                st.caption(words.fill("quiz_missing", number=missing), width="content")
        st.download_button(
            words["quiz_print"],
            to_sheet(quiz, words, client.public_address),
            f"quiz-{quiz.seed}-{quiz.level}.html",
            "text/html",
            icon=":material/print:",
            on_click="ignore",
        )
        st.button(words["quiz_new"], key="quiz-new", icon=":material/add:", on_click=_forget)


def _choose(words: Words) -> None:
    state = st.session_state
    with st.form("quiz_choice", border=True):
        level = st.segmented_control(words["quiz_level"], (1, 2, 3), default=1, format_func=lambda one: words[f"level_{one}"], required=True)
        kinds = st.pills(words["quiz_kinds"], KINDS, selection_mode="multi", default=KINDS, format_func=lambda one: words[f"kind_{one}"])
        count = st.segmented_control(words["quiz_count"], COUNTS, default=5, required=True)
        seed = st.number_input(words["quiz_seed"], min_value=0, max_value=1_000_000, value=None, step=1, help=words["quiz_seed_help"])
        if st.form_submit_button(words["quiz_start"], type="primary", icon=":material/play_arrow:"):
            number = random.randrange(1_000_000) if seed is None else int(seed)
            state.quiz = {"level": level or 1, "kind": tuple(kinds or KINDS), "count": count or COUNTS[0], "seed": number}
            state.quiz_done, state.quiz_answers = False, {}
            st.rerun()


def _show_score(words: Words, quiz: Quiz, answers: dict[int, int | None]) -> None:
    right = {place: answers.get(place) == item.key for place, item in enumerate(quiz.items)}
    told = st.success if 2 * sum(right.values()) >= len(quiz.items) else st.info
    told(f"**{words.fill('quiz_score', right=sum(right.values()), number=len(quiz.items))}**", icon=":material/grading:")
    parts = []
    for kind in dict.fromkeys(item.kind for item in quiz.items):
        here = [right[place] for place, item in enumerate(quiz.items) if item.kind == kind]
        parts.append(f"{words[f'kind_{kind}']}{words['colon']} {sum(here)}/{len(here)}")
    st.caption(" · ".join(parts))


def _finish() -> None:
    st.session_state.quiz_done = True


def _forget() -> None:
    for name in ("quiz", "quiz_done", "quiz_answers", "quiz_wrong_only"):
        st.session_state.pop(name, None)


def _show_item(client: ApiClient, words: Words, item: QuizItem, place: int, *, done: bool) -> None:
    answers, asked = st.session_state.quiz_answers, st.session_state.quiz
    with st.container(border=True, key=f"item-{place}"):
        st.caption(words[f"kind_{item.kind}"])
        st.markdown(f"**{place + 1}. {escaped(item.question)}**")
        if item.quote:
            st.markdown(f"> {words.fill('quoted', quote=on_one_line(item.quote))}")
        if item.summary:
            st.info(escaped(item.summary), icon=SUMMARY)
        if done:
            _show_key(client, words, item, answers.get(place))
            return
        answers[place] = st.radio(
            f"{words['quiz_answer']} {place + 1}",
            range(len(item.options)),
            index=answers.get(place),
            format_func=lambda number: on_one_line(item.options[number].text),
            key=f"answer-{asked['seed']}-{asked['level']}-{place}",
            label_visibility="collapsed",
        )


def _show_key(client: ApiClient, words: Words, item: QuizItem, answer: int | None) -> None:
    """The choices with what was right and what was chosen, told in words as well as by signs; then why, and where it stands."""
    lines = []
    for number, option in enumerate(item.options):
        right, chosen = number == item.key, number == answer
        sign = ":green[:material/check_circle:]" if right else ":red[:material/cancel:]" if chosen else ":material/radio_button_unchecked:"
        told = [words["quiz_key"]] * right + [words["quiz_yours"]] * chosen
        text = on_one_line(option.text)
        suffix = f" ({', '.join(told)})" if told else ""
        lines.append(f"{sign} {f'**{text}**' if right else text}{suffix}")
    st.markdown("  \n".join(lines))
    badge = ":green-badge[:material/check: " if answer == item.key else ":red-badge[:material/close: "
    st.markdown(f"{badge}{words['quiz_right' if answer == item.key else 'quiz_wrong']}] {escaped(item.explanation)}")
    if item.provision.tier == "authentic":
        show_badges(words, item.provision)
        show_words(words, item.provision, start=item.start, end=item.end)
    name = f"{item.provision.title}{words['comma']} {item.provision.pinpoint}"
    st.markdown(f"[{on_one_line(name)}]({reader_link(client, words, item.provision.url)})")
