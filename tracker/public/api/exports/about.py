"""What an export says of itself: what was asked for, on which day, by which licence and method."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.utils.translation import override
from rest_framework import serializers
from rest_framework.fields import Field

from tracker import codebook
from tracker.parameters import Listed, Parameters
from tracker.public.formats.tables import Wording
from tracker.public.models import LastChange

# A change in what is recorded, counted or shown, and in what a column means, changes it.
METHODOLOGY = "1"
LONGEST_NAME = 120
# The lists whose codes stand in exports.
LISTS = (
    *("Act", "Means", "Target", "Verification", "Stance", "Justification", "SourceKind"),
    *("PlaceKind", "DatePrecision", "GeoPrecision"),
)


@cache
def wording(language: str) -> Wording:
    with override(language):
        labels = {
            name: {each.value: str(each.label) for each in getattr(codebook, name)}
            for name in LISTS
        }
    return Wording(language, labels, settings.TIME_ZONE)


def about(request: HttpRequest, language: str) -> dict[str, Any]:
    """Days only, as in all that is published: asked twice on a day, the answer is the same."""
    with override(language):
        return {
            "title": _("Ceasefire incident tracker"),
            "source": request.build_absolute_uri(),
            "generated_on": timezone.localdate().isoformat(),
            "time_zone": settings.TIME_ZONE,
            "licence": settings.DATA_LICENCE,
            "methodology": METHODOLOGY,
            "language": language,
            "unknown": _("What is empty or null is unknown, and never 0."),
        }


def tag(request: HttpRequest) -> str:
    """What tells apart any two answers of this address: it is made before the first row is read.

    It is weak: the same rows may be packed otherwise.
    """
    change = LastChange.objects.values_list("number", flat=True).first() or 0
    asked = f"{request.get_full_path()} {timezone.localdate()} {METHODOLOGY}"
    return f'W/"{change}-{hashlib.sha256(asked.encode()).hexdigest()[:16]}"'


def is_held(request: HttpRequest, tag: str) -> bool:
    """Whether who asks holds the answer already."""
    return tag in parse_etags(request.headers.get("If-None-Match", ""))


def links(request: HttpRequest, described_by: str) -> str:
    """The same for what has no room for it, as a header (RFC 8288); `described_by` may be empty."""
    told = [
        f'<{quote(request.build_absolute_uri(), safe=_IN_ADDRESSES)}>; rel="self"',
        f'<{settings.DATA_LICENCE}>; rel="license"',
    ]
    if described_by:
        where = request.build_absolute_uri(reverse(described_by))
        told.append(f'<{where}>; rel="describedby"; type="application/csvm+json"')
    return ", ".join(told)


_IN_ADDRESSES = ":/?&=%#[]@!$'()*+,;~"
_UNPLAIN = re.compile(r"[^\w.+-]", re.ASCII)


def file_name(resource: str, ending: str, query: Parameters, asked: dict[str, str]) -> str:
    """What is in the file: the codes and days asked for, of all else the parameter's name alone."""
    parts = [resource, timezone.localdate().isoformat()]
    for name, value in asked.items():
        told = _UNPLAIN.sub("", value.replace(",", "+"))
        parts.append(f"{name}-{told}" if _is_telling(query.fields[name]) else name)
    name = "-".join(parts)
    if len(name) > LONGEST_NAME:
        name = f"{name[:LONGEST_NAME].rpartition('-')[0]}-etc"
    return f"{name}.{ending}"


def _is_telling(parameter: Field[Any, Any, Any, Any]) -> bool:
    """Whether its values are of few and plain letters: no text that someone wrote."""
    single = parameter.child if isinstance(parameter, Listed) else parameter
    return isinstance(
        single,
        serializers.ChoiceField
        | serializers.DateField
        | serializers.BooleanField
        | serializers.IntegerField,
    )
