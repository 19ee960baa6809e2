"""What an answer says, whole: its status, its headers, and its bytes with archives unpacked."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.test import Client

from tests.test_privacy import content_of

# What a file of Word or Excel says of the moment it was written.
_WRITTEN = re.compile(rb"<dcterms:\w+ [^>]*>[^<]*</dcterms:\w+>")


class Said(NamedTuple):
    """An answer; two that are equal tell nobody which world they come from."""

    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes


def said(response: Any) -> Said:
    content = _WRITTEN.sub(b"", content_of(response))
    headers = tuple(sorted(response.headers.items()))
    return Said(response.status_code, headers, hashlib.sha256(content).digest())


def answers(client: Client, asked: Iterable[str]) -> dict[str, Said]:
    return {question: said(client.get(question)) for question in asked}


def differing(one: dict[str, Said], other: dict[str, Said]) -> list[str]:
    """The questions by whose answers the two can be told apart, and those asked of one alone."""
    return sorted(each for each in {*one, *other} if one.get(each) != other.get(each))
