"""What the commands for the texts that users bring do: look at a file, find its place, put it into the library, or take all of it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from ingest.candidate import Candidate, Wishes, examine, read_numbering
from ingest.catalogue import CORPUS, Instrument, load_catalogue
from ingest.export import sha256_of
from ingest.library import Held, LibraryError, Undo, discard, library_folder, read_library, store
from ingest.provision import Provision
from ingest.readings import keep
from ingest.resemblance import unlike
from service.library_table import show_candidate, show_table
from service.settings import Settings


def add_text(settings: Settings, file: Path, wishes: Wishes, agreed: Callable[[Candidate], bool], *, force: bool) -> str:
    """Shows what a file holds, and adds it when that is agreed to; returns the line that says what was done.

    Raises:
        LibraryError, UnreadableDocument: With one line that says what to do; everything is as it was.
    """
    if there := _holder(file, wishes, _held(settings)):
        _bring_up_to_date(settings)  # does nothing but where an earlier run was stopped on its way
        return f"{there} holds this very file already: nothing was changed"
    candidate = _examined(file, wishes)
    place = _place(candidate, _catalogue(), _held(settings), force=force)
    show_candidate(candidate)
    if not agreed(candidate):
        return "nothing was changed"
    return _outcome(settings, candidate, place, _put(settings, candidate))


def remove_text(settings: Settings, id: str) -> str:
    """Removes a text that was added; returns the line that says so.

    Raises:
        LibraryError: There is none.
    """
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
    return f"{id} was removed" + ("; this project's summary of it is back" if back else "")


def show_texts(settings: Settings) -> None:
    """Prints the table of all instruments."""
    held = _held(settings)
    known = _catalogue() | {one: each.instrument for one, each in held.items()}
    show_table(("id", "title", "tier", "provisions", "source"), [_row(instrument, held.get(one)) for one, instrument in known.items()])


def check_text(file: Path, wishes: Wishes) -> bool:
    """Shows what a file holds; returns whether nothing in it looks wrong."""
    candidate = _examined(file, wishes)
    show_candidate(candidate)
    return not candidate.warnings


def add_fetched(settings: Settings, path: Path, id: str, address: str) -> str:
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
