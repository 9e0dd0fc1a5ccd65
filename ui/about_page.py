"""What this is and is not, what it refuses, what it holds, how well it does, what it keeps, and who can use it."""

from __future__ import annotations

import streamlit as st

from ui import kept
from ui.api_client import ApiClient, ServiceError
from ui.citing import spoken_date
from ui.markup import on_one_line
from ui.study_data import Evaluation
from ui.wording import Words


def show(client: ApiClient, words: Words) -> None:
    """Draws the page."""
    st.title(words["page_about"], anchor=False)
    for part in ("is", "refuses"):
        st.header(words[f"about_{part}_heading"], anchor=False)
        st.markdown(words[f"about_{part}"])
    st.header(words["about_corpus_heading"], anchor=False)
    _show_corpus(client, words)
    st.header(words["about_figures_heading"], anchor=False)
    _show_figures(client, words)
    for part in ("privacy", "access"):
        st.header(words[f"about_{part}_heading"], anchor=False)
        st.markdown(words[f"about_{part}"])


def _show_corpus(client: ApiClient, words: Words) -> None:
    held = kept.instruments(client)
    if not held:
        st.caption(words["failed"])
        return
    st.table(
        {
            words["column_text"]: [on_one_line(one.short.get(words.language, one.id)) for one in held],
            words["column_when"]: [spoken_date(one.date, words.language) for one in held],
            words["column_kind"]: [words["tier_digest" if one.tier == "digest" else "tier_authentic"] for one in held],
        },
        hide_index=True,
    )


def _show_figures(client: ApiClient, words: Words) -> None:
    try:
        found = kept.fetch(client, Evaluation, "/v1/evaluation")
    except ServiceError:
        found = Evaluation(index_version="", figures=())
    if not found.figures:
        st.markdown(words["about_no_figures"])
        return
    st.markdown(words["about_figures"])
    shares = [one for one in found.figures if not one.measure.endswith("_ms")]
    for name in dict.fromkeys(one.set for one in shares):
        here = [one for one in shares if one.set == name]
        with st.expander(f"{on_one_line(name)} ({here[0].questions})"):
            st.table(
                {
                    words["column_measure"]: [on_one_line(one.measure.replace("_", " ")) for one in here],
                    words["column_value"]: [f"{one.value:.3f}" for one in here],
                    words["column_interval"]: [
                        f"{one.low:.3f}–{one.high:.3f}" if one.low is not None and one.high is not None else "" for one in here
                    ],
                },
                hide_index=True,
            )
    st.caption(words.fill("about_version", version=on_one_line(found.index_version)))
