"""Text from the service as Streamlit's Markdown, in which nothing of the text acts as markup."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence

_PUNCTUATION = {ord(character): f"&#{ord(character)};" for character in string.punctuation}

# Streamlit still works on text after Markdown is done with it: it links bare addresses, turns "->" into an arrow and ":streamlit:" into
# a picture. A word joiner, which is not seen, keeps the parts apart that it looks for.
_ACTIVE = re.compile(r"(?<=[-<>=~+])(?=[-<>=])|(?<=:)(?=streamlit:)|(?=://)|(?<=www)(?=\.)|(?<=mailto)(?=:)|(?=@)", re.IGNORECASE)
_JOINER = "\u2060"

# Stand for our own markup while the text around it is escaped.
_OPEN, _CLOSE = "\0", "\1"

_MARKER = re.compile(r"\[(\d{1,3})\]")


def escaped(text: str) -> str:
    """The text as Markdown that shows exactly it; each line break stays one."""
    lines = (_ACTIVE.sub(_JOINER, line.strip()).translate(_PUNCTUATION) for line in text.splitlines())
    return "  \n".join(line for line in lines if line)


def on_one_line(text: str) -> str:
    """As `escaped`, for labels of buttons and the like."""
    return escaped(" ".join(text.split()))


def apart(text: str) -> str:
    """As `on_one_line`, between direction isolates, which are not seen: English keeps its order and its stops after Arabic words."""
    return f"\u2068{on_one_line(text)}\u2069"


def with_mark(text: str, start: int, end: int) -> str:
    """`escaped(text)` with the words from `start` to `end` on a coloured ground, line by line; offsets outside mark nothing."""
    return with_marks(text, [(start, end)])


def with_marks(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """As `with_mark`, for several words, in their order and apart from each other."""
    text = _without_stand_ins(text)
    pieces, done = [], 0
    for start, end in spans:
        if done <= start < end <= len(text):
            marked = (f"{_OPEN}{line}{_CLOSE}" if line.strip() else line for line in text[start:end].split("\n"))
            pieces += [text[done:start], "\n".join(marked)]
            done = end
    whole = escaped("".join([*pieces, text[done:]]))
    return whole.replace(_OPEN, ":yellow-background[").replace(_CLOSE, "]")


def with_markers(text: str, addresses: Mapping[int, str]) -> str:
    """`escaped(text)` with each marker "[1]" that has an address as a badge that leads there; any other stays as it is.

    Args:
        text: From the service.
        addresses: Web addresses without brackets or spaces, by marker.
    """
    badges: list[str] = []

    def stand_in(found: re.Match[str]) -> str:
        address = addresses.get(int(found[1]))
        if address is None:
            return found[0]
        badges.append(f"[:blue-badge[{found[1]}]]({address})")
        return _OPEN

    whole = escaped(_MARKER.sub(stand_in, _without_stand_ins(text)))
    for badge in badges:
        whole = whole.replace(_OPEN, badge, 1)
    return whole


def _without_stand_ins(text: str) -> str:
    return text.replace(_OPEN, " ").replace(_CLOSE, " ")
