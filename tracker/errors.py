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
