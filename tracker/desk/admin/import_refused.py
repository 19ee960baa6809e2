"""The refused rows of a file as a file: to be mended and brought again."""

from __future__ import annotations

import tempfile

from django.http import FileResponse, Http404, StreamingHttpResponse

from tracker.attachments import attachment, streamed
from tracker.desk.models import ImportRun
from tracker.desk.workflow import importing
from tracker.tables import write_csv, write_xlsx

# Up to so many bytes a workbook is made in memory.
IN_MEMORY = 10_000_000


def download(run: ImportRun, form: str) -> FileResponse | StreamingHttpResponse:
    """Raises what opening the file does, InvalidInput where a workbook cannot hold the rows, and
    Http404 where there is no such form."""
    rows, name = importing.refused_rows(run), f"import-{run.pk}-refused.{form}"
    if form == "csv":
        return streamed(write_csv(rows), name=name)
    if form != "xlsx":
        raise Http404
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the response closes it
    write_xlsx(rows, file)  # type: ignore[arg-type]
    file.seek(0)
    return attachment(file, name=name)
