"""Words compared as a careful reader compares them: white space, quotation marks and characters that cannot be seen do not count."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_DOUBLE = frozenset('"“”„‟«»″〝〞')
_SINGLE = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‛": "'", "`": "'", "´": "'", "\u2010": "-", "\u2011": "-"})
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_CUT = re.compile(r"\s*(?:\[\s*(?:…|\.\.\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\)|…|\.\.\.)\s*")
_ALTERED_LETTER = re.compile(r"\[(\w)\]")
_EDGE = " \n\t,;:.!?"


def visible(text: str) -> str:
    """NFC text without what a reader cannot see: format and control characters (line breaks stay), variation selectors, unassigned and
    private code points. Hidden instructions are written with them.
    """
    kept = (c for c in unicodedata.normalize("NFC", text) if c in "\n\t" or unicodedata.category(c) not in {"Cf", "Cc", "Cs", "Co", "Cn"})
    return _SELECTORS.sub("", "".join(kept))


@dataclass(frozen=True, slots=True)
class Comparable:
    """A text in the form in which words are compared, and where each of its characters stood.

    Attributes:
        text: Double quotation marks left out, single ones and hyphens of one form, runs of white space one space.
        places: For each character of `text` its offset in the original.
    """

    text: str
    places: tuple[int, ...]

    def find(self, words: str, *, any_case: bool = False) -> tuple[int, int] | None:
        """Offsets in the original of the first place where `words` (comparable themselves) stand as whole words."""
        if not words:
            return None
        flags = re.IGNORECASE if any_case else 0
        found = (
            re.search(rf"(?<!\w){re.escape(words)}(?!\w)", self.text, flags) if words[0].isalnum() else re.search(re.escape(words), self.text, flags)
        )
        if found is None or (words[-1].isalnum() and self.text[found.end() : found.end() + 1].isalnum()):
            return None
        return self.places[found.start()], self.places[found.end() - 1] + 1


def comparable(text: str) -> Comparable:
    """`text` as it is compared."""
    kept: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if character in _DOUBLE or (unicodedata.category(character) in {"Cf", "Cc"} and character not in "\n\t"):
            continue
        if character.isspace() and (not kept or kept[-1] == " "):
            continue
        kept.append(" " if character.isspace() else character.translate(_SINGLE))
        places.append(place)
    return Comparable("".join(kept), tuple(places))


def pieces(quote: str) -> list[str]:
    """The runs of a quotation that must stand word for word: it may leave words out where it shows it ("…", "[…]").

    Punctuation at the edges belongs to the sentence around it.
    """
    return [piece for one in _CUT.split(quote) if (piece := comparable(one).text.strip(_EDGE))]


def stands_in(quote: str, text: Comparable) -> tuple[int, int] | None:
    """Offsets from the first to the last word of a quotation in a text, whose pieces must follow one another; None where it does not stand.

    "[r]eturn" says openly that the letter's case was changed, so for such a quotation case does not count.
    """
    any_case = bool(_ALTERED_LETTER.search(quote))
    start, end = -1, 0
    for piece in pieces(_ALTERED_LETTER.sub(r"\1", quote)):
        rest = Comparable(text.text, text.places) if end == 0 else _after(text, end)
        found = rest.find(piece, any_case=any_case)
        if found is None:
            return None
        start, end = (found[0] if start < 0 else start), found[1]
    return (start, end) if end else None


def _after(text: Comparable, place: int) -> Comparable:
    first = next((row for row, one in enumerate(text.places) if one >= place), len(text.places))
    return Comparable(text.text[first:], text.places[first:])


_PAIRS = {"“": "”", "«": "»", "„": "“”", "‘": "’", '"': '"', "‹": "›", "'": "'", "「": "」", "『": "』", "〝": "〞", "＂": "＂"}


_STRAIGHT = re.compile(r"'\w[^'\n]*(?:'\w[^'\n]*)*(?<!\s)'(?!\w)")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks: the words, and the offsets of the whole with its marks."""

    words: str
    start: int
    end: int


def quotations(text: str) -> list[Quotation]:
    """What stands between quotation marks, in order. A mark that is never closed runs to the end: better one check too many."""
    found: list[Quotation] = []
    place = 0
    while place < len(text):
        closing = _PAIRS.get(text[place])
        # A single mark within a word is an apostrophe, and a straight one that nothing closes too ("the States' duty").
        inside = text[place] in "‘'" and place and (text[place - 1].isalnum() or not text[place + 1 : place + 2].isalnum())
        if closing is None or inside or (text[place] == "'" and not _STRAIGHT.match(text, place)):
            place += 1
            continue
        end = next((row for row in range(place + 1, len(text)) if text[row] in closing and _closes(text, row)), len(text))
        words = text[place + 1 : end].strip()
        if words:
            found.append(Quotation(words, place, min(end + 1, len(text))))
        place = end + 1
    return found


def _closes(text: str, place: int) -> bool:
    """Whether the mark there can end a quotation: an apostrophe with a letter after it cannot."""
    return text[place] not in "’'" or not text[place + 1 : place + 2].isalnum()


SHARD = 3
"""Words of a quotation up to which it says nothing by itself: "reduce", "human rights"."""


def without_quotations(text: str, *, shards: bool = False) -> str:
    """`text` with what stands between quotation marks blanked, its length kept.

    Args:
        text: A sentence.
        shards: Keep the words of short quotations, without their marks: a sentence can be pieced together of them that nobody ever said.
    """
    kept = list(text)
    for one in quotations(text):
        if shards and len(one.words.split()) <= SHARD:
            kept[one.start] = kept[one.end - 1] = " "
        else:
            kept[one.start : one.end] = " " * (one.end - one.start)
    return with_plain_letters("".join(kept))


def with_plain_letters(text: str) -> str:
    """`text` with "[r]eturn" as "  return", its length kept."""
    return _ALTERED_LETTER.sub(r"  \1", text)


def unmarked(text: str) -> str:
    """`text` with its quotation marks blanked and the words between them kept."""
    kept = list(text)
    for one in quotations(text):
        kept[one.start] = kept[one.end - 1] = " "
    return "".join(kept)
