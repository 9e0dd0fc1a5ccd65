"""Settings: environment variables that begin with KHARTOUM_, read in the entry points alone."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.export import BUNDLED


class DatabaseUrlInvalid(Exception):
    """KHARTOUM_DATABASE_URL names no database that can be used; the message says why and what to do."""


class Settings(BaseSettings):
    """What can be set from outside; the README lists it."""

    model_config = SettingsConfigDict(env_prefix="KHARTOUM_", extra="ignore")

    home: Path = Field(default=Path(".khartoum"), description="the index and every other file that is written")
    host: str = Field(default="127.0.0.1", description="address that the API listens on")
    api_port: int = Field(default=8000, ge=1, le=65535, description="port of the API")
    ui_port: int = Field(default=8501, ge=1, le=65535, description="port of the chat")
    embedding_model: str = Field(default=BUNDLED, description="sentence-transformers model: a hub name or a folder")
    llm: str = Field(default="", description="language model for generative answers, by LangChain's name, such as ollama:qwen3:8b; none when empty")
    llm_timeout: float = Field(default=60.0, gt=0, le=600, description="seconds that the language model may take for one answer, all tries together")
    database_url: str = Field(default="", description="SQLAlchemy URL of the database of conversations; a SQLite file in KHARTOUM_HOME when empty")
    retention_days: int = Field(default=30, ge=1, description="days after which a turn of a conversation is deleted")
    keep_conversations: bool = Field(default=True, description="0 keeps nothing: every question is then read alone")
    public_url: str = Field(default="", description="where a reader's browser reaches the API, for links; where it was asked when empty")
    fetch_test_host: str = Field(default="", description="for tests only: the server that `khartoum fetch` asks in the place of every other")
    max_concurrency: int = Field(default=8, ge=1, description="questions answered at once; more get 503 with Retry-After")
