"""How much of a file that is sent here comes to lie on the disk, before anyone has looked at it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler
from django.urls import reverse
from django.utils.functional import cached_property

# The one address where more is taken than a file of evidence may have.
IMPORTING = "admin:desk_importrun_add"


class CappedUpload(FileUploadHandler):
    """Lets a file through until it is one byte or more too long to be kept, and drops the rest.

    The rest is still read: a connection cut off would tell whoever sends it nothing, and the form
    tells that the file is too large.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> Any:
        return raw_data if start <= self._most else None

    @cached_property
    def _most(self) -> int:
        is_import = self.request is not None and self.request.path == reverse(IMPORTING)
        return settings.IMPORT_MAX_BYTES if is_import else settings.EVIDENCE_MAX_BYTES

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one make the file."""
