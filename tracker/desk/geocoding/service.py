"""The geocoder that GEOCODER names, asked through geopy."""

from __future__ import annotations

import functools
import logging
import tomllib
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from geopy.exc import GeopyError
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from tracker.desk.geocoding import failures, turns
from tracker.desk.geocoding.adapter import OneHostAdapter
from tracker.desk.geocoding.providers import PROVIDERS
from tracker.desk.geocoding.providers.provider import KEPT, Provider
from tracker.desk.geocoding.suggestions import Suggestion
from tracker.errors import GeocoderThrottled

TIMEOUT = 10.0
PROJECT = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text("utf-8"))["project"]
USER_AGENT = f"{PROJECT['name']}/{PROJECT['version']}"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Service:
    """One provider at one address."""

    provider: str
    scheme: str
    user: str
    host: str
    path: str

    @property
    def key(self) -> str:
        """What tells its answers and its turns from another's."""
        return f"{self.provider}://{self.host}{self.path}"

    @property
    def name(self) -> str:
        return f"{self._provider.name} ({self.host})"

    @property
    def _provider(self) -> Provider:
        return PROVIDERS[self.provider]

    def search(self, name: str) -> list[Suggestion]:
        return self._asked(self._geocoder().geocode, name, self._provider.search)

    def reverse(self, latitude: float, longitude: float) -> list[Suggestion]:
        return self._asked(self._geocoder().reverse, (latitude, longitude), self._provider.reverse)

    def _asked(
        self,
        ask: Callable[..., list[Location] | None],
        question: object,
        options: dict[str, object],
    ) -> list[Suggestion]:
        try:
            found = ask(question, exactly_one=False, **options) or []
        except GeopyError as error:
            failure = failures.translated(error, name=self.name)
            status = failures.status_of(error) or "-"
            logger.warning("%s: %s, HTTP %s", self.key, type(failure).__name__, status)
            if isinstance(failure, GeocoderThrottled):
                turns.push_back(self.key)
            # What geopy says may repeat the question, and a traceback may reach the log.
            raise failure from None
        return [
            self._provider.suggestion(location.raw, rank)
            for rank, location in enumerate(found[:KEPT])
        ]

    def _geocoder(self) -> Geocoder:
        login = {"username": self.user} if self.user else {}
        return self._provider.geocoder(
            scheme=self.scheme,
            domain=f"{self.host}{self.path}",
            timeout=TIMEOUT,
            user_agent=USER_AGENT,
            adapter_factory=functools.partial(
                OneHostAdapter, scheme=self.scheme, host=self.host, sift=self._provider.sift
            ),
            **login,
        )
