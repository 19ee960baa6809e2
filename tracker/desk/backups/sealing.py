"""Streams sealed in chunks: no byte is changed, cut off, added or put elsewhere without its being seen.

A header (what this is, its format, whether it is encrypted, salt, what tells the key, and a digest of
these), then chunks of one MiB, the last one at most that. Each is sealed with its number and whether
it is the last (the STREAM construction): by AES-256-GCM with a key, by SHA-256 without, which shows
damage, and hinders nobody.
"""

from __future__ import annotations

import hashlib
import io
import os
import struct
from collections.abc import Iterator
from typing import IO, Any, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tracker.desk.backups.keys import stretched
from tracker.errors import InvalidInput

MAGIC = b"ceasefire incident tracker\n"
FORMAT = 1
CHUNK = 1024 * 1024
_HEADER = struct.Struct(f">{len(MAGIC)}sB?32s32s")
_DIGEST = hashlib.sha256().digest_size
DAMAGED = "The backup is damaged: %s. Nothing was changed. Take another copy of it."


class _Seal(Protocol):
    overhead: int

    def close(self, nonce: bytes, chunk: bytes) -> bytes: ...

    def open(self, nonce: bytes, sealed: bytes) -> bytes | None:
        """The chunk; None where it is not what was closed."""


class _Digest:
    overhead = _DIGEST

    def __init__(self, header: bytes) -> None:
        self._header = header

    def close(self, nonce: bytes, chunk: bytes) -> bytes:
        return chunk + hashlib.sha256(self._header + nonce + chunk).digest()

    def open(self, nonce: bytes, sealed: bytes) -> bytes | None:
        chunk = sealed[:-_DIGEST]
        return chunk if self.close(nonce, chunk) == sealed else None


class _Encryption:
    overhead = 16

    def __init__(self, header: bytes, key: bytes) -> None:
        self._header, self._cipher = header, AESGCM(key)

    def close(self, nonce: bytes, chunk: bytes) -> bytes:
        return self._cipher.encrypt(nonce, chunk, self._header)

    def open(self, nonce: bytes, sealed: bytes) -> bytes | None:
        try:
            return self._cipher.decrypt(nonce, sealed, self._header)
        except InvalidTag:
            return None


def _nonce(number: int, *, is_last: bool) -> bytes:
    # The key is of this file alone, so counting is enough.
    return number.to_bytes(11, "big") + bytes([is_last])


class Sealer(io.RawIOBase):
    """What is written into it goes sealed into a file; it is whole once it is finished."""

    def __init__(self, file: IO[bytes], secret: bytes | None) -> None:
        salt = os.urandom(32)
        key, told = stretched(secret, salt) if secret else (b"", bytes(32))
        header = _HEADER.pack(MAGIC, FORMAT, secret is not None, salt, told)
        self._seal: _Seal = _Encryption(header, key) if secret else _Digest(header)
        self._file, self._held, self._number = file, bytearray(), 0
        file.write(header + hashlib.sha256(header).digest())

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._held += data
        # A whole chunk waits for what follows: it may be the last.
        while len(self._held) > CHUNK:
            self._put(bytes(self._held[:CHUNK]), is_last=False)
            del self._held[:CHUNK]
        return len(data)

    def finish(self) -> None:
        self._put(bytes(self._held), is_last=True)

    def _put(self, chunk: bytes, *, is_last: bool) -> None:
        self._file.write(self._seal.close(_nonce(self._number, is_last=is_last), chunk))
        self._number += 1


def unsealed(file: IO[bytes], secret: bytes | None) -> io.BufferedReader:
    """What was written, as far as it is read. Raises InvalidInput at the first thing that is wrong."""
    return io.BufferedReader(_Unsealed(_chunks(file, _seal_of(file, secret))), CHUNK)


class _Unsealed(io.RawIOBase):
    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._held = chunks, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._held:
            self._held = next(self._chunks, b"")
        taken = self._held[: len(buffer)]
        buffer[: len(taken)] = taken
        self._held = self._held[len(taken) :]
        return len(taken)


def _seal_of(file: IO[bytes], secret: bytes | None) -> _Seal:
    header, digest = file.read(_HEADER.size), file.read(_DIGEST)
    if not header.startswith(MAGIC[:10]):
        raise InvalidInput("This is no backup of the tracker, or its beginning is damaged.")
    if hashlib.sha256(header).digest() != digest or len(header) < _HEADER.size:
        raise InvalidInput(DAMAGED % "its header is not what was written")
    _magic, version, is_encrypted, salt, told = _HEADER.unpack(header)
    if version != FORMAT:
        raise InvalidInput(
            f"The backup is of format {version}, which a newer tracker writes: this one knows "
            f"format {FORMAT}. Restore it with that one."
        )
    if not is_encrypted:
        if secret:
            raise InvalidInput(
                "The backup is not encrypted, so that anyone may have written it, and a key was "
                "given. Leave the key away to restore it all the same."
            )
        return _Digest(header)
    if not secret:
        raise InvalidInput("The backup is encrypted: name the file that holds its key.")
    key, told_by_key = stretched(secret, salt)
    if told_by_key != told:
        raise InvalidInput("The backup was encrypted with another key than the one given.")
    return _Encryption(header, key)


def _chunks(file: IO[bytes], seal: _Seal) -> Iterator[bytes]:
    size = CHUNK + seal.overhead
    number, sealed = 0, file.read(size)
    while True:
        following = file.read(size)
        chunk = seal.open(_nonce(number, is_last=not following), sealed)
        if chunk is None:
            raise InvalidInput(
                DAMAGED % f"what lies around byte {number * size} is not what was written"
            )
        yield chunk
        if not following:
            return
        number, sealed = number + 1, following
