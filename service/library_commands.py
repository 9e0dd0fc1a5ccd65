"""The commands for the texts that users bring: `add`, `remove`, `list`, `check` and `fetch`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

commands = typer.Typer()
"""Joined to the `khartoum` command, which is built on this module. What a command needs is imported when it runs, so that `khartoum ask` does
not wait for the readers."""


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
    from ingest.candidate import Wishes
    from service.cli import told
    from service.library_changes import add_text

    with told() as settings:
        wishes = Wishes(id, title, short, date, numbering, language)
        print(add_text(settings, file, wishes, lambda found: _agreed(found.instrument.id, yes=yes), force=force))


@commands.command()
def remove(id: Annotated[str, typer.Argument(help="Id of a text that was added.")]) -> None:
    """Removes a text that was added; the summary that it had replaced comes back."""
    from service.cli import told
    from service.library_changes import remove_text

    with told() as settings:
        print(remove_text(settings, id))


@commands.command(name="list")
def list_all() -> None:
    """Lists all instruments: id, title, tier, provisions, source."""
    from service.cli import told
    from service.library_changes import show_texts

    with told() as settings:
        show_texts(settings)


@commands.command()
def check(
    file: Annotated[Path, typer.Argument(help="PDF, DOCX, HTML, Markdown, text or the UDHR's XML.")],
    id: Annotated[Optional[str], typer.Option(help="Read it as this instrument of the catalogue.")] = None,
    numbering: Annotated[Optional[str], typer.Option(help="What is numbered, such as article,paragraph; or none.")] = None,
    language: Annotated[Optional[str], typer.Option(help="Two letters.")] = None,
) -> None:
    """Shows what would be found in a file, and adds nothing; exits with 1 when something looks wrong."""
    from ingest.candidate import Wishes
    from service.cli import told
    from service.library_changes import check_text

    with told():
        raise SystemExit(0 if check_text(file, Wishes(id=id, numbering=numbering, language=language)) else 1)


@commands.command()
def fetch(
    id: Annotated[Optional[str], typer.Argument(help="Id of an instrument of the catalogue.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every instrument that has no official text yet.")] = False,
) -> None:
    """Downloads an official text from the catalogue's address, and adds it."""
    from ingest.library import LibraryError
    from service.cli import Progress, told
    from service.library_changes import add_fetched
    from service.library_fetch import fetch_all

    with told() as settings:
        if (id is None) == (not every):
            raise LibraryError("say which: `khartoum fetch ID`, or `khartoum fetch --all`")
        raise SystemExit(1 if fetch_all(settings, [id] if id else None, Progress, add_fetched) else 0)


def _agreed(id: str, *, yes: bool) -> bool:
    """Whether it may be added: asked on a terminal alone."""
    if yes or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return True
    return typer.confirm(f"Add it as {id}?", default=True)
