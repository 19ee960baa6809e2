"""Which column of a table feeds which field: proposed by the program, corrected by a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from tracker.desk.importers.records import dates, values
from tracker.desk.importers.records.fields import FIELDS, Field, Holds, by_name
from tracker.desk.importers.records.formats import FormatName
from tracker.desk.importers.records.unread import Unread
from tracker.errors import InvalidFor, Told, gettext_noop, quoted

FORMATS = tuple(name.value for name in FormatName)
DATE_ORDER = "date_order"
"""The name of a constant that is no field: in which order days, months and years stand."""
MOST_HEADER_ROWS = 20


class Unfit(Told):
    """Why a mapping does not serve."""

    SHAPE = "shape", gettext_noop('"%(part)s" of the mapping is not what a mapping is made of.')
    KIND = "kind", gettext_noop('"%(value)s" is nothing that can be imported.')
    FORMAT = "format", gettext_noop('"%(value)s" is no format that is known.')
    HEADER_ROWS = (
        "header_rows",
        gettext_noop('"%(value)s" is no number of rows before the data: 0 to %(most)s are.'),
    )
    FIELD = "field", gettext_noop('There is no field "%(value)s".')
    NOT_CODED = "not_coded", gettext_noop('The values of "%(field)s" are not mapped one by one.')
    CODE = "code", gettext_noop('"%(value)s" is no code of "%(field)s".')
    DATE_ORDER = (
        "date_order",
        gettext_noop('"%(value)s" is no order of a date: choose dmy, mdy or ymd.'),
    )
    ABSENT = "absent", gettext_noop('The table has no column "%(value)s".')
    UNMAPPED = "unmapped", gettext_noop('No column is chosen for "%(field)s", which is needed.')
    CONSTANT = "constant", gettext_noop('"%(value)s" cannot be taken for "%(field)s".')


@dataclass(frozen=True)
class Mapping:
    """How the rows of a table are read."""

    kind: str = "reports"
    format: str = "table"
    header_rows: int = 1
    """Rows before the data: 0 where there is no header, 2 where a row of HXL tags follows it."""
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The columns that feed a field. Several texts are joined by line breaks, several parts of a
    date by hyphens (year, month, day), names and codes are gathered; of anything else the first
    column that is not empty counts. One column may feed several fields."""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    """By field, a value as written and our code, or the names that are meant; "" leaves it out."""
    constants: dict[str, str] = field(default_factory=dict)
    """By field, what counts where no column says anything; and `date_order`: dmy, mdy or ymd."""

    def as_json(self) -> dict[str, Any]:
        plain = asdict(self)
        plain["columns"] = {name: list(columns) for name, columns in self.columns.items()}
        return plain

    @classmethod
    def from_json(cls, plain: object) -> Self:
        """The mapping saved before. Raises InvalidFor, an InvalidInput, naming what is wrong."""
        whole = _texts_to(plain, "mapping")
        for name in whole.keys() - cls.__dataclass_fields__.keys():
            raise InvalidFor(Unfit.SHAPE, part=quoted(name))
        columns = _texts_to(whole.get("columns", {}), "columns")
        codes = _texts_to(whole.get("codes", {}), "codes")
        mapping = cls(
            kind=_text(whole.get("kind", cls.kind), "kind"),
            format=_text(whole.get("format", cls.format), "format"),
            header_rows=_header_rows(whole.get("header_rows", cls.header_rows)),
            columns={name: _columns(given) for name, given in columns.items()},
            codes={name: _texts(given, "codes") for name, given in codes.items()},
            constants=_texts(whole.get("constants", {}), "constants"),
        )
        mapping.check()
        return mapping

    def check(self) -> None:
        """Raises InvalidFor where a field, a code or an order is named that does not exist."""
        if self.kind not in FIELDS:
            raise InvalidFor(Unfit.KIND, value=quoted(self.kind))
        if self.format not in FORMATS:
            raise InvalidFor(Unfit.FORMAT, value=quoted(self.format))
        known = by_name(self.kind)
        for name in [*self.columns, *self.codes, *self.constants]:
            if name not in known and not (name == DATE_ORDER and name in self.constants):
                raise InvalidFor(Unfit.FIELD, value=quoted(name))
        for name, codes in self.codes.items():
            _check_codes(known[name], codes.values())
        order = self.constants.get(DATE_ORDER, "")
        if order and order not in dates.ORDERS:
            raise InvalidFor(Unfit.DATE_ORDER, value=quoted(order))


def _check_codes(field: Field, codes: Iterable[str]) -> None:
    if field.codes is None and not field.takes_names:
        raise InvalidFor(Unfit.NOT_CODED, field=field.name)
    for code in codes:
        if field.codes is not None:
            given = code.split(";") if field.holds is Holds.CODES else [code]
            is_known = set(given) <= {str(each.value) for each in field.codes}
        else:
            is_known = _are_names(code, field.length)
        if code and not is_known:
            raise InvalidFor(Unfit.CODE, value=quoted(code), field=field.name)


def _are_names(text: str, length: int) -> bool:
    try:
        return bool(values.parts(text, length))
    except Unread:
        return False


def _texts_to(plain: object, part: str) -> dict[str, Any]:
    if not isinstance(plain, dict) or not all(isinstance(name, str) for name in plain):
        raise InvalidFor(Unfit.SHAPE, part=part)
    return plain


def _texts(plain: object, part: str) -> dict[str, str]:
    return {name: _text(value, part) for name, value in _texts_to(plain, part).items()}


def _text(plain: object, part: str) -> str:
    if not isinstance(plain, str):
        raise InvalidFor(Unfit.SHAPE, part=part)
    return plain


def _columns(plain: object) -> tuple[str, ...]:
    """One column may be given as it is; several are a list."""
    if isinstance(plain, str):
        return (plain,)
    if not isinstance(plain, list | tuple) or not plain:
        raise InvalidFor(Unfit.SHAPE, part="columns")
    return tuple(_text(each, "columns") for each in plain)


def _header_rows(plain: object) -> int:
    is_number = isinstance(plain, int) and not isinstance(plain, bool)
    if not is_number or not 0 <= plain <= MOST_HEADER_ROWS:  # type: ignore[operator]
        raise InvalidFor(Unfit.HEADER_ROWS, value=quoted(str(plain)), most=str(MOST_HEADER_ROWS))
    return plain  # type: ignore[return-value]
