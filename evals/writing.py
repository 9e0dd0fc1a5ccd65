"""Writes a report as files."""

from __future__ import annotations

from pathlib import Path

from evals.markdown import between_marks, markdown
from evals.page import page
from evals.report import LATEST, Report, from_json, to_json

README = Path(__file__).resolve().parent.parent / "README.md"


def write_reports(report: Report, folder: Path, *, record: bool = False, stem: str = "eval") -> list[Path]:
    """Writes `stem`.json, .md and .html into `folder`, made when missing; with `record` evals/latest.json and the README's table too.

    Returns:
        What was written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    as_json = to_json(report)
    report = from_json(as_json)  # rounded once, so that a table made from the JSON says the same
    table = markdown(report)
    written = {
        folder / f"{stem}.json": as_json,
        folder / f"{stem}.md": table,
        folder / f"{stem}.html": page(report),
    }
    if record:
        readme = README.read_text("utf-8")
        written[LATEST] = as_json
        written[README] = readme.replace(between_marks(readme), table)
    for path, text in written.items():
        path.write_text(text, "utf-8")
    return list(written)
