"""Cuts a provision's text into clauses: the pieces that a quotation may begin and end with, and that a window is made of."""

from __future__ import annotations

import re

_OPENERS = (
    "as|in|while|whilst|which|who|whose|that|where|with|without|through|including|include|notably|particularly|especially|inter|"
    "ensuring|considering|reflecting|resulting|organised|taking|aware|employ|emphasise|commit|to|into|upon|following|on|by|for|since|"
    "subject|provided|except|unless|if|when|whether|such|so|or|but|nor|because|under|pursuant|having"
)
_BOUNDARY = re.compile(
    rf"""
      (?<=[;:])\s+(?=\S)                             # after a semicolon or a colon
    | \n+                                            # a point "(a)" begins on a line of its own
    | (?<=[^A-Z.][.!?])\s+(?=[A-Z(])                 # after a sentence
    | (?<=,)\s+(?=(?:and\s+)?(?:{_OPENERS})\b)       # after a comma, where a word opens a clause
    | (?<=,)\s+(?=the\ (?:principle|need|importance)\b)
    | \s+(?=and\ (?:in|to|that|by|the\ (?:importance|need|relevance)|emphasi[sz]e|commit|decide|encourage)\b)
    """,
    re.VERBOSE,
)


def clauses(text: str) -> list[tuple[int, int]]:
    """Offsets of the clauses of `text`, in order, the white space between them left out.

    A comma inside an enumeration ("safe, timely, and dignified return") is not a boundary: only one that a word follows which opens a
    clause is. So a clause always reads as words that belong together.
    """
    cuts = [0]
    for found in _BOUNDARY.finditer(text):
        cuts.extend((found.start(), found.end()))
    cuts.append(len(text))
    return [(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=True) if text[start:end].strip()]
