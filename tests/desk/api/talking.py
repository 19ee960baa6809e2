"""Talking to the desk's API as a partner's system does."""

from __future__ import annotations

import json
from typing import Any

from knox.models import AuthToken

from tests import ledger
from tracker.desk.models import User
from tracker.desk.workflow import tokens

ROOT = "/api/desk/v1/"


class Talker:
    """A client with a token that knows the versions of what it has read; a bug is a 500."""

    def __init__(self, user: User | None) -> None:
        self.user = user
        self._client = ledger.Client(raise_request_exception=False)
        self._token = ""
        if user:
            kept, self._token = AuthToken.objects.create(user)
            # In use already: the first request of a day notes that.
            tokens.note_use(kept)

    def ask(self, method: str, address: str, body: Any = None, **headers: str) -> Any:
        """Send what is given as JSON, or as it is where it is bytes."""
        headers = {**self._authorization(), **headers}
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body)
        address = _whole(address)
        return self._client.generic(
            method, address, content, content_type="application/json", headers=headers
        )

    def get(self, address: str, **headers: str) -> Any:
        return self.ask("GET", address, **headers)

    def post(self, address: str, body: Any, **headers: str) -> Any:
        return self.ask("POST", address, body, **headers)

    def bring(self, address: str, **parts: Any) -> Any:
        """Send parts of a form, of which one may be a file."""
        return self._client.post(_whole(address), parts, headers=self._authorization())

    def write(self, method: str, address: str, body: Any = None, *, of: str = "") -> Any:
        """Change a thing as one who has just read it: at `of`, where that is another address."""
        return self.ask(method, address, body, **{"If-Match": self.get(of or address)["ETag"]})

    def _authorization(self) -> dict[str, str]:
        return {"Authorization": f"Token {self._token}"} if self._token else {}


def _whole(address: str) -> str:
    return address if address.startswith(("/", "http")) else ROOT + address


def pointers(response: Any) -> list[str]:
    return sorted(error["pointer"] for error in response.json()["errors"])
