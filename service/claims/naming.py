"""Finds names in a text, quickly: a sentence is searched for all countries, instruments and aliases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retriever.names import Named

Word = tuple[str, int, int]


@dataclass(frozen=True, eq=False)
class Names:
    """Names as folded words, with what each stands for, by their first word; the longest first."""

    by_first: Mapping[str, Sequence[tuple[tuple[str, ...], str]]]

    @classmethod
    def of(cls, names: Mapping[tuple[str, ...], str]) -> Names:
        """The names in the form in which they are looked for."""
        found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for words, code in names.items():
            if words:
                found[words[0]].append((words, code))
        return cls({first: sorted(held, key=lambda one: -len(one[0])) for first, held in found.items()})

    def find(self, run: Sequence[Word]) -> list[Named]:
        """The names in a run of folded words with their offsets, in order; the longest one wins, and none lies in another."""
        found: list[Named] = []
        place = 0
        while place < len(run):
            for words, code in self.by_first.get(run[place][0], ()):
                if tuple(word for word, _, _ in run[place : place + len(words)]) == words:
                    found.append(Named(code, run[place][1], run[place + len(words) - 1][2]))
                    place += len(words)
                    break
            else:
                place += 1
        return found
