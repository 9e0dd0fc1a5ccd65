"""Flashcards and when each comes again (FSRS); what was learnt is kept in the browser's session and can be taken along as JSON."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from typing import Any

from fsrs import Card, Rating, Scheduler

NEW_AT_A_TIME = 20
RATINGS = {"again": Rating.Again, "hard": Rating.Hard, "good": Rating.Good, "easy": Rating.Easy}
MOST = 5000


class NotADeck(ValueError):
    """The file is not progress that was taken along from here."""


@dataclass
class Deck:
    """Progress by card id; a card that was never seen has none."""

    cards: dict[str, Card] = field(default_factory=dict)

    def next(self, ids: list[str], now: dt.datetime) -> str | None:
        """The card to show: the one longest due, else the first new one; None when all are put off."""
        due = [(self.cards[id].due, id) for id in ids if id in self.cards and self.cards[id].due <= now]
        if due:
            return min(due)[1]
        return next((id for id in ids if id not in self.cards), None)

    def review(self, id: str, rating: str, now: dt.datetime) -> None:
        """Notes how well a card was known: again, hard, good or easy."""
        # No fuzz: the same answers give the same days.
        scheduler = Scheduler(enable_fuzzing=False)
        self.cards[id], _ = scheduler.review_card(self.cards.get(id, Card()), RATINGS[rating], now)

    def to_json(self) -> str:
        """Everything, to be read by `from_json`."""
        return json.dumps({"khartoum_cards": 1, "cards": {id: json.loads(card.to_json()) for id, card in self.cards.items()}}, indent=1)

    @classmethod
    def from_json(cls, text: str | bytes) -> Deck:
        """What `to_json` wrote.

        Raises:
            NotADeck: It is something else.
        """
        try:
            data: dict[str, Any] = json.loads(text)
            if data["khartoum_cards"] != 1 or len(data["cards"]) > MOST:
                raise NotADeck("another format")
            return cls({str(id): Card.from_json(json.dumps(card)) for id, card in data["cards"].items()})
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise NotADeck(str(error)) from error
