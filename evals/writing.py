"""Writes a report as files."""

from __future__ import annotations

from pathlib import Path

from evals.markdown import markdown
from evals.page import page
from evals.report import LATEST, Report, to_json


def write_reports(report: Report, folder: Path, *, record: bool = False, stem: str = "eval") -> list[Path]:
    """Writes `stem`.json, .md and .html into `folder`, made when missing; with `record` evals/latest.json too.

    Returns:
        What was written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = {
        folder / f"{stem}.json": to_json(report),
        folder / f"{stem}.md": markdown(report),
        folder / f"{stem}.html": page(report),
    }
    if record:
        written[LATEST] = to_json(report)
    for path, text in written.items():
        path.write_text(text, "utf-8")
    return list(written)
