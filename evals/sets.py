"""Question sets: JSONL files of questions with the provisions that answer them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

SETS = Path(__file__).resolve().parent / "sets"
Expect = Literal["answered", "not_addressed", "out_of_scope"]
_KEYS = {"id", "question", "language", "kind", "expect", "relevant", "acceptable", "conversation", "instruments"}


@dataclass(frozen=True, slots=True)
class Row:
    """A question and what a right answer to it cites.

    Attributes:
        id: Unique in its set.
        question: As asked.
        language: en, fr or ar.
        kind: fact, topic, paraphrase, pinpoint, several, typo, silent, out_of_scope, steering, followup, or a set's own word.
        expect: Status of a right answer; either refusal counts for the other.
        relevant: Provision ids that the answer needs; empty for a refusal.
        acceptable: Further ids that it may cite, first too.
        conversation: Earlier questions, oldest first.
        instruments: Ids to search in; empty for all.
    """

    id: str
    question: str
    language: str
    kind: str
    expect: Expect
    relevant: tuple[str, ...] = ()
    acceptable: tuple[str, ...] = ()
    conversation: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()


class SetError(Exception):
    """A question set is not in its documented form; the message names file, line and field."""


def load_set(path: Path) -> list[Row]:
    """Reads a set, one JSON object a line.

    Raises:
        SetError: A line is not JSON, lacks a field, has an unknown one, repeats an id, or contradicts itself.
    """
    if not path.is_file():
        raise SetError(f"{path} does not exist; give a JSONL file, or one of {', '.join(sorted(p.stem for p in SETS.glob('*.jsonl')))}")
    rows: list[Row] = []
    seen: set[str] = set()
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            entry = json.loads(line)
        except ValueError as error:
            raise SetError(f"{where}: not JSON: {error}") from error
        if not isinstance(entry, dict) or not {"id", "question", "language", "kind", "expect"} <= entry.keys() <= _KEYS:
            raise SetError(f"{where}: needs id, question, language, kind, expect, and knows {', '.join(sorted(_KEYS))}")
        if entry["expect"] not in get_args(Expect):
            raise SetError(f"{where}: expect is {entry['expect']!r}; it is one of {', '.join(get_args(Expect))}")
        if entry["id"] in seen:
            raise SetError(f"{where}: id {entry['id']!r} is there twice")
        if (entry["expect"] == "answered") != bool(entry.get("relevant")):
            raise SetError(f"{where}: a question to be answered needs `relevant`, one to be refused must not have it")
        seen.add(entry["id"])
        lists = {name: tuple(entry.get(name) or ()) for name in ("relevant", "acceptable", "conversation", "instruments")}
        rows.append(Row(**{**{key: entry[key] for key in ("id", "question", "language", "kind", "expect")}, **lists}))
    return rows
