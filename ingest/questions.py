"""Headings, and short questions that a provision answers, in three languages: an editor's file beside a text, one an instrument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

LANGUAGES = frozenset({"en", "fr", "ar"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What people ask a provision for.

    Attributes:
        heading: A short title by language; not part of the official text.
        questions: Questions and phrases by language, as people put them.
    """

    heading: Mapping[str, str]
    questions: Mapping[str, tuple[str, ...]]


class QuestionsError(Exception):
    """A file of questions does not have the form it must have; the message names file and label."""


def read_questions(path: Path) -> dict[str, Asked]:
    """Reads a file of questions, keyed by label; empty when there is no such file.

    Raises:
        QuestionsError: It is not YAML, or an entry has another form than heading and questions by language.
    """
    if not path.exists():
        return {}
    found = {}
    for label, entry in _load(path).items():
        given = entry if isinstance(entry, dict) else {} if entry is None else {"heading": entry}
        heading, questions = given.get("heading") or {}, given.get("questions") or {}
        if not isinstance(heading, dict) or not _by_language(questions) or not heading.keys() <= LANGUAGES:
            raise QuestionsError(f"{path}: {label}: needs `heading` and `questions`, each by language (en, fr, ar)")
        found[str(label)] = Asked(
            {str(k): str(v) for k, v in heading.items()},
            {str(k): tuple(str(line) for line in v) for k, v in questions.items()},
        )
    return found


def read_unanswered(path: Path) -> dict[Literal["silent", "elsewhere"], dict[str, tuple[str, ...]]]:
    """Reads questions that are known not to be answered, by language: `silent` near the subject of an instrument, `elsewhere` of none.

    Empty when there is no such file.

    Raises:
        QuestionsError: It is not YAML, or has another form.
    """
    if not path.exists():
        return {}
    found: dict[Literal["silent", "elsewhere"], dict[str, tuple[str, ...]]] = {}
    for kind, lists in _load(path).items():
        if kind not in {"silent", "elsewhere"} or not _by_language(lists):
            raise QuestionsError(f"{path}: {kind}: the file has `silent` and `elsewhere`, each with a list by language (en, fr, ar)")
        found["silent" if kind == "silent" else "elsewhere"] = {str(k): tuple(dict.fromkeys(map(str, v))) for k, v in lists.items()}
    return found


def _by_language(lists: Any) -> bool:
    return isinstance(lists, dict) and lists.keys() <= LANGUAGES and all(isinstance(lines, list) for lines in lists.values())


def _load(path: Path) -> dict[str, Any]:
    try:
        entries = yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise QuestionsError(f"{path}: not readable as YAML: {' '.join(str(error).split())}") from error
    if not isinstance(entries, dict | None):
        raise QuestionsError(f"{path}: must be a list of labels, each with what belongs to it, not {type(entries).__name__}")
    return entries or {}
