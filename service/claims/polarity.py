"""Whether a sentence denies, or turns round, what its sources say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ingest.analysis import words
from ingest.provision import Provision
from service.claims.lexicon import lexicon
from service.claims.library import Library
from service.claims.run import Run, alike, run_in, run_of

_NEGATING = ("dis", "un", "in", "im", "il", "ir", "non", "mis")
_NUMBER = re.compile(r"\s*(?:\d|one\b|two\b|three\b|four\b|five\b|un\b|une\b|deux\b|trois\b|quatre\b|cinq\b)")
_PASSIVE = re.compile(r"(?:\b(?:is|are|be|been|being|was|were)\s+(?:\w+ly\s+)?)$")


def opposed(own: str, language: str, sources: Sequence[Provision], library: Library) -> str:
    """How the sentence contradicts its sources, in words that follow "but"; "" where it does not."""
    said = run_of(own, language, library)
    there = [run_in(one, library) for one in sources]
    return (
        _denies(said, there)
        or _drops_denial(said, there)
        or _undone(said, there)
        or _contrary(said.folded, " ".join(one.folded for one in there))
        or _turned_round(said, there)
        or _prefixed(own, sources)
        or _restricted(said.folded, there)
    )


def turned_round(text: str, language: str, sources: Sequence[Provision], library: Library) -> str:
    """That part of `opposed` which needs the words of quotations too: "they limit “the human rights of all migrants”"."""
    return _turned_round(run_of(text, language, library), [run_in(one, library) for one in sources])


@lru_cache(maxsize=4096)
def denials(run: Run) -> list[re.Match[str]]:
    """The words of a text that say no, without turns of phrase that do not ("not only", «لا سيما»)."""
    idle = [one.span() for one in lexicon().idle.finditer(run.folded)]
    found = [one for one in lexicon().negation.finditer(run.folded) if not any(start <= one.start() < end for start, end in idle)]
    # « ne … pas » says no once.
    whole = [one for one in found if one.group() not in ("ne", "n'")]
    return whole or found


def _denies(said: Run, there: Sequence[Run]) -> str:
    """A denial that the sources do not make: they have none at all, or say just that in a clause that denies nothing."""
    mine = denials(said)
    if len(mine) == 2:  # "cannot be dismantled without"
        return ""
    for no in mine:
        # "No brain drain" is what "preventing brain drain" is for.
        wanted, near = said.after(no.end(), 2), said.after(no.end(), 4)
        if any(kind == "against" and objects and _within(objects[:2], near) for run in there for kind, objects, _ in _efforts(run)):
            continue
        theirs = [(run, denials(run)) for run in there]
        if not any(found for _, found in theirs) and not any(lexicon().against_all.search(run.folded) for run in there):
            return f"“{no.group()}” denies what it says"
        scope = wanted
        if len(scope) < 2:
            continue
        for run, found in theirs:
            denied = frozenset(run.clause(one.start()) for one in found)
            reached = [stem for one in found for stem in (*run.before(one.start()), *run.after(one.end(), 6))]
            if run.holds(scope, denied) and not any(alike(stem, other) for stem in scope for other in reached):
                return f"“{no.group()} {' '.join(scope)}” denies what it says"
    return ""


def _drops_denial(said: Run, there: Sequence[Run]) -> str:
    """A denial in the sources that the sentence leaves out: "is not in force" told as "is in force"."""
    ruled_out = {one.group() for one in lexicon().against_all.finditer(said.folded)}
    if denials(said) or any(not any(word in run.folded for run in there) for word in ruled_out):
        return ""
    for run in there:
        # What both forbid is not dropped.
        found = [*denials(run), *(one for one in lexicon().forbids.finditer(run.folded) if one.group() not in ruled_out)]
        denied = frozenset(run.clause(one.start()) for one in found)
        for one in found:
            scope, before = run.after(one.end()), run.before(one.start(), 2)
            if not scope or not _says(said, scope[0]):
                continue
            beside = tuple(other for other in (*scope[1:2], *before[-1:]) if _says(said, other))
            if (beside or len(scope) == 1) and not run.holds((*scope[:1], *beside[:1]), denied):
                return f"it says “{run.folded[one.start() : one.end()]} {' '.join(scope[:2])}”"
    return ""


def _undone(said: Run, there: Sequence[Run]) -> str:
    """A word that sets a thing aside ("despite", "repeal") where the sources have none such, and deny nothing."""
    found = lexicon().undoes.search(said.folded)
    if not found or any(denials(run) or lexicon().undoes.search(run.folded) or lexicon().against_all.search(run.folded) for run in there):
        return ""
    return f"it does not say “{found.group()}”"


def _says(run: Run, stem: str) -> bool:
    return any(alike(stem, one) for one in run.stems)


def _contrary(said: str, there: str) -> str:
    """A word whose contrary alone is in the sources."""
    for one, other in lexicon().opposites:
        for mine, theirs in ((one, other), (other, one)):
            found = mine.search(said)
            if found and theirs.search(there) and not mine.search(there):
                return f"“{found.group()}” is the contrary of what it says"
    return ""


def _turned_round(said: Run, there: Sequence[Run]) -> str:
    """Something favoured that the sources work against, or the other way round: "encourage brain drain"."""
    mine = [(kind, objects, word) for kind, objects, word in _efforts(said) if objects]
    theirs = [(kind, objects) for run in there for kind, objects, _ in _efforts(run) if objects]
    for kind, objects, word in mine:
        wanted = objects[:2]
        same = any(other == kind and _within(wanted, others) for other, others in theirs)
        contrary = any(other != kind and _within(wanted, others) for other, others in theirs)
        if contrary and not same:
            return f"“{word} {' '.join(wanted)}” is the contrary of what it says"
    return ""


def _within(wanted: Sequence[str], held: Sequence[str]) -> bool:
    return all(any(one == other or other in lexicon().synonyms.get(one, ()) for other in held) for one in wanted)


@lru_cache(maxsize=4096)
def _efforts(run: Run) -> list[tuple[str, tuple[str, ...], str]]:
    """What is favoured ("for") and worked against ("against"), each with the first words of its object and the verb."""
    found = []
    for kind, pattern in lexicon().efforts.items():
        for one in pattern.finditer(run.folded):
            passive = one.group().endswith("ed") and _PASSIVE.search(run.folded[: one.start()])
            objects = run.before(one.start()) if passive else run.after(one.end(), 6, listed=True)
            # The verb's own stem, and that of one beside it ("reduce and prevent"), is no object.
            objects = tuple(stem for stem in objects if not any(other.match(stem) for other in lexicon().efforts.values()))
            found.append((kind, objects, one.group()))
    return found


def _prefixed(own: str, sources: Sequence[Provision]) -> str:
    """A word that the sources have only with a prefix that denies it, or the other way round: "dissatisfaction"."""
    mine = {word for word, _, _ in words(own) if len(word) >= 5}
    theirs = frozenset().union(*map(_words_in, sources))
    for word in sorted(mine - theirs):
        bare = {word.removeprefix(prefix) for prefix in _NEGATING if word.startswith(prefix) and len(word) - len(prefix) >= 5}
        if bare & theirs or any(prefix + word in theirs for prefix in _NEGATING):
            return f"“{word}” is the contrary of what it says"
    return ""


@lru_cache(maxsize=4096)
def _words_in(provision: Provision) -> frozenset[str]:
    return frozenset(word for word, _, _ in words(f"{provision.heading} {provision.text}") if len(word) >= 5)


def _restricted(said: str, there: Sequence[Run]) -> str:
    """A word such as "only" where the sources do not say so, "all" where they say "most", or "never" where they tell of exceptions."""
    text = " ".join(one.folded for one in there)
    only = next((one for one in lexicon().only.finditer(said) if not _NUMBER.match(said, one.end())), None)
    if only and not lexicon().only.search(text) and not any(denials(one) for one in there):
        return f"it does not say “{only.group()}”"
    every = lexicon().every.search(said)
    if every and not said[: every.start()].endswith(("not ", "pas ")) and lexicon().most.search(text) and not lexicon().every.search(text):
        return f"it does not say “{every.group()}”"
    absolute = lexicon().absolute.search(said)
    if absolute and lexicon().exception.search(text) and not lexicon().absolute.search(text):
        return f"it does not say “{absolute.group()}”"
    return ""
