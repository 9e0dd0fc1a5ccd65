"""Which words of a provision to quote: the shortest run of whole clauses that answers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingest.analysis import terms
from ingest.clauses import clauses
from ingest.index import Index
from ingest.provision import Provision
from ingest.verbs import lead_verb
from retriever.look import question_vectors
from retriever.question import ParsedQuestion

WHOLE = 45
"""Words of a provision that is quoted whole when no part of it stands out."""

_CONJUNCTION = re.compile(r"(?:and|or|but|et|ou|mais)\s+", re.IGNORECASE)

OPENING = 40
"""Words from the beginning to the end of the run that are still quoted in one piece, so that the sentence keeps its verb."""


def choose(question: ParsedQuestion, provision: Provision, index: Index) -> tuple[int, int]:
    """Offsets of the quotation that answers `question` in an authentic provision's text.

    Among runs of neighbouring clauses the one wins that holds most of the question's weight (its words, by rarity, and the words that
    name its concepts); of two that hold as much, the shorter. A run that begins near the beginning begins there.
    """
    text = provision.text
    pieces = clauses(text)
    wanted = _wanted(question, provision, index)
    gains = [_held(text[start:end], provision.language, wanted) for start, end in pieces]
    if not any(gains):
        if len(text.split()) <= WHOLE:
            return _trimmed(provision, 0, len(text))
        return _trimmed(provision, *_nearest_window(question, provision, index))
    first, last = _best_run(pieces, gains, wanted)
    start, end = pieces[first][0], pieces[last][1]
    if first and len(text[:end].split()) <= OPENING:
        start = pieces[0][0]
    return _trimmed(provision, start, end)


def whole(provision: Provision) -> tuple[int, int]:
    """Offsets of the whole text, the verb that it opens with left to the sentence around the quotation."""
    return _trimmed(provision, 0, len(provision.text))


def around(provision: Provision, start: int, end: int) -> tuple[int, int]:
    """Offsets of the clauses that hold the words from `start` to `end`."""
    held = [piece for piece in clauses(provision.text) if piece[1] > start and piece[0] < end]
    return _trimmed(provision, held[0][0], held[-1][1]) if held else (start, end)


def _wanted(question: ParsedQuestion, provision: Provision, index: Index) -> dict[str, float]:
    """Stems in the provision's language that a quotation should hold, weighted by rarity."""
    field = index.fields["text"]
    wanted = {stem: weight * field.idf(stem) for stem, weight in question.english.items()}
    for concept in question.named:
        known = index.thesaurus.concepts.get(concept)
        for label in known.labels.get(provision.language, ()) if known else ():
            for term in terms(label, provision.language):
                wanted.setdefault(term.stem, 0.5 * field.idf(term.stem))
    return wanted


def _held(clause: str, language: str, wanted: Mapping[str, float]) -> frozenset[str]:
    return frozenset(term.stem for term in terms(clause, language) if term.stem in wanted)


def _best_run(pieces: list[tuple[int, int]], gains: list[frozenset[str]], wanted: Mapping[str, float]) -> tuple[int, int]:
    def worth(first: int, last: int) -> tuple[float, int]:
        held: frozenset[str] = frozenset().union(*gains[first : last + 1])
        length = pieces[last][1] - pieces[first][0]
        # A character costs a little, so that a clause that adds next to nothing stays out.
        return round(sum(wanted[stem] for stem in held) - length / 400, 6), -length

    runs = [(first, last) for first in range(len(pieces)) for last in range(first, min(first + 6, len(pieces)))]
    return max(runs, key=lambda run: (worth(*run), -run[0]))


def _nearest_window(question: ParsedQuestion, provision: Provision, index: Index) -> tuple[int, int]:
    """Offsets of the passage nearest to the question; of the first one where nothing tells them apart."""
    vectors = question_vectors(question, index)
    rows = [row for row, one in enumerate(index.passages) if one.provision == provision.id and one.kind == "text"]
    best = max(rows, key=lambda row: (max((round(index.vectors.cosine(row, one), 6) for one in vectors), default=0.0), -row))
    return index.passages[best].start, index.passages[best].end


def _trimmed(provision: Provision, start: int, end: int) -> tuple[int, int]:
    """Without the opening verb, which the sentence around the quotation says, and without the mark that closes the clause."""
    text = provision.text
    verb = lead_verb(text) if start == 0 else None
    if verb and verb.end < end:
        start = verb.end
    conjunction = _CONJUNCTION.match(text, start, end) if start else None
    if conjunction and not (verb and start == verb.end):
        start = conjunction.end()
    while end > start and text[end - 1] in " ,;:\n":
        end -= 1
    if end > start and text[end - 1] == "." and end == len(text):
        end -= 1
    return start, end
