"""A briefing note: what was chosen, put in order, with a title and remarks, and given out as Word or PDF with every quote checked again."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui import kept, learn_look
from ui.api_client import ApiClient, Refused, ServiceError
from ui.markup import escaped, on_one_line
from ui.note_basket import MOST, add, basket, paragraph_item, room
from ui.paragraph_view import SUMMARY, show_words
from ui.trouble_view import find_trouble, show_trouble
from ui.wording import Words

MIME = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
A_PAGE = 20
"""Items shown at a time: two hundred boxes would make a phone wait."""


def show(client: ApiClient, words: Words) -> None:
    """Draws the page."""
    learn_look.apply()
    state = st.session_state
    st.title(words["page_note"], anchor=False)
    st.markdown(words["note_lead"])
    restored = state.pop("note_title_restored", None)
    if restored is not None or "note_title" not in state:
        state.note_title = restored or state.get("note_title_kept", "")
    state.note_title_kept = title = st.text_input(words["note_title"], max_chars=300, key="note_title", placeholder=words["note_title_example"])
    items = basket()
    _show_choice(client, words)
    if items:
        st.subheader(words.fill("note_items", number=len(items), most=MOST), anchor=False)
        first = _first_shown(words, len(items))
        for place in range(first, min(first + A_PAGE, len(items))):
            _show_item(client, words, items[place], place, len(items))
        _show_exports(client, words, title, items)
    else:
        st.info(words["note_empty"], icon=":material/note_add:")


def _show_choice(client: ApiClient, words: Words) -> None:
    """Paragraphs of any text, and a remark that stands alone."""
    held = {one.id: one.short.get(words.language, one.id) for one in kept.instruments(client)}
    with st.expander(words["note_choose"], icon=":material/playlist_add:", expanded=not basket()):
        if held:
            text = st.selectbox(words["column_text"], list(held), format_func=held.__getitem__, key=f"note-text-{words.language}")
            try:
                provisions = {one.id: one for one in kept.whole_text(client, text, words.language).provisions}
            except ServiceError as error:
                show_trouble(client, words, error, None)
                return
            chosen = st.multiselect(
                words["column_paragraphs"],
                list(provisions),
                format_func=lambda id: f"{provisions[id].pinpoint} {provisions[id].heading}".strip(),
                key=f"note-choice-{text}-{words.language}-{st.session_state.get('note_choices', 0)}",
                placeholder=words["note_choose_some"],
            )
            st.button(
                words["note_add"],
                icon=":material/note_add:",
                key="note-add-chosen",
                disabled=not 0 < len(chosen) <= room(),
                on_click=_add_chosen,
                args=([paragraph_item(words, provisions[id]) for id in chosen],),
            )
        else:
            show_trouble(client, words, find_trouble(client) or ServiceError(), None)
        remark = {"name": words["note_own"], "question": "", "answer": "", "citations": []}
        st.button(
            words["note_add_remark"],
            icon=":material/edit_note:",
            type="tertiary",
            key="note-add-own",
            disabled=not room(),
            on_click=add,
            args=(remark,),
        )
        if not room():
            st.caption(words.fill("note_full", most=MOST))


def _add_chosen(items: list[dict[str, Any]]) -> None:
    for item in items:
        add(item)
    # Another key: the choice is empty again.
    st.session_state.note_choices = st.session_state.get("note_choices", 0) + 1


def _first_shown(words: Words, count: int) -> int:
    starts = list(range(0, count, A_PAGE))
    if len(starts) < 2:
        return 0
    if st.session_state.get("note_first") not in starts:
        st.session_state.note_first = 0
    return int(
        st.selectbox(words["note_shown"], starts, format_func=lambda start: f"{start + 1}–{min(start + A_PAGE, count)}", key="note_first") or 0
    )


def _show_item(client: ApiClient, words: Words, item: dict[str, Any], place: int, count: int) -> None:
    number = item["number"]
    with st.container(border=True, key=f"note-item-{number}"):
        st.markdown(f"**{place + 1}. {on_one_line(item['name'])}**")
        _show_content(client, words, item)
        item["remark"] = st.text_area(words["note_remark"], value=item["remark"], max_chars=5000, key=f"remark-{number}", height="content")
        with st.container(horizontal=True, gap="small", key=f"note-move-{number}"):
            for name, by, sign in (("move_up", -1, "arrow_upward"), ("move_down", 1, "arrow_downward")):
                st.button(
                    words[name],
                    icon=f":material/{sign}:",
                    type="tertiary",
                    key=f"{'rise' if by < 0 else 'fall'}-{number}",
                    disabled=not 0 <= place + by < count,
                    on_click=_move,
                    args=(place, by),
                )
            st.button(words["remove"], icon=":material/delete:", type="tertiary", key=f"drop-{number}", on_click=_remove, args=(number,))


def _show_content(client: ApiClient, words: Words, item: dict[str, Any]) -> None:
    """What of it goes into the note, to be looked at."""
    if item["answer"]:
        with st.expander(words["note_answer"]):
            st.markdown(escaped(item["answer"]))
    elif item["citations"]:
        one = kept.paragraph(client, item["citations"][0]["id"], words.language)
        if one is None:
            st.caption(words["paragraph_missing"])
            return
        with st.expander((f"{SUMMARY} " if one.tier == "digest" else "") + on_one_line(one.heading or one.pinpoint)):
            show_words(words, one)


def _move(place: int, by: int) -> None:
    items = basket()
    if 0 <= place + by < len(items):
        items[place], items[place + by] = items[place + by], items[place]


def _remove(number: int) -> None:
    st.session_state.note_items = [item for item in basket() if item["number"] != number]


def _empty() -> None:
    st.session_state.note_items = []


def _show_exports(client: ApiClient, words: Words, title: str, items: list[dict[str, Any]]) -> None:
    st.subheader(words["note_export"], anchor=False)
    st.caption(words["note_checked_again"])
    bare = [{name: item[name] for name in ("question", "answer", "citations", "remark")} for item in items]
    body = {"language": words.language, "title": title, "address": client.public_address, "items": bare}
    with st.container(horizontal=True, key="note-exports"):
        asked = [kind for kind in MIME if st.button(words[f"make_{kind}"], icon=":material/description:", key=f"make-{kind}")]
        with st.popover(words["note_empty_it"], type="tertiary", icon=":material/delete_sweep:", key="note-clear"):
            st.markdown(words["note_empty_sure"])
            st.button(words["note_empty_yes"], key="note-clear-yes", type="primary", on_click=_empty)
    for kind in MIME:
        _show_export(client, words, kind, body | {"format": kind}, asked=kind in asked)


def _show_export(client: ApiClient, words: Words, kind: str, body: dict[str, Any], *, asked: bool) -> None:
    mark = f"note-made-{kind}"
    if asked:
        try:
            with st.spinner(words["note_making"]):
                st.session_state[mark] = (body, client.post("/v1/notes", body))
        except Refused as error:
            st.session_state.pop(mark, None)
            st.error(f"**{words['note_not_made']}**  \n{escaped(error.detail)}", icon=":material/error:")
        except ServiceError as error:
            show_trouble(client, words, error, None)
    made = st.session_state.get(mark)
    if made and made[0] == body:
        st.success(words["note_made"], icon=":material/verified:")
        st.download_button(words[f"take_{kind}"], made[1], f"note.{kind}", MIME[kind], icon=":material/download:", type="primary", on_click="ignore")
