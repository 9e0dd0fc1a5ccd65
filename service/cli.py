"""The `khartoum` command."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Optional

import typer
from pydantic import ValidationError

from service.library_commands import commands
from service.settings import DatabaseUrlInvalid, Settings

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Answers questions on the Khartoum Process from its texts, with verified citations."
)


class Progress:
    """Shows how far a long task is, on standard error: a bar on a terminal, a line a step elsewhere."""

    def __init__(self) -> None:
        self._bar: object = None
        self._step = ""
        self._task: Any = None

    def __call__(self, step: str, done: int, total: int) -> None:
        """Takes what is being done, how much is done, and how much there is."""
        if not sys.stderr.isatty():
            if step != self._step:
                print(f"{step} …", file=sys.stderr, flush=True)
            self._step = step
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bar

        if not isinstance(self._bar, Bar):
            self._bar = Bar(TextColumn("{task.description:32}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=Console(stderr=True))
            self._bar.start()
        if step != self._step:
            self._step = step
            self._task = self._bar.add_task(step, total=total)
        self._bar.update(self._task, completed=done, total=total)

    def close(self) -> None:
        """Leaves the terminal as it was."""
        if self._bar is not None:
            self._bar.stop()  # type: ignore[attr-defined]


@contextmanager
def told() -> Iterator[Settings]:
    """The settings; whatever is known to go wrong ends with one clear line and exit code 1."""
    from ingest.catalogue import CatalogueError
    from ingest.export import ModelUnavailable
    from ingest.generation import HomeBusy, HomeUnwritable
    from ingest.index import IndexBroken, IndexMismatch, IndexMissing
    from ingest.library import LibraryError
    from ingest.questions import QuestionsError
    from ingest.readers.extract import UnreadableDocument
    from ingest.thesaurus import ThesaurusError
    from service.generation.model import ModelUnusable

    try:
        yield Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "KHARTOUM_" + "_".join(str(part) for part in first["loc"]).upper()
        _fail(f"{name} is {first['input']!r}: {first['msg']}")
    except (
        CatalogueError, DatabaseUrlInvalid, HomeBusy, HomeUnwritable, IndexBroken, IndexMismatch, IndexMissing, LibraryError, ModelUnavailable,
        ModelUnusable,
        QuestionsError, ThesaurusError, UnreadableDocument,
    ) as error:  # fmt: skip
        _fail(str(error))
    except OSError as error:
        if error.errno is None:  # raised by ourselves, with a whole sentence
            _fail(str(error))
        _fail(f"{error.strerror or error}: {error.filename or 'the disk'}; nothing was changed")
    except KeyboardInterrupt:
        _fail("stopped", code=130)


def _fail(message: str, code: int = 1) -> None:
    print(f"khartoum: {message}", file=sys.stderr)
    raise SystemExit(code)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in English, French or Arabic.")],
    instrument: Annotated[Optional[list[str]], typer.Option(help="Ask only this instrument; may be given more than once.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as data.")] = False,
) -> None:
    """Answers one question, with its citations."""
    from service.answer import Question
    from service.opening import ready_assistant, with_model
    from service.terminal import as_data, show

    with told() as settings:
        if not question.strip() or len(question) > 2000:
            _fail("a question has 1 to 2,000 characters", code=2)
        progress = Progress()
        assistant = ready_assistant(settings.home, settings.embedding_model, progress, exact=True)
        progress.close()
        unknown = [one for one in instrument or () if one not in assistant.instruments]
        if unknown:
            _fail(f"there is no instrument {unknown[0]!r}; known are {', '.join(assistant.instruments)}", code=2)
        speaking = with_model(assistant, settings.llm, settings.llm_timeout)
        answer = speaking.answer(Question(question, tuple(instrument or ())))
        if as_json:
            print(json.dumps(as_data(answer), ensure_ascii=False, indent=1))
        else:
            show(answer)


@app.command()
def ingest(force: Annotated[bool, typer.Option(help="Everything again from the texts.")] = False) -> None:
    """Brings the index up to date with the corpus."""
    from service.opening import ingest as bring_up_to_date

    with told() as settings:
        progress = Progress()
        try:
            built = bring_up_to_date(settings.home, settings.embedding_model, force=force, progress=progress)
        finally:
            progress.close()
        done = f"built ({built.embedded} passages embedded)" if built.switched else "up to date"
        print(f"index {built.manifest.version} {done}: {built.manifest.provisions} provisions, {built.manifest.passages} passages")


@app.command()
def serve(
    host: Annotated[Optional[str], typer.Option(help="Address to listen on.")] = None,
    port: Annotated[Optional[int], typer.Option(help="Port to listen on.")] = None,
) -> None:
    """Starts the API; builds the index first when there is none."""
    with told() as settings:
        from service.running import serve as run

        progress = Progress()
        run(settings, host or settings.host, port or settings.api_port, progress)


@app.command()
def mcp() -> None:
    """Serves the tools of the Model Context Protocol on standard input and output, for a client that starts this command itself."""
    from contextlib import nullcontext

    from service.conversations import Conversations
    from service.mcp_server import mcp_server
    from service.opening import ready_assistant, with_model

    with told() as settings:
        assistant = with_model(ready_assistant(settings.home, settings.embedding_model, Progress()), settings.llm, settings.llm_timeout)
        kept = Conversations.in_folder(settings.home, settings.database_url, settings.retention_days) if settings.keep_conversations else None
        mcp_server(lambda: nullcontext(assistant), generative=bool(settings.llm), conversations=kept).run()


@app.command()
def doctor() -> None:
    """Checks settings, embedding model, index, language model and ports, and says in plain words what is wrong; exits with 1 if anything is."""
    from service.doctor import examine, report

    raise SystemExit(report(examine()))


@app.command()
def run() -> None:
    """Starts the API and the chat, and prints where they are."""
    with told() as settings:
        from service.running import run_both

        run_both(settings, Progress())


@app.command(name="eval", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def evaluate(context: typer.Context) -> None:
    """Measures the assistant on question sets; exits with 1 below the thresholds."""
    with told() as settings:
        from evals.command import main  # the one import against the direction of the data: the command line shows everything

        raise SystemExit(main(context.args, settings))


app.add_typer(commands)
