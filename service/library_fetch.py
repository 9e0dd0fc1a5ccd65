"""`khartoum fetch`: each official text downloaded, then added."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from ingest.catalogue import CORPUS, Instrument, load_catalogue
from ingest.fetch import FetchError, fetch, hosts_of
from ingest.library import LibraryError, library_folder, read_library
from ingest.readers.extract import UnreadableDocument
from service.settings import Settings

DOWNLOADS = "downloads"
"""Folder in KHARTOUM_HOME."""


def fetch_all(
    settings: Settings, ids: Sequence[str] | None, new_progress: Callable[[], Any], add: Callable[[Settings, Path, str, str], str]
) -> list[str]:
    """Downloads and adds; one that fails is told, and the next one goes on.

    Args:
        settings: Where to, and the stand-in for tests.
        ids: Which; None for each that has an address and no official text yet.
        new_progress: Makes what shows how far it is.
        add: Adds a file under an id, with the address that it came from; returns what to say.

    Returns:
        The ids that failed.

    Raises:
        LibraryError: There is no such instrument, or it has no address.
    """
    catalogue = load_catalogue(CORPUS / "catalogue")
    held = read_library(library_folder(settings.home), catalogue)
    chosen = [catalogue[one] for one in catalogue if catalogue[one].address and catalogue[one].tier == "digest" and one not in held]
    if ids is not None:
        chosen = [_asked(one, catalogue) for one in ids]
    hosts = hosts_of(instrument.address for instrument in catalogue.values())
    failed = []
    for instrument in chosen:
        progress = new_progress()
        try:
            step = f"fetching {instrument.id}"
            progress(step, 0, 1)
            fetched = fetch(
                instrument.address,
                settings.home / DOWNLOADS,
                instrument.id,
                hosts,
                progress=partial(_shown, progress, step),
                test_host=settings.fetch_test_host,
            )
            progress.close()
            print(f"{instrument.id}: {fetched.path.stat().st_size:,} bytes from {fetched.address}, sha256 {fetched.sha256}")
            print(add(settings, fetched.path, instrument.id, fetched.address))
        except (FetchError, LibraryError, UnreadableDocument) as error:
            failed.append(instrument.id)
            print(f"khartoum: {instrument.id}: {error}", file=sys.stderr)
        finally:
            progress.close()
    return failed


def _shown(progress: Callable[[str, int, int], None], step: str, done: int, total: int) -> None:
    progress(step, done, max(done, total))


def _asked(id: str, catalogue: dict[str, Instrument]) -> Instrument:
    if id not in catalogue:
        raise LibraryError(f"the catalogue has no instrument {id!r}; it has {', '.join(catalogue)}")
    if catalogue[id].tier == "authentic":
        raise LibraryError(f"{id} comes with the program, with its official text")
    if not catalogue[id].address:
        raise LibraryError(f"the catalogue knows no official address of {id}; download its text and `khartoum add` it")
    return catalogue[id]
