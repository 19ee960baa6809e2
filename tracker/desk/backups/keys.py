"""What a backup is encrypted with: whatever a file of the operator's holds, made into a key."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from tracker.errors import InvalidInput

SHORTEST = 16
# 64 MB and some 0.2 seconds for each guess at a passphrase. Part of format 1.
COST, BLOCK, LANES = 2**16, 8, 1


def read_key(path: str) -> bytes | None:
    """The passphrase or the random bytes in this file; None where none is named."""
    if not path:
        return None
    try:
        # An editor ends the line, and a passphrase typed elsewhere has no end of line.
        secret = Path(path).read_bytes().rstrip(b"\r\n")
    except OSError as error:
        raise InvalidInput(f"The key file {path} cannot be read: {error.strerror}.") from error
    if len(secret) < SHORTEST:
        raise InvalidInput(
            f"The key file {path} holds {len(secret)} bytes: a key has {SHORTEST} or more, such as "
            "six words drawn by lot, or 32 random bytes."
        )
    return secret


def stretched(secret: bytes, salt: bytes) -> tuple[bytes, bytes]:
    """A key for one file alone, and what tells that it is this one without telling it."""
    both = Scrypt(salt=salt, length=64, n=COST, r=BLOCK, p=LANES).derive(secret)
    return both[:32], both[32:]
