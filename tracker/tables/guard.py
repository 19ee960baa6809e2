"""Cells that a spreadsheet would take for a formula: our writers mark them, our readers unmark them."""

from __future__ import annotations

import re

_MARK = "'"
# To be asked first where there are many cells: nearly all begin with none of these.
BEGINNINGS = frozenset("'=@\t\r\n＝＋－＠+-")
# A plain number is none, though it begins with a sign; so the marks of a table can be told.
_FORMULA = re.compile(r"'*(?:[=@\t\r\n＝＋－＠]|[+-](?!\d+(?:\.\d+)?\Z))", re.ASCII)


def marked(text: str) -> str:
    return _MARK + text if _FORMULA.match(text) else text


def lifted(text: str) -> str:
    return text[1:] if text.startswith(_MARK) and _FORMULA.match(text, 1) else text
