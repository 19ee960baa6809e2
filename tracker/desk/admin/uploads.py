"""How much of a file that is sent here comes to lie on the disk, before anyone has looked at it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler


class CappedUpload(FileUploadHandler):
    """Lets a file through until it is one byte or more too long to be kept, and drops the rest.

    The rest is still read: a connection cut off would tell whoever sends it nothing, and the form
    tells that the file is too large.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> Any:
        return raw_data if start <= settings.EVIDENCE_MAX_BYTES else None

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one make the file."""
