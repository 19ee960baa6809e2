from __future__ import annotations

from tracker.desk.geocoding.providers import geonames, nominatim, photon
from tracker.desk.geocoding.providers.provider import Provider

PROVIDERS: dict[str, Provider] = {
    "nominatim": nominatim.PROVIDER,
    "photon": photon.PROVIDER,
    "geonames": geonames.PROVIDER,
}
