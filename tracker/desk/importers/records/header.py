"""The names of a table's columns, found however spreadsheets and programs have mangled them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tracker.desk.importers.records.drafts import Row
from tracker.desk.importers.records.values import shortened
from tracker.geo.names import fold

# Some programs keep ten characters of a name.
SHORTEST_CUT = 8
LONGEST_NAME = 200

# The orders of UCDP's files, by which those without a header are read: of version 24.1 and of 2020.
UCDP_ORDERS = tuple(
    tuple(names.split())
    for names in (
        """
        id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id
        conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a
        side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office
        source_date source_headline source_original where_prec where_coordinates where_description
        adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity
        date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low
        gwnoa gwnob
        """,
        """
        id year active_year type_of_violence conflict_new_id conflict_name dyad_new_id dyad_name
        side_a_new_id side_a side_b_new_id gwnob side_b number_of_sources source_article
        source_office source_date source_headline source_original where_prec where_coordinates adm_1
        adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity
        date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown low best high
        """,
    )
)


def columns_of(first: Sequence[Row], header_rows: int) -> tuple[str, ...]:
    """The names of the columns: trimmed, none empty, none twice.

    Where there is no header they are UCDP's own, if it is a file of UCDP's, or col_1, col_2 and so on.
    """
    if not header_rows:
        return ucdp_order(first) or tuple(f"col_{at}" for at in range(1, _width(first) + 1))
    rows = first[:header_rows]
    names: list[str] = []
    taken: set[str] = set()
    for at in range(_width(rows)):
        written = (_name(row.cells[at]) for row in rows if at < len(row.cells))
        name = _unique(next(filter(None, written), f"col_{at + 1}"), taken)
        taken.add(name)
        names.append(name)
    return tuple(names)


def tags_of(first: Sequence[Row]) -> tuple[int, tuple[str, ...]]:
    """The row of HXL tags among the first rows, counted from 1, and its tags; 0 where there is none."""
    for number, row in enumerate(first[:5], start=1):
        filled = [cell.strip() for cell in row.cells if cell.strip()]
        if len(filled) >= 2 and all(cell.startswith("#") and len(cell) > 1 for cell in filled):
            return number, tuple("".join(cell.split()).lower() for cell in row.cells)
    return 0, ()


def ucdp_order(first: Sequence[Row]) -> tuple[str, ...]:
    """The columns of a file of UCDP's without a header; none where it is no such file."""
    for order in UCDP_ORDERS:
        if first and all(_is_ucdp(row.cells, order) for row in first[:3]):
            return order
    return ()


def _is_ucdp(cells: list[str], order: tuple[str, ...]) -> bool:
    row = dict(zip(order, cells, strict=False))
    return (
        len(cells) == len(order)
        and row["type_of_violence"] in {"1", "2", "3"}
        and row["where_prec"] in set("1234567")
        and row["geom_wkt"].lstrip().upper().startswith("POINT")
        and row["best"].isdecimal()
    )


@dataclass(frozen=True)
class Header:
    """Columns that are found by any of their names."""

    columns: tuple[str, ...]
    _by_key: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for column in self.columns:
            self._by_key.setdefault(key(column), column)

    def find(self, names: str) -> str | None:
        """The column of one of these names, parted by bars, the first that is there."""
        for name in names.split("|"):
            found = self._by_key.get(key(name)) or self._cut(key(name))
            if found:
                return found
        return None

    def exact(self, name: str) -> str | None:
        """The column of this name, or None; names that were cut do not count."""
        return self._by_key.get(key(name)) if key(name) else None

    def has(self, names: Iterable[str]) -> int:
        """How many of these names it has."""
        return sum(self.find(name) is not None for name in names)

    def _cut(self, wanted: str) -> str | None:
        found = [
            column
            for known, column in self._by_key.items()
            if len(known) >= SHORTEST_CUT and wanted.startswith(known)
        ]
        return found[0] if len(found) == 1 else None


def key(name: str) -> str:
    """What two spellings of one column's name have in common."""
    return fold(name).replace(" ", "")


def _name(cell: str) -> str:
    # The name becomes a key of the row as received, which no database keeps with half a character.
    return shortened(cell.encode(errors="replace").decode(), LONGEST_NAME)


def _unique(name: str, taken: set[str]) -> str:
    number, found = 2, name
    while found in taken:
        found, number = f"{name} ({number})", number + 1
    return found


def _width(rows: Sequence[Row]) -> int:
    return max((len(row.cells) for row in rows), default=0)
