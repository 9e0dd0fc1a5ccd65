"""The small grammar that a model answers in, parsed as it comes: a sentence, with the ids that it rests on within it or after it.

    The ministers adopt a plan [cairo-declaration-2025/para-27]. They speak of
    {{quote:cairo-declaration-2025/para-28:regular meetings}} [cairo-declaration-2025/para-28].

Whatever else a model writes around it (thinking, bullets, bold type, headings) is taken off; what cannot be read has no ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.claims.comparing import visible

LONGEST = 900
"""Characters of one sentence at most; a longer run without an id is none."""
MOST = 20_000
"""Characters of an answer that are read; the rest is not waited for."""

_QUOTE = re.compile(r"\{\{\s*quote\s*:\s*(?P<id>[^:{}\s]+)\s*:(?P<words>[^{}]*)\}\}", re.IGNORECASE)
_IDS = re.compile(r"\[(?P<ids>[^\[\]]*)\]")
# A sentence ends after the brackets and the mark that follows them, once something else has begun. Without a mark, a small letter goes on
# with it: "they adopt the plan [a] and meet again [b]."
_ENDED = re.compile(
    r"(?:\[[^\[\]]*\][ \t,;]*)+(?:[.!?؟][”\"»*_)]*(?=\s*[^\s\[.!?؟,;”\"»*_)]|\s*\n)|[”\"»*_)]*(?=\s*\n|\s*[^\s\[.!?؟,;”\"»*_)a-zß-öø-ÿœ]))"
)
_THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_CLOSED = re.compile(r"[\s*_`]*[.!?؟]*[\s*_`]*$")
_FENCE = re.compile(r"```\w*\n?|~~~\w*\n?")
_LEAD = re.compile(r"^(?:\s|[-*•–>#]+(?=\s)|\d{1,2}[.)](?=\s)|\*\*|__|(?:answer|réponse|الجواب|الإجابة)\s*:)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quote:
    """A place for words of a provision, which the code fills in."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a model wrote up to and with the ids of one sentence.

    Attributes:
        parts: Its own words and the quotations asked for, in order.
        ids: What it names in square brackets, as written; without repeats.
        end: The mark that closes it.
    """

    parts: tuple[str | Quote, ...]
    ids: tuple[str, ...]
    end: str = "."


class Parser:
    """Takes pieces of a model's answer and gives back each sentence as soon as it is whole."""

    def __init__(self) -> None:
        self._text = ""
        self._read = 0
        self.truncated = False

    def feed(self, piece: str) -> Iterator[Sentence]:
        """Takes the next piece; gives the sentences that it completed."""
        if self._read >= MOST:
            self.truncated = True
            return
        self._read += len(piece)
        self._text += piece
        lowered = self._text.casefold()
        if "<think" in lowered:
            if "</think" not in lowered or not lowered[lowered.rindex("</think") :].count(">"):
                return
            self._text = _THINKING.sub("", self._text)
        while ended := _ENDED.search(self._text):
            yield from _sentence(self._text[: ended.end()])
            self._text = self._text[ended.end() :]

    def finish(self) -> Iterator[Sentence]:
        """Gives what is left when the model has ended."""
        rest, self._text = _THINKING.sub("", self._text), ""
        while ended := _ENDED.search(rest):
            yield from _sentence(rest[: ended.end()])
            rest = rest[ended.end() :]
        yield from _sentence(rest)


def _sentence(raw: str) -> Iterator[Sentence]:
    """The sentence in `raw`; more than one where sentences without ids stand before it, none where nothing is said."""
    text = _FENCE.sub("", visible(raw))
    ids = tuple(dict.fromkeys(one for group in _IDS.finditer(_QUOTE.sub("", text)) for one in _split(group.group("ids"))))
    mark = re.search(r"[.!?؟](?=[”\"»*_)\s]*$)", text)
    body = _IDS.sub(" ", _keep_quotes(text))
    before, last = _last_sentence(body)
    for piece in before:
        yield Sentence((piece,), ())
    parts = tuple(part for part in _parts(_CLOSED.sub("", _LEAD.sub("", last))) if isinstance(part, Quote) or part.strip())
    if parts and any(isinstance(part, Quote) or re.search(r"\w", part) for part in parts):
        yield Sentence(parts, ids, mark.group() if mark and mark.group() != "." else ".")


def _split(ids: str) -> list[str]:
    return [one.strip(" `*_\"'").removeprefix("id:").strip() for one in re.split(r"[,;|\s]+(?=\S)", ids.strip()) if one.strip(" `*_\"'")]


def _keep_quotes(text: str) -> str:
    """Square brackets inside a quotation's words are no ids."""
    return _QUOTE.sub(lambda one: one.group().replace("[", "⟦").replace("]", "⟧"), text)


_STOP = re.compile(r"(?<=[.!?؟])[”\"»*_]*\s+(?=[\"“«(*_]*[A-ZÀ-ÖØ-Þ\u0621-\u064A])|\n\s*\n|\n(?=\s*[-*•#\d])")
_SHORT = re.compile(r"\b(?:paras?|arts?|nos?|cf|Mr|Ms|e\.g|i\.e)\.\s*$", re.IGNORECASE)


def _last_sentence(text: str) -> tuple[list[str], str]:
    """The sentences before the last one, which the ids do not belong to, and the last one."""
    cuts = [0]
    for stop in _STOP.finditer(text):
        inside = text.count("{{", 0, stop.start()) > text.count("}}", 0, stop.start())
        if not inside and not _SHORT.search(text[cuts[-1] : stop.start() + 1]) and re.search(r"\w", text[stop.end() :]):
            cuts.append(stop.end())
    pieces = [text[start:end] for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]
    before = [stripped for piece in pieces[:-1] if re.search(r"\w", stripped := _LEAD.sub("", piece).strip())]
    return before, pieces[-1]


def _parts(text: str) -> Iterator[str | Quote]:
    place = 0
    for one in _QUOTE.finditer(text):
        yield _plain(text[place : one.start()])
        yield Quote(one.group("id"), one.group("words").strip().replace("⟦", "[").replace("⟧", "]"))
        place = one.end()
    yield _plain(text[place:])


def _plain(text: str) -> str:
    """Our reader's text has no markup: emphasis is taken off, white space is one space."""
    return re.sub(r"\s+", " ", re.sub(r"\*\*|__|`", "", text))
