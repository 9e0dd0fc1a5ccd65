"""Checks what a writer chose for a note against the stored provisions: every quote, every marker, every number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.provision import Provision
from retriever.names import codes, find_countries, group
from service.problems import Fault
from service.study.view import Study
from service.verify import numbers_hold

MARKER = re.compile(r"\s*\[(\d{1,3})\]")
_QUOTED = re.compile(r"[“«\"]\s*([^“”«»\"]+?)\s*[”»\"]((?:\s*\[\d{1,3}\])*)")

Say = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A citation as the writer's side sent it; nothing of it is believed but the id."""

    id: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ChosenItem:
    """An answer (`question` and `answer`), a provision (one citation), or a remark alone."""

    question: str
    answer: str
    citations: tuple[Chosen, ...]
    remark: str


def located(view: Study, one: Chosen) -> Chosen | None:
    """The citation with the offsets at which its quote stands; None when it stands nowhere in the provision, or must not be quoted."""
    provision = view.provisions.get(one.id)
    if provision is None or (one.quote and provision.tier != "authentic"):
        return None
    if not one.quote or provision.text[one.start : one.end] == one.quote:
        return one
    start = provision.text.find(one.quote)
    return replace(one, start=start, end=start + len(one.quote)) if start >= 0 else None


def faults(view: Study, items: Sequence[ChosenItem], say: Say, name: Callable[[Provision], str]) -> list[Fault]:
    """All that is wrong; each sentence begins with the number of its item.

    Args:
        view: The stored provisions.
        items: In the writer's order.
        say: A sentence of the note's words by its key, filled in.
        name: A provision's instrument and pinpoint.
    """
    found = []
    for place, item in enumerate(items):
        for key, where, values in _of_item(view, item, name):
            found.append(Fault(f"{say('item', number=place + 1)} {say(key, **values)}", pointer=f"/items/{place}{where}"))
    return found


def _of_item(view: Study, item: ChosenItem, name: Callable[[Provision], str]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Key of the sentence, pointer into the item, what is filled in."""
    for place, one in enumerate(item.citations):
        provision = view.provisions.get(one.id)
        if provision is None:
            yield "fault_unknown", f"/citations/{place}/id", {"id": one.id[:80]}
        elif located(view, one) is None:
            yield "fault_quote", f"/citations/{place}/quote", {"place": name(provision), "words": one.quote[:80]}
    held = [view.provisions.get(one.id) for one in item.citations]
    for words in _not_standing(item, held):
        yield "fault_answer_quote", "/answer", {"words": words[:80]}
    beyond = [marker for marker in MARKER.findall(item.answer) if not 1 <= int(marker) <= len(item.citations)]
    if beyond:
        yield "fault_marker", "/answer", {"marker": f"[{beyond[0]}]"}
    cited = [one for one in held if one]
    if cited and not numbers_hold(item.answer, cited, _known_numbers(view, item, cited)):
        yield "fault_number", "/answer", {}


def _not_standing(item: ChosenItem, held: Sequence[Provision | None]) -> Iterator[str]:
    """Quoted words of an answer that stand in none of the provisions whose numbers follow them; without a number, in none cited.

    Words of the question, which an answer may repeat in quotation marks, pass where no number follows.
    """
    answer = _folded(item.answer)
    for one in sorted(item.citations, key=lambda one: -len(one.quote)):
        # A quote that has quotation marks inside would be cut at them; it was checked whole.
        if one.quote and set('“”«»"') & set(one.quote):
            answer = answer.replace(_folded(one.quote), " ")
    for words, markers in _QUOTED.findall(answer):
        numbers = [int(found) for found in MARKER.findall(markers)]
        sources = [held[number - 1] for number in numbers if 1 <= number <= len(held)] if numbers else held
        stands = any(words in _folded(one.text) for one in sources if one)
        if not stands and (numbers or words not in _folded(item.question)):
            yield words


def _known_numbers(view: Study, item: ChosenItem, cited: Sequence[Provision]) -> list[str]:
    """What else an answer's numbers may come from: titles, dates, addresses, and counts that can be made again."""
    known = [item.question, str(len(item.citations))]
    for first, last in re.findall(r"(\d{1,4})\s*[-–]\s*(\d{1,4})", item.question):
        known += [str(number) for number in range(int(first), min(int(last), int(first) + 100) + 1)]
    for id in {one.instrument for one in cited}:
        held = view.instruments[id]
        known += [*held.title.values(), *held.short.values(), held.address, held.symbol, str(held.date or "")]
        known.append(str(sum(one.instrument == id for one in view.numbered)))
    for one in cited:
        named = codes(find_countries(one.text, one.language))
        known += [str(len(named)), *(str(sum(code in group(part) for code in named)) for part in ("africa", "europe", "eu"))]
        known += [note.text for note in view.provisions.values() if note.instrument == one.instrument and note.parent == one.label]
    return known


def _folded(text: str) -> str:
    return " ".join(text.replace("\u2068", "").replace("\u2069", "").split())
