"""Follow-ups that move from provision to provision: "the one before that", "and the two after it", "read it in full", «والفقرة التي تليها؟»."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.index import Index
from ingest.provision import Provision
from retriever.cues import Cues
from retriever.frames import Frames, plain, without
from retriever.numbers import cardinals, joined
from retriever.pinpoints import asked_part, find_pinpoints
from retriever.turns import Past, provisions_of

_MOST = 9
"""Provisions that one step goes on by at most."""


def moved(text: str, cues: Cues, frames: Frames, past: Past, *, several: bool) -> str:
    """The full question that a move stands for; "" when `text` is no move, or nothing is there to move from.

    Args:
        text: The follow-up, without the words that only open it.
        cues: Of its language.
        frames: Of its language.
        past: The turn before.
        several: Whether several instruments may be searched, so that the one meant has to be named.
    """
    step = _step(text, cues, frames, past, several=several)
    if step or not past.base:
        return step
    matched, first = plain(text), past.base[0]
    for name in ("full", "where"):
        if cues.has(name, matched) and not cues.left(text, cues.words[name], frames.unit):
            return asking([one.label for one in past.base], first, cues, past.index, several=several)
    if cues.has("note", matched) and not cues.left(text, cues.words["note"], frames.unit) and not re.search(r"\d", text):
        owner = first.parent if first.kind == "note" and first.parent else first.label
        return asking([owner], first, cues, past.index, several=several, template="note")
    return _number(text, cues, frames, past, several=several) or _place(text, cues, frames, past, several=several)


def asking(labels: Sequence[str], among: Provision, cues: Cues, index: Index, *, several: bool, template: str = "") -> str:
    """The question for provisions of the instrument of `among` by number."""
    prefix = labels[0].partition("-")[0]
    numbers = [label.partition("-")[2] for label in labels]
    said = ", ".join(numbers[:-1]) + cues.templates["and"] + numbers[-1] if len(numbers) > 1 else numbers[0]
    one, more = cues.units.get(prefix, cues.units["para"])
    name = template or ("several" if len(labels) > 1 else "one")
    return cues.templates[name].format(unit=more if name == "several" else one, numbers=said, of=_of(among, cues, index, several))


def _of_another(past: Past, several: bool) -> bool:
    """Whether the instrument in question has to be named: it is not the one that is searched first."""
    return several and past.source != next(iter(past.index.instruments))


def _of(among: Provision, cues: Cues, index: Index, several: bool) -> str:
    if not several or among.instrument == next(iter(index.instruments)):
        return ""
    title = index.instruments[among.instrument].short[cues.language]
    return cues.templates["of"].format(title=f"the {title}" if cues.language == "en" and not title.lower().startswith("the ") else title)


def _step(text: str, cues: Cues, frames: Frames, past: Past, *, several: bool) -> str:
    """As in "The paragraph before that", "the two after it", "next"."""
    matched = plain(text)
    back, on = cues.has("previous", matched), cues.has("following", matched)
    count, run, said = _count(matched, cues)
    if back == on or re.search(r"\d", without(text, said)):
        return ""
    spans = without(text, said)
    known = [cues.words[name] for name in ("previous", "following", "ones", "dual", "run", "moving", "full")]
    if cues.left(spans, *known, frames.unit):
        return ""
    unit = frames.unit.search(matched) or cues.has("ones", matched) or said
    if not unit and not past.pinpointed and not frames.unit.search(past.question.plain):
        return ""
    if not past.base:
        return ""
    beside = past.base[-1] if on else past.base[0]
    if beside.kind == "note" and beside.parent:
        beside = past.index.provisions[f"{beside.instrument}/{beside.parent}"]
    row = [one for one in provisions_of(past.index, beside.instrument) if one.kind == "provision" and one.parent == beside.parent]
    places = {one.label: place for place, one in enumerate(row)}
    steps = range(1, count + 1) if run else (count,)
    wanted = sorted(places[beside.label] + (step if on else -step) for step in steps)
    labels = [row[place].label for place in wanted if 0 <= place < len(row)]
    if not labels:
        # Beyond the end: asked for all the same, so that the answer says that there is none.
        prefix, _, number = beside.label.rpartition("-")
        if not number.isdigit():
            return ""
        labels = [f"{prefix}-{max(0, int(number) + (1 if on else -1))}"]
    return asking(labels, beside, cues, past.index, several=several)


def _count(matched: str, cues: Cues) -> tuple[int, bool, list[tuple[int, int]]]:
    """How many steps, whether each of them is meant ("the two after it") or the last alone ("two paragraphs later"), and where it says so."""
    if cues.has("dual", matched):
        return 2, True, []
    known = cardinals(cues.language)
    for found in re.finditer(r"(?<!\w)(?:ال)?(?P<n>\d|[^\W\d_]+)(?!\w)", matched):
        said = found["n"]
        value = int(said) if said.isdigit() else known.get(joined(said), known.get(joined(said.removeprefix("ال")), 0))
        if said in {"un", "une", "one"} or not 0 < value <= _MOST:
            continue
        run = cues.words["run"]
        each = cues.language == "ar" or run.search(matched[: found.start()]) or run.match(matched, found.end() + 1)
        return value, bool(each), [found.span()]
    return 1, True, []


def _number(text: str, cues: Cues, frames: Frames, past: Past, *, several: bool) -> str:
    """As in "And 12?", "and article 34?" after a question on a provision of the same instrument."""
    found = find_pinpoints(plain(text), frames, provisions_of(past.index, past.source))
    if not found or cues.left(without(text, list(found.spans)), frames.unit, cues.words["ones"]) or not (found.labels or found.missing):
        return ""
    unit = frames.unit.search(plain(text))
    if not (unit or past.pinpointed) or (unit and not _of_another(past, several)):
        return ""  # about something else, or complete as it stands
    anchor = past.base[0] if past.base else next(iter(provisions_of(past.index, past.source)))
    prefix = anchor.label.partition("-")[0]
    labels = found.labels or [f"{prefix}-{number}" for number in found.missing]
    if len({label.partition("-")[0] for label in labels}) > 1 or any(".fn" in label for label in labels):
        return ""
    return asking(labels, anchor, cues, past.index, several=several)


def _place(text: str, cues: Cues, frames: Frames, past: Past, *, several: bool) -> str:
    """As in "And the last one?": of those just listed, or of the part or instrument that the turn before was about."""
    found = cues.words["place"].search(plain(text))
    if not found or cues.left(without(text, [found.span()]), cues.words["ones"], cues.words["full"], frames.unit):
        return ""
    if not past.base or not (past.pinpointed or past.listed):
        return ""
    if past.listed and len(past.cited) > 1:
        listed = [past.index.provisions[one] for one in past.cited]
        places = find_pinpoints(plain(_named_place(text[slice(*found.span())], listed[0], "", cues)), frames, _renumbered(listed))
        chosen = [listed[int(label.partition("-")[2]) - 1].label for label in places.labels]
        return asking(chosen, listed[0], cues, past.index, several=several) if chosen else ""
    part = asked_part(past.question.plain, past.question.frames)
    among = f"{cues.templates['of'].format(title=cues.parts[part])}" if part in cues.parts else _of(past.base[0], cues, past.index, several)
    return _named_place(text[slice(*found.span())], past.base[0], among, cues)


def _named_place(place: str, among: Provision, of: str, cues: Cues) -> str:
    one, _ = cues.units.get(among.label.partition("-")[0], cues.units["para"])
    bare = re.sub(r"^(?:le |la |l')", "", one)
    return cues.templates["place"].format(place=place, unit=bare, of=of)


def _renumbered(listed: Sequence[Provision]) -> list[Provision]:
    """The provisions as if they were paragraphs 1, 2, 3 … of a text of their own."""
    return [Provision(one.instrument, f"para-{place}", one.text) for place, one in enumerate(listed, 1)]
