"""POST /v1/verify: what a text says of provisions, checked claim by claim."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from service.claims.check import Checker, Claim, Kind, Verdict
from service.claims.reading import claims_in
from service.desk import AtDesk
from service.json_only import json_only

router = APIRouter(tags=["questions"])

MAX_TEXT = 20_000
MAX_CLAIMS = 100


class ClaimIn(BaseModel):
    """A sentence, and the id of the provision that it is said to rest on."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: Annotated[str, StringConstraints(min_length=1, max_length=4000, pattern=r"\S")]
    id: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class VerifyRequest(BaseModel):
    """A text with citations, or claims one by one."""

    model_config = ConfigDict(extra="forbid", strict=True, json_schema_extra={"examples": [{"text": "Para. 27 adopts the Cairo Action Plan."}]})

    text: Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT, pattern=r"\S")] | None = None
    claims: Annotated[list[ClaimIn], Field(min_length=1, max_length=MAX_CLAIMS)] | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> VerifyRequest:
        if (self.text is None) == (self.claims is None):
            raise ValueError("Give either text or claims")
        return self


class ClaimOut(BaseModel):
    """A claim with its verdict."""

    text: str
    id: Annotated[str | None, Field(description="The provision cited; null when nothing is.")]
    ids: Annotated[list[str], Field(description="All provisions cited, where there are several.")]
    verdict: Kind
    found_in: Annotated[list[str], Field(description="Where the words or the substance stand, when not in what is cited.")]
    why: str


class CountsOut(BaseModel):
    """How much of the text holds."""

    claims: int
    held: Annotated[int, Field(description="Claims that are verbatim or supported.")]
    quotes: int
    checked: Annotated[int, Field(description="Quotations that stand word for word in what is cited.")]
    uncited: Annotated[int, Field(description="Sentences that cite and quote nothing; they were not checked.")]


class VerifyResponse(BaseModel):
    """The claims in the order of the text."""

    claims: list[ClaimOut]
    verified: CountsOut
    index_version: str


@router.post("/v1/verify", dependencies=[Depends(json_only)])
def verify(body: VerifyRequest, desk: AtDesk) -> VerifyResponse:
    """Checks what a text says of provisions: the words quoted, the number cited, numbers, names, the strength of the verb, the substance.

    A text cites by our ids or by pinpoints ("para. 23", "Article 33(1) of the Refugee Convention", "paragraphe 23", «الفقرة 23»); one that
    names no instrument means the declaration.
    """
    with desk.assistant() as assistant:
        return verified(body, assistant.checker, assistant.index_version)


def verified(body: VerifyRequest, checker: Checker, index_version: str) -> VerifyResponse:
    """The response for a request."""
    if body.claims is not None:
        claims, uncited = [Claim(one.text, (one.id,)) for one in body.claims], 0
    else:
        found, uncited = claims_in(body.text or "", checker.library)
        claims = found[:MAX_CLAIMS]
        uncited += len(found) - len(claims)
    verdicts = checker.check(claims)
    counts = CountsOut(
        claims=len(verdicts),
        held=sum(one.holds for one in verdicts),
        quotes=sum(one.quotes for one in verdicts),
        checked=sum(one.held for one in verdicts),
        uncited=uncited,
    )
    return VerifyResponse(claims=[_shown(one) for one in verdicts], verified=counts, index_version=index_version)


def _shown(verdict: Verdict) -> ClaimOut:
    ids = list(verdict.claim.ids)
    return ClaimOut(
        text=verdict.claim.text, id=ids[0] if ids else None, ids=ids, verdict=verdict.kind, found_in=list(verdict.found_in), why=verdict.why
    )
