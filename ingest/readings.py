"""What was read of a user's file, kept beside it, so that a text of hundreds of pages is read once and not at every build."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import cache
from pathlib import Path

from ingest.catalogue import Instrument
from ingest.provision import Provision, Span
from ingest.reading import Reading, read

_HERE = Path(__file__).resolve().parent


def kept_provisions(path: Path, instrument: Instrument, language: str, *, again: bool = False) -> tuple[Provision, ...]:
    """The provisions of `path`: as they were kept, or read anew where the file, its numbering or the readers have changed.

    Args:
        path: A file of the library.
        instrument: Whose text it is.
        language: Of the text.
        again: Read it in any case.

    Raises:
        UnreadableDocument, InvalidNumbering: As `read` does.
    """
    if not again:
        try:
            first, *rows = _kept(path).read_text("utf-8").splitlines()
            if json.loads(first)["key"] == _key(path, instrument, language):
                return tuple(_provision(json.loads(row)) for row in rows)
        except (OSError, ValueError, KeyError, TypeError):
            pass  # nothing was kept, or not whole: the file itself is the truth
    reading = read(path, instrument, language=language)
    keep(reading, path, instrument, language)
    return reading.provisions


def keep(reading: Reading, path: Path, instrument: Instrument, language: str) -> None:
    """Writes the provisions beside the file."""
    rows = [json.dumps(asdict(one), ensure_ascii=False) for one in reading.provisions]
    new = path.with_name(f"{path.name}.new")
    new.write_text("\n".join([json.dumps({"key": _key(path, instrument, language)}), *rows]) + "\n", "utf-8", newline="\n")
    new.replace(_kept(path))


def _kept(path: Path) -> Path:
    return path.with_name(f"{path.name}.provisions.jsonl")


def _key(path: Path, instrument: Instrument, language: str) -> str:
    """Changes with everything that the provisions depend on."""
    digest = hashlib.sha256(path.read_bytes())
    said = [instrument.id, instrument.tier, instrument.binding, instrument.numbering, language, _readers()]
    digest.update(json.dumps(said, sort_keys=True).encode())
    return digest.hexdigest()


@cache
def _readers() -> str:
    """Fingerprint of the program that reads."""
    digest = hashlib.sha256()
    corpus = _HERE.parent / "corpus"
    single = [_HERE / "reading.py", _HERE / "provision.py", _HERE / "verbs.py", corpus / "verbs.yaml"]
    files = [*_HERE.glob("readers/*"), *_HERE.glob("numbering/*"), *single]
    for path in sorted(path for path in files if path.suffix in {".py", ".yaml"}):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _provision(row: dict[str, object]) -> Provision:
    spans = tuple(Span(**span) for span in row.pop("spans"))  # type: ignore[attr-defined]
    return Provision(**{**row, "path": tuple(row["path"]), "spans": spans})  # type: ignore[arg-type]
