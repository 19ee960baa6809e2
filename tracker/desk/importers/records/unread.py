from __future__ import annotations

from tracker.errors import Told


class Unread(Exception):
    """A cell that cannot be read, for a reason whose sentence the row's fault fills in."""

    def __init__(self, why: Told, **values: str) -> None:
        super().__init__(why.value)
        self.why = why
        self.values = values
