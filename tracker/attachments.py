"""Files handed out to be stored, and not shown by the browser."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from django.http import FileResponse, StreamingHttpResponse

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox",
    # Keeps the bytes from being packed on their way, and their number from being left out.
    "Content-Encoding": "identity",
}


def attachment(file: IO[bytes], *, name: str) -> FileResponse:
    return FileResponse(
        file,
        as_attachment=True,
        filename=name,
        content_type="application/octet-stream",
        headers=HEADERS,
    )


def streamed(pieces: Iterable[bytes], *, name: str) -> StreamingHttpResponse:
    """A file that is made while it is handed out; `name` is one of our own, in plain letters."""
    said = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(pieces, content_type="application/octet-stream", headers=said)
