"""The datasets that are known: what they are recognised by, and what their columns mean."""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker.desk.importers.records.fields import FIELDS
from tracker.desk.importers.records.header import Header
from tracker.errors import Told, gettext_noop


class FormatName(Told):
    """What a format is called."""

    UCDP = "ucdp", gettext_noop("UCDP Georeferenced Event Dataset")
    ACLED = "acled", gettext_noop("ACLED events")
    HXL = "hxl", gettext_noop("Table with HXL tags")
    USHAHIDI = "ushahidi", gettext_noop("Ushahidi export")
    KOBO = "kobo", gettext_noop("KoboToolbox or ODK export")
    OWN = "own", gettext_noop("Our own export")
    TABLE = "table", gettext_noop("Table")


@dataclass(frozen=True)
class Format:
    """A dataset whose columns are known by name."""

    name: str
    signature: tuple[str, ...]
    """Columns by which it is recognised, other names of one parted by bars."""
    needed: int
    """How many of them there must be."""
    columns: dict[str, tuple[str, ...]]
    """The columns that feed a field, other names of one parted by bars."""
    constants: dict[str, str] = field(default_factory=dict)

    def is_of(self, header: Header) -> bool:
        return header.has(self.signature) >= self.needed

    def columns_in(self, header: Header) -> dict[str, tuple[str, ...]]:
        found = {
            name: tuple(filter(None, map(header.find, columns)))
            for name, columns in self.columns.items()
        }
        return {name: columns for name, columns in found.items() if columns}


# UCDP defines side A of one-sided violence as the perpetrator, and only there the drafts keep it.
UCDP = Format(
    name="ucdp",
    signature=(
        "type_of_violence",
        "dyad_name",
        "side_a",
        "where_prec",
        "where_coordinates",
        "event_clarity",
        "date_prec",
        "date_start",
        "deaths_civilians",
        "deaths_unknown",
        "priogrid_gid",
    ),
    needed=8,
    columns={
        "external_id": ("id",),
        "date_start": ("date_start",),
        "date_end": ("date_end",),
        "date_precision": ("date_prec",),
        # A headline may be missing, the dyad never is.
        "text": ("dyad_name", "where_description", "source_headline"),
        "place": ("where_coordinates",),
        "wider": ("adm_2", "adm_1"),
        "latitude": ("latitude",),
        "longitude": ("longitude",),
        "geo_precision": ("where_prec",),
        "accused": ("side_a",),
        "relayed_from": ("source_office",),
        "killed.all.low": ("low",),
        "killed.all.best": ("best",),
        "killed.all.high": ("high",),
        "killed.side_a.best": ("deaths_a",),
        "killed.side_b.best": ("deaths_b",),
        "killed.civilians.best": ("deaths_civilians",),
        "killed.unknown.best": ("deaths_unknown",),
    },
    constants={"language": "en"},
)

# The order of ACLED's actors means nothing, and so nobody is accused.
ACLED = Format(
    name="acled",
    signature=(
        "event_id_cnty|data_id",
        "event_date",
        "time_precision",
        "event_type",
        "sub_event_type",
        "actor1",
        "inter1",
        "geo_precision",
        "notes",
        "fatalities",
    ),
    needed=7,
    columns={
        "external_id": ("event_id_cnty|data_id",),
        "date_start": ("event_date",),
        "date_precision": ("time_precision",),
        "text": ("notes",),
        "place": ("location",),
        "wider": ("admin3", "admin2", "admin1"),
        "latitude": ("latitude",),
        "longitude": ("longitude",),
        "geo_precision": ("geo_precision",),
        "acts": ("sub_event_type|event_type",),
        "relayed_from": ("source",),
        "killed.all.best": ("fatalities",),
    },
    constants={"language": "en"},
)

USHAHIDI_2 = Format(
    name="ushahidi",
    signature=("incident title", "incident date", "location", "description", "category"),
    needed=4,
    columns={
        "external_id": ("#|id",),
        "date_start": ("incident date",),
        "text": ("incident title", "description"),
        "place": ("location",),
        "latitude": ("latitude",),
        "longitude": ("longitude",),
        "acts": ("category",),
    },
)
USHAHIDI_3 = Format(
    name="ushahidi",
    signature=(
        "post status",
        "survey|form name",
        "title",
        "description|content",
        "post date|created",
    ),
    needed=4,
    columns={
        "external_id": ("post id|id",),
        "date_start": ("post date|post date (utc)|created|created (utc)",),
        "text": ("title", "description|content"),
        "latitude": ("location.lat|latitude|lat",),
        "longitude": ("location.lon|location.lng|longitude|lon",),
        "acts": ("categories|category|tags",),
    },
)

# What everyone may download of us. Beside these columns it has labels, and ids that are ours alone.
_TOLD = (
    *("external_id", "date_start", "date_end", "date_precision", "text", "translation"),
    *("language", "url", "archive_url", "acts", "means", "accused", "accused_as_written"),
    *("relayed_from", "stance", "justification"),
)
PUBLIC_REPORTS = Format(
    name="own",
    signature=("incident_id", "source_id", "claimant_id", "claimant_kind", "stance_label"),
    needed=5,
    columns={
        **{name: (name,) for name in _TOLD},
        **{each.name: (each.name,) for each in FIELDS["reports"] if "." in each.name},
        "published_on": ("stated_on",),
        "place": ("place_as_written", "place"),
    },
)

FORMATS = (PUBLIC_REPORTS, UCDP, ACLED, USHAHIDI_2, USHAHIDI_3)
