"""Documents of editions, as pages read them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson
from django.http import Http404

from tracker.public.filters import IncidentQuery
from tracker.public.finding import DAY
from tracker.public.models import Edition, EditionQuerySet, Kind

Document = dict[str, Any]


def document(kind: Kind, public_id: object) -> Document:
    """The document of this thing. Raises Http404 where none is published."""
    found = documents(Edition.objects.of(kind).filter(public_id=str(public_id)))
    if not found:
        raise Http404
    return found[0]


def documents(editions: EditionQuerySet) -> list[Document]:
    """The documents of these editions, in their order."""
    return [orjson.loads(told) for told in editions.values_list("document", flat=True)]


def page_of_list(asked: dict[str, Any]) -> tuple[list[Document], str | None]:
    """The incidents on the page that was asked for, and the cursor of the next; None where it ends."""
    order, size = IncidentQuery.order(asked), asked["page_size"]
    if IncidentQuery.is_by_day(asked):
        found = IncidentQuery.first(Kind.INCIDENT, asked, (*DAY, "edition__document"))
    else:
        editions = IncidentQuery.apply(Edition.objects.of(Kind.INCIDENT), asked)
        if "cursor" in asked:
            editions = order.after(editions, asked["cursor"])
        columns = (*order.columns, "document")
        found = list(order.arrange(editions).values_list(*columns)[: size + 1])
    here = found[:size]
    following = order.cursor(here[-1][:2]) if len(found) > size else None
    return [orjson.loads(document) for *_key, document in here], following


def by_id(kind: Kind, public_ids: Iterable[str]) -> dict[str, Document]:
    """The documents of these things, by their ids; of what is not published none."""
    told = documents(Edition.objects.of(kind).filter(public_id__in=[*public_ids]))
    return {each["id"]: each for each in told}
