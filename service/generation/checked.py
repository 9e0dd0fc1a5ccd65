"""A model's sentence made into one that may be shown: its quotations filled in from the provisions, its ids known, its substance checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.provision import Provision
from service.answer import Citation, Language
from service.claims.check import Checker, Claim
from service.claims.comparing import quotations, stands_in
from service.generation.grammar import LONGEST, Quote, Sentence
from service.wording import wording

LONGEST_QUOTE = 700
"""Characters of one quotation at most: a model that quotes everything says nothing."""
_MARKUP = re.compile(r"https?:|javascript:|www\.|&#?\w+;|''|,,|(?<!\w)/|/(?!\w)", re.IGNORECASE)
_PUNCTUATION = frozenset(" \t\n.,;:!?'’()-–—…/%&€§°،؛؟٪")
"""All the marks that a model's own words may hold; any other is markup, or a quotation mark of some script."""
# A mark without its partner would make a quotation of what stands between it and the next one in another sentence.
_LONE = re.compile('["“”„‟«»″]')
_WRAPPED = re.compile(r"['‘‹]\s*(“[^“”]*”|«[^«»]*»)\s*['’›]")
"""A quotation within marks of another kind."""
_MIXED = re.compile(r"(?<!\w)\d+(?!(?:st|nd|rd|th|er|[eè]?re|e|[eè]me|bis|ter|[a-z])(?!\w))[^\W\d_]+|(?<!\w)[^\W\d_]+\d", re.IGNORECASE)
"""A number with letters in it, which is no number of ours: "5OO"."""
_PROMPTED = re.compile(r"(?:^|[\s:])(?:para|art|obj|rec|item|target|goal|domain)-\d")


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence that was verified.

    Attributes:
        text: With its quotations between the language's marks, and without markers.
        end: The mark that closes it.
        citations: What it rests on; those of the provisions that it quotes hold the words quoted.
        quotes: How many quotations it holds, each found word for word.
    """

    text: str
    end: str
    citations: tuple[Citation, ...]
    quotes: int


class Verifier:
    """Makes a model's sentences into verified ones, for one question."""

    def __init__(self, checker: Checker, offered: Sequence[Citation], language: Language) -> None:
        self._checker = checker
        self._offered = {one.provision.id: one for one in offered}
        self._marks = wording(language)["quote"]

    def verify(self, sentences: Sequence[Sentence]) -> list[Shown | None]:
        """Each sentence as it may be shown, None where it may not; the substance of all is checked at once."""
        filled = [self._filled(one) for one in sentences]
        claims = [Claim(one.text, tuple(citation.provision.id for citation in one.citations)) for one in filled if one]
        verdicts = iter(self._checker.check(claims))
        return [one if one and next(verdicts).holds else None for one in filled]

    def _filled(self, sentence: Sentence) -> Shown | None:
        """The sentence with the words of its quotations; None where it names what was not offered, or quotes what does not stand there."""
        named = [self.known(one) for one in sentence.ids]
        cited = {one.provision.id: one for one in named if one}
        if not all(named):
            return None
        pieces: list[str] = []
        quotes = 0
        for part in sentence.parts:
            if isinstance(part, Quote):
                source = self.known(part.id)
                quoted = self._quoted(source, part.words) if source else None
                if quoted is None:
                    return None
                cited[quoted.provision.id] = quoted
                pieces.append(self._marks.format(quote=quoted.quote))
                quotes += 1
                continue
            own = self._own(part, cited)
            if own is None:
                return None
            pieces.append(own)
            quotes += len(quotations(own))
        text = re.sub(r"\s+", " ", " ".join(pieces)).strip()
        # French sets a space before the higher marks.
        text = re.sub(r"\s+([.,،])" if "«" in text else r"\s+([.,;:!?؟،])", r"\1", text)
        text = text.rstrip(" .!?؟,;:")
        if not cited or not text or len(text) > LONGEST:
            return None
        return Shown(text, sentence.end, tuple(cited.values()), quotes)

    def _own(self, text: str, cited: dict[str, Citation]) -> str | None:
        """The model's own words, where it wrote quotation marks itself with the words as they stand; None where they do not, or for markup."""
        if _PROMPTED.search(text):
            return None
        pieces, place = [], 0
        for one in quotations(text):
            found = next((quoted for citation in cited.values() if (quoted := self._quoted(citation, one.words))), None)
            if found is None:
                return None
            cited[found.provision.id] = found
            pieces += [_LONE.sub("", text[place : one.start]), self._marks.format(quote=found.quote)]
            place = one.end
        plain = "".join(text[start:end] for start, end in _outside(text))
        return (
            None
            if _MARKUP.search(plain) or _MIXED.search(plain) or _strange(_LONE.sub("", plain))
            else _WRAPPED.sub(r"\1", "".join([*pieces, _LONE.sub("", text[place:])]))
        )

    def _quoted(self, source: Citation, words: str) -> Citation | None:
        """The citation with the provision's own words, where `words` stand in them."""
        one = source.provision
        span = stands_in(words, self._checker.library.comparable[one.id]) if one.tier == "authentic" else None
        if span is None or span[1] - span[0] > LONGEST_QUOTE:
            return None
        return replace(source, quote=one.text[span[0] : span[1]], start=span[0], end=span[1])

    def known(self, name: str) -> Citation | None:
        """The offered citation that a model means: by its id, or by its label or number where only one of them has it."""
        plain = name.strip(" .()").casefold()
        if plain in self._offered:
            return self._offered[plain]
        number = re.fullmatch(r"(?:§|para\.?|paragraph|art\.?|article)?[ -]?(\d[\w.]*)", plain)
        meant = [
            one
            for one in self._offered.values()
            if one.provision.label == plain or (number and number.end(1) - number.start(1) < len(plain) and _ends(one.provision, number[1]))
        ]
        return meant[0] if len(meant) == 1 else None


def _strange(text: str) -> str:
    """The first character that no text of ours is written with: look-alikes of another script, "½", "Ⅻ", "❝"; "" where there is none."""
    return next((one for one in text if not (one.isascii() and one.isalnum()) and one not in _PUNCTUATION and not _LETTERS.match(one)), "")


_LETTERS = re.compile("[À-ÖØ-öø-ſȘ-ț\u0621-\u064a\u064b-\u0652\u0660-\u0669\u0670-\u06d3\u06f0-\u06f9]")
"""Letters of Western European names, and Arabic letters with their vowels and digits."""


def _ends(provision: Provision, number: str) -> bool:
    return provision.label.partition("-")[2] == number


def _outside(text: str) -> list[tuple[int, int]]:
    """The runs of `text` outside its quotations."""
    edges = [0, *(edge for one in quotations(text) for edge in (one.start, one.end)), len(text)]
    return list(zip(edges[::2], edges[1::2], strict=True))


def numbered(shown: Sequence[Shown], summary: str) -> tuple[list[str], tuple[Citation, ...]]:
    """The sentences with their markers, and the citations that these stand for, in the order of their first use.

    Where two sentences quote one provision, each quotation is in its text and the first one in the citation.
    """
    order: dict[str, int] = {}
    chosen: dict[str, Citation] = {}
    texts = []
    for one in shown:
        marks = []
        for citation in one.citations:
            place = order.setdefault(citation.provision.id, len(order) + 1)
            chosen.setdefault(citation.provision.id, citation)
            marks.append(f"[{place}]" + (f" {summary}" if citation.provision.tier == "digest" else ""))
        texts.append(f"{one.text} {' '.join(dict.fromkeys(marks))}{one.end}")
    return texts, tuple(chosen.values())
