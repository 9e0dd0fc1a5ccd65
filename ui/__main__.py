"""Serves the front end: `python -m ui`, with the options of `streamlit run`. Unlike that, it loads the front end's modules before the first
visitor comes, who would else wait most of a second for them.
"""

from __future__ import annotations

import logging
import sys
from importlib import import_module
from pathlib import Path

from streamlit.web import cli

FOLDER = Path(__file__).parent


def load_everything() -> None:
    """Imports each module of the front end save the script itself, which draws a page when it is imported, and reads the words."""
    logging.disable(logging.WARNING)  # Streamlit warns of caches made before it runs; they work
    for path in sorted(FOLDER.glob("*.py")):
        if path.stem not in ("__init__", "__main__", "app"):
            import_module(f"ui.{path.stem}")
    wording = import_module("ui.wording")
    for language in wording.LANGUAGES:
        wording.words_in(language)
    logging.disable(logging.NOTSET)


if __name__ == "__main__":
    load_everything()
    sys.argv = ["streamlit", "run", str(FOLDER / "app.py"), *sys.argv[1:]]
    cli.main()
