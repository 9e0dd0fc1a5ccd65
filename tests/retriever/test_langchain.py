"""The retriever in LangChain's clothes."""

from __future__ import annotations

from ingest.index import Index
from retriever.langchain import ProvisionRetriever
from retriever.retriever import Retriever

DECLARATION = "cairo-declaration-2025"


def test_a_chain_gets_provisions_as_documents_best_first(index: Index) -> None:
    found = ProvisionRetriever(retriever=Retriever(index), k=3, instruments=(DECLARATION,)).invoke("return and readmission")
    assert [one.metadata["rank"] for one in found] == [1, 2, 3]
    assert found[0].id == f"{DECLARATION}/para-23"
    assert found[0].page_content == index.provisions[found[0].id].text
    assert found[0].metadata["part"] == "operative"
    assert found[0].metadata["tier"] == "authentic"


def test_a_pinpoint_question_gets_just_that_paragraph(index: Index) -> None:
    found = ProvisionRetriever(retriever=Retriever(index), instruments=(DECLARATION,)).invoke("what does para 12 say?")
    assert [one.id for one in found] == [f"{DECLARATION}/para-12"]
