"""How what is confidential is encrypted in the database: the key is in neither it nor its backups.

AES-SIV, for a value that did not change is then the same bytes as before: a row saved again stays as
it is for the triggers of the ledger, and a slug stays unique and is found. Who has a copy of the
database alone sees which values of one column are equal, how long they are to 32 bytes, and no more.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from functools import lru_cache
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings

from tracker.errors import Undecipherable

PREFIX = "encrypted:"
BLOCK = 32
# What ends a text, so that the zeros that fill its last block are not taken for its own.
END = b"\x80"
NONCE = 16


class Key(NamedTuple):
    id: str
    """Tells the key that a value needs from others, and nothing of it."""
    cipher: AESSIV


def ring() -> tuple[Key, ...]:
    """Those in use, the one that new values take first."""
    return tuple(map(_made, settings.FIELD_KEYS))


def encrypt(text: str, column: str, *, by: Key | None = None, is_unlike: bool = False) -> str:
    """A text as the database holds it, for this column alone: it cannot be read in another's stead.

    With `is_unlike` no two are alike, whatever they say.
    """
    key = by or ring()[0]
    said = text.encode() + END
    nonce = secrets.token_bytes(NONCE) if is_unlike else b""
    bound = [column.encode(), *([nonce] if nonce else [])]
    hidden = nonce + key.cipher.encrypt(said + bytes(-len(said) % BLOCK), bound)
    return f"{PREFIX}{key.id}:{base64.urlsafe_b64encode(hidden).decode()}"


def decrypt(written: str, column: str, *, is_unlike: bool = False) -> str:
    """The text that the database holds so. Raises Undecipherable."""
    key_id, _, told = written.removeprefix(PREFIX).partition(":")
    cipher = next((key.cipher for key in ring() if key.id == key_id), None)
    if cipher is None:
        raise Undecipherable(
            f"{column} is encrypted with the key {key_id[:8]}, which FIELD_KEY does not hold."
        )
    try:
        hidden = base64.urlsafe_b64decode(told)
        nonce, rest = (hidden[:NONCE], hidden[NONCE:]) if is_unlike else (b"", hidden)
        said = cipher.decrypt(rest, [column.encode(), *([nonce] if nonce else [])])
    except (InvalidTag, binascii.Error, ValueError) as error:
        raise Undecipherable(f"{column} holds something that was not written there.") from error
    if base64.urlsafe_b64encode(hidden).decode() != told:
        raise Undecipherable(f"{column} holds something that was not written there.")
    return said.rstrip(b"\0").removesuffix(END).decode()


def is_encrypted(written: object) -> bool:
    return isinstance(written, str) and written.startswith(PREFIX)


@lru_cache(maxsize=8)
def _made(secret: str) -> Key:
    """A key of the operator's: long and drawn by lot, so that hashing it is enough."""
    told = hmac.digest(secret.encode(), b"tracker: which key", hashlib.sha256).hex()[:8]
    return Key(told, AESSIV(hmac.digest(secret.encode(), b"tracker: fields", hashlib.sha512)))
