"""What readers think of answers, one JSON line each, in a file that only grows to a limit."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

LARGEST = 20 * 1024 * 1024
"""Bytes after which the file is put aside as `feedback.old.jsonl`, in place of the one before."""

_lock = threading.Lock()


def add_feedback(path: Path, entry: Mapping[str, Any]) -> None:
    """Adds a line to the file at `path`, which is made when it is missing; safe among threads.

    Raises:
        OSError: It cannot be written.
    """
    line = json.dumps(entry, ensure_ascii=False) + "\n"
    with _lock:
        if path.exists() and path.stat().st_size > LARGEST:
            path.replace(path.with_suffix(".old.jsonl"))
        with path.open("a", encoding="utf-8") as file:
            file.write(line)
