"""Whom the desk may ask besides its own gazetteer. To ask is to tell a stranger, so nothing is asked
before GEOCODER names one, nothing by itself, and nothing twice."""

from __future__ import annotations

import math
from collections.abc import Callable

from django.conf import settings
from django.utils.translation import gettext as _

from tracker.desk.geocoding import answers, turns
from tracker.desk.geocoding.providers.reading import line
from tracker.desk.geocoding.service import Service
from tracker.desk.geocoding.suggestions import Suggestion
from tracker.errors import GeocoderOff, InvalidInput
from tracker.geo.names import fold

LONGEST_QUESTION = 300


def is_on() -> bool:
    return bool(settings.GEOCODER)


def provider_name() -> str:
    """Who would learn what is asked, such as Nominatim (nominatim.openstreetmap.org)."""
    return _service().name if is_on() else ""


def suggest(question: str, *, limit: int = 5) -> list[Suggestion]:
    """The places the provider knows by a name, best first and ten at most; a `GeocoderFailed` where
    it tells nothing. Not to be called in a transaction: it may take half a minute."""
    service = _service()
    # What is pasted brings controls and bidi marks along.
    name = line(question)
    folded = fold(name)
    if max(len(name), len(folded)) > LONGEST_QUESTION:
        raise InvalidInput(
            _("A name of %(length)d letters is none: ask for one of %(most)d at most.")
            % {"length": len(name), "most": LONGEST_QUESTION}
        )
    # However it is spelled, it is asked once.
    return _answer(service, folded, lambda: service.search(name))[:limit] if folded else []


def told(question: str, *, limit: int = 5) -> list[Suggestion] | None:
    """What `suggest` answered before, without asking; None where it would have to ask."""
    service, folded = _service(), fold(line(question))
    found = answers.known(service.key, folded) if folded else []
    return None if found is None else found[:limit]


def suggest_at(latitude: float, longitude: float, *, limit: int = 5) -> list[Suggestion]:
    """The places the provider knows at a position, told to the metre; otherwise as `suggest`."""
    service = _service()
    sound = math.isfinite(latitude) and math.isfinite(longitude)
    if not (sound and abs(latitude) <= 90 and abs(longitude) <= 180):
        raise InvalidInput(
            _("%(position)s is nowhere: latitudes end at 90 and longitudes at 180 degrees.")
            % {"position": f"{latitude}, {longitude}"}
        )
    # Adding zero makes -0.0 the 0.0 it is.
    north, east = round(latitude, 5) + 0.0, round(longitude, 5) + 0.0
    question = f"{north:.5f},{east:.5f}"
    return _answer(service, question, lambda: service.reverse(north, east))[:limit]


def _service() -> Service:
    if not is_on():
        raise GeocoderOff(
            _(
                "No online geocoder is asked. Choose a place of the gazetteer; whoever runs the "
                "tracker can name a geocoder in GEOCODER."
            )
        )
    return Service(**settings.GEOCODER)


def _answer(
    service: Service, question: str, ask: Callable[[], list[Suggestion]]
) -> list[Suggestion]:
    kept = answers.known(service.key, question)
    if kept is None:
        turns.take(service.key, name=service.name)
        # While this process waited for its turn, another may have asked the same.
        kept = answers.known(service.key, question)
    if kept is None:
        kept = ask()
        answers.keep(service.key, question, kept)
    return kept
