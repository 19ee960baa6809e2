"""Reports as the table that a desk reads again: the columns are called as an import calls its fields."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.desk.importers.records.drafts import FigureDraft, ReportDraft
from tracker.desk.importers.records.exporting import as_row
from tracker.desk.models import Figure, Report
from tracker.desk.models.reports import ReportQuerySet

COLUMNS = (
    *("external_id", "date_start", "date_end", "date_precision", "published_on", "place"),
    *("latitude", "longitude", "geo_precision", "radius_m", "acts", "means", "accused"),
    *("accused_as_written", "stance", "justification", "relayed_from", "language", "text"),
    *("translation", "url", "archive_url", "note"),
)
ENDS = ("low", "best", "high", "as_written")
CHUNK = 500


def table(reports: ReportQuerySet) -> Iterator[list[str]]:
    """A header, and a row for each of these reports in their order."""
    columns = [*COLUMNS, *_figure_columns(reports)]
    yield columns
    told = reports.select_related("place", "relayed_from").prefetch_related("accused", "figures")
    for report in told.iterator(CHUNK):
        row = as_row(_draft(report))
        yield [row.get(column, "") for column in columns]


def _figure_columns(reports: ReportQuerySet) -> list[str]:
    counted = Figure.objects.filter(report__in=reports.order_by().values("pk"))
    pairs = counted.order_by("harm", "group").values_list("harm", "group").distinct()
    return [f"{harm}.{group}.{end}" for harm, group in pairs for end in ENDS]


def _draft(report: Report) -> ReportDraft:
    place = report.place_as_written or (report.place.name if report.place else "")
    position = (report.latitude, report.longitude)
    return ReportDraft(
        line=0,
        raw={},
        **{name: getattr(report, name) for name in COLUMNS if name not in _TOLD_OTHERWISE},
        place_as_written=place,
        near=None if None in position else position,  # type: ignore[arg-type]
        acts=tuple(report.acts),
        means=tuple(report.means),
        accused=tuple(party.name for party in report.accused.all()),
        relayed_from=report.relayed_from.name if report.relayed_from else "",
        figures=[
            FigureDraft(
                figure.harm,
                figure.group,
                figure.low,
                figure.best,
                figure.high,
                figure.as_written,
            )
            for figure in report.figures.all()
        ],
    )


_TOLD_OTHERWISE = frozenset({"place", "acts", "means", "accused", "relayed_from"})
