"""What this is and is not, what it refuses, what it holds, how well it does, what it keeps, and who can use it."""

from __future__ import annotations

import streamlit as st

from ui import kept, learn_look
from ui.api_client import ApiClient, ServiceError
from ui.citing import spoken_date
from ui.markup import on_one_line
from ui.paragraph_view import reader_link
from ui.study_data import Evaluation, Facts, Figure
from ui.wording import Words

HEADLINES = (
    "quotes_verbatim",
    "ids_exist",
    "pinpoints_found",
    "first_citation",
    "first_citation_en",
    "first_citation_fr",
    "first_citation_ar",
    "refused",
    "answerable_refused",
)
"""Measures that people ask for, in this order; all others open."""
KEPT_APART = "declaration-test"


def show(client: ApiClient, words: Words) -> None:
    """Draws the page."""
    learn_look.apply()
    st.title(words["page_about"], anchor=False)
    try:
        facts = kept.fetch(client, Facts, "/v1/about")
    except ServiceError:
        facts = None
    for part in ("is", "refuses"):
        st.header(words[f"about_{part}_heading"], anchor=False)
        st.markdown(words[f"about_{part}"])
    st.header(words["about_corpus_heading"], anchor=False)
    _show_corpus(client, words, facts)
    st.header(words["about_figures_heading"], anchor=False)
    _show_figures(client, words)
    st.header(words["about_privacy_heading"], anchor=False)
    st.markdown(words["about_privacy"])
    if facts:
        keeps = words.fill("about_kept", days=facts.kept_days) if facts.kept_days else words["about_kept_none"]
        model = words.fill("about_model", name=on_one_line(facts.language_model)) if facts.language_model else words["about_no_model"]
        st.markdown(f"{keeps} {model}")
    st.header(words["about_access_heading"], anchor=False)
    st.markdown(words["about_access"])


def _show_corpus(client: ApiClient, words: Words, facts: Facts | None) -> None:
    held = kept.instruments(client)
    if not held or facts is None:
        st.caption(words["about_unreachable"])
        return
    st.markdown(
        words.fill(
            "about_corpus",
            texts=facts.instruments,
            official=facts.official,
            provisions=facts.provisions,
            version=on_one_line(facts.index_version),
        )
    )
    links = [reader_link(client, words, f"/read/{one.id}") for one in held]
    names = [on_one_line(one.short.get(words.language, one.id)) for one in held]
    st.table(
        {
            words["column_text"]: [f"[{name}]({link})" for name, link in zip(names, links, strict=True)],
            words["column_when"]: [spoken_date(one.date, words.language) or "–" for one in held],
            words["column_kind"]: [words["tier_digest" if one.tier == "digest" else "tier_authentic"] for one in held],
        },
        hide_index=True,
    )


def _show_figures(client: ApiClient, words: Words) -> None:
    try:
        found = kept.fetch(client, Evaluation, "/v1/evaluation")
    except ServiceError:
        found = Evaluation(index_version="", figures=())
    shares = [one for one in found.figures if not one.measure.endswith("_ms")]
    if not shares:
        st.markdown(words["about_no_figures"])
        return
    sets = list(dict.fromkeys(one.set for one in shares))
    apart = KEPT_APART if KEPT_APART in sets else sets[0]
    here = {one.measure: one for one in shares if one.set == apart}
    st.markdown(words.fill("about_figures", number=next(iter(here.values())).questions))
    told = [here[name] for name in HEADLINES if name in here]
    _show_table(words, told, [words[f"measure_{one.measure}"] for one in told])
    with st.expander(words["about_all_figures"]):
        for name in sets:
            listed = [one for one in shares if one.set == name]
            st.markdown(f"**{on_one_line(name)}** ({listed[0].questions})")
            _show_table(words, listed, [on_one_line(one.measure.replace("_", " ")) for one in listed])
    st.caption(words.fill("about_version", version=on_one_line(found.index_version)))


def _show_table(words: Words, figures: list[Figure], names: list[str]) -> None:
    st.table(
        {
            words["column_measure"]: names,
            words["column_value"]: [_share(one.value) for one in figures],
            words["column_interval"]: [_interval(one) for one in figures],
        },
        hide_index=True,
    )


def _share(value: float) -> str:
    # One digit: of 99.7 a hundred would be a lie.
    return f"{value * 100:.1f}%"


def _interval(one: Figure) -> str:
    return f"{_share(one.low)}–{_share(one.high)}" if one.low is not None and one.high is not None else ""
