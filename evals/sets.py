"""Question sets: JSONL files of questions with the provisions that answer them."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

SETS = Path(__file__).resolve().parent / "sets"
Expect = Literal["answered", "not_addressed", "out_of_scope"]
_TEXTS = ("id", "question", "language", "kind", "expect")
_LISTS = ("relevant", "acceptable", "conversation", "instruments")
_CHOICES = {"language": ("en", "fr", "ar"), "expect": get_args(Expect)}


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

    @property
    def answerable(self) -> bool:
        """Whether the texts answer it."""
        return self.expect == "answered"

    @property
    def right(self) -> frozenset[str]:
        """Every id that a right answer may cite first."""
        return frozenset((*self.relevant, *self.acceptable))


class SetError(Exception):
    """A question set is not in its documented form; the message names file, line and field."""


def find_set(name: str) -> Path:
    """The file of a set: one of this folder's by its name, or any file by its path.

    Raises:
        SetError: There is neither.
    """
    for path in (SETS / f"{name}.jsonl", Path(name)):
        if path.is_file():
            return path
    raise SetError(f"{name}: there is no such set or file; give a JSONL file, or one of {', '.join(known_sets())}")


def known_sets() -> list[str]:
    """Names of this folder's question sets; files of another form beside them are other programs'."""
    return sorted(one.stem for one in SETS.glob("*.jsonl") if '"expect"' in one.read_text("utf-8").partition("\n")[0])


def load_set(path: Path) -> list[Row]:
    """Reads a set, one JSON object a line; blank lines are passed over.

    Raises:
        SetError: A line is not JSON, lacks a field, has an unknown one or one of the wrong type, repeats an id, or contradicts itself.
    """
    if not path.is_file():
        raise SetError(f"{path} does not exist; give a JSONL file, or one of {', '.join(known_sets())}")
    try:
        lines = path.read_text("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise SetError(f"{path} is not UTF-8 ({error.reason} at byte {error.start}); save it as UTF-8") from error
    rows: list[Row] = []
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        if line.strip():
            row = _row(line, f"{path}, line {number}")
            if row.id in seen:
                raise SetError(f"{path}, line {number}: id: {row.id!r} is there twice")
            seen.add(row.id)
            rows.append(row)
    if not rows:
        raise SetError(f"{path} holds no question")
    return rows


def sample(rows: Sequence[Row], limit: int | None, seed: int = 2025) -> list[Row]:
    """At most `limit` rows, the same ones every time, in the set's order; all of them for None."""
    if limit is None or limit >= len(rows):
        return list(rows)
    return [rows[place] for place in sorted(random.Random(seed).sample(range(len(rows)), limit))]


def _row(line: str, where: str) -> Row:
    try:
        entry = json.loads(line)
    except ValueError as error:
        raise SetError(f"{where}: not JSON: {error}") from error
    if not isinstance(entry, dict):
        raise SetError(f"{where}: not a JSON object")
    known = {*_TEXTS, *_LISTS}
    for name in entry:
        if name not in known:
            raise SetError(f"{where}: {name}: unknown field; known are {', '.join(sorted(known))}")
    for name in _TEXTS:
        _check_text(entry, name, where)
    for name in _LISTS:
        _check_list(entry, name, where)
    if (entry["expect"] == "answered") != bool(entry.get("relevant")):
        raise SetError(f"{where}: relevant: a question to be answered needs one id or more, one to be refused must not have any")
    lists = {name: tuple(entry.get(name) or ()) for name in _LISTS}
    return Row(**{**{name: entry[name] for name in _TEXTS}, **lists})


def _check_text(entry: dict[str, Any], name: str, where: str) -> None:
    if name not in entry:
        raise SetError(f"{where}: {name}: missing")
    if not isinstance(entry[name], str) or not entry[name].strip():
        raise SetError(f"{where}: {name}: is {entry[name]!r}; it must be a text that is not blank")
    if name in _CHOICES and entry[name] not in _CHOICES[name]:
        raise SetError(f"{where}: {name}: is {entry[name]!r}; it is one of {', '.join(_CHOICES[name])}")


def _check_list(entry: dict[str, Any], name: str, where: str) -> None:
    value = entry.get(name)
    if value is not None and not (isinstance(value, list) and all(isinstance(one, str) and one for one in value)):
        raise SetError(f"{where}: {name}: is {value!r}; it must be a list of texts")
    if name in {"relevant", "acceptable"}:
        for one in value or ():
            if "/" not in one:
                raise SetError(f"{where}: {name}: {one!r} is not a provision id such as 'cairo-declaration-2025/para-23'")
