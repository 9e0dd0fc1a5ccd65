"""How much a sentence says that its source undertakes, against what the source does undertake."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from ingest.analysis import fold, stem
from ingest.clauses import clauses
from ingest.provision import Provision
from ingest.verbs import STRENGTHS, lead_verb
from service.claims.comparing import without_quotations
from service.claims.lexicon import lexicon
from service.claims.library import Library
from service.claims.run import alike, run_in, run_of

# What may stand between who speaks and what they do: "the ministers have also jointly decided".
_BETWEEN = re.compile(
    r"[\s,]*(?:(?:also|have|has|had|are|is|will|would|further|again|jointly|strongly|fully|therefore|hereby|ont|a|sont|aussi|egalement|قد|ان)\s+)*"
)


_WILL = re.compile(r"\b(?:ministers|states|parties|governments|they|countries)\s+(?P<will>will|vont)\b(?!\s+be\b)")
"""What somebody will do is promised."""
_DOIT = frozenset({"doit", "doivent", "devra", "devront"})
_NEED = re.compile(r"\b(?:need|needs|necessary|should|besoin|necessite)\b")
_ACTORS = re.compile(r"\b(?:etats?|ministres|pays|parties|gouvernements|union|participants|ils|elles|nous)\b")


def _said_of_things(text: str, word: str, there: str) -> bool:
    """French says "doit" also of how a thing should be, which binds nobody: « le retour doit se faire dans la dignité »."""
    before = _own(text).partition(word)[0]
    return bool(_NEED.search(there)) or not _ACTORS.search(before[-60:])


_SOFT = re.compile(r"\b(?:asks?|lets?|allows?|may|should|consider|recommends?|encourages?|invites?|opens?|preferably)\b(?! not)")
_HARD = re.compile(r"\b(?:must|shall|obliges?|forbids?|bans?|binds?|protects|gives|makes|grants|no|not|none|equal)\b")


def acts(text: str, language: str) -> list[tuple[str, str]]:
    """The verbs that say what somebody does in our own words of `text`, each with its strength: those that follow who speaks, in Arabic all."""
    words = lexicon()
    folded = _own(text)
    starts = [0] if language == "ar" else []
    for subject in words.subject.get(language, words.subject["en"]).finditer(folded):
        between = _BETWEEN.match(folded, subject.end())
        starts.append(between.end() if between else subject.end())
    if language == "ar":
        found = list(words.verb.finditer(folded))
    else:
        # « Il est tenu compte de » obliges nobody.
        found = [one for start in starts if (one := words.verb.match(folded, start)) and not folded.startswith(" compte", one.end())]
    promised = [("commit", one.group("will")) for one in _WILL.finditer(folded)]
    return promised + [(words.verbs[" ".join(one.group().split())], one.group()) for one in found]


def terms_of_force(text: str) -> list[tuple[str, str]]:
    """The words of our own in `text` that oblige, decide or promise wherever they stand ("must", "commitment"), each with its strength."""
    folded = _own(text)
    return [(name, one.group()) for name, pattern in lexicon().levels.items() for one in pattern.finditer(folded)]


@lru_cache(maxsize=4096)
def undertaken(provision: Provision, *, binding: bool) -> str:
    """How much a provision undertakes at most, by the verbs that open it and its clauses; all that can be where the law binds."""
    if binding:
        # A summary tells what its article leaves to the States.
        soft = provision.tier == "digest" and _SOFT.search(fold(provision.text)) and not _HARD.search(fold(provision.text))
        return "encourage" if soft else "oblige"
    if provision.tier == "digest":
        # Of a summary without a verb of its own it is not known; "calls for" says little enough.
        said = [provision.strength or "encourage", *(one for one, _ in (*acts(provision.text, provision.language), *terms_of_force(provision.text)))]
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
    there = " ".join(fold(f"{provision.heading} {provision.text}") for provision, _ in sources)
    summed = [fold(provision.text) for provision, _ in sources if provision.tier == "digest"]
    for strength, word in acts(text, language):
        # A summary's own word says what it says: "the conference adopted". So does the text's own of others: "adopted by most States".
        if rank(strength) <= allowed or (strength == "encourage" and word.startswith(_EMPHASIS) and _WEIGHTY.search(there)):
            continue
        summary = any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", one) for one in summed)
        if not summary and not (_same(word, there) and word not in _voiced(text, language)):
            return word
    for strength, word in terms_of_force(text):
        if rank(strength) <= allowed:
            continue
        # "Must be addressed in line with international law": the source's own word, or one of the same force in another language.
        same = lexicon().levels[strength].search(there)
        if not same and not (word in _DOIT and _said_of_things(text, word, there)):
            return word
    return ""


def raised_in_part(text: str, language: str, sources: Sequence[tuple[Provision, bool]], library: Library) -> str:
    """As `raised`; of several sources each part of the sentence is held against those that speak of it most.

    What one of them decides is no decision on what another speaks of.
    """
    if len(sources) == 1:
        return raised(text, language, sources)
    speaker = {"en": "they ", "fr": "ils "}.get(language, "")
    for piece in _PART.split(text):
        part = piece.strip()
        told = speaker + part if lexicon().verb.match(fold(part)) else part
        word = raised(told, language, _speaking_of(part, language, sources, library))
        if word:
            return word
    return ""


_PART = re.compile(r"[,;:]|\b(?:and|but|while|whereas|et|mais|tandis)\b|\sو(?=\w)")


def _speaking_of(part: str, language: str, sources: Sequence[tuple[Provision, bool]], library: Library) -> list[tuple[Provision, bool]]:
    """The sources that hold most words of a part of a sentence; all of them where none holds any."""
    stems = {one for one in run_of(part, language, library).stems if one not in _verb_stems()}
    held = [sum(any(alike(one, other) for other in run_in(source, library).stems) for one in stems) for source, _ in sources]
    return [one for one, count in zip(sources, held, strict=True) if count == max(held)]


@cache
def _verb_stems() -> frozenset[str]:
    return frozenset(stem(word, "en") for form in lexicon().verbs for word in form.split())


_VOICE = re.compile(
    r"\b(?:ministers|they|we|declaration|text|document|paragraph|participating states|ministres|ils|nous|texte)\b[\s,]+(?:\w+\s+){0,3}$"
)
_EMPHASIS = ("emphasi", "stress", "underlin", "underscor", "highlight", "soulign", "insist", "يشدد", "يبرز")
_WEIGHTY = re.compile(r"\b(?:importance|important|need|highlighted|emphasi\w+|stress\w*)\b")


def _voiced(text: str, language: str) -> set[str]:
    """The verbs of a sentence that the text's own voice is the subject of; in Arabic all."""
    folded = _own(text)
    found = lexicon().verb.finditer(folded)
    return {one.group() for one in found if language == "ar" or _VOICE.search(folded[: one.start()])}


def _same(word: str, there: str) -> bool:
    """Whether a verb stands there in any of its forms: "adopted", "the adoption"."""
    return len(word) >= 5 and bool(re.search(rf"(?<!\w){re.escape(word[:5])}", there))


def rank(strength: str) -> int:
    """1 for `recall` to 5 for `oblige`; 0 for none."""
    return STRENGTHS.index(strength) + 1 if strength in STRENGTHS else 0


def _own(text: str) -> str:
    return fold(without_quotations(text)).replace("’", "'")
