"""OpenAPI tells what is refused before a request reaches its own view, or beside it."""

from __future__ import annotations

from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator


@pytest.fixture(scope="module")
def operations() -> dict[tuple[str, str], Any]:
    paths = SchemaGenerator().get_schema(public=True)["paths"]
    return {
        (method, path): operation
        for path, methods in paths.items()
        for method, operation in methods.items()
        if "responses" in operation
    }


def telling(operations: dict[tuple[str, str], Any], status: int) -> set[tuple[str, str]]:
    return {
        where for where, operation in operations.items() if str(status) in operation["responses"]
    }


@pytest.mark.parametrize("status", [414, 503])
def test_tells_of_addresses_that_are_too_long_and_of_outages_everywhere(operations, status):
    assert telling(operations, status) == set(operations)


def test_tells_of_bodies_that_are_too_long_where_there_is_a_body(operations):
    bodied = {where for where, operation in operations.items() if "requestBody" in operation}

    assert ("post", "/api/v1/reports/") in bodied
    assert telling(operations, 413) == bodied


def test_tells_of_a_full_disk_where_something_is_saved(operations):
    assert telling(operations, 507) == {where for where in operations if where[0] != "get"}


def test_tells_of_waiting_where_tokens_are_asked_for(operations):
    waited = telling(operations, 429)

    assert ("post", "/api/v1/reports/") in waited
    assert {path for _method, path in waited if not path.startswith("/api/desk/")} == {
        "/api/v1/reports/"
    }
    assert {where for where in operations if where[1].startswith("/api/desk/")} <= waited


def test_describes_each_refusal_as_a_problem(operations):
    for operation in operations.values():
        for status, response in operation["responses"].items():
            assert status < "400" or "application/problem+json" in response["content"]
