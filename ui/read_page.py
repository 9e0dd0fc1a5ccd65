"""The texts: one alone or two side by side, with contents, search, and what can be done with a paragraph; or the subjects A to Z."""

from __future__ import annotations

import re

import streamlit as st

from ui import address, browser_link, kept
from ui.api_client import ApiClient, Instrument, ServiceError
from ui.citing import spoken_date
from ui.markup import on_one_line
from ui.paragraph_actions import show_actions
from ui.paragraph_view import SUMMARY, in_app_link, named, show_badges, show_links, show_notes, show_words
from ui.study_data import Paragraph, WholeText
from ui.subject_index_view import show_subjects
from ui.trouble_view import find_trouble, show_trouble
from ui.wording import Words

A_PAGE = 60
"""Paragraphs shown at a time; a longer text would make a phone wait."""

VIEWS = ("text", "beside", "subjects")


def show(client: ApiClient, words: Words) -> None:
    """Draws the page; the address names the text (?text=…), the paragraph (&at=…) and the words to mark (&start=…&end=…)."""
    st.title(words["page_read"], anchor=False)
    held = {one.id: one for one in kept.instruments(client)}
    if not held:
        st.session_state.trouble = find_trouble(client)
        show_trouble(client, words, st.session_state.trouble or ServiceError(), None)
        return
    _follow_address(held)
    with st.container(key="read-controls"):
        view = st.segmented_control(
            words["read_view"],
            VIEWS,
            default="text",
            format_func=lambda one: words[f"read_{one}"],
            required=True,
            key="read_view",
            label_visibility="collapsed",
            persist_state="session",
        )
    if view == "subjects":
        show_subjects(client, words)
    elif view == "beside":
        left, right = st.columns(2, gap="large")
        with left:
            _show_text(client, words, held[_choose(words, held, "a")], "a")
        with right:
            _show_text(client, words, held[_choose(words, held, "b")], "b")
    else:
        chosen = _choose(words, held, "a")
        _show_text(client, words, held[chosen], "a", contents_beside=True)


def _follow_address(held: dict[str, Instrument]) -> None:
    """Goes where the address leads, when it is not where it led before."""
    state, asked = st.session_state, {name: st.query_params.get(name, "") for name in ("text", "at", "start", "end")}
    state.setdefault("text-a", next(iter(held)))
    state.setdefault("text-b", next((id for id in held if id != state["text-a"]), state["text-a"]))
    if asked == state.get("read_asked"):
        return
    state.read_asked = asked
    state.pop("read_marked", None)
    if asked["text"] not in held:
        return
    state["text-a"] = asked["text"]
    if state.get("read_view") == "subjects":
        state.read_view = "text"
    if asked["at"]:
        state["search-a"] = ""
        state.read_at = (asked["text"], asked["at"])
        browser_link.go_to(asked["at"])
    if asked["start"].isdecimal() and asked["end"].isdecimal():
        state.read_marked = (f"{asked['text']}/{asked['at']}", int(asked["start"]), int(asked["end"]))


def _choose(words: Words, held: dict[str, Instrument], side: str) -> str:
    def titled(id: str) -> str:
        return held[id].short.get(words.language, id) + (f" ({words['tier_digest']})" if held[id].tier == "digest" else "")

    label = words["read_first" if side == "a" else "read_second"]
    chosen = st.selectbox(label, list(held), format_func=titled, key=f"text-{side}", on_change=_leave_address, args=(side,), persist_state="session")
    return str(chosen)


def _leave_address(side: str) -> None:
    """The address follows the text that was chosen, so that it can be passed on and the back button leads back."""
    if side == "a":
        _leave_for(st.session_state["text-a"])


def _leave_paragraph(side: str) -> None:
    """The address names no paragraph any more: whoever searches or turns the page has left it, and may be led there again."""
    if side == "a":
        _leave_for(st.query_params.get("text", ""))


def _leave_for(text: str) -> None:
    st.session_state.read_asked = asked = {"text": text, "at": "", "start": "", "end": ""}
    st.session_state.pop("read_marked", None)
    address.say("read", **asked)


@st.fragment
def _show_text(client: ApiClient, words: Words, instrument: Instrument, side: str, *, contents_beside: bool = False) -> None:
    try:
        text = kept.whole_text(client, instrument.id, words.language)
    except ServiceError as error:
        show_trouble(client, words, error, None)
        return
    if contents_beside:
        beside, main = st.columns([1, 3], gap="large")
        with beside, st.container(key="contents-beside"):
            st.markdown(f"**{words['contents']}**")
            contents = [st.empty()]
    else:
        main, contents = st.container(), []
    with main:
        st.header(on_one_line(text.title), anchor=False)
        _show_facts(words, instrument)
        with st.container(key=f"contents-{'above' if contents_beside else f'fold-{side}'}"), st.expander(words["contents"], icon=":material/toc:"):
            contents.append(st.empty())
        found = st.text_input(
            words["read_search"],
            key=f"search-{side}",
            icon=":material/search:",
            max_chars=100,
            type="search",
            live="300ms",
            label_visibility="collapsed",
            placeholder=words["read_search"],
            on_change=_leave_paragraph,
            args=(side,),
        )
        shown = _chosen(words, instrument, text, side, found.strip())
        for place in contents:
            place.markdown(_contents(words, text.provisions, shown, side))
        _show_paragraphs(client, words, instrument, shown, side, found.strip())


def _show_facts(words: Words, instrument: Instrument) -> None:
    digest = instrument.tier == "digest"
    facts = [spoken_date(instrument.date, words.language), on_one_line(instrument.symbol)]
    if instrument.address.startswith(("https://", "http://")):
        facts.append(f"[{words['official_address']}](<{instrument.address}>)")
    badge = f":{'orange' if digest else 'blue'}-badge[{words['digest' if digest else 'official_text']}]"
    st.markdown(" · ".join([badge, *(fact for fact in facts if fact)]))
    if digest:
        st.warning(words["digest_notice"], icon=SUMMARY)


def _contents(words: Words, provisions: tuple[Paragraph, ...], shown: tuple[Paragraph, ...], side: str) -> str:
    """A list of links to the paragraphs, under the headings that they stand under; one that is not shown is gone to by its address, or, in
    the text beside, not listed.
    """
    here = {one.id for one in shown}
    lines: list[str] = []
    above: tuple[str, ...] = ()
    for one in provisions if side == "a" else shown:
        headings = _headings(words, one)
        if headings != above and headings:
            lines += ["", f"**{on_one_line(headings[-1])}**", ""]
        above = headings
        goal = f"#{_anchor(one, side)}" if one.id in here else in_app_link(words, one.instrument, one.label)
        lines.append(f"- [{on_one_line(named(one))}]({goal})")
    return "\n".join(lines)


def _headings(words: Words, one: Paragraph) -> tuple[str, ...]:
    if one.path:
        return one.path
    return (words[f"part_{one.part}"],) if one.tier != "digest" and f"part_{one.part}" in words.texts else ()


def _anchor(one: Paragraph, side: str) -> str:
    return one.label if side == "a" else f"{side}-{one.label}"


def _chosen(words: Words, instrument: Instrument, text: WholeText, side: str, found: str) -> tuple[Paragraph, ...]:
    """The paragraphs of the page that is open, of those that hold what is searched for."""
    chosen = text.provisions
    if found:
        pattern = re.compile(re.escape(found), re.IGNORECASE)
        chosen = tuple(one for one in chosen if pattern.search(f"{one.pinpoint} {one.heading}\n{one.text}"))
        st.caption(words.fill("read_found", number=len(chosen)) if chosen else words["nothing_found"])
    return _on_this_page(chosen, instrument.id, side)


def _show_paragraphs(client: ApiClient, words: Words, instrument: Instrument, shown: tuple[Paragraph, ...], side: str, found: str) -> None:
    above: tuple[str, ...] = ()
    for one in shown:
        headings = _headings(words, one)
        if headings != above and headings:
            st.markdown(f"### {on_one_line(headings[-1])}", anchors=False)
        above = headings
        _show_one(client, words, instrument, one, side, found)


def _on_this_page(chosen: tuple[Paragraph, ...], instrument: str, side: str) -> tuple[Paragraph, ...]:
    """Those of the page that is open; a paragraph that the address asks for opens its own."""
    pages = -(-len(chosen) // A_PAGE)
    if pages < 2:
        return chosen
    key = f"page-{side}-{instrument}"
    asked = st.session_state.pop("read_at", None) if side == "a" else None
    place = next((place for place, one in enumerate(chosen) if asked == (instrument, one.label)), None)
    if place is not None:
        st.session_state[key] = place // A_PAGE + 1
    number = st.pagination(pages, key=key, on_change=_leave_paragraph, args=(side,))
    return chosen[(number - 1) * A_PAGE : number * A_PAGE]


def _show_one(client: ApiClient, words: Words, instrument: Instrument, one: Paragraph, side: str, found: str) -> None:
    marked = st.session_state.get("read_marked")
    start, end = marked[1:] if marked and side == "a" and marked[0] == one.id else (0, 0)
    with st.container(border=True, gap="small", key=f"paragraph-{side}-{one.instrument}-{one.label.replace('.', '_')}"):
        st.subheader(on_one_line(named(one)), anchor=_anchor(one, side))
        show_badges(words, one)
        marks = [match.span() for match in re.finditer(re.escape(found), one.text, re.IGNORECASE)] if found else []
        show_words(words, one, start=start, end=end, marks=marks)
        show_notes(words, one)
        show_links(client, words, one)
        show_actions(client, words, instrument, one, f"{side}-{one.id}")
