"""Puts an answer together: our sentence around the provision's own words, a marker a citation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.index import Index
from ingest.provision import Provision
from ingest.verbs import lead_verb
from retriever.question import ParsedQuestion
from service import quote
from service.answer import Citation, Language
from service.pinpoint import pinpoint
from service.wording import listed, opening, wording


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of an answer, with `{marker}` where the number of its citation goes, and the citation.

    Attributes:
        template: The sentence; braces of quoted words are doubled.
        citation: What it rests on.
        allowed: Texts beside the cited provision whose numbers the sentence may use (a count that the code made).
    """

    template: str
    citation: Citation
    allowed: tuple[str, ...] = ()


class Writer:
    """Writes sentences in one language over one index."""

    def __init__(self, index: Index, language: Language, *, several: bool) -> None:
        """Takes whether provisions of several instruments may be cited, so that each has to be named."""
        self._index = index
        self.language: Language = language
        self._several = several
        self._words = wording(language)

    def pinpoint(self, provision: Provision) -> str:
        """The pinpoint in the writer's language, in Roman numerals where the instrument counts so."""
        roman = self._index.instruments[provision.instrument].numbering.get("style") == "roman"
        return pinpoint(provision, self.language, roman=roman)

    def instrument(self, provision: Provision) -> str:
        """Its instrument's short title."""
        return self._index.instruments[provision.instrument].short[self.language]

    def heading(self, provision: Provision) -> str:
        """The editor's heading in the writer's language, or the provision's own, or ""."""
        given = self._index.headings.get(provision.id, {})
        return given.get(self.language) or provision.heading

    def cite(self, provision: Provision, span: tuple[int, int], score: float) -> Citation:
        """A citation of the words at `span`; of none in the digest tier."""
        start, end = span if provision.tier == "authentic" else (0, 0)
        return Citation(provision, self.pinpoint(provision), provision.text[start:end], start, end, round(score, 4))

    def best(self, provision: Provision, span: tuple[int, int], score: float) -> Claim:
        """The sentence that opens an answer."""
        if provision.tier == "digest":
            return self._digest(provision, score)
        return self._sentence(_form(provision, span), provision, span, score)

    def further(self, provision: Provision, span: tuple[int, int], score: float) -> Claim:
        """A sentence that adds a provision."""
        if provision.tier == "digest":
            template = self._words["digest_further"].replace("{marker}", "{{marker}}")
            first = provision.text.partition(". ")[0].rstrip(".")
            title = opening(self.instrument(provision))
            filled = template.format(instrument=_escaped(title), pinpoint=self.pinpoint(provision), text=_escaped(first))
            return Claim(filled, self.cite(provision, span, score), (title,))
        return self._sentence("note" if provision.kind == "note" else _form(provision, span), provision, span, score)

    def _sentence(self, name: str, provision: Provision, span: tuple[int, int], score: float) -> Claim:
        citation = self.cite(provision, span, score)
        verb = lead_verb(provision.text)
        instrument = self._index.instruments[provision.instrument]
        said = self.pinpoint(provision)
        filled = (
            self._words[name]
            .replace("{marker}", "{{marker}}")
            .format(
                pinpoint=said,
                Pinpoint=opening(said),
                of=_escaped(self._words.get("of", "").format(instrument=self.instrument(provision))) if self._several else "",
                part=self._words["parts"][provision.part],
                place=_escaped(self._place(provision)),
                actor=instrument.actor.get(self.language, ""),
                verb=getattr(verb, self.language) if verb else "",
                quote=self.quoted(citation),
                authentic=self._words["authentic_in"] if provision.language != self.language else "",
            )
        )
        return Claim(filled, citation, (self.instrument(provision),))

    def _place(self, provision: Provision) -> str:
        """Part, and instrument where several may be cited, for one pair of brackets."""
        part = str(self._words["parts"][provision.part])
        return f"{self.instrument(provision)}{self._words['comma']}{part}" if self._several else part

    def quoted(self, citation: Citation) -> str:
        """The quote between the language's marks, ready for a template."""
        return _escaped(self.in_marks(citation.quote))

    def in_marks(self, words: str) -> str:
        """Words between the language's quotation marks."""
        return str(self._words["quote"].format(quote=words))

    def group(self, code: str) -> str:
        """What the States of a group are called."""
        return str(self._words["groups"][code])

    def _digest(self, provision: Provision, score: float) -> Claim:
        instrument = self._index.instruments[provision.instrument]
        filled = (
            self._words["digest"]
            .replace("{marker}", "{{marker}}")
            .format(
                instrument=_escaped(instrument.short[self.language]),
                pinpoint=self.pinpoint(provision),
                text=_escaped(provision.text),
                address=_escaped(instrument.address),
            )
        )
        return Claim(opening(filled), self.cite(provision, (0, 0), score), (self.instrument(provision), instrument.address))

    def mentions(self, provisions: Sequence[Provision], spans: Sequence[tuple[int, int]]) -> list[Claim]:
        """The list of every provision that mentions the subjects: one claim an item, to be joined by `mention_frame`."""
        claims = []
        authentic = "mention_item_bare" if self._same_part(provisions) else "mention_item"
        for provision, span in zip(provisions, spans, strict=True):
            citation = self.cite(provision, span, 1.0)
            name = "mention_item_digest" if provision.tier == "digest" else authentic
            named = f"{self.instrument(provision)}{self._words['comma']}" if self._several else ""
            template = (
                self._words[name]
                .replace("{marker}", "{{marker}}")
                .format(
                    pinpoint=_escaped(f"{named}{self.pinpoint(provision)}"),
                    part=self._words["parts"][provision.part],
                    quote=self.quoted(citation),
                )
            )
            claims.append(Claim(template, citation))
        return claims

    def mention_frame(self, subject: str, items: Sequence[str], provisions: Sequence[Provision]) -> str:
        """The sentence around the items of `mentions`."""
        note = self._words["mention_parts"][provisions[0].part] if self._same_part(provisions) else ""
        name = "mention_one" if len(items) == 1 else "mention_many"
        if not all(one.label.startswith("para-") for one in provisions):
            name += "_other"
        said, together = opening(self.number(len(items))), self._words["mention_between"].join(items)
        return str(self._words[name].format(Count=said, count=len(items), subject=_unmarked(subject) + note, list=together))

    def no_mention(self, subject: str) -> str:
        """Says that the words themselves stand nowhere, before an answer that comes near."""
        return self.say("mention_none", subject=_unmarked(subject))

    def _same_part(self, provisions: Sequence[Provision]) -> bool:
        """Whether the part need be said but once."""
        alike = len({(one.part, one.tier, one.label.startswith("para-")) for one in provisions}) == 1
        return alike and len(provisions) > 1 and provisions[0].tier == "authentic" and provisions[0].part in self._words["mention_parts"]

    def number(self, value: int) -> str:
        """A small number as a word, a larger one in digits."""
        if value > 12 or self.language == "ar":
            return str(value)
        from num2words import num2words

        return str(num2words(value, lang=self.language))

    def count(self, scope: Iterable[str]) -> tuple[str, str]:
        """How many provisions the instruments of `scope` hold, in words ("28 paragraphs"), and the short title of the only one."""
        ids = list(scope)
        own = [one for one in self._index.provisions.values() if one.instrument in set(ids) and one.kind == "provision" and one.parent is None]
        prefixes = {one.label.partition("-")[0] for one in own}
        counted = self._words["counted"]
        name = next(iter(prefixes)) if len(prefixes) == 1 else "other"
        title = self._index.instruments[ids[0]].short[self.language] if len(ids) == 1 else ""
        return str(counted.get(name, counted["other"]).format(n=len(own))), title

    def silence(self, scope: Sequence[str], nearest: Sequence[Citation]) -> str:
        """Says that the texts are silent, what was looked through, and where they come closest."""
        count, title = self.count(scope)
        items = []
        for citation in nearest:
            said, heading = citation.pinpoint, self.heading(citation.provision)
            if self._several and len(scope) > 1:
                said = f"{self.instrument(citation.provision)}{self._words['comma']}{said}"
            name = "closest_item" if heading else "closest_bare"
            items.append(self._words[name].format(pinpoint=said, heading=heading))
        found = "closest_none" if not items else "closest_one" if len(items) == 1 else "closest_many"
        closest = self._words[found].format(list=listed(items, self.language))
        name = "silent" if len(scope) == 1 else "silent_all"
        return str(self._words[name].format(instrument=title, count=count, instruments=len(scope), closest=closest))

    def absent(self, instrument: str, nearest: Sequence[Citation]) -> str:
        """Says that an instrument's text is not to be had, and where others speak of it."""
        said = [f"{self.instrument(one.provision)}{self._words['comma']}{one.pinpoint}" for one in nearest]
        title = self._index.instruments[instrument].short[self.language]
        return str(self._words["absent"].format(instrument=title, list=listed(said, self.language)))

    def say(self, name: str, **values: str) -> str:
        """One of the fixed sentences."""
        return str(self._words[name].format(**values))

    def template(self, name: str, **values: str) -> str:
        """One of the fixed sentences with its marker still to be filled in."""
        return str(self._words[name].replace("{marker}", "{{marker}}").format(**{key: _escaped(value) for key, value in values.items()}))


def _form(provision: Provision, span: tuple[int, int]) -> str:
    """Which sentence suits a quotation: one that goes on from the opening verb, or from inside, of a provision with such a verb or without."""
    verb = lead_verb(provision.text)
    begins = span[0] <= (verb.end if verb else 0)
    return ("stands" if begins else "inside") + ("" if verb else "_bare")


def join(claims: Sequence[Claim]) -> str:
    """The sentences in order, markers numbered from 1."""
    return " ".join(claim.template.format(marker=f"[{place}]") for place, claim in enumerate(claims, 1))


def mention_spans(question: ParsedQuestion, subjects: Sequence[str], provisions: Sequence[Provision], index: Index) -> list[tuple[int, int]]:
    """For each provision the clauses that hold the words that were looked for."""
    return [quote.choose(question, provision, index) for provision in provisions]


def _unmarked(words: str) -> str:
    """The asker's own words without square brackets: nobody may take what they typed for the marker of a citation."""
    return re.sub(r"\s+", " ", re.sub(r"[\[\]]", " ", words)).strip()


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
