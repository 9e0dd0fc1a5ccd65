"""What a service says of itself: the texts it holds, what it keeps and for how long, and the latest evaluation on record, as figures."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from service.desk import AtDesk

router = APIRouter(prefix="/v1", tags=["service"])

LATEST = Path(__file__).resolve().parent.parent / "evals" / "latest.json"


class Facts(BaseModel):
    """Of the service in use; `kept_days` is 0 when it keeps no conversation, `language_model` "" when none writes answers."""

    index_version: str
    instruments: int
    official: int
    provisions: int
    kept_days: int
    language_model: str


class Figure(BaseModel):
    """A measure of the answers on one set of questions: 0 to 1, or milliseconds where the name ends in `_ms`."""

    set: str
    questions: int
    measure: str
    value: float
    low: float | None
    high: float | None


class Evaluation(BaseModel):
    """The figures, and the index that they were measured on; none when nothing is on record."""

    index_version: str
    figures: list[Figure]


@router.get("/about")
def about(desk: AtDesk) -> Facts:
    """How much the service holds, and for how long it keeps questions."""
    with desk.assistant() as assistant:
        held = list(assistant.instruments.values())
        return Facts(
            index_version=assistant.index_version,
            instruments=len(held),
            official=sum(one.tier == "authentic" for one in held),
            provisions=sum(one.kind == "provision" for one in assistant.provisions.values()),
            kept_days=desk.conversations.retention_days if desk.conversations else 0,
            language_model=desk.language_model,
        )


@router.get("/evaluation")
def evaluation() -> Evaluation:
    """The figures of the last evaluation that was put on record, of this assistant alone."""
    try:
        return _read(LATEST, LATEST.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Evaluation(index_version="", figures=[])


@lru_cache(maxsize=2)
def _read(path: Path, changed: int) -> Evaluation:
    """The file; `changed` is when it was written, so that a new one is read."""
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    figures = [
        Figure(
            set=result["set"],
            questions=result["questions"],
            measure=name,
            value=measure["value"],
            low=measure.get("low"),
            high=measure.get("high"),
        )
        for result in data["results"]
        if result["system"] == "ours"
        for name, measure in result["measures"].items()
    ]
    return Evaluation(index_version=data["index"], figures=figures)
