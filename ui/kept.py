"""What the service answers, kept for a while, so that a click does not ask for the same text again."""

from __future__ import annotations

from typing import Any, TypeVar

import streamlit as st
from pydantic import BaseModel, ValidationError

from ui.api_client import ApiClient, Instrument, ServiceError, unexpected
from ui.study_data import Paragraph, WholeText

Model = TypeVar("Model", bound=BaseModel)

MINUTES = 10


def fetch(client: ApiClient, model: type[Model], path: str, **query: Any) -> Model:
    """What stands at `path`, at most ten minutes old.

    Raises:
        ServiceError: Any of its kinds; an error is not kept.
    """
    body = _fetch(client, client.address, path, tuple(sorted(query.items())))
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        raise unexpected(client.address) from error


@st.cache_data(ttl=MINUTES * 60, max_entries=400, show_spinner=False)
def _fetch(_client: ApiClient, address: str, path: str, query: tuple[tuple[str, Any], ...]) -> bytes:
    return _client.get(path, dict(query))


def instruments(client: ApiClient) -> tuple[Instrument, ...]:
    """Those held; none when they cannot be had, for nothing that needs them is worth an error."""
    try:
        return _instruments(client, client.address)
    except ServiceError:
        return ()


@st.cache_data(ttl=MINUTES * 60, max_entries=20, show_spinner=False)
def _instruments(_client: ApiClient, address: str) -> tuple[Instrument, ...]:
    return _client.instruments()


def whole_text(client: ApiClient, instrument: str, language: str) -> WholeText:
    """An instrument with its words.

    Raises:
        ServiceError: Any of its kinds.
    """
    return fetch(client, WholeText, f"/v1/instruments/{instrument}/text", language=language)


def paragraph(client: ApiClient, id: str, language: str) -> Paragraph | None:
    """One provision of an instrument; None when there is none, or it cannot be had."""
    instrument = id.partition("/")[0]
    try:
        return next((one for one in whole_text(client, instrument, language).provisions if one.id == id), None)
    except ServiceError:
        return None
