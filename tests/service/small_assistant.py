"""An assistant over a handful of hand-made provisions, for tests of what stands around it; its answers can be worked out by hand."""

from __future__ import annotations

import datetime as dt
import threading
import zlib
from collections.abc import Callable, Sequence

import numpy as np

from ingest.catalogue import Instrument
from ingest.encoder import Vectors
from ingest.links import Link, LinkTable
from ingest.provision import Provision
from service.answer import Answer, Citation, Question, Refusal, Verified
from service.claims.check import Checker
from service.claims.library import Library
from service.pinpoint import pinpoint

DECLARATION = "cairo-declaration-2025"
PARA_9 = "Taking into account the adoption in December 2018 of the Global Compact on Refugees by most Partner States;"
PARA_23 = (
    "Highlight the importance of enhanced cooperation on effective, safe, timely, and dignified return, readmission, and sustainable "
    "reintegration, in line with the principle of non-refoulement and in full respect of human rights;"
)


def an_instrument(id: str, title: str, **changes: object) -> Instrument:
    facts: dict[str, object] = {
        "id": id,
        "title": {"en": title, "fr": f"{title} (fr)", "ar": f"{title} (ar)"},
        "short": {"en": title, "fr": title, "ar": title},
        "names": {"en": (), "fr": (), "ar": ()},
        "abbreviations": (),
        "date": dt.date(2025, 4, 9),
        "place": "Cairo",
        "symbol": "",
        "celex": "",
        "treaty_series": "",
        "status": "political-declaration",
        "binding": False,
        "binding_on": "",
        "authentic": ("en",),
        "address": "https://example.org/library",
        "tier": "authentic",
        "text": "",
        "actor": {"en": "the ministers", "fr": "les ministres", "ar": "الوزراء"},
    }
    return Instrument(**(facts | changes))  # type: ignore[arg-type]


INSTRUMENTS = (
    an_instrument(DECLARATION, "Cairo Ministerial Declaration", names={"en": (), "fr": ("Déclaration du Caire",), "ar": ()}),
    an_instrument("refugee-convention-1951", "Refugee Convention", status="treaty", binding=True, date=dt.date(1951, 7, 28)),
    an_instrument("agenda-2063", "Agenda 2063", tier="digest", status="framework", address="javascript:alert(1)", date=None),
)

PROVISIONS = (
    Provision(DECLARATION, "para-9", PARA_9, part="preamble", verb="take", strength="consider"),
    Provision(DECLARATION, "para-9.fn-1", "Without prejudice to the position of each State.", part="preamble", kind="note", parent="para-9"),
    Provision(DECLARATION, "para-22", "Welcome the numerous efforts <b>undertaken</b> & more;", verb="welcome", strength="welcome"),
    Provision(DECLARATION, "para-23", PARA_23, verb="highlight", strength="emphasise"),
    Provision(
        "refugee-convention-1951",
        "art-33",
        "1. No Contracting State shall expel a refugee.\n2. The benefit may not be claimed.",
        heading='Prohibition of expulsion or return ("refoulement")',
        path=("Chapter V", "Administrative measures"),
    ),
    Provision("refugee-convention-1951", "art-33.1", "No Contracting State shall expel a refugee.", parent="art-33"),
    Provision("refugee-convention-1951", "art-33.2", "The benefit may not be claimed.", parent="art-33"),
    Provision("agenda-2063", "target-1", "A high standard of living.", tier="digest", source="African Union, 2015"),
)


_MENTION = PARA_23.index("principle of non-refoulement")
LINKS = (
    Link(f"{DECLARATION}/para-23", _MENTION, _MENTION + 28, "refugee-convention-1951", "art-33", "principle of non-refoulement"),
    Link("agenda-2063/target-1", 0, 0, DECLARATION, None, ""),
)


class WordEncoder:
    """Texts are near each other as far as they share words: one dimension a word's checksum."""

    def encode(self, texts: Sequence[str], prompt: str = "") -> Vectors:
        vectors = np.zeros((len(texts), 256), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.casefold().split():
                vectors[row, zlib.crc32(word.strip(".,;").encode()) % 256] += 1
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


class SmallAssistant:
    """Answers with the quote "human rights" of para. 23 any question that has "rights", and refuses every other.

    Attributes:
        questions: Those asked, in order.
        before_answer: Called in every `answer`; tests wait, or raise, in it.
    """

    def __init__(self, index_version: str = "one", before_answer: Callable[[], None] = lambda: None) -> None:
        self.index_version = index_version
        self.instruments = {instrument.id: instrument for instrument in INSTRUMENTS}
        self.provisions = {provision.id: provision for provision in PROVISIONS}
        self.links = LinkTable(LINKS)
        self.parallels: dict[str, dict[str, str]] = {}
        self.questions: list[Question] = []
        self.before_answer = before_answer
        self.current = True
        self.closed = threading.Event()
        self.checker = Checker(Library.from_provisions(self.instruments, self.provisions, WordEncoder()))

    def answer(self, question: Question) -> Answer | Refusal:
        self.questions.append(question)
        self.before_answer()
        assert not self.closed.is_set(), "asked after it was closed"
        language = question.language or "en"
        if "rights" in question.text:
            quoted = self._citation("para-23", "human rights", 0.93, language)
            return Answer('In para. 23 the ministers speak of "human rights" [1].', language, (quoted,), Verified(1, 1))
        if "cook" in question.text:
            return Refusal("out_of_scope", "That is not about the Khartoum Process.", language)
        return Refusal("not_addressed", "The declaration does not say.", language, (self._citation("para-22", "", 0.21, language),))

    def _citation(self, label: str, quote: str, score: float, language: str) -> Citation:
        provision = self.provisions[f"{DECLARATION}/{label}"]
        start = provision.text.index(quote)
        return Citation(provision, pinpoint(provision, language), quote, start, start + len(quote), score)

    def search(self, text: str, k: int, instruments: tuple[str, ...] = ()) -> list[Citation]:
        chosen = [provision for provision in PROVISIONS if not instruments or provision.instrument in instruments]
        words = set(text.casefold().split())
        hits = [provision for provision in chosen if words & set(provision.text.casefold().split())]
        return [Citation(hit, pinpoint(hit, "en"), "", 0, 0, 1 / (rank + 1)) for rank, hit in enumerate(hits[:k])]

    def is_current(self) -> bool:
        return self.current

    def close(self) -> None:
        self.closed.set()
