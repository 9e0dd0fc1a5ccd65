"""Flashcards and when each comes again (FSRS); what was learnt is kept by the browser tab and can be taken along as JSON."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from fsrs import Card, Rating, Scheduler

RATINGS = {"again": Rating.Again, "hard": Rating.Hard, "good": Rating.Good, "easy": Rating.Easy}
MOST = 5000
FORMAT = 1


class NotADeck(ValueError):
    """The file is not progress that was taken along from here."""


@dataclass
class Deck:
    """Progress by card id; a card that was never seen has none."""

    cards: dict[str, Card] = field(default_factory=dict)

    def next(self, ids: list[str], now: dt.datetime) -> str | None:
        """The card to show: the one longest due, else a new one; None when all are put off.

        New ones come in an order of their own, so that one does not give away the next, which is the same each time.
        """
        due = [(self.cards[id].due, id) for id in ids if id in self.cards and self.cards[id].due <= now]
        if due:
            return min(due)[1]
        return min((id for id in ids if id not in self.cards), key=lambda id: hashlib.sha256(id.encode()).digest(), default=None)

    def due(self, ids: list[str], now: dt.datetime) -> int:
        """How many that were seen are due again."""
        return sum(id in self.cards and self.cards[id].due <= now for id in ids)

    def next_due(self, ids: list[str]) -> dt.datetime | None:
        """When the first of those that were seen is due."""
        return min((self.cards[id].due for id in ids if id in self.cards), default=None)

    def review(self, id: str, rating: str, now: dt.datetime) -> None:
        """Notes how well a card was known: again, hard, good or easy."""
        self.cards[id] = self._reviewed(id, rating, now)

    def preview(self, id: str, rating: str, now: dt.datetime) -> dt.timedelta:
        """After how long the card would come again."""
        span: dt.timedelta = self._reviewed(id, rating, now).due - now
        return span

    def _reviewed(self, id: str, rating: str, now: dt.datetime) -> Card:
        # No fuzz: the same answers give the same days.
        card, _ = Scheduler(enable_fuzzing=False).review_card(self.cards.get(id) or Card(card_id=1), RATINGS[rating], now)
        return card

    def to_json(self) -> str:
        """Everything, to be read by `from_json`."""
        return json.dumps({"khartoum_cards": FORMAT, "cards": {id: json.loads(card.to_json()) for id, card in self.cards.items()}}, indent=1)

    @classmethod
    def from_json(cls, text: str | bytes) -> Deck:
        """What `to_json` wrote.

        Raises:
            NotADeck: It is something else.
        """
        try:
            data: dict[str, Any] = json.loads(text)
            if data["khartoum_cards"] != FORMAT or len(data["cards"]) > MOST:
                raise NotADeck("another format")
            cards = {str(id): Card.from_json(json.dumps(card)) for id, card in data["cards"].items()}
            if any(card.due.tzinfo is None for card in cards.values()):
                raise NotADeck("a day without its time zone")
            return cls(cards)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise NotADeck(str(error)) from error
