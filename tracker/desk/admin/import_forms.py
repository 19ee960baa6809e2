"""The forms of an import: a file is brought, and read in another way than it was taken for."""

from __future__ import annotations

from typing import IO, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.desk.admin.site import DeskForm, translated
from tracker.desk.importers.records.formats import FormatName
from tracker.desk.importers.records.mapping import MOST_HEADER_ROWS
from tracker.desk.importers.tables import Choices
from tracker.desk.models import ImportRun
from tracker.desk.models.imports import ImportKind
from tracker.desk.workflow import importing
from tracker.desk.workflow.importing.kinds import KEEPERS
from tracker.errors import InvalidInput, TrackerError

ENCODINGS = (
    ("utf-8", "UTF-8"),
    ("utf-8-sig", _("UTF-8 with a byte order mark")),
    ("utf-16", "UTF-16"),
    ("cp1256", _("Windows, Arabic (cp1256)")),
    ("cp1252", _("Windows, Western (cp1252)")),
)
DELIMITERS = (
    (",", _("commas")),
    (";", _("semicolons")),
    ("tab", _("tabs")),
    ("|", _("vertical bars")),
)
AS_FOUND = ("", _("as found"))


def _kinds() -> list[tuple[str, Any]]:
    return [(kind, name) for kind, name in ImportKind.choices if kind in KEEPERS]


def said(refusal: TrackerError) -> str:
    """What a refusal says in the reader's language."""
    return translated(refusal) if isinstance(refusal, InvalidInput) else refusal.message


class Otherwise(forms.Form):
    """How a file is read, where a person knows better than what was found."""

    encoding = forms.ChoiceField(
        choices=[AS_FOUND, *ENCODINGS], required=False, label=_("Encoding")
    )
    delimiter = forms.ChoiceField(
        choices=[AS_FOUND, *DELIMITERS], required=False, label=_("Columns are parted by")
    )
    sheet = forms.CharField(
        required=False,
        max_length=100,
        label=_("Sheet"),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    @property
    def choices(self) -> Choices:
        delimiter = self.cleaned_data["delimiter"]
        return Choices(
            encoding=self.cleaned_data["encoding"],
            delimiter="\t" if delimiter == "tab" else delimiter,
            sheet=self.cleaned_data["sheet"],
        )


class BringForm(Otherwise, DeskForm):
    """A file, and whose it is. It is kept as soon as everything else is in order."""

    by: Any = None
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, a workbook (XLSX, XLS, ODS) or GeoJSON, whatever it is called."),
    )
    kind = forms.ChoiceField(required=False, label=_("Its rows are"))

    class Meta:
        model = ImportRun
        fields = ["source"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [AS_FOUND, *_kinds()]  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        file = self.cleaned_data["file"]
        try:
            self.instance = importing.receive(
                cast("IO[bytes]", file),
                name=file.name,
                source=self.cleaned_data["source"],
                by=self.by,
                kind=self.cleaned_data["kind"],
                choices=self.choices,
            )
        except TrackerError as refusal:
            self.add_error("file", said(refusal))


class ReadingForm(Otherwise):
    """What a file was taken for, to be corrected."""

    kind = forms.ChoiceField(label=_("Its rows are"))
    format = forms.ChoiceField(
        choices=[(each.value, _(each.sentence)) for each in FormatName], label=_("Format")
    )
    header_rows = forms.IntegerField(
        min_value=0,
        max_value=MOST_HEADER_ROWS,
        label=_("Rows before the data"),
        help_text=_("0 where the columns have no names, 2 where a second row holds HXL tags."),
    )

    def __init__(self, look: importing.Look, data: Any = None) -> None:
        mapping, choices = look.mapping, look.table.choices
        initial = {
            "kind": mapping.kind,
            "format": mapping.format,
            "header_rows": mapping.header_rows,
            "encoding": choices.encoding,
            "delimiter": "tab" if choices.delimiter == "\t" else choices.delimiter,
            "sheet": choices.sheet,
        }
        super().__init__(data, initial=initial, prefix="reading")
        self.fields["kind"].choices = _kinds()  # type: ignore[attr-defined]
        self.order_fields(["kind", "format", "header_rows"])
        self._leave_out_what_does_not_apply(look)

    def _leave_out_what_does_not_apply(self, look: importing.Look) -> None:
        if look.table.sheets:
            sheets = [(name, name) for name in look.table.sheets]
            self.fields["sheet"] = forms.ChoiceField(choices=sheets, label=_("Sheet"))
        else:
            del self.fields["sheet"]
        for name in ("encoding", "delimiter"):
            if not getattr(look.table.choices, name):
                del self.fields[name]

    def read(self, run: ImportRun) -> None:
        """Read the file so. Raises what `importing.reread` does."""
        # What nobody touched is found anew: another sheet may have another header.
        touched = {name: self.cleaned_data[name] for name in self.changed_data}
        for name in ("encoding", "delimiter", "sheet"):
            self.cleaned_data.setdefault(name, "")
        importing.reread(
            run,
            self.choices,
            kind=self.cleaned_data["kind"],
            format=touched.get("format", ""),
            header_rows=touched.get("header_rows"),
        )
