"""Questions on what the actors do, and nothing more: "what do the ministers decide?", « que saluent les ministres ? »."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from ingest.analysis import stem, terms, words
from ingest.catalogue import CORPUS
from ingest.index import Index
from retriever.question import ParsedQuestion

FIRM = frozenset({"commit", "decide", "oblige"})
"""Strengths at which one verb is as good as another: who asks what is decided wants what is adopted too."""


def deeds(question: ParsedQuestion, index: Index, among: list[str]) -> list[str]:
    """Ids of the provisions of `among` that open with the verb asked for, in reading order; empty when more than a verb is asked.

    Of a firm verb those of the same strength count too.
    """
    verbs = _verbs(question.language)
    actors = {term.stem for one in index.instruments.values() for term in terms(one.actor.get(question.language, ""), question.language)}
    asked = [term.stem for term in terms(question.rest, question.language) if term.stem not in actors | _bare(question)]
    if not asked or not all(one in verbs for one in asked):
        return []
    lemmas = {lemma for one in asked for lemma, _ in verbs[one]}
    firm = {strength for one in asked for _, strength in verbs[one]} & FIRM
    return [one for one in among if index.provisions[one].verb and (index.provisions[one].verb in lemmas or index.provisions[one].strength in firm)]


def _bare(question: ParsedQuestion) -> set[str]:
    return {stem(word, question.language) for word in ("formally", "concretely", "jointly", "states", "formellement", "concretement", "رسميا")}


@cache
def _verbs(language: str) -> dict[str, frozenset[tuple[str, str]]]:
    """Stems of the verbs of corpus/verbs.yaml that are one word in a language, with lemma and strength."""
    data: dict[str, Any] = yaml.load((CORPUS / "verbs.yaml").read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    found: dict[str, set[tuple[str, str]]] = {}
    for entry in data["verbs"]:
        for form in (entry[language], *(entry["forms"] if language != "ar" else ())):
            said = [word for word, _, _ in words(form)]
            if len(said) == 1:
                found.setdefault(stem(said[0], language), set()).add((entry["lemma"], entry["strength"]))
    return {one: frozenset(meanings) for one, meanings in found.items()}
