"""Settings: environment variables that begin with KHARTOUM_, read in the entry points alone."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.export import BUNDLED


class Settings(BaseSettings):
    """What can be set from outside; the README lists it."""

    model_config = SettingsConfigDict(env_prefix="KHARTOUM_", extra="ignore")

    home: Path = Field(default=Path(".khartoum"), description="the index and every other file that is written")
    host: str = Field(default="127.0.0.1", description="address that the API listens on")
    api_port: int = Field(default=8000, ge=1, le=65535, description="port of the API")
    ui_port: int = Field(default=8501, ge=1, le=65535, description="port of the chat")
    embedding_model: str = Field(default=BUNDLED, description="sentence-transformers model: a hub name or a folder")
    max_concurrency: int = Field(default=8, ge=1, description="questions answered at once; more get 503 with Retry-After")
