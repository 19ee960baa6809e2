"""The form that says which column of a file tells what, and what its values mean."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.desk.admin.import_fields import FieldSelect, label
from tracker.desk.importers.records.fields import Field, by_name
from tracker.desk.importers.records.mapping import DATE_ORDER, Mapping
from tracker.desk.workflow.importing import Look

# Of a wider table so many columns are offered, and those that are mapped already; of a field so many
# values are mapped at a time. Together they are fewer fields than Django takes from one form.
MOST_COLUMNS = 200
MOST_VALUES = 90
SAMPLES = 3
# How many further uses of columns, and values for all rows, there is room for.
SPARE = 2
# The fields that name a source; other names are of parties.
NAME_SOURCES = {"relayed_from", "monitor", "counterpart"}
ORDERS = (
    ("", gettext_lazy("as is told by the days themselves")),
    ("ymd", gettext_lazy("year, month, day")),
    ("dmy", gettext_lazy("day, month, year")),
    ("mdy", gettext_lazy("month, day, year")),
)


@dataclass(frozen=True)
class Column:
    """A column of the file as the form shows it."""

    name: str
    samples: list[str]
    feeds: Any


@dataclass(frozen=True)
class Values:
    """The values of a field that are mapped one by one."""

    label: str
    rows: list[tuple[str, Any]]
    """A value as written, and the form's field for what is meant."""
    are_open: bool
    """Whether one of them has no code yet."""


class MappingForm(forms.Form):
    """A mapping, column by column. Fields bear a mark of what they are of, not its place: meanwhile
    the file may have come to be read otherwise."""

    def __init__(self, look: Look, unknown: dict[str, list[str]], data: Any = None) -> None:
        """`unknown` are names that nothing at the desk bears, by the field they stand in."""
        super().__init__(data)
        self.look, self._known = look, by_name(look.mapping.kind)
        self._select = FieldSelect(look.mapping.kind)
        self._feeds = _fed(look.mapping)
        self._shown = self._columns_shown()
        self._values = {**self._coded(), **self._named(unknown)}
        for name, initial in self._shown.items():
            self.fields[_key("column", name)] = self._field_choice(initial, name)
        self._add_pairs()
        self._add_values()
        self.fields[DATE_ORDER] = forms.ChoiceField(
            choices=ORDERS,
            required=False,
            initial=look.mapping.constants.get(DATE_ORDER, ""),
            label=_("Days are written in the order"),
        )

    # What stands in the form

    def _columns_shown(self) -> dict[str, str]:
        """The columns, each with the first field it feeds."""
        names = [
            name
            for at, name in enumerate(self.look.columns)
            if at < MOST_COLUMNS or name in self._feeds
        ]
        return {name: next(iter(self._feeds.get(name, [])), "") for name in names}

    def _coded(self) -> dict[str, dict[str, str]]:
        """By field and value as written the code, "" where there is none."""
        found = {}
        for name in self.look.mapping.columns:
            field = self._known.get(name)
            if field and field.codes is not None:
                open_values = dict.fromkeys(self.look.open_values.get(name, []), None)
                given = self.look.mapping.codes.get(name, {})
                found[name] = _first({**open_values, **given})
        return found

    def _named(self, unknown: dict[str, list[str]]) -> dict[str, dict[str, str]]:
        found = {}
        for name in self.look.mapping.columns:
            field = self._known.get(name)
            if field and field.takes_names:
                given = self.look.mapping.codes.get(name, {})
                found[name] = _first({**dict.fromkeys(unknown.get(name, []), None), **given})
        return {name: values for name, values in found.items() if values}

    def _add_pairs(self) -> None:
        more = [(name, field) for name, told in self._feeds.items() for field in told[1:]]
        self._more = [*more, *[("", "")] * SPARE]
        columns = [("", _("– none –")), *((name, name) for name in self._shown)]
        for at, (column, field) in enumerate(self._more):
            self.fields[f"more-{at}-column"] = forms.ChoiceField(
                choices=columns, required=False, initial=column, label=_("Column")
            )
            self.fields[f"more-{at}-field"] = self._field_choice(field, _("Tells"))
        constants = self._constants()
        self._every = [*constants, *[("", "")] * SPARE]
        for at, (field, value) in enumerate(self._every):
            self.fields[f"every-{at}-field"] = self._field_choice(field, _("What"))
            self.fields[f"every-{at}-value"] = forms.CharField(
                required=False,
                initial=value,
                label=_("Value"),
                widget=forms.TextInput(attrs={"dir": "auto"}),
            )

    def _constants(self) -> list[tuple[str, str]]:
        """What counts for every row, and what is needed and no column tells."""
        given = self.look.mapping.constants
        told = self.look.mapping.columns.keys() | given.keys()
        needed = [each.name for each in self._known.values() if each.is_required]
        return [
            *((name, value) for name, value in given.items() if name in self._known),
            *((name, "") for name in needed if name not in told),
        ]

    def _add_values(self) -> None:
        for name, values in self._values.items():
            field = self._known[name]
            for value, code in values.items():
                key = _key(f"value-{name}", value)
                if field.codes is None:
                    self.fields[key] = _name_field(field, value, code)
                else:
                    self.fields[key] = _code_field(field.codes, value, code)

    def _field_choice(self, initial: str, label: str) -> forms.CharField:
        # Which fields there are, the mapping itself knows.
        return forms.CharField(
            required=False, initial=initial, label=label, widget=self._select, empty_value=""
        )

    # As the page shows it

    @property
    def columns(self) -> list[Column]:
        places = {name: at for at, name in enumerate(self.look.columns)}
        return [
            Column(
                name,
                self.look.values(places[name], most=SAMPLES),
                self[_key("column", name)],
            )
            for name in self._shown
        ]

    @property
    def left_out(self) -> int:
        """How many columns are not shown."""
        return len(self.look.columns) - len(self._shown)

    @property
    def more(self) -> list[tuple[Any, Any]]:
        pairs = range(len(self._more))
        return [(self[f"more-{at}-column"], self[f"more-{at}-field"]) for at in pairs]

    @property
    def every(self) -> list[tuple[Any, Any]]:
        pairs = range(len(self._every))
        return [(self[f"every-{at}-field"], self[f"every-{at}-value"]) for at in pairs]

    @property
    def values(self) -> list[Values]:
        return [
            Values(
                label(self._known[name]),
                [(value, self[_key(f"value-{name}", value)]) for value in values],
                bool(self.look.open_values.get(name)),
            )
            for name, values in self._values.items()
            if values
        ]

    # What it says

    @property
    def mapping(self) -> Mapping:
        """The mapping as it was filled in. Raises InvalidInput where it is none."""
        columns: dict[str, tuple[str, ...]] = {}
        for column, field in self._uses():
            if column not in columns.get(field, ()):
                columns[field] = (*columns.get(field, ()), column)
        constants = self._pairs("every", len(self._every), ("field", "value"))
        if order := self.cleaned_data[DATE_ORDER]:
            constants = [*constants, (DATE_ORDER, order)]
        mapping = replace(
            self.look.mapping,
            columns=columns,
            constants=dict(constants),
            codes={name: codes for name, codes in self._codes() if codes and name in columns},
        )
        mapping.check()
        return mapping

    def _uses(self) -> Iterable[tuple[str, str]]:
        for name in self._shown:
            if field := self.cleaned_data[_key("column", name)]:
                yield name, field
        yield from self._pairs("more", len(self._more), ("column", "field"))

    def _pairs(self, prefix: str, count: int, names: tuple[str, str]) -> list[tuple[str, str]]:
        given = self.cleaned_data
        pairs = [
            (given[f"{prefix}-{at}-{names[0]}"], given[f"{prefix}-{at}-{names[1]}"])
            for at in range(count)
        ]
        return [pair for pair in pairs if all(pair)]

    def _codes(self) -> Iterator[tuple[str, dict[str, str]]]:
        for name in self._known:
            # What is not shown stays as it is.
            codes = dict(self.look.mapping.codes.get(name, {}))
            for value in self._values.get(name, {}):
                chosen = self.cleaned_data[_key(f"value-{name}", value)]
                codes.pop(value, None)
                if chosen != UNCHOSEN:
                    codes[value] = "" if chosen == LEFT_OUT else chosen
            yield name, codes


# In a select: a person has not chosen, or chosen to leave it out.
UNCHOSEN, LEFT_OUT = "", "-"


def _code_field(codes: Any, value: str, code: str | None) -> forms.ChoiceField:
    options = [(str(each.value), str(each.label)) for each in codes]
    chosen = UNCHOSEN if code is None else code or LEFT_OUT
    if chosen not in {UNCHOSEN, LEFT_OUT, *dict(options)}:
        # One value may mean several of our codes.
        told = (str(codes(each).label) for each in chosen.split(";"))
        options.append((chosen, ", ".join(told)))
    return forms.ChoiceField(
        choices=[(UNCHOSEN, _("– choose –")), (LEFT_OUT, _("leave out")), *options],
        required=False,
        initial=chosen,
        label=value,
    )


def _name_field(field: Field, value: str, name: str | None) -> forms.CharField:
    proposed = "source-names" if field.name in NAME_SOURCES else "party-names"
    return forms.CharField(
        required=False,
        initial=name or "",
        label=value,
        widget=forms.TextInput(attrs={"dir": "auto", "list": proposed}),
    )


def _fed(mapping: Mapping) -> dict[str, list[str]]:
    """By column the fields it feeds."""
    found: dict[str, list[str]] = {}
    for field, columns in mapping.columns.items():
        for column in columns:
            found.setdefault(column, []).append(field)
    return found


def _first(values: dict[str, Any]) -> dict[str, Any]:
    return dict(list(values.items())[:MOST_VALUES])


def _key(sort: str, name: str) -> str:
    """The name of a form's field for something of the file, whatever it is called there."""
    return f"{sort}-{hashlib.blake2b(name.encode(), digest_size=6).hexdigest()}"
