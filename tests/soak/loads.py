"""People who write and read at once, and what they were told was kept."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.factories import PICTURE
from tests.soak.site import DEPARTED, Site

READ = ("/incidents/", "/api/v1/incidents/", "/api/v1/incidents.csv", "/api/v1/stats/summary/")
# In the place of a status: nobody was there, or whoever was did not answer to the end.
REFUSED, BROKEN = 0, -1
# Seconds before somebody whom nobody answered tries again.
PAUSE = 0.05


@dataclass
class Load:
    """Writers, each with an account of its own; one who brings evidence; readers."""

    site: Site
    reports: set[str] = field(default_factory=set)
    """The external ids of the reports that were acknowledged."""
    evidence: set[str] = field(default_factory=set)
    """The SHA-256 of the files that were acknowledged."""
    answers: Counter[int] = field(default_factory=Counter)
    """How often each status was answered; REFUSED or BROKEN where none was."""
    impatient: Counter[int] = field(default_factory=Counter)
    """Of those, the ones above 499 that did not say when to try again."""

    @contextmanager
    def on(self, *, writers: int = 4, readers: int = 2) -> Iterator[None]:
        """Go on within, and be done after it."""
        over = threading.Event()
        work: list[Callable[[threading.Event], None]] = [
            *(self._writing(number) for number in range(writers)),
            self._bringing,
            *(self._reading for _nth in range(readers)),
        ]
        threads = [threading.Thread(target=each, args=[over]) for each in work]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            over.set()
            for thread in threads:
                thread.join()

    def lost(self) -> set[str]:
        """What was acknowledged and is not there."""
        return (self.reports - self.site.names()) | (self.evidence - self.site.digests())

    def _writing(self, writer: int) -> Callable[[threading.Event], None]:
        def write(over: threading.Event) -> None:
            while not over.is_set():
                name = os.urandom(8).hex()
                if self._status(lambda: self.site.submit(name, writer=writer)) == 201:  # noqa: B023
                    self.reports.add(name)

        return write

    def _bringing(self, over: threading.Event) -> None:
        while not over.is_set():
            content = os.urandom(2000)
            if self._status(lambda: self.site.bring(content, writer=7)) == 201:  # noqa: B023
                self.evidence.add(hashlib.sha256(PICTURE + content).hexdigest())

    def _reading(self, over: threading.Event) -> None:
        while not over.is_set():
            for address in READ:
                self._status(lambda: self.site.get(address))  # noqa: B023

    def _status(self, ask: Callable) -> int:
        try:
            answer = ask()
        except ConnectionRefusedError:
            return self._unanswered(REFUSED)
        except DEPARTED:
            return self._unanswered(BROKEN)
        self.answers[answer.status] += 1
        if answer.status >= 500:
            self.impatient[answer.status] += "retry-after" not in answer.headers
            time.sleep(PAUSE)
        return answer.status

    def _unanswered(self, how: int) -> int:
        self.answers[how] += 1
        time.sleep(PAUSE)
        return how
