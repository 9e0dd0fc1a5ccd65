"""The part of OpenAI's chat interface that is spoken here. What a client sends beside it (temperature, tools, …) is passed over."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from service.schema import ConversationId

Name = Annotated[str, StringConstraints(max_length=200)]


class Part(BaseModel):
    """One part of a message; only text is read."""

    model_config = ConfigDict(extra="ignore")

    type: Name
    text: str = ""


class Message(BaseModel):
    """A message of the conversation. Those of users are read; what others say is no question, and an instruction changes nothing here."""

    model_config = ConfigDict(extra="ignore")

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Part] | None = None

    @property
    def text(self) -> str:
        """What it says."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class StreamOptions(BaseModel):
    """What a stream is to carry beside the text."""

    model_config = ConfigDict(extra="ignore")

    include_usage: bool = False


class CompletionRequest(BaseModel):
    """A chat completion."""

    model_config = ConfigDict(
        extra="ignore", json_schema_extra={"examples": [{"model": "khartoum", "messages": [{"role": "user", "content": "Is Japan a member?"}]}]}
    )

    model: Name = "khartoum"
    messages: Annotated[list[Message], Field(min_length=1, max_length=200)]
    stream: bool = False
    stream_options: StreamOptions | None = None
    conversation_id: Annotated[
        ConversationId | None,
        Field(description="Not OpenAI's: keeps the turn, and is what follow-ups are read by when the messages hold only the question."),
    ] = None


class ModelOut(BaseModel):
    """A model that can be asked for."""

    id: str
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = "khartoum"


class ModelsResponse(BaseModel):
    """The models."""

    object: Literal["list"] = "list"
    data: list[ModelOut]


class AnswerMessage(BaseModel):
    """The answer, its sources as a list below it, and as data in `citations`."""

    role: Literal["assistant"] = "assistant"
    content: str
    citations: Annotated[list[dict[str, Any]], Field(description="As in the answer of /v1/ask.")]


class Choice(BaseModel):
    """The one choice."""

    index: int = 0
    message: AnswerMessage
    finish_reason: Literal["stop"] = "stop"


class Usage(BaseModel):
    """Words, since there may be no model that counts tokens."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class CompletionResponse(BaseModel):
    """A chat completion with, as `khartoum`, the whole answer of /v1/ask."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: list[Choice]
    usage: Usage
    khartoum: Annotated[dict[str, Any], Field(description="The answer as /v1/ask gives it.")]
