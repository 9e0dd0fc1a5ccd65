"""Single outcomes of development sets, to learn from. Held-out sets are never written: who has read them has tuned on them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from evals.measures import right
from evals.trial import Asked


def write_details(every: Sequence[Asked], folder: Path) -> list[Path]:
    """Writes one JSON line a question for each development trial, what went wrong first.

    Returns:
        What was written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for asked in every:
        if asked.trial.held_out:
            continue
        path = folder / f"{asked.trial.name}-{asked.system}.jsonl"
        lines = [
            {
                "id": one.row.id,
                "right": right(one),
                "kind": one.row.kind,
                "language": one.row.language,
                "question": one.row.question,
                "conversation": one.row.conversation,
                "expect": one.row.expect,
                "status": one.status,
                "relevant": one.row.relevant,
                "acceptable": one.row.acceptable,
                "cited": [cited.id for cited in one.cited],
                "ranked": one.ranked,
                "probability": one.probability,
            }
            for one in sorted(asked.outcomes, key=lambda one: (right(one), one.row.id))
        ]
        path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
        written.append(path)
    return written
