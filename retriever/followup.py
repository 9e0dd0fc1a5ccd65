"""A follow-up read as a full question, by rule and without a language model: "and in the preamble?", "how?", « et la Suisse ? »."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.analysis import terms
from ingest.index import Index
from retriever.cues import EDGES, Cues, cues
from retriever.frames import plain, without
from retriever.language import Language, detect
from retriever.names import country_name, find_countries, find_groups
from retriever.pinpoints import asked_part, find_pinpoints
from retriever.places import moved
from retriever.question import ParsedQuestion, parse
from retriever.retriever import Retriever
from retriever.topics import article_in, framed, swapped, topic
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
        own: The words asked now, where the earlier topic was put beside them; "" otherwise.
    """

    text: str
    changed: bool
    language: Language
    own: str = ""


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
        if not parsed.fabricates and not cues(parsed.language).empty(parsed.rest):
            pasts.append(Past(parsed, cited, retriever, instruments))
    return _read(question, pasts, retriever, instruments, spoken)


def _read(question: str, pasts: Sequence[Past], retriever: Retriever, instruments: Sequence[str], default: Language) -> Interpreted:
    language = detect(question, default)
    as_it_is = Interpreted(question, False, language)
    if not pasts:
        return as_it_is
    parsed = parse(question, retriever.index, language)
    if parsed.fabricates or cues(language).empty(parsed.rest):
        return as_it_is
    reader = _Reader(parsed, pasts[-1], retriever.index, several=len(instruments) != 1)
    text = reader.read()
    return Interpreted(text, True, language, reader.text if reader.leans else "") if text and text != question else as_it_is


class _Reader:
    """One follow-up and the turn before it; each rule gives the full question, or "" when it does not apply.

    Attributes:
        leans: Whether the full question is the earlier topic with the new words put beside it.
    """

    def __init__(self, parsed: ParsedQuestion, past: Past, index: Index, *, several: bool) -> None:
        self.cues: Cues = cues(parsed.language)
        self.parsed = parsed
        self.past = past
        self.index = index
        self.several = several
        self.opened, self.text = self.cues.opened(parsed.rest)
        self.plain = plain(self.text)
        self.own = terms(self.text, parsed.language)
        self.leans = False

    def read(self) -> str:
        """The full question; "" when it is one as it stands."""
        fresh = self._fresh()
        if fresh:
            return fresh
        place = self._moved() or self._part()
        if place:
            return place
        if find_pinpoints(self.plain, self.parsed.frames, provisions_of(self.index, self.past.source)):
            return ""
        if self._stands_alone():
            return self._instrument_kept() or (self.text if self.opened else "")
        return self._repeated() or self._states() or self._fragment() or self._leaning()

    def _fresh(self) -> str:
        """What follows an announcement such as "Different matter: …", alone."""
        end = self.cues.begins("new_topic", self.plain)
        rest = self.text[end:].strip().lstrip(EDGES)
        return self.cues.opened(rest)[1] if end and terms(rest, self.parsed.language) else ""

    def _stands_alone(self) -> bool:
        """Whether the question says itself what it is about."""
        if self.cues.begins("about", self.plain):
            return False
        place = framed(self.parsed, self.cues)
        if place:
            said = self.parsed.rest[slice(*place)]
            return bool(terms(said, self.parsed.language)) and not self.cues.anaphora(said)
        return len(self.own) > _OWN and (self.cues.has("verbs", self.plain) or self.cues.has("wh", self.plain))

    def _instrument_kept(self) -> str:
        """The instrument that "it" means, named: "what does it say about work?" after a question on another instrument than the first."""
        place = framed(self.parsed, self.cues)
        before = self.parsed.rest[: place[0]] if place else ""
        if not self.several or not before or not self.cues.anaphora(before) or self.past.source == next(iter(self.index.instruments), ""):
            return ""
        title = self.index.instruments[self.past.source].short[self.parsed.language]
        subject = self.cues.words["pronouns"].search(plain(before)) if self.parsed.language == "en" else None
        if subject:
            return f"{before[: subject.start()]}the {title}{before[subject.end() :]}{self.parsed.rest[place[0] :] if place else ''}"
        return self.parsed.rest.rstrip(EDGES) + self.cues.templates["of"].format(title=title) + "?"

    def _repeated(self) -> str:
        """The earlier question once more, for "are you sure?" or "tell me more"; every mention of its topic, for "anything else?"."""
        for name in ("again", "elsewhere"):
            if self.cues.has(name, self.plain) and not self.cues.left(self.text, self.cues.words[name]):
                about = topic(self.past, self.parsed.language)
                return self.cues.templates["mention"].format(topic=about) if name == "elsewhere" and about else self.past.question.rest
        return ""

    def _moved(self) -> str:
        # As it was written, too: a rare form such as a dual may have been taken for a slip of the keyboard.
        for text in dict.fromkeys((self.text, self.cues.opened(self.parsed.text)[1])):
            found = moved(text, self.cues, self.parsed.frames, self.past, several=self.several)
            if found:
                return found
        return ""

    def _part(self) -> str:
        """The earlier topic in another part, for "and in the preamble?"."""
        part = asked_part(self.plain, self.parsed.frames)
        if part not in self.cues.part or self.cues.left(self.text, *self.cues.part.values(), self.parsed.frames.unit):
            return ""
        if find_pinpoints(self.plain, self.parsed.frames, provisions_of(self.index, self.past.source)):
            return ""
        about = topic(self.past, self.parsed.language)
        name = "part_mention" if self.past.listed else "part_topic"
        return self.cues.templates[name].format(part=self.cues.parts[part], topic=about) if about else ""

    def _states(self) -> str:
        """Who takes part, asked of others: "and Chad?", "so how many is that?", "which of them are African?"."""
        if not self.past.states:
            return ""
        words, said, language = self.parsed.frames.words, self.cues.templates, self.parsed.language
        countries, groups = find_countries(self.text, language), find_groups(self.text, language)
        rest = without(self.text, [(one.start, one.end) for one in (*countries, *groups)])
        known = [words[name] for name in ("counting", "states", "membership")] + [self.cues.words[name] for name in ("about", "total", "listing")]
        if self.cues.left(rest, *known):
            return ""
        counts = words["counting"].search(self.plain)
        if countries:
            # In the asker's words, with the article; in Arabic without the preposition that is written together with the name.
            names = [self._as_written(one.start, one.end) if language != "ar" else country_name(one.code, "ar") for one in countries]
            return said["member" if len(names) == 1 else "members"].format(country=said["and"].join(dict.fromkeys(names)))
        if groups:
            return said["count_group" if counts else "list_group"].format(group=self.text[groups[0].start : groups[0].end])
        return said["count"] if counts else said["list"] if self.cues.has("listing", self.plain) else ""

    def _as_written(self, start: int, end: int) -> str:
        article = re.search(rf"(?:{self.cues.words['articles'].pattern})\s*$", self.plain[:start], re.IGNORECASE)
        return self.text[article.start() if article else start : end]

    def _fragment(self) -> str:
        """Words without a clause around them: a new topic ("what about children?"), or more on the old one ("with what safeguards?")."""
        about = self.cues.begins("about", self.plain)
        if self.cues.anaphora(self.text) and not about:
            return ""
        start = about or self.cues.begins("swapping", self.plain)
        if start and not self.cues.has("wh", self.plain[start:]) and not self.cues.has("verbs", self.plain[start:]):
            return self._swapped(article_in(self.text[:start], self.parsed.language) + self.text[start:])
        if self.cues.begins("existential", self.plain) and self.cues.has("relational", self.plain) and len(self.own) <= _OWN:
            return self._about()
        if self.cues.has("wh", self.plain):
            return self._asked()
        if self.cues.has("verbs", self.plain) or len(self.own) > _OWN + 2 or not self.own:
            return ""
        if self.cues.begins("asking", self.plain):
            return self._added("joined")
        adding = self.cues.begins("adding", self.plain)
        if adding:
            return swapped(self.past, self.text[adding:].strip(EDGES), self.parsed.language) or self._added("added")
        if len(self.own) <= _OWN and self.cues.has("relational", self.plain):
            return self._about()
        if self.opened or len(self.own) == 1 or self.parsed.countries:
            return self._swapped(self.text) if self._nominal() else ""
        return ""

    def _nominal(self) -> bool:
        """Whether a fragment is a noun: in Arabic a verb, which needs no word beside it, makes a question of its own."""
        if self.parsed.language != "ar":
            return True
        return bool(self.parsed.named or self.parsed.countries or re.match(r"(?:ل?ال|لل)\w", self.plain))

    def _swapped(self, new: str) -> str:
        new = new.strip(EDGES)
        if self.parsed.language == "ar" and new.startswith("لل"):
            # "For the …", where an article before another lam is not written again.
            new = "ال" + ("ل" if new[2:].startswith("ا") else "") + new[2:]
        if not terms(new, self.parsed.language):
            return ""
        return swapped(self.past, new, self.parsed.language) or self.cues.templates["topic"].format(topic=new)

    def _asked(self) -> str:
        """A question word with hardly a word to go with it: "how?", "adopted when?", "under which law?"."""
        own = self.cues.left(self.text, self.cues.words["wh"])
        prepositional = self.cues.begins("adding", self.plain)
        most = _OWN + 1 if prepositional and not self.cues.has("verbs", self.plain) else 1
        if len(own) > most or (own and self._complete(own[-1].start)):
            return ""
        question, said = self.past.question, self.text.strip(EDGES)
        if question.language != self.parsed.language or self.past.pinpointed or framed(question, self.cues):
            return self._about()
        begins = self.cues.begins("wh", self.plain[prepositional:]) and not re.search(r",|\s(?:for|to|from|by)$", said)
        self.leans = True
        if self.parsed.language == "en" and begins and self.cues.words["verbs"].match(question.plain):
            return f"{said[:1].upper()}{said[1:]} {question.rest[:1].lower()}{question.rest[1:].rstrip(EDGES)}?"
        if self.parsed.language == "ar" and begins and question.rest.startswith("هل "):
            return f"{said} {question.rest.removeprefix('هل ').rstrip(EDGES)}؟"
        return self._added("joined")

    def _complete(self, start: int) -> bool:
        """Whether the one word of topic has an article, as the subject of a whole question has ("when was the conference?")."""
        if self.parsed.language == "ar":
            return self.text[start:].startswith("ال")
        return re.search(rf"(?:{self.cues.words['articles'].pattern})\s*$", self.plain[:start], re.IGNORECASE) is not None

    def _leaning(self) -> str:
        """A question whose pronouns stand for what was spoken of before: "who will lead it?"."""
        return self._about() if self.cues.anaphora(self.text) and len(self.own) <= _OWN else ""

    def _about(self) -> str:
        about = topic(self.past, self.parsed.language)
        self.leans = bool(about)
        return self.cues.templates["about"].format(topic=about, question=self.text.strip(EDGES)) if about else ""

    def _added(self, template: str) -> str:
        question, said = self.past.question, self.text.strip(EDGES)
        if question.language != self.parsed.language or self.past.pinpointed:
            return self._about()
        self.leans = True
        said = said if said[:2].isupper() else said[:1].lower() + said[1:]
        return self.cues.templates[template].format(question=question.rest.rstrip(EDGES), rest=said)
