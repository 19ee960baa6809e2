"""What the tracker refuses, said so that the person who caused it can mend it."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

# How much of what was written a refusal repeats.
QUOTED = 60


def gettext_noop(sentence: str) -> str:
    """Marks a sentence for the catalogue, in rooms that know no language but English."""
    return sentence


def quoted(text: str) -> str:
    return text if len(text) <= QUOTED else f"{text[: QUOTED - 1]}…"


class Told(StrEnum):
    """A code, and an English sentence to fill with values."""

    sentence: str

    def __new__(cls, code: str, sentence: str) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.sentence = sentence
        return member

    @classmethod
    def coded(cls, code: str) -> Self:
        """The one that has this code. Raises KeyError where none has."""
        return {each.value: each for each in cls}[code]


class TrackerError(Exception):
    """A refusal with a message for a person."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InvalidInput(TrackerError):
    """Something given is wrong."""


class InvalidFor(InvalidInput):
    """Something given is wrong, for one of several reasons. The message is English; for another
    language, fill in the translated sentence: `gettext(refusal.reason.sentence) % refusal.values`."""

    def __init__(self, reason: Told, **values: str) -> None:
        super().__init__(reason.sentence % values)
        self.reason = reason
        self.values = values


class NotAllowed(TrackerError):
    """This person may not do it; another may."""


class Conflict(TrackerError):
    """What is asked does not fit the present state: the same request may succeed later."""


class NoRoom(Conflict):
    """What was given is in order, and there is no room left to keep it."""


class NotReady(Conflict):
    """An incident lacks what publication demands. `reasons` lists what is missing."""

    def __init__(self, message: str, reasons: list[str]) -> None:
        super().__init__(message)
        self.reasons = reasons


class Undecipherable(TrackerError):
    """What the database holds encrypted cannot be read: no such key is here, or it was altered."""


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
