"""geopy's exceptions, said to the person at the desk."""

from __future__ import annotations

from django.utils.translation import gettext as _
from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeopyError,
)

from tracker.errors import (
    GeocoderBroken,
    GeocoderFailed,
    GeocoderRefused,
    GeocoderThrottled,
    GeocoderUnreachable,
)

REFUSALS = (GeocoderAuthenticationFailure, GeocoderInsufficientPrivileges, GeocoderQueryError)


def status_of(error: GeopyError) -> int | None:
    """The HTTP status, where the provider's status made geopy raise."""
    return getattr(error.__cause__, "status_code", None)


def translated(error: GeopyError, *, name: str) -> GeocoderFailed:
    kind = _kind(error)
    return kind(_message(kind) % {"provider": name})


def _kind(error: GeopyError) -> type[GeocoderFailed]:
    status = status_of(error) or 0
    if isinstance(error, GeocoderQuotaExceeded):
        return GeocoderThrottled
    if isinstance(error, REFUSALS) or (400 <= status < 500 and status != 408):
        return GeocoderRefused
    # A redirect is not followed: the host that is set is the only one to be asked.
    if isinstance(error, GeocoderParseError) or 0 < status < 400:
        return GeocoderBroken
    return GeocoderUnreachable


def _message(kind: type[GeocoderFailed]) -> str:
    if kind is GeocoderThrottled:
        return _("%(provider)s takes no more questions for now. Ask again in a few minutes.")
    if kind is GeocoderRefused:
        return _(
            "%(provider)s refuses to answer. Whoever runs the tracker should look at GEOCODER: "
            "the address, the user and the provider's terms."
        )
    if kind is GeocoderBroken:
        return _(
            "%(provider)s answered what cannot be read. Whoever runs the tracker should look at "
            "the address in GEOCODER."
        )
    return _(
        "%(provider)s could not be reached, or did not answer in time. Ask again later, or choose "
        "a place of the gazetteer."
    )
