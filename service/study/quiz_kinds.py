"""The kinds of quiz items, a function each: a provision (or a State) in, an item out, or None when it gives no sound one."""

from __future__ import annotations

from ingest.catalogue import Instrument
from ingest.provision import Provision
from ingest.verbs import STRENGTHS, Verb, lead_verb
from retriever.names import codes, country_name, find_countries
from service.states import members, named_in
from service.study.quiz_bench import OPTIONS, Bench, Item
from service.study.roll import COUNTED
from service.study.view import Study

TELLING = 100
"""Letters from which on a clause of one official text stands in no other, also in those that are held as summaries alone."""
TOO_LIKE, TWINS = 0.6, 0.75
"""Cosines: from the first on, a summary may describe a provision of the other text as well; from the second on, it says the same."""
LONGEST_SUMMARY = 600
NO_VERBS = frozenset({"speak", "meet"})
"""Openings that say who speaks, and not how far they go."""
_TYPES = ("declaration", "convention", "protocol", "compact", "process", "plan", "agreement", "agenda", "alliance", "vision", "pact", "framework")

FAR = ("JP", "BR", "CA", "AU", "IN", "MX", "US", "CN", "AR", "ID", "NZ", "PE")
NEAR = ("NG", "SN", "MA", "DZ", "GH", "TR", "UA", "RS", "NE", "ML", "RW", "TZ")
NEXT = ("HU", "GB", "TD", "CF", "IS", "SA", "YE", "DZ", "BI", "AL", "MK", "MA")
"""Countries that are not on the list, for levels 1 to 3; one that a list does name is passed over."""


def paragraph(bench: Bench, provision: Provision) -> Item | None:
    """Which paragraph do these words stand in?"""
    span = bench.quote_of(provision)
    options = bench.choices(bench.place(provision), [bench.place(one) for one in bench.others(provision)]) if span else None
    if span is None or options is None:
        return None
    title, pinpoint = bench.title(provision), bench.pinpoint(provision)
    question, explanation = bench.say("paragraph", title=title), bench.say("is_at", title=title, pinpoint=pinpoint)
    return bench.item("paragraph", provision, options, span, question=question, explanation=explanation, shown=True)


def words(bench: Bench, provision: Provision) -> Item | None:
    """Which of these words stand in this paragraph?"""
    span = bench.quote_of(provision)
    if span is None:
        return None
    wrong = []
    for one in bench.others(provision):
        other = bench.quote_of(one)
        if other:
            wrong.append(bench.say("quote", quote=one.text[slice(*other)]))
        if len(wrong) == OPTIONS - 1:
            break
    options = bench.choices(bench.say("quote", quote=provision.text[slice(*span)]), wrong)
    if options is None:
        return None
    title = bench.title(provision)
    question = bench.say("words", title=title, place=bench.place(provision))
    explanation = bench.say("is_at", title=title, pinpoint=bench.pinpoint(provision))
    return bench.item("words", provision, options, span, question=question, explanation=explanation, about=provision.id)


def place(bench: Bench, provision: Provision) -> Item | None:
    """True or false: these words stand in that paragraph."""
    span, others = bench.quote_of(provision), bench.others(provision)
    if span is None or not others:
        return None
    true = bench.random.random() < 0.5
    said = provision if true else others[0]
    title, pinpoint = bench.title(provision), bench.pinpoint(provision)
    question = bench.say("place", title=title, place=bench.place(said))
    explanation = bench.say("is_at" if true else "is_not_at", title=title, pinpoint=pinpoint, said=bench.pinpoint(said))
    options = bench.true_or_false(true)
    return bench.item("place", provision, options, span, question=question, explanation=explanation, shown=True, about=said.id)


def statement(bench: Bench, provision: Provision) -> Item | None:
    """True or false: the paragraph opens with this verb."""
    verb = _telling_verb(provision)
    others = bench.others(provision, lambda one: one.part == provision.part and _unlike(verb, _telling_verb(one), provision, one, bench.level))
    if verb is None or not others:
        return None
    true = bench.random.random() < 0.5
    said = provision if true else others[0]
    title, pinpoint = bench.title(provision), bench.pinpoint(provision)
    question = bench.say("statement", title=title, place=bench.place(provision), verb=_opening(said))
    actor = bench.view.instruments[provision.instrument].actor[bench.language]
    meaning = bench.say("strength", actor=actor, verb=getattr(verb, bench.language), strength=bench.words[verb.strength])
    explanation = f"{bench.say('opens', title=title, pinpoint=pinpoint, verb=_opening(provision))} {meaning}"
    options, span = bench.true_or_false(true), (0, len(_opening(provision)))
    return bench.item("statement", provision, options, span, question=question, explanation=explanation, about=provision.id)


def _telling_verb(provision: Provision) -> Verb | None:
    verb = lead_verb(provision.text)
    return verb if verb and verb.lemma not in NO_VERBS and _opening(provision) else None


def _opening(provision: Provision) -> str:
    """The words that it opens with, up to the end of the verb."""
    verb = lead_verb(provision.text)
    return provision.text[: verb.end].rstrip(" ,:") if verb else ""


def _unlike(verb: Verb | None, other: Verb | None, provision: Provision, source: Provision, level: int) -> bool:
    """Whether the other's opening is a false one here: other words, another verb, and below level 3 another strength."""
    if verb is None or other is None or verb.lemma == other.lemma:
        return False
    if provision.text.casefold().startswith(_opening(source).casefold()):
        return False
    if level == 1:
        return abs(STRENGTHS.index(verb.strength) - STRENGTHS.index(other.strength)) > 1
    return level == 3 or verb.strength != other.strength


def instrument(bench: Bench, provision: Provision) -> Item | None:
    """Which text are these words from, or does this summary describe?"""
    own = bench.view.instruments[provision.instrument]
    official = provision.tier == "authentic"
    span = bench.quote_of(provision, TELLING) if official else (0, 0)
    if span is None or (not official and (names_itself(provision, bench.view) or len(provision.text) > LONGEST_SUMMARY)):
        return None
    likeness = {} if official else bench.view.likeness(provision)
    if not official and (not likeness or max(likeness.values()) >= TWINS):
        return None
    pool = [one for one in bench.shuffled(list(bench.view.instruments.values())) if one.id != own.id and _cannot_be(one, own, provision, likeness)]
    if bench.level == 3 and likeness:
        pool.sort(key=lambda one: -likeness.get(one.id, 0.0))
    options = bench.choices(own.short[bench.language], [one.short[bench.language] for one in pool])
    if options is None:
        return None
    question = bench.words["instrument" if official else "instrument_digest"]
    explanation = bench.say("from" if official else "summary_of", title=own.short[bench.language], pinpoint=bench.pinpoint(provision))
    return bench.item("instrument", provision, options, span, question=question, explanation=explanation, shown=official)


def _cannot_be(other: Instrument, own: Instrument, provision: Provision, likeness: dict[str, float]) -> bool:
    """Whether `other` is surely a wrong answer."""
    if provision.tier == "authentic":
        # A dialogue is no text, and what was adopted together may repeat itself.
        return other.status != "dialogue" and (other.date is None or other.date != own.date)
    text = provision.text.casefold()
    shared = [word for word in _TYPES if word in text and word in other.title["en"].casefold()]
    return likeness.get(other.id, 1.0) < TOO_LIKE and not shared and not _names(other, text)


def names_itself(provision: Provision, view: Study) -> bool:
    """Whether its text gives away which instrument it is of."""
    return _names(view.instruments[provision.instrument], provision.text.casefold())


def _names(instrument: Instrument, text: str) -> bool:
    listed = (*instrument.names.values(), *instrument.mentions.values(), instrument.abbreviations)
    words = [*instrument.title.values(), *instrument.short.values(), *(name for names in listed for name in names)]
    return any(word.casefold() in text for word in words)


def state(bench: Bench, code: str) -> Item | None:
    """Which of these States does the list name, or not name?"""
    if bench.roll is None:
        return None
    provision = bench.roll.provision
    listed, named = members(bench.roll), set(codes(find_countries(provision.text, provision.language)))
    absent = [one for one in bench.shuffled({1: FAR, 2: NEAR, 3: NEXT}[bench.level]) if one not in named]
    inside = bench.random.random() < 0.5
    if inside:
        right, wrong = code, absent[: OPTIONS - 1]
    else:
        right, wrong = absent[0], [*bench.shuffled([one for one in listed if one != code])[: OPTIONS - 2], code]
    options = bench.choices(_state_name(bench, right), [_state_name(bench, one) for one in wrong])
    if options is None:
        return None
    facts = {"title": bench.title(provision), "pinpoint": bench.pinpoint(provision), "name": _state_name(bench, right), "number": str(len(listed))}
    question, explanation = bench.say("state_in" if inside else "state_out", **facts), bench.say("is_listed" if inside else "not_listed", **facts)
    told = next((id for id in COUNTED if id in bench.view.provisions and right in codes(find_countries(bench.view.provisions[id].text, "en"))), "")
    if not inside and told:
        explanation += " " + bench.say("told", title=bench.title(bench.view.provisions[told]), pinpoint=bench.pinpoint(bench.view.provisions[told]))
    first = next((one for one in bench.roll.names if one.code == right), None)
    span = (first.start, first.end) if first else (bench.roll.start, bench.roll.end)
    return bench.item("state", provision, options, span, question=question, explanation=explanation, about=provision.id)


def _state_name(bench: Bench, code: str) -> str:
    """As the list writes it in its own language, else as the language has it."""
    written = named_in(bench.roll, [code], bench.language) if bench.roll else []
    return written[0] if written else country_name(code, bench.language)
