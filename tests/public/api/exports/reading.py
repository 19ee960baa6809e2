"""Exports, read as those who download them do."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.test import Client

API = "/api/v1/"


def download(client: Client, name: str, **asked: str) -> bytes:
    response = client.get(f"{API}{name}", asked)
    content: bytes = response.getvalue()
    assert response.status_code == 200, content
    return content


def table(client: Client, name: str, **asked: str) -> list[dict[str, str]]:
    text = download(client, name, **asked).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def listed(client: Client, resource: str, **asked: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(
        f"{API}{resource}/", {"page_size": "1000", **asked}
    ).json()["results"]
    return found
