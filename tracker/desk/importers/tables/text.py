"""The lines of a text in any encoding, fast and in constant memory."""

from __future__ import annotations

import codecs
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator

from tracker.desk.importers.faults import Fault, Why
from tracker.desk.importers.tables import encodings
from tracker.desk.importers.tables.table import Limits

# Ends a text: no line begins with a NUL otherwise, for those of the file are replaced.
END = "\0"
_BROKEN = "\udfff"
_REPLACED = "\ufffd"
# Put in place of each run of bytes that cannot be decoded; no text holds it otherwise.
codecs.register_error("tracker-broken", lambda error: (_BROKEN, error.end))  # type: ignore[attr-defined]
# The mark of our writers where a cell begins. The mark first, since that is quick to find.
_MARK = re.compile(r"""'(?<![^,;\t|"\r\n']')[=+\-@\t\r\n＝＋－＠]""")


class Text:
    """Lines, with what is wrong with some of them; a line that is too long comes empty."""

    def __init__(self, pieces: Iterable[bytes], encoding: str, limits: Limits) -> None:
        self._pieces = iter(pieces)
        self._encoding = encoding
        self._limits = limits
        self._read = 0
        self._faults: deque[tuple[int, Fault]] = deque()
        self.clean_from = 1
        """From this line on all that was read is in order and short, and no cell is marked."""

    def blocks(self) -> Iterator[list[str]]:
        """Lines with their ends, many at a time; END is the last."""
        rest, is_skipping = "", False
        for piece in self._decoded():
            if is_skipping:
                _, end, piece = piece.partition("\n")
                is_skipping = not end
            whole, rest = _cut(rest + piece)
            lines = self._judged(whole)
            if len(rest) > self._limits.line:
                # Its rest is left out as it comes, so that no line is ever held as a whole.
                lines += self._judged(rest)
                rest, is_skipping = "", True
            yield lines
        last = self._judged(rest)
        # END looks like a row of one cell, and is to be asked about.
        self.clean_from = self._read + 2
        yield [*last, END]

    def fault_until(self, line: int) -> Fault | None:
        """What is wrong with a line up to this one, not asked for before."""
        found = None
        while self._faults and self._faults[0][0] <= line:
            _, fault = self._faults.popleft()
            found = found or fault
        return found

    def _decoded(self) -> Iterator[str]:
        first = next(self._pieces, b"")
        codec = encodings.byte_order(first[:4096]) if self._encoding == "utf-16" else self._encoding
        decode = codecs.getincrementaldecoder(codec)("tracker-broken").decode
        yield decode(first).removeprefix("\ufeff")
        yield from map(decode, self._pieces)
        yield decode(b"", True)  # noqa: FBT003 - the last there is

    def _judged(self, text: str) -> list[str]:
        # Ends are kept as they are: those in a quoted cell belong to it.
        lines = list(io.StringIO(text, newline=""))
        longest = max(map(len, lines), default=0)
        is_broken = _BROKEN in text or END in text or longest > self._limits.line
        if is_broken:
            lines = [
                self._mended(line, number) for number, line in enumerate(lines, self._read + 1)
            ]
        self._read += len(lines)
        if is_broken or longest > self._limits.cell or _MARK.search(text):
            self.clean_from = self._read + 1
        return lines

    def _mended(self, line: str, number: int) -> str:
        if len(line) > self._limits.line:
            fault = Fault(Why.LINE_TOO_LONG, values={"limit": str(self._limits.line)})
            line = "\n"
        elif _BROKEN in line:
            fault = Fault(Why.NOT_IN_ENCODING, values={"encoding": self._encoding})
        elif END in line:
            fault = Fault(Why.HOLDS_NUL)
        else:
            return line
        self._faults.append((number, fault))
        return line.replace(_BROKEN, _REPLACED).replace(END, _REPLACED)


def _cut(text: str) -> tuple[str, str]:
    """Whole lines, and what has begun; a return at the very end may be half of a line's end."""
    end = text.rfind("\n") + 1 or text.rfind("\r", 0, -1) + 1
    return text[:end], text[end:]
