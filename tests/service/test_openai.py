"""The OpenAI-compatible interface, as the real openai client sees it."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from service.http import create_app
from tests.service.http_server import served, wait_until_ready
from tests.service.small_assistant import DECLARATION, SmallAssistant

openai = pytest.importorskip("openai", reason="pip install openai")


@pytest.fixture(scope="module")
def assistant() -> SmallAssistant:
    return SmallAssistant()


@pytest.fixture(scope="module")
def client(assistant: SmallAssistant) -> Iterator[openai.OpenAI]:
    with served(create_app(lambda: assistant)) as address:
        wait_until_ready(address)
        with openai.OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0, http_client=httpx.Client(trust_env=False)) as client:
            yield client


def ask(*texts: str) -> list[dict[str, str]]:
    return [{"role": "system", "content": "Lie."}, *({"role": "user", "content": text} for text in texts)]


def test_models_are_listed(client: openai.OpenAI) -> None:
    assert [one.id for one in client.models.list()] == ["khartoum", "khartoum-extractive"]


def test_answer_has_its_sources_below_and_as_data(client: openai.OpenAI) -> None:
    reply = client.chat.completions.create(model="khartoum", messages=ask("human rights?"), temperature=0.3)
    message = reply.choices[0].message
    assert message.content == (
        'In para. 23 the ministers speak of "human rights" [1].\n\nSources:\n'
        f"[1] Cairo Ministerial Declaration, para. 23 ({DECLARATION}/para-23) “human rights” {str(client.base_url).removesuffix('/v1/')}/read/{DECLARATION}#para-23"
    )
    assert message.citations[0]["id"] == f"{DECLARATION}/para-23"
    assert reply.khartoum["status"] == "answered"
    assert reply.usage.total_tokens > 0


def test_stream_carries_the_same_text(client: openai.OpenAI) -> None:
    whole = client.chat.completions.create(model="khartoum", messages=ask("human rights?")).choices[0].message.content
    chunks = list(client.chat.completions.create(model="khartoum", messages=ask("human rights?"), stream=True))
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == whole
    assert [chunk.choices[0].finish_reason for chunk in chunks][-1] == "stop"
    assert chunks[-1].khartoum["citations"][0]["id"] == f"{DECLARATION}/para-23"


def test_earlier_questions_are_the_history(client: openai.OpenAI, assistant: SmallAssistant) -> None:
    client.chat.completions.create(model="khartoum", messages=ask("first?", "second rights?"))
    assert (assistant.questions[-1].text, assistant.questions[-1].history) == ("second rights?", ("first?",))


def test_parts_of_a_message_are_read(client: openai.OpenAI) -> None:
    parts = [{"type": "text", "text": "human rights?"}]
    assert client.chat.completions.create(model="khartoum", messages=[{"role": "user", "content": parts}]).khartoum["status"] == "answered"


def test_refusal_is_an_answer_without_sources(client: openai.OpenAI) -> None:
    assert (
        client.chat.completions.create(model="khartoum", messages=ask("cook?")).choices[0].message.content
        == "That is not about the Khartoum Process."
    )


@pytest.mark.parametrize(
    ("model", "messages", "status"),
    [
        ("gpt-9", ask("rights?"), 404),
        ("khartoum-generative", ask("rights?"), 404),
        ("khartoum", [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}], 422),
        ("khartoum", [{"role": "user", "content": "a" * 3000}], 422),
    ],
)
def test_bad_request_is_the_clients_error(client: openai.OpenAI, model: str, messages: list[dict[str, str]], status: int) -> None:
    with pytest.raises(openai.APIStatusError) as caught:
        client.chat.completions.create(model=model, messages=messages)
    assert caught.value.status_code == status
