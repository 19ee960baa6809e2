"""Why a file or a row cannot be taken, said so that another language can say it too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.errors import Told, gettext_noop, quoted


class Why(Told):
    """What is wrong; `%(column)s` and `%(value)s` are of the file."""

    MISSING = "missing", gettext_noop("%(column)s is empty.")

    # What the desk has already.
    SAME_ID_TWICE = (
        "same_id_twice",
        gettext_noop("The row says otherwise than the row of line %(line)s with the same number."),
    )
    KNOWN_OTHERWISE = (
        "known_otherwise",
        gettext_noop(
            "The desk has it already, otherwise and by no import, under the number %(number)s: "
            "correct that one."
        ),
    )
    CORRECTED_HERE = (
        "corrected_here",
        gettext_noop(
            "The desk has corrected what an earlier file said of it, by report %(number)s: "
            "correct that one."
        ),
    )
    UNKNOWN_NAME = (
        "unknown_name",
        gettext_noop(
            "%(column)s is “%(value)s”, and nothing here is called so: name it here first, or choose "
            "what it means."
        ),
    )
    PUBLISHED = (
        "published",
        gettext_noop(
            "Bulletin %(number)s, in which it stands, is published: add it there by hand."
        ),
    )
    SLUG_TAKEN = (
        "slug_taken",
        gettext_noop("“%(value)s” is the slug of another party or none at all: give it one."),
    )

    # What a row states
    NUL = "nul", gettext_noop("%(column)s holds a NUL character.")
    SURROGATE = "surrogate", gettext_noop("%(column)s holds half a character, which is no text.")
    BEYOND = "beyond", gettext_noop('"%(value)s" stands behind the last column.')
    TOO_LONG = (
        "too_long",
        gettext_noop("%(column)s has %(count)s characters: at most %(most)s are taken."),
    )
    DATE = (
        "date",
        gettext_noop('%(column)s is "%(value)s": a day between 1900 and 2100 is expected.'),
    )
    DATE_ORDER = (
        "date_order",
        gettext_noop(
            '%(column)s is "%(value)s", which may be two days: choose whether days or months come first.'
        ),
    )
    ENDS_BEFORE = (
        "ends_before",
        gettext_noop("%(column)s is %(value)s, which is before the first day, %(first)s."),
    )
    COUNT = (
        "count",
        gettext_noop('%(column)s is "%(value)s": a whole number from 0 to %(most)s is expected.'),
    )
    DEGREES = "degrees", gettext_noop('%(column)s is "%(value)s": degrees are expected.')
    HALF_POSITION = (
        "half_position",
        gettext_noop("There is a latitude or a longitude, but not both: give both or neither."),
    )
    NOWHERE = (
        "nowhere",
        gettext_noop("The position is 0, 0, which lies in the sea and stands for no position."),
    )
    TURNED = (
        "turned",
        gettext_noop(
            "Latitude %(latitude)s, longitude %(longitude)s lies elsewhere, and the other way round"
            " it would not: are the two columns exchanged?"
        ),
    )
    ADDRESS = (
        "address",
        gettext_noop(
            '%(column)s is "%(value)s": an address that begins with http:// or https:// is expected.'
        ),
    )
    LANGUAGE = (
        "language",
        gettext_noop('%(column)s is "%(value)s": a code of a language is expected, such as ar.'),
    )
    SLUG = (
        "slug",
        gettext_noop('%(column)s is "%(value)s": small letters, digits and - are expected.'),
    )
    CODE = (
        "code",
        gettext_noop('%(column)s is "%(value)s", for which none of our codes has been chosen.'),
    )
    OBSTRUCTED = (
        "obstructed",
        gettext_noop(
            "%(column)s names %(value)s, but whoever had full access was obstructed by nobody."
        ),
    )

    # Of a file as a whole.
    UNREADABLE = "unreadable", gettext_noop("%(name)s cannot be read: %(problem)s.")
    EMPTY_FILE = "empty_file", gettext_noop("%(name)s is empty.")
    OTHER_KIND = (
        "other_kind",
        gettext_noop(
            "%(name)s is no table but %(found)s. Read are CSV, workbooks (XLSX, XLS, ODS) and"
            " GeoJSON features, whatever the file is called."
        ),
    )
    NO_KNOWN_KIND = (
        "no_known_kind",
        gettext_noop(
            "%(name)s is no text and of no kind that is known here. Read are CSV, workbooks (XLSX,"
            " XLS, ODS) and GeoJSON features, whatever the file is called."
        ),
    )
    OTHER_JSON = (
        "other_json",
        gettext_noop(
            "%(name)s is JSON, but neither a GeoJSON FeatureCollection nor one feature a line."
        ),
    )
    UNSOUND_JSON = "unsound_json", gettext_noop("%(name)s is not sound JSON: %(problem)s.")
    ARCHIVE = "archive", gettext_noop("%(name)s is an archive of %(found)s: unpack it first.")
    PACKED = "packed", gettext_noop("%(name)s is packed in itself a second time: unpack it first.")
    NOT_UNPACKED = "not_unpacked", gettext_noop("%(name)s cannot be unpacked: %(problem)s.")
    ENCRYPTED = (
        "encrypted",
        gettext_noop("%(name)s is locked with a password: save it without one."),
    )
    BROKEN_WORKBOOK = (
        "broken_workbook",
        gettext_noop("%(name)s cannot be read as a workbook: %(problem)s."),
    )
    NO_SUCH_SHEET = (
        "no_such_sheet",
        gettext_noop("%(name)s has no sheet “%(value)s”; its sheets: %(sheets)s."),
    )
    NO_SUCH_CHOICE = (
        "no_such_choice",
        gettext_noop("“%(value)s” cannot be chosen; one of these can: %(choices)s."),
    )

    # Limits. Sizes are in megabytes.
    FILE_TOO_LARGE = (
        "file_too_large",
        gettext_noop("%(name)s has %(found)s MB; at most %(limit)s MB are read."),
    )
    UNPACKS_TOO_LARGE = (
        "unpacks_too_large",
        gettext_noop("%(name)s unpacks to more than %(limit)s MB."),
    )
    PACKED_TOO_TIGHTLY = (
        "packed_too_tightly",
        gettext_noop(
            "%(name)s unpacks to more than %(limit)s times its size, as no table of reports does."
        ),
    )
    TOO_MANY_ENTRIES = (
        "too_many_entries",
        gettext_noop("%(name)s packs %(found)s files into one; at most %(limit)s are read."),
    )
    TOO_MANY_ROWS = (
        "too_many_rows",
        gettext_noop("%(name)s has more than %(limit)s rows: divide it."),
    )
    TOO_MANY_COLUMNS = (
        "too_many_columns",
        gettext_noop("%(name)s has %(found)s columns; at most %(limit)s are read."),
    )
    NEEDS_TOO_MUCH = (
        "needs_too_much",
        gettext_noop(
            "%(name)s needs more than %(memory)s MB of memory or %(seconds)s seconds to be read as"
            " a workbook: save it as CSV."
        ),
    )

    # Of a row as a whole.
    LINE_TOO_LONG = (
        "line_too_long",
        gettext_noop("A line has more than %(limit)s characters."),
    )
    CELL_TOO_LONG = (
        "cell_too_long",
        gettext_noop("A cell has %(found)s characters; at most %(limit)s are read."),
    )
    TOO_MANY_CELLS = (
        "too_many_cells",
        gettext_noop("The row has %(found)s cells, the header %(limit)s."),
    )
    NOT_IN_ENCODING = (
        "not_in_encoding",
        gettext_noop("The row holds bytes that mean nothing in %(encoding)s."),
    )
    HOLDS_NUL = "holds_nul", gettext_noop("The row holds a NUL character.")
    NOT_CLOSED = (
        "not_closed",
        gettext_noop(
            "A quotation mark is opened and not closed: all up to line %(end)s would be one cell."
        ),
    )
    NOT_JSON = "not_json", gettext_noop("The line is not sound JSON: %(problem)s.")
    NO_FEATURE = "no_feature", gettext_noop("This is no feature with properties and a geometry.")


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a row.

    In another language: `gettext(fault.why.sentence) % fault.said`.
    """

    why: Told
    """A `Why`, or why a position cannot be read: it has sentences of its own."""
    column: str = ""
    """The column of the file it lies in."""
    value: str = ""
    """What stands there."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What else the sentence is filled with."""

    @property
    def said(self) -> dict[str, str]:
        return {"column": self.column, "value": quoted(self.value), **self.values}

    def __str__(self) -> str:
        return self.why.sentence % self.said


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be taken."""

    line: int
    """Where it begins, counted from 1; in GeoJSON the number of the feature."""
    cells: list[str]
    faults: tuple[Fault, ...]
