"""The service keeps to its own OpenAPI description, whatever is sent to it."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings

from service.http import create_app
from tests.service.http_server import served, wait_until_ready
from tests.service.small_assistant import SmallAssistant

schemathesis = pytest.importorskip("schemathesis", reason="pip install schemathesis")
positive_data_acceptance = pytest.importorskip("schemathesis.specs.openapi.checks").positive_data_acceptance


@pytest.mark.slow
def test_answers_are_as_described() -> None:
    """The operations are walked here and not by schemathesis' own pytest plugin, which pytest 9.2 does not get on with."""
    with served(create_app(SmallAssistant)) as address:
        wait_until_ready(address)
        described = schemathesis.openapi.from_dict(httpx.get(f"{address}/openapi.json", trust_env=False).json())
        operations = [found.ok() for found in described.get_all_operations()]
        assert len(operations) >= 25
        # A service without an index keeps no feedback, and says so by 503, which is none of the answers described.
        operations = [one for one in operations if one.label != "POST /v1/feedback"]
        for operation in operations:

            @settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
            @given(operation.as_strategy())
            def keeps_to_it(case: Any) -> None:
                # "Valid data is accepted" is left out: a JSON schema cannot say that an instrument is held or a text is not blank.
                case.call_and_validate(base_url=address, excluded_checks=[positive_data_acceptance])

            keeps_to_it()
