"""A source hidden at once, wherever editions name it."""

from __future__ import annotations

from typing import Any

import orjson

from tracker.desk.models import Source
from tracker.desk.workflow.publishing import assessments, coverage, documents, tallies
from tracker.desk.workflow.publishing.counting import counted
from tracker.desk.workflow.publishing.numbering import numbered
from tracker.desk.workflow.publishing.storing import write
from tracker.geo.names import fold
from tracker.public.models import Edition, Facet, Kind

# What is left of what a monitor says, by the kind of edition.
WITHOUT_TELLING = {Kind.TALLY: tallies.without_telling, Kind.COVERAGE: coverage.without_telling}


@numbered
def hide_source(source: Source) -> None:
    """Take a source's name, and what could tell it, out of every edition at once.

    For a source that turns out to need protection: this cannot wait until incidents are signed anew.
    """
    # No tombstone: the slug itself would tell the name.
    Edition.objects.of(Kind.SOURCE).filter(public_id=source.slug).delete()
    claimed = Edition.objects.of(Kind.INCIDENT).with_facet("claimant", [source.slug])
    with counted(list(claimed.values_list("public_id", flat=True))):
        _hide_among_claims(source)
    _hide_among_monitors(source)


def _hide_among_claims(source: Source) -> None:
    for name in ("source", "claimant"):
        found = Facet.objects.filter(name=name, value=source.slug)
        touched = list(found.values_list("edition_id", flat=True))
        found.delete()
        for edition in Edition.objects.filter(pk__in=touched):
            document = orjson.loads(edition.document)
            if "reports" in document:
                document["reports"] = [_hidden(each, source) for each in document["reports"]]
                told = document.get("assessments", [])
                document["assessments"] = assessments.without_source(told, source)
            else:
                document = _hidden(document, source)
                # What was said can no longer be searched for either.
                edition.search = fold(edition.label)
            write(edition, document)


def _hide_among_monitors(source: Source) -> None:
    for role in ("monitor", "counterpart"):
        found = Facet.objects.filter(name=role, value=source.slug)
        touched = list(found.values_list("edition_id", flat=True))
        found.delete()
        for edition in Edition.objects.filter(pk__in=touched):
            without_telling = WITHOUT_TELLING[Kind(edition.kind)]
            document = without_telling(orjson.loads(edition.document))
            document[role] = documents.masked_source(document[role]["kind"])
            edition.search = fold(edition.label)
            write(edition, document)


def _hidden(document: dict[str, Any], source: Source) -> dict[str, Any]:
    told = {document[role]["id"] for role in ("source", "claimant")}
    if source.slug not in told:
        return document
    hidden = documents.without_telling(document)
    for role in ("source", "claimant"):
        if document[role]["id"] == source.slug:
            hidden[role] = documents.masked_source(document[role]["kind"])
    return hidden
