"""Whether words of a text use a term, and not only something near it: an index of subjects lists uses alone.

The thesaurus finds what people mean in questions ("going home" for return); a text that says "home" does not use the term "return".
"""

from __future__ import annotations

import re

from ingest.analysis import terms
from ingest.thesaurus import Concept, ConceptMention

_ABBREVIATION = re.compile(r"(?=\S*[A-Z]\S*[A-Z])\S{2,10}")
_OF = re.compile(r"\s(?:of|in|on|to|for|with|and)\s")
ALIKE = 5
"""Letters from which on one stem may begin another: child, children."""


def uses(concept: Concept, mention: ConceptMention, text: str, language: str) -> bool:
    """Whether the words of `mention` are an abbreviation of the term or hold its main word.

    The main word of "trafficking in human beings" is the first, of "forced displacement" the last; of a French or Arabic term the first.
    """
    words = text[mention.start : mention.end]
    if _ABBREVIATION.fullmatch(words):
        return True
    preferred = [one.stem for one in terms(concept.preferred[language], language)]
    if len(set(preferred)) == 1:
        return any(_alike(preferred[0], stem) for stem in mention.stems)
    if len(mention.stems) > 1:
        return bool(mention.stems & set(preferred))
    return _main(concept, language) in mention.stems


def _main(concept: Concept, language: str) -> str:
    label = concept.preferred[language]
    stems = [one.stem for one in terms(_OF.split(label)[0] if language == "en" else label, language)]
    if not stems:
        return ""
    return stems[-1] if language == "en" else stems[0]


def _alike(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= ALIKE and longer.startswith(shorter))
