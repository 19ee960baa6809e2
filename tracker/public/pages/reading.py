"""Documents of editions, as pages read them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson
from django.http import Http404

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


def by_id(kind: Kind, public_ids: Iterable[str]) -> dict[str, Document]:
    """The documents of these things, by their ids; of what is not published none."""
    told = documents(Edition.objects.of(kind).filter(public_id__in=[*public_ids]))
    return {each["id"]: each for each in told}
