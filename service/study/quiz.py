"""Quizzes made of stored provisions, without a language model: every quote is cut out of the text, every key follows from the data.

An altered quote is never shown. What may be false is where genuine words stand, or a statement of ours that is marked as one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from service.answer import Language
from service.states import members
from service.study import quiz_kinds as kinds_of
from service.study.quiz_bench import KINDS, LEVELS, Bench, Item, Kind
from service.study.view import Study

__all__ = ["KINDS", "LEVELS", "Item", "Kind", "items"]


def items(view: Study, language: Language, level: int, seed: int, kinds: Sequence[Kind], count: int) -> list[Item]:
    """Up to `count` items, the kinds in turn; no provision (of the kind `state`, no State) is asked about twice within a kind.

    Equal arguments give equal items.
    """
    bench = Bench(view, language, level, seed)
    states = members(bench.roll) if bench.roll else []
    makers: dict[Kind, tuple[Callable[[Bench, Any], Item | None], Sequence[Any]]] = {
        "paragraph": (kinds_of.paragraph, bench.authentic),
        "words": (kinds_of.words, bench.authentic),
        "place": (kinds_of.place, bench.authentic),
        "statement": (kinds_of.statement, bench.authentic),
        "instrument": (kinds_of.instrument, view.numbered),
        "state": (kinds_of.state, states),
    }
    pools = {kind: bench.shuffled(makers[kind][1]) for kind in kinds}
    found: list[Item] = []
    while len(found) < count and any(pools.values()):
        for kind in kinds:
            item = None
            while item is None and pools[kind]:
                item = makers[kind][0](bench, pools[kind].pop())
            if item and len(found) < count:
                found.append(item)
    return found
