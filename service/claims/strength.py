"""How much a sentence says that its source undertakes, against what the source does undertake."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ingest.analysis import fold
from ingest.clauses import clauses
from ingest.provision import Provision
from ingest.verbs import STRENGTHS, lead_verb
from service.claims.comparing import without_quotations
from service.claims.lexicon import lexicon

# What may stand between who speaks and what they do: "the ministers have also jointly decided".
_BETWEEN = re.compile(
    r"[\s,]*(?:(?:also|have|has|had|are|is|will|would|further|again|jointly|strongly|fully|therefore|hereby|ont|a|sont|aussi|egalement|قد|ان)\s+)*"
)


def acts(text: str, language: str) -> list[tuple[str, str]]:
    """The verbs that say what somebody does in our own words of `text`, each with its strength: those that follow who speaks, in Arabic all."""
    words = lexicon()
    folded = _own(text)
    starts = [0] if language == "ar" else []
    for subject in words.subject.get(language, words.subject["en"]).finditer(folded):
        between = _BETWEEN.match(folded, subject.end())
        starts.append(between.end() if between else subject.end())
    found = words.verb.finditer(folded) if language == "ar" else (one for start in starts if (one := words.verb.match(folded, start)))
    return [(words.verbs[" ".join(one.group().split())], one.group()) for one in found]


def terms_of_force(text: str) -> list[tuple[str, str]]:
    """The words of our own in `text` that oblige, decide or promise wherever they stand ("must", "commitment"), each with its strength."""
    folded = _own(text)
    return [(name, one.group()) for name, pattern in lexicon().levels.items() for one in pattern.finditer(folded)]


@lru_cache(maxsize=4096)
def undertaken(provision: Provision, *, binding: bool) -> str:
    """How much a provision undertakes at most, by the verbs that open it and its clauses; all that can be where the law binds."""
    if binding:
        return "oblige"
    if provision.tier == "digest":
        said = [provision.strength, *(one for one, _ in (*acts(provision.text, provision.language), *terms_of_force(provision.text)))]
        return max(said, key=rank)
    found = provision.strength
    for start, end in clauses(provision.text):
        opening = re.sub(r"^and\s+", "", provision.text[start:end])
        verb = lead_verb(opening)
        # "ensuring" and "to ensure" say how, not what is undertaken.
        if verb and not opening.split(maxsplit=1)[0].endswith("ing") and not opening.startswith("to "):
            found = max(found, verb.strength, key=rank)
    return found


def raised(text: str, language: str, sources: Sequence[tuple[Provision, bool]]) -> str:
    """The word by which `text` claims more than its sources undertake, or "".

    Args:
        text: A sentence; its quotations do not count.
        language: Of the sentence.
        sources: What it cites, each with whether its instrument is binding law.
    """
    allowed = max((rank(undertaken(provision, binding=binding)) for provision, binding in sources), default=0)
    allowed = max(allowed, rank("recall"))
    for strength, word in acts(text, language):
        if rank(strength) > allowed:
            return word
    there = " ".join(fold(f"{provision.heading} {provision.text}") for provision, _ in sources)
    for strength, word in terms_of_force(text):
        if rank(strength) <= allowed:
            continue
        # "Must be addressed in line with international law": the source's own word, or one of the same force in another language.
        same = lexicon().levels[strength].search(there)
        if not same:
            return word
    return ""


def rank(strength: str) -> int:
    """1 for `recall` to 5 for `oblige`; 0 for none."""
    return STRENGTHS.index(strength) + 1 if strength in STRENGTHS else 0


def _own(text: str) -> str:
    return fold(without_quotations(text)).replace("’", "'")
