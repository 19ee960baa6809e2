"""What the tracker refuses, said so that the person who caused it can mend it."""

from __future__ import annotations


class TrackerError(Exception):
    """A refusal with a message for a person."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InvalidInput(TrackerError):
    """Something given is wrong."""


class Conflict(TrackerError):
    """What is asked does not fit the present state: the same request may succeed later."""


class NotReady(Conflict):
    """An incident lacks what publication demands. `reasons` lists what is missing."""

    def __init__(self, message: str, reasons: list[str]) -> None:
        super().__init__(message)
        self.reasons = reasons


class GeocoderFailed(TrackerError):
    """The online geocoder told nothing. Each kind below says whose turn it is to do something."""


class GeocoderOff(GeocoderFailed):
    """None is set."""


class GeocoderRefused(GeocoderFailed):
    """It does not serve us: its address, its user or its terms need a look."""


class GeocoderThrottled(GeocoderFailed):
    """It is asked too often: the same question may be answered later."""


class GeocoderUnreachable(GeocoderFailed):
    """It did not answer, or not in time."""


class GeocoderBroken(GeocoderFailed):
    """It answered what cannot be read."""
