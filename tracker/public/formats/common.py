"""Parts that several tables have."""

from __future__ import annotations

from tracker.errors import gettext_noop as _
from tracker.public.formats.tables import Cells, Column, Document, Part, Wording


def _dates(told: Document, wording: Wording) -> Cells:
    precision = told["date_precision"]
    return (
        told["date_start"],
        told["date_end"],
        precision,
        wording.label("DatePrecision", precision),
        wording.offset(told["date_start"]),
    )


FIRST_DAY = Column("date_start", _("First day."), "date", hxl="#date+start")
LAST_DAY = Column("date_end", _("Last day."), "date", hxl="#date+end")
UTC_OFFSET = Column(
    "utc_offset", _("By how much the clocks of these days are ahead of UTC: UTC+02:00.")
)
DATES = Part(
    (
        FIRST_DAY,
        LAST_DAY,
        Column(
            "date_precision",
            _("UCDP date precision, 1 to 5."),
            "choice",
            "DatePrecision",
            "#date+precision",
        ),
        Column("date_precision_label", _("What this code is called.")),
        UTC_OFFSET,
    ),
    _dates,
)


def _place(told: Document, wording: Wording) -> Cells:
    place = told["place"]
    if place is None:
        return (None, "", None, "")
    kind = place["kind"]
    return (place["id"], wording.name(place), kind, wording.label("PlaceKind", kind))


PLACE = Part(
    (
        Column("place_id", _("Id of the place."), hxl="#loc+id"),
        Column("place", _("What the place is called."), hxl="#loc+name"),
        Column("place_kind", _("What sort of place it is."), "choice", "PlaceKind"),
        Column("place_kind_label", _("What this code is called.")),
    ),
    _place,
)

# The kinds of the units that a row names, the widest first.
UNITS = ("country", "governorate", "district", "subdistrict")


def _within(told: Document, wording: Wording) -> Cells:
    lineage = told["lineage"]
    return [wording.name(lineage.get(kind)) for kind in UNITS]


WITHIN = Part(
    (
        Column("country", _("The country it lies in."), hxl="#country+name"),
        Column("governorate", _("The governorate it lies in."), hxl="#adm1+name"),
        Column("district", _("The district it lies in."), hxl="#adm2+name"),
        Column("subdistrict", _("The sub-district it lies in."), hxl="#adm3+name"),
    ),
    _within,
)


def _published(told: Document, _wording: Wording) -> Cells:
    return (told["revision"], told["published_on"], told["updated_on"])


PUBLISHED = Part(
    (
        Column("revision", _("How often it has been published changed."), "integer"),
        Column("published_on", _("Day of first publication."), "date"),
        Column("updated_on", _("Day of this revision."), "date", hxl="#date+updated"),
    ),
    _published,
)


def _distance(told: Document, _wording: Wording) -> Cells:
    return (told.get("distance_km"),)


DISTANCE = Part(
    (
        Column(
            "distance_km",
            _("With near: kilometres on the ellipsoid from there to the public position."),
            "number",
        ),
    ),
    _distance,
)


def coded(name: str, meaning: str, codes: str, *, hxl: str = "") -> tuple[Column, Column]:
    """A column of one code, and its label beside it."""
    return (
        Column(name, meaning, "choice", codes, hxl),
        Column(f"{name}_label", _("What this code is called.")),
    )


def coded_list(name: str, meaning: str, codes: str, *, hxl: str = "") -> tuple[Column, Column]:
    """A column of several codes, and their labels beside it."""
    return (
        Column(name, meaning, "choices", codes, hxl),
        Column(f"{name}_label", _("What these codes are called."), "texts"),
    )
