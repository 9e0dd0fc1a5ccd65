"""A briefing note: what was chosen, put in order, with a title and remarks, and given out as Word or PDF with every quote checked again."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui.api_client import ApiClient, Refused, ServiceError
from ui.markup import escaped, on_one_line
from ui.note_basket import basket
from ui.trouble_view import show_trouble
from ui.wording import Words

MIME = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def show(client: ApiClient, words: Words) -> None:
    """Draws the page."""
    st.title(words["page_note"], anchor=False)
    st.markdown(words["note_lead"])
    items = basket()
    st.session_state.setdefault("note_title_kept", "")
    title = st.text_input(words["note_title"], value=st.session_state.note_title_kept, max_chars=300, key="note_title")
    st.session_state.note_title_kept = title
    if not items:
        st.info(words["note_empty"], icon=":material/note_add:")
        return
    for place, item in enumerate(items):
        _show_item(words, item, place, len(items))
    st.subheader(words["note_export"], anchor=False)
    st.caption(words["note_checked_again"])
    with st.container(horizontal=True, key="note-exports"):
        for kind in MIME:
            _show_export(client, words, kind, title, items)


def _show_item(words: Words, item: dict[str, Any], place: int, count: int) -> None:
    number = item["number"]
    with st.container(border=True, key=f"note-item-{number}"):
        st.markdown(f"**{place + 1}. {on_one_line(item['name'])}**")
        if item["answer"]:
            with st.expander(words["note_answer"]):
                st.markdown(escaped(item["answer"]))
        item["remark"] = st.text_area(words["note_remark"], value=item["remark"], max_chars=5000, key=f"remark-{number}", height="content")
        with st.container(horizontal=True, gap="small", key=f"note-move-{number}"):
            st.button(
                words["move_up"],
                icon=":material/arrow_upward:",
                type="tertiary",
                key=f"rise-{number}",
                disabled=place == 0,
                on_click=_move,
                args=(place, -1),
            )
            last = place == count - 1
            st.button(
                words["move_down"],
                icon=":material/arrow_downward:",
                type="tertiary",
                key=f"fall-{number}",
                disabled=last,
                on_click=_move,
                args=(place, 1),
            )
            st.button(words["remove"], icon=":material/delete:", type="tertiary", key=f"drop-{number}", on_click=_remove, args=(number,))


def _move(place: int, by: int) -> None:
    items = basket()
    if 0 <= place + by < len(items):
        items[place], items[place + by] = items[place + by], items[place]


def _remove(number: int) -> None:
    st.session_state.note_items = [item for item in basket() if item["number"] != number]


def _show_export(client: ApiClient, words: Words, kind: str, title: str, items: list[dict[str, Any]]) -> None:
    body = {
        "format": kind,
        "language": words.language,
        "title": title,
        "address": client.public_address,
        "items": [{name: item[name] for name in ("question", "answer", "citations", "remark")} for item in items],
    }
    mark = f"note-made-{kind}"
    if st.button(words[f"make_{kind}"], icon=":material/description:", key=f"make-{kind}"):
        try:
            with st.spinner(words["note_making"]):
                st.session_state[mark] = (body, client.post("/v1/notes", body))
        except Refused as error:
            st.error(f"**{words['note_not_made']}**  \n{escaped(error.detail)}", icon=":material/error:")
        except ServiceError as error:
            show_trouble(client, words, error, None)
    made = st.session_state.get(mark)
    if made and made[0] == body:
        st.download_button(words[f"take_{kind}"], made[1], f"note.{kind}", MIME[kind], icon=":material/download:", type="primary", on_click="ignore")
