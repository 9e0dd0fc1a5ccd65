"""The retriever as LangChain's `BaseRetriever`, so that others can put it into chains of their own."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from retriever.retriever import Retriever


class ProvisionRetriever(BaseRetriever):
    """Provisions as LangChain documents, best first.

    A document's `id` is the provision id, its content the provision's text; its metadata hold `instrument`, `label`, `part`, `tier`,
    `heading`, `score` (probability that it answers, 0 to 1) and `rank` (from 1). Words of the tier `digest` are this project's summary and
    must not be quoted as official.

    Attributes:
        retriever: What searches.
        k: How many documents at most; a question by number, or for every mention, gets all of its.
        instruments: Ids to search in; empty for all.
    """

    retriever: Any
    k: int = 4
    instruments: tuple[str, ...] = ()

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        search: Retriever = self.retriever
        documents = []
        for hit in search.search(query, self.k, self.instruments).hits:
            one = search.index.provisions[hit.provision]
            metadata = {"instrument": one.instrument, "label": one.label, "part": one.part, "tier": one.tier, "heading": one.heading}
            documents.append(Document(id=one.id, page_content=one.text, metadata={**metadata, "score": hit.score, "rank": hit.rank}))
        return documents
