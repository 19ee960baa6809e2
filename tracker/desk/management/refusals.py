from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.db import DatabaseError

from tracker.errors import TrackerError


@contextmanager
def refusals_told() -> Iterator[None]:
    """Whatever stands in the way of a command is told in a sentence; SIGTERM lets it clear up."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped in the middle of it."))
    try:
        yield
    except TrackerError as refusal:
        raise CommandError(refusal.message) from refusal
    except ImproperlyConfigured as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(f"{error.filename or 'The disk'}: {error.strerror}.") from error
    except DatabaseError as error:
        raise CommandError(f"The database refuses: {str(error).splitlines()[0]}") from error
    finally:
        signal.signal(signal.SIGTERM, before)
