"""What tests of the pages beside asking and reading share: a page drawn by Streamlit's AppTest against a service, a paragraph, a quiz."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from ui.study_data import Paragraph, Quiz

PAGE = """
import os
from ui import {page}
from ui.api_client import ApiClient
from ui.wording import words_in
{page}.show(ApiClient(os.environ["KHARTOUM_API_URL"], "https://khartoum.example"), words_in({language!r}))
"""


def opened(page: str, address: str, monkeypatch: pytest.MonkeyPatch, language: str = "en", **query: str) -> AppTest:
    """The page, drawn without an error."""
    monkeypatch.setenv("KHARTOUM_API_URL", address)
    test = AppTest.from_string(PAGE.format(page=page, language=language), default_timeout=60)
    for name, value in query.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception
    return test


def texts(page: AppTest) -> str:
    """All its Markdown."""
    return "\n".join(element.value for element in page.markdown)


def a_paragraph(**changes: object) -> Paragraph:
    """A paragraph of nothing but its place."""
    facts = dict.fromkeys(("heading", "part", "text", "source", "verb", "verb_words", "strength"), "")
    lists: dict[str, list[str]] = {name: [] for name in ("path", "notes", "links", "links_here")}
    held = {
        "id": "i/para-23",
        "instrument": "i",
        "title": "I",
        "label": "para-23",
        "pinpoint": "para. 23",
        "tier": "authentic",
        "url": "/read/i#para-23",
    }
    return Paragraph.model_validate(facts | lists | held | changes)


def a_quiz(words: str) -> Quiz:
    """A quiz of one item whose every text is `words`."""
    options = [{"text": words, "correct": True}, {"text": "b", "correct": False}]
    item: dict[str, Any] = dict.fromkeys(("question", "quote", "summary", "explanation"), words)
    item |= {"kind": "place", "start": 0, "end": 1, "options": options, "provision": json.loads(a_paragraph(title=words).model_dump_json())}
    return Quiz.model_validate({"items": [item], "seed": 1, "level": 1, "index_version": "one"})
