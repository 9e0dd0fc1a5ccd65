"""The commands for the texts that users bring: `add`, `remove`, `list`, `check` and `fetch`."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Optional

import typer

from ingest.candidate import Candidate, Wishes, examine, read_numbering
from ingest.catalogue import CORPUS, Instrument, load_catalogue
from ingest.export import sha256_of
from ingest.library import Held, LibraryError, Undo, discard, library_folder, read_library, store
from ingest.provision import Provision
from ingest.readings import keep
from ingest.resemblance import unlike
from service.library_table import show_candidate, show_table
from service.settings import Settings

commands = typer.Typer()
"""Joined to the `khartoum` command; what the command line shares is taken from it when a command runs, since it is built on this module."""


@commands.command()
def add(
    file: Annotated[Path, typer.Argument(help="PDF, DOCX, HTML, Markdown, text or the UDHR's XML.")],
    id: Annotated[Optional[str], typer.Option(help="Its permanent id; guessed from the title where it is not given.")] = None,
    title: Annotated[Optional[str], typer.Option(help="Its full title; else its first heading.")] = None,
    short: Annotated[Optional[str], typer.Option(help="Its title as people write it.")] = None,
    date: Annotated[Optional[str], typer.Option(help="When it was adopted, such as 2025-04-09.")] = None,
    numbering: Annotated[Optional[str], typer.Option(help="What is numbered, such as article,paragraph; or none; else guessed.")] = None,
    language: Annotated[Optional[str], typer.Option(help="Two letters. Another language of a text that is there stands beside it.")] = None,
    force: Annotated[bool, typer.Option(help="Replace the text that is there under this id.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before it is added.")] = False,
) -> None:
    """Adds a text: shows what was found in it, then brings the index up to date."""
    from service.cli import told

    with told() as settings:
        wishes = Wishes(id, title, short, date, numbering, language)
        if there := _holder(file, wishes, _held(settings)):
            _bring_up_to_date(settings)  # does nothing but where an earlier run was stopped on its way
            print(f"{there} holds this very file already: nothing was changed")
            return
        candidate = _examined(file, wishes)
        place = _place(candidate, _catalogue(), _held(settings), force=force)
        show_candidate(candidate)
        if _agreed(candidate, yes=yes):
            print(_outcome(settings, candidate, place, _put(settings, candidate)))
        else:
            print("nothing was changed")


@commands.command()
def remove(id: Annotated[str, typer.Argument(help="Id of a text that was added.")]) -> None:
    """Removes a text that was added; the summary that it had replaced comes back."""
    from service.cli import told

    with told() as settings:
        library = library_folder(settings.home)
        undo = Undo(library, id)
        try:
            discard(library, id)
            _bring_up_to_date(settings)
        except BaseException:
            undo.take_back()
            raise
        undo.forget()
        back = (CORPUS / "digests" / f"{id}.yaml").exists()
        print(f"{id} was removed" + ("; this project's summary of it is back" if back else ""))


@commands.command(name="list")
def list_all() -> None:
    """Lists all instruments: id, title, tier, provisions, source."""
    from service.cli import told

    with told() as settings:
        held = _held(settings)
        known = _catalogue() | {one: each.instrument for one, each in held.items()}
        show_table(("id", "title", "tier", "provisions", "source"), [_row(instrument, held.get(one)) for one, instrument in known.items()])


@commands.command()
def check(
    file: Annotated[Path, typer.Argument(help="PDF, DOCX, HTML, Markdown, text or the UDHR's XML.")],
    id: Annotated[Optional[str], typer.Option(help="Read it as this instrument of the catalogue.")] = None,
    numbering: Annotated[Optional[str], typer.Option(help="What is numbered, such as article,paragraph; or none.")] = None,
    language: Annotated[Optional[str], typer.Option(help="Two letters.")] = None,
) -> None:
    """Shows what would be found in a file, and adds nothing; exits with 1 when something looks wrong."""
    from service.cli import told

    with told():
        candidate = _examined(file, Wishes(id=id, numbering=numbering, language=language))
        show_candidate(candidate)
        raise SystemExit(1 if candidate.warnings else 0)


@commands.command()
def fetch(
    id: Annotated[Optional[str], typer.Argument(help="Id of an instrument of the catalogue.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every instrument that has no official text yet.")] = False,
) -> None:
    """Downloads an official text from the catalogue's address, and adds it."""
    from service.cli import Progress, told
    from service.library_fetch import fetch_all

    with told() as settings:
        if (id is None) == (not every):
            raise LibraryError("say which: `khartoum fetch ID`, or `khartoum fetch --all`")
        raise SystemExit(1 if fetch_all(settings, [id] if id else None, Progress, _add_fetched) else 0)


def _add_fetched(settings: Settings, path: Path, id: str, address: str) -> str:
    """Adds a text that was downloaded; returns the line that says so."""
    if _holder(path, Wishes(id=id), _held(settings)):
        return f"{id} holds this very file already: nothing was changed"
    candidate = _examined(path, Wishes(id=id))
    if why := unlike(candidate.reading.provisions, candidate.instrument, CORPUS / "digests"):
        raise LibraryError(f"what {address} gives is not its text ({why}); download the text in a browser and `khartoum add` it")
    place = _place(candidate, _catalogue(), _held(settings), force=True)
    show_candidate(candidate)
    return _outcome(settings, candidate, place, _put(settings, candidate, address))


def _catalogue() -> dict[str, Instrument]:
    return load_catalogue(CORPUS / "catalogue")


def _held(settings: Settings) -> dict[str, Held]:
    return read_library(library_folder(settings.home), _catalogue())


def _examined(file: Path, wishes: Wishes) -> Candidate:
    from service.cli import Progress

    progress = Progress()
    try:
        step = f"reading {file.name}"
        progress(step, 0, 1)
        candidate = examine(file, wishes, _catalogue(), partial(progress, step))
    finally:
        progress.close()
    return candidate


def _holder(file: Path, wishes: Wishes, held: Mapping[str, Held]) -> str:
    """Id of the instrument that holds this very file, read as the user wishes; "" where none does."""
    if not file.is_file() or not held:
        return ""
    asked, sha256 = read_numbering(wishes.numbering), sha256_of(file)
    for id, each in held.items():
        for text in each.texts:
            same = text.sha256 == sha256 and wishes.language in (None, text.language) and (asked is None or asked == each.numbering)
            if same and wishes.id in (None, id):
                return id
    return ""


def _agreed(candidate: Candidate, *, yes: bool) -> bool:
    """Whether it may be added: asked on a terminal alone."""
    if yes or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return True
    return typer.confirm(f"Add it as {candidate.instrument.id}?", default=True)


def _place(candidate: Candidate, catalogue: Mapping[str, Instrument], held: Mapping[str, Held], *, force: bool) -> str:
    """What adding it would be: "new", "replaced", or "beside" a text in another language.

    Raises:
        LibraryError: The id is taken.
    """
    id = candidate.instrument.id
    bundled = catalogue.get(id)
    if bundled is not None and bundled.tier == "authentic":
        raise LibraryError(f"{id} comes with the program, with its official text; give this text another --id")
    there = held.get(id)
    if there is None:
        return "new"
    same = next((text for text in there.texts if text.language == candidate.language), None)
    if same is not None and not force:
        raise LibraryError(f"{id} holds {same.name!r} already, another file; say --force to replace it, or give this one another --id")
    if same is None and not force:
        own, other = _labels(candidate.reading.provisions), _labels_held(there)
        if len(own & other) < len(own | other) / 2:
            raise LibraryError(
                f"{id} is held in {there.cited.language}, and this text in {candidate.language!r} has other numbers "
                f"({len(own & other)} of {len(own | other)} are the same); say --language if it is not in that language, or give it another --id"
            )
    return "replaced" if same is not None else "beside"


def _labels(provisions: Sequence[Provision]) -> set[str]:
    return {one.label for one in provisions if one.kind == "provision"}


def _labels_held(held: Held) -> set[str]:
    from ingest.readings import kept_provisions

    return _labels(kept_provisions(held.path(held.cited), held.instrument, held.cited.language))


def _put(settings: Settings, candidate: Candidate, address: str = "") -> int:
    """Puts it into the library and brings the index up to date; both are as they were when that fails. Returns the passages embedded."""
    library = library_folder(settings.home)
    undo = Undo(library, candidate.instrument.id)
    try:
        store(
            library,
            candidate.instrument,
            candidate.path,
            candidate.language,
            catalogued=candidate.catalogued,
            name=candidate.path.name,
            address=address,
            numbering=candidate.asked,
        )
        held = _held(settings)[candidate.instrument.id]
        text = next(text for text in held.texts if text.language == candidate.language)
        if held.instrument.numbering == candidate.instrument.numbering:
            keep(candidate.reading, held.path(text), held.instrument, candidate.language)
        embedded = _bring_up_to_date(settings)
    except BaseException:
        undo.take_back()
        raise
    undo.forget()
    return embedded


def _bring_up_to_date(settings: Settings) -> int:
    """Returns the number of passages that had to be embedded."""
    from service.cli import Progress
    from service.opening import ingest

    progress = Progress()
    try:
        return ingest(settings.home, settings.embedding_model, progress=progress).embedded
    finally:
        progress.close()


def _outcome(settings: Settings, candidate: Candidate, place: str, embedded: int) -> str:
    id = candidate.instrument.id
    cited = _held(settings)[id].cited.language
    said = {
        "new": f"{id} was added",
        "replaced": f"{id} was replaced",
        "beside": f"the text in {candidate.language} was added to {id}, of which the text in {cited} is cited and the others stand beside it",
    }[place]
    if candidate.catalogued and place == "new":
        said += " in the place of this project's summary"
    return f"{said}: {len(_labels(candidate.reading.provisions))} provisions, {embedded} passages embedded"


def _row(instrument: Instrument, held: Held | None) -> tuple[str, ...]:
    from ingest.digests import read_digest
    from ingest.reading import read
    from ingest.readings import kept_provisions

    digest = CORPUS / "digests" / f"{instrument.id}.yaml"
    if held:
        provisions = kept_provisions(held.path(held.cited), held.instrument, held.cited.language)
        source = "; ".join(f"{text.language}: {text.address or text.name}" for text in held.texts)
    elif instrument.tier == "authentic":
        provisions, source = read(CORPUS / instrument.text, instrument).provisions, "comes with the program"
    else:
        provisions, source = read_digest(digest, instrument) if digest.exists() else (), "this project's summary"
    return (instrument.id, instrument.title["en"], instrument.tier, str(len(_labels(provisions))), source)
