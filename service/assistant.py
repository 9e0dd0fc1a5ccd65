"""The assistant: a question in, a verified answer or a reasoned refusal out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from ingest.catalogue import Instrument
from ingest.index import Index
from ingest.links import LinkTable
from ingest.provision import Provision
from retriever.carried import only_carried
from retriever.followup import Interpreted, interpret
from retriever.mentions import subjects
from retriever.names import country_name
from retriever.ranking import weights
from retriever.retriever import Found, Hit, Retriever
from service import quote
from service.answer import Answer, Citation, Question, Refusal, Verified
from service.articles import with_article
from service.claims.check import Checker
from service.claims.library import Library
from service.compose import Claim, Writer, join, mention_spans
from service.pinpoint import pinpoint_of
from service.states import StatesQuestion, members, named_in, states_question
from service.verify import markers_hold, numbers_hold, stands
from service.wording import listed, opening

NEAREST = 3
"""Provisions that a refusal shows at most."""


class Assistant:
    """Answers questions over one index generation."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._retriever = Retriever(index)

    @property
    def index_version(self) -> str:
        """Version of the index that is open."""
        return self._index.manifest.version

    @property
    def instruments(self) -> Mapping[str, Instrument]:
        """By id, in the catalogue's order."""
        return self._index.instruments

    @property
    def provisions(self) -> Mapping[str, Provision]:
        """By id, in reading order, notes included."""
        return self._index.provisions

    @property
    def links(self) -> LinkTable:
        """Mentions of other instruments, both ways."""
        return self._index.links

    @property
    def parallels(self) -> Mapping[str, Mapping[str, str]]:
        """The texts in other languages, never cited, by provision id and language."""
        return self._index.parallels

    @cached_property
    def checker(self) -> Checker:
        """Checks claims against the provisions of this index."""
        return Checker(Library.from_index(self._index))

    def is_current(self) -> bool:
        """Whether no newer index was switched to."""
        return self._index.is_current()

    def close(self) -> None:
        """Gives back the index's files."""
        self._index.close()

    def search(self, text: str, k: int, instruments: tuple[str, ...] = ()) -> list[Citation]:
        """The k nearest provisions, best first, each with the words that come closest; whether they answer is not judged.

        Raises:
            ValueError: `k` is below 1.
            KeyError: An unknown instrument.
        """
        found = self._retriever.search(text, k, instruments)
        writer = Writer(self._index, found.question.language, several=len(found.scope) > 1)
        return [self._cited(found, writer, hit) for hit in found.hits[:k]]

    def answer(self, question: Question) -> Answer | Refusal:
        """Answers a question.

        Raises:
            KeyError: It limits itself to an instrument that is not in the index.
        """
        read = interpret(question.text, question.history, self._retriever, question.instruments, question.language)
        reply = self._answer(question, read)
        return replace(reply, interpreted_question=read.text) if read.changed else reply

    def _answer(self, question: Question, read: Interpreted) -> Answer | Refusal:
        found = self._retriever.search(read.text, 10, question.instruments, read.language)
        writer = Writer(self._index, question.language or found.question.language, several=_several(found))
        if found.question.fabricates or not found.question.rest:
            return Refusal("out_of_scope", writer.say("fabricate"), writer.language)
        asked = states_question(found.question, self._index, found.scope)
        if asked:
            return self._checked([self._states_claim(asked, writer)], writer)
        if found.kind == "pinpoint":
            return self._pinpointed(found, writer)
        if found.kind == "mention":
            return self._mentioned(found, writer)
        if not self._retriever.answers(found) or only_carried(read.own, found, self._retriever):
            return self._refused(found, writer)
        if not self._available(found.hits[0]):
            return self._absent(found, writer)
        return self._checked(self._ranked_claims(found, writer), writer, lead=self._no_mention(found, writer))

    def _ranked_claims(self, found: Found, writer: Writer) -> list[Claim]:
        """The best provision, and those that a complete answer needs beside it."""
        best = found.hits[0]
        provision = self.provisions[best.provision]
        claims = []
        note = provision if provision.kind == "note" else None
        if note and note.parent:
            # A note is quoted after the provision that it belongs to.
            provision = self.provisions[f"{note.instrument}/{note.parent}"]
        claims.append(writer.best(provision, quote.choose(found.question, provision, self._index), found.answerable))
        if note:
            claims.append(writer.further(note, quote.whole(note), found.answerable))
        used = {claim.citation.provision.id for claim in claims}
        scores = {hit.provision: hit.score for hit in found.hits}
        for id_ in found.further:
            other = self.provisions[id_]
            if id_ not in used:
                claims.append(writer.further(other, quote.choose(found.question, other, self._index), scores.get(id_, 0.0)))
        return claims

    def _pinpointed(self, found: Found, writer: Writer) -> Answer | Refusal:
        instrument = self._instrument_asked(found)
        count, title = writer.count([instrument])
        prefix = next((one.label.partition("-")[0] for one in self.provisions.values() if one.instrument == instrument), "para")
        roman = self.instruments[instrument].numbering.get("style") == "roman"
        absent = listed([pinpoint_of(f"{prefix}-{number}", writer.language, roman=roman) for number in found.missing], writer.language)
        if not found.hits:
            nearest = self._nearest(found, writer, [self._last_of(instrument)])
            return Refusal("not_addressed", writer.say("missing", pinpoint=absent, instrument=title, count=count), writer.language, nearest)
        claims = []
        for hit in found.hits:
            provision = self.provisions[hit.provision]
            if provision.kind == "note" and len(found.hits) == 1 and provision.parent:
                parent = self.provisions[f"{provision.instrument}/{provision.parent}"]
                claims.append(writer.best(provision, quote.whole(provision), 1.0))
                claims.append(writer.further(parent, quote.choose(found.question, parent, self._index), 1.0))
                continue
            claims.append(writer.best(provision, quote.whole(provision), 1.0))
        lead = writer.say("missing_partly", pinpoint=absent, instrument=title, count=count) if absent else ""
        return self._checked(claims, writer, partial=bool(absent), lead=lead)

    def _mentioned(self, found: Found, writer: Writer) -> Answer | Refusal:
        provisions = [self.provisions[hit.provision] for hit in found.hits]
        spans = mention_spans(found.question, found.subjects, provisions, self._index)
        claims = writer.mentions(provisions, spans)
        kept = [claim for claim in claims if stands(claim.citation, self.provisions)]
        items = [claim.template.format(marker=f"[{place}]") for place, claim in enumerate(kept, 1)]
        text = writer.mention_frame(listed(list(found.subjects), writer.language), items, [claim.citation.provision for claim in kept])
        return Answer(text, writer.language, tuple(claim.citation for claim in kept), _verified(claims, kept))

    def _states_claim(self, asked: StatesQuestion, writer: Writer) -> Claim:
        roll = asked.roll
        provision = roll.provision
        said = writer.pinpoint(provision)
        count = str(len(members(roll)))
        span = (roll.start, roll.end)
        if asked.asked == "organisations":
            start, end = roll.others[0][0], roll.others[-1][1]
            span = quote.around(provision, start, end)
            citation = writer.cite(provision, span, 1.0)
            return Claim(writer.template("organisations", pinpoint=said, list=writer.in_marks(citation.quote)), citation)
        if asked.asked == "member":
            name = with_article(country_name(asked.country, writer.language), writer.language)
            there = [one for one in roll.names if one.code == asked.country]
            if there:
                span = (there[0].start, there[0].end)
            sentence = "member_yes" if there else "member_no"
            text = writer.template(sentence, Pinpoint=opening(said), pinpoint=said, country=name, count=count)
            return Claim(text, writer.cite(provision, span, 1.0), (count, name))
        chosen = members(roll, asked.group)
        names = listed(named_in(roll, chosen, writer.language), writer.language)
        if asked.group:
            kind = writer.group(asked.group)
            text = writer.template("member_group", count=count, pinpoint=said, number=str(len(chosen)), group=kind, list=names)
        else:
            text = writer.template("member_list", Pinpoint=opening(said), pinpoint=said, count=count, list=names)
        return Claim(text, writer.cite(provision, span, 1.0), (count, str(len(chosen))))

    def _no_mention(self, found: Found, writer: Writer) -> str:
        sought = subjects(found.question)
        return writer.no_mention(listed(sought, writer.language)) if sought else ""

    def _refused(self, found: Found, writer: Writer) -> Refusal:
        if found.elsewhere >= weights()["elsewhere_threshold"]:
            return Refusal("out_of_scope", writer.say("elsewhere", example=writer.say("example")), writer.language)
        nearest = self._nearest(found, writer, [hit.provision for hit in found.hits[:NEAREST]])
        return Refusal("not_addressed", writer.silence(found.scope, nearest), writer.language, nearest)

    def _available(self, hit: Hit) -> bool:
        provision = self.provisions[hit.provision]
        return provision.tier == "authentic" or self.instruments[provision.instrument].available

    def _absent(self, found: Found, writer: Writer) -> Refusal:
        """Says that the text asked about is not to be had, and shows what the first instrument says of it."""
        instrument = self._instrument_asked(found)
        first = next(iter(self.instruments))
        said_of_it = [one.source_id for one in self.links.into(instrument) if one.source_id.startswith(f"{first}/")]
        nearest = self._nearest(found, writer, list(dict.fromkeys(said_of_it))[:NEAREST])
        return Refusal("not_addressed", writer.absent(instrument, nearest), writer.language, nearest)

    def _nearest(self, found: Found, writer: Writer, ids: Sequence[str]) -> tuple[Citation, ...]:
        scores = {hit.provision: hit.score for hit in found.hits}
        return tuple(self._cited(found, writer, Hit(one, scores.get(one, 0.0), 1)) for one in ids)

    def _cited(self, found: Found, writer: Writer, hit: Hit) -> Citation:
        provision = self.provisions[hit.provision]
        span = quote.choose(found.question, provision, self._index) if provision.tier == "authentic" else (0, 0)
        return writer.cite(provision, span, hit.score)

    def _checked(self, claims: Sequence[Claim], writer: Writer, *, partial: bool = False, lead: str = "") -> Answer | Refusal:
        """The answer, once every quote and number in it was found in the stored provisions; what was not is left out and counted."""
        kept = [
            claim
            for claim in claims
            if stands(claim.citation, self.provisions)
            and numbers_hold(claim.template.replace(claim.citation.quote, ""), [claim.citation.provision], (*claim.allowed, claim.citation.pinpoint))
        ]
        if not kept:
            return Refusal("not_addressed", writer.say("dropped"), writer.language)
        text = " ".join(part for part in (lead, join(kept)) if part)
        citations = tuple(claim.citation for claim in kept)
        if not markers_hold(text, citations):
            raise AssertionError(f"markers and citations differ in {text!r}")
        if len(kept) < len(claims):
            text = f"{text} {writer.say('dropped')}"
        return Answer(text, writer.language, citations, _verified(claims, kept), partial=partial)

    def _instrument_asked(self, found: Found) -> str:
        return self.provisions[found.hits[0].provision].instrument if found.hits else found.scope[0]

    def _last_of(self, instrument: str) -> str:
        return [one.id for one in self.provisions.values() if one.instrument == instrument and one.kind == "provision"][-1]


def _several(found: Found) -> bool:
    """Whether the answer has to say which instrument it cites: not when just one was searched, or nothing but the first was found."""
    return len(found.scope) > 1


def _verified(claims: Sequence[Claim], kept: Sequence[Claim]) -> Verified:
    """How many quotations were to be shown, and how many of them were found; a summary is no quotation."""
    return Verified(sum(bool(claim.citation.quote) for claim in claims), sum(bool(claim.citation.quote) for claim in kept))
