"""A follow-up read as a full question, by rule and without a language model: "and in the preamble?", "how?", « et la Suisse ? »."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.analysis import terms
from ingest.index import Index
from retriever.cues import Cues, cues
from retriever.frames import plain, without
from retriever.language import Language, detect
from retriever.names import country_name, find_countries, find_groups
from retriever.pinpoints import asked_part, find_pinpoints
from retriever.places import moved
from retriever.question import ParsedQuestion, parse
from retriever.retriever import Retriever
from retriever.topics import EDGES, framed, swapped, topic
from retriever.turns import Past, Turn, provisions_of

REMEMBERED = 8
"""Turns that are looked back on at most."""

_OWN = 2
"""Words with a topic of their own in a question that leans on the one before, at most; one with more is taken as it stands."""


@dataclass(frozen=True, slots=True)
class Interpreted:
    """A question as it was understood.

    Attributes:
        text: The full question.
        changed: Whether it says more, or other words, than was asked.
        language: Of what was asked; of the conversation where a few words do not tell.
    """

    text: str
    changed: bool
    language: Language


def interpret(
    question: str, history: Sequence[str | Turn], retriever: Retriever, instruments: Sequence[str] = (), language: Language | None = None
) -> Interpreted:
    """Reads a question in the light of the turns before it.

    Args:
        question: As asked.
        history: Earlier turns, oldest first; of bare questions what was found is searched for again.
        retriever: Knows the index.
        instruments: Ids that are searched in; empty for all.
        language: What the asker said the language is, for words that do not tell.
    """
    pasts: list[Past] = []
    spoken: Language = language or "en"
    for entry in history[-REMEMBERED:]:
        if isinstance(entry, Turn):
            spoken = detect(entry.question, spoken)
            full, cited = entry.interpreted or entry.question, entry.cited
        else:
            read = _read(entry, pasts, retriever, instruments, spoken)
            spoken, full, cited = read.language, read.text, None
        parsed = parse(full, retriever.index, spoken)
        if not parsed.fabricates and parsed.rest and (terms(parsed.rest, parsed.language) or entry == full):
            pasts.append(Past(parsed, cited, retriever, instruments))
    return _read(question, pasts, retriever, instruments, spoken)


def _read(question: str, pasts: Sequence[Past], retriever: Retriever, instruments: Sequence[str], default: Language) -> Interpreted:
    language = detect(question, default)
    as_it_is = Interpreted(question, False, language)
    if not pasts:
        return as_it_is
    parsed = parse(question, retriever.index, language)
    if parsed.fabricates or not parsed.rest:
        return as_it_is
    reader = _Reader(parsed, pasts[-1], retriever.index, several=len(instruments) != 1)
    text = reader.read()
    return Interpreted(text, True, language) if text and text != question else as_it_is


class _Reader:
    """One follow-up and the turn before it; each rule gives the full question, or "" when it does not apply."""

    def __init__(self, parsed: ParsedQuestion, past: Past, index: Index, *, several: bool) -> None:
        self.cues: Cues = cues(parsed.language)
        self.parsed = parsed
        self.past = past
        self.index = index
        self.several = several
        self.opened, self.text = _opened(parsed.rest, self.cues)
        self.plain = plain(self.text)
        self.own = terms(self.text, parsed.language)

    def read(self) -> str:
        fresh = self._fresh()
        if fresh:
            return fresh
        if self._stands_alone():
            return self._instrument_kept()
        return self._repeated() or self._moved() or self._part() or self._states() or self._fragment() or self._leaning()

    def _fresh(self) -> str:
        """As in "Different matter: …": what follows the announcement, alone."""
        end = self.cues.begins("new_topic", self.plain)
        rest = self.text[end:].strip().lstrip(EDGES)
        return _opened(rest, self.cues)[1] if end and terms(rest, self.parsed.language) else ""

    def _stands_alone(self) -> bool:
        """Whether the question says itself what it is about."""
        if self.cues.begins("about", self.plain):
            return False
        place = framed(self.parsed, self.cues)
        if place:
            said = self.parsed.rest[slice(*place)]
            return bool(terms(said, self.parsed.language)) and not self.cues.anaphora(said) and not self._moves()
        return len(self.own) > _OWN and bool(self._clause()) and not self._moves()

    def _clause(self) -> bool:
        return self.cues.has("verbs", self.plain) or self.cues.has("wh", self.plain)

    def _moves(self) -> bool:
        return bool(self._moved() or self._part())

    def _instrument_kept(self) -> str:
        """As in "What does it say about work?" after a question on another instrument than the first: that instrument is "it"."""
        place = framed(self.parsed, self.cues)
        before = self.parsed.rest[: place[0]] if place else ""
        source = self.past.source
        if not self.several or not before or not self.cues.anaphora(before) or source == next(iter(self.index.instruments), ""):
            return ""
        title = self.index.instruments[source].short[self.parsed.language]
        return self.parsed.rest.rstrip(EDGES) + self.cues.templates["of"].format(title=title) + "?"

    def _repeated(self) -> str:
        """As in "Are you sure?", "tell me more", "anything else?"."""
        for name in ("again", "elsewhere"):
            if self.cues.has(name, self.plain) and not self.cues.left(self.text, self.cues.words[name]):
                about = topic(self.past, self.parsed.language)
                if name == "elsewhere" and about:
                    return self.cues.templates["mention"].format(topic=about)
                return self.past.question.rest
        return ""

    def _moved(self) -> str:
        return moved(self.text, self.cues, self.parsed.frames, self.past, several=self.several)

    def _part(self) -> str:
        """As in "And in the preamble?"."""
        part = asked_part(self.plain, self.parsed.frames)
        if part not in self.cues.part or self.cues.left(self.text, *self.cues.part.values(), self.parsed.frames.unit):
            return ""
        if find_pinpoints(self.plain, self.parsed.frames, provisions_of(self.index, self.past.source)):
            return ""
        about = topic(self.past, self.parsed.language)
        if not about:
            return ""
        return self.cues.templates["part_mention" if self.past.listed else "part_topic"].format(part=self.cues.parts[part], topic=about)

    def _states(self) -> str:
        """As in "And Chad?", "so how many is that?", "which of them are African?" after a question on who takes part."""
        if not self.past.states:
            return ""
        words, said = self.parsed.frames.words, self.cues.templates
        countries = find_countries(self.text, self.parsed.language)
        groups = find_groups(self.text, self.parsed.language)
        rest = without(self.text, [(one.start, one.end) for one in (*countries, *groups)])
        about = self.cues.words["about"]
        if self.cues.left(rest, about, words["counting"], words["states"], words["membership"], self.cues.words["total"], self.cues.words["listing"]):
            return ""
        if countries:
            names = [country_name(code, self.parsed.language) for code in dict.fromkeys(one.code for one in countries)]
            return said["member" if len(names) == 1 else "members"].format(country=said["and"].join(names))
        counts = words["counting"].search(self.plain)
        if groups:
            named = self.text[groups[0].start : groups[0].end]
            return said["count_group" if counts else "list_group"].format(group=named)
        if counts:
            return said["count"]
        return said["list"] if self.cues.has("listing", self.plain) else ""

    def _fragment(self) -> str:
        """Words without a clause around them: a new topic ("what about children?"), or more on the old one ("with what safeguards?")."""
        if self.cues.anaphora(self.text) and not self.cues.begins("about", self.plain):
            return ""
        start = self.cues.begins("about", self.plain) or self.cues.begins("swapping", self.plain)
        if start and not self._clause_in(start):
            return self._swapped(self.text[start:])
        if self.cues.has("wh", self.plain):
            return self._asked()
        if self.cues.has("verbs", self.plain) or len(self.own) > _OWN + 2 or not self.own:
            return ""
        if self.cues.begins("asking", self.plain):
            return self._added("joined")
        if self.cues.begins("adding", self.plain):
            return swapped(self.past, self.text[self.cues.begins("adding", self.plain) :].strip(EDGES), self.parsed.language) or self._added("added")
        if len(self.own) <= _OWN and self.cues.has("relational", self.plain):
            return self._about()
        if self.opened or len(self.own) == 1 or self.parsed.countries:
            return self._swapped(self.text) if self._nominal() else ""
        return ""

    def _clause_in(self, start: int) -> bool:
        return self.cues.has("wh", self.plain[start:]) or self.cues.has("verbs", self.plain[start:])

    def _nominal(self) -> bool:
        """Whether an Arabic fragment is a noun: a verb, which needs no word beside it, makes a question of its own."""
        if self.parsed.language != "ar":
            return True
        return bool(self.parsed.named or self.parsed.countries or re.match(r"(?:ل?ال|لل)\w", self.plain))

    def _swapped(self, new: str) -> str:
        new = new.strip(EDGES)
        if not new or not terms(new, self.parsed.language):
            return ""
        return swapped(self.past, new, self.parsed.language) or self.cues.templates["topic"].format(topic=new)

    def _asked(self) -> str:
        """As in "How?", "adopted when?", "under which law?": a question word with hardly a word to go with it."""
        begins = self.cues.begins("adding", self.plain) or self.cues.begins("wh", self.plain)
        bare = not self.cues.has("verbs", self.plain) and bool(self.cues.begins("adding", self.plain))
        if len(self.own) > (_OWN + 1 if bare else 1) or (self.own and self._complete()):
            return ""
        question = self.past.question
        said = self.text.strip(EDGES)
        if question.language != self.parsed.language or self.past.pinpointed or framed(question, self.cues):
            return self._about()
        leading = self.cues.words["verbs"].match(question.plain)
        if self.parsed.language == "en" and leading and begins:
            return f"{said[:1].upper()}{said[1:]} {question.rest[:1].lower()}{question.rest[1:].rstrip(EDGES)}?"
        if self.parsed.language == "ar" and question.rest.startswith("هل ") and begins:
            return f"{said} {question.rest.removeprefix('هل ').rstrip(EDGES)}؟"
        return self._added("joined")

    def _complete(self) -> bool:
        """Whether the one word of topic has an article, as the subject of a whole question has ("when was the conference?")."""
        before = self.text[: self.own[-1].start]
        if self.parsed.language == "ar":
            return self.text[self.own[-1].start :].startswith("ال")
        return re.search(rf"(?:{self.cues.words['articles'].pattern})\s*$", plain(before), re.IGNORECASE) is not None

    def _leaning(self) -> str:
        """As in "Who will lead it?": a question whose pronouns stand for what was spoken of before."""
        if not self.cues.anaphora(self.text) or len(self.own) > _OWN:
            return ""
        if self.own and not any(self._known(one.stem) for one in self.own):
            return ""  # nothing that the texts could speak of: the old topic must not make it look as if they did
        return self._about()

    def _known(self, stem: str) -> bool:
        return any(field.has(stem) for field in self.index.fields.values()) or bool(self.parsed.named or self.parsed.countries)

    def _about(self) -> str:
        about = topic(self.past, self.parsed.language)
        return self.cues.templates["about"].format(topic=about, question=self.text.strip(EDGES)) if about else ""

    def _added(self, template: str) -> str:
        question = self.past.question
        if question.language != self.parsed.language or self.past.pinpointed:
            return self._about()
        return self.cues.templates[template].format(question=question.rest.rstrip(EDGES), rest=self.text.strip(EDGES))


def _opened(text: str, said: Cues) -> tuple[bool, str]:
    """Whether a text begins with words that only open it ("and", "OK, so"), and what follows them."""
    rest, opened = text.strip(), False
    while True:
        matched = plain(rest)
        found = said.words["opening"].match(matched)
        if found and matched[found.end() :].strip(EDGES):
            rest = rest[found.end() :].lstrip(EDGES)
        elif said.language == "ar" and matched.startswith("و") and len(matched) > 2 and not said.words["own_waw"].match(matched):
            rest = rest[1:].lstrip()
        else:
            return opened, rest
        opened = True
