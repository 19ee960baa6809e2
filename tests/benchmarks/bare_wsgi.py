"""The bare limit of serving: a WSGI function that reads the stored documents of one page."""

from __future__ import annotations

from typing import Any

from tests.benchmarks.measuring import stored


def application(environment: dict[str, Any], start_response: Any) -> list[bytes]:
    body = stored()
    start_response(
        "200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    )
    return [body]
