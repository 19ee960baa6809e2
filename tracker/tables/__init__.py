"""Tables as files, for both wings: what these functions write, the desk's importer reads back equal.

A spreadsheet would take some texts for formulas: these are marked with an apostrophe. NUL and
halves of characters, which no file of either kind can hold, become U+FFFD; in a workbook U+FFFE
and U+FFFF do too.
"""

from __future__ import annotations

from tracker.tables.cells import Cell
from tracker.tables.delimited import plain_csv, write_csv
from tracker.tables.workbooks import LONGEST, MOST_ROWS, Sheet, write_xlsx, xlsx

__all__ = ["LONGEST", "MOST_ROWS", "Cell", "Sheet", "plain_csv", "write_csv", "write_xlsx", "xlsx"]
