"""The real settings, with a key that protects nothing and a password hash that is quick."""

from __future__ import annotations

import os
import tempfile
from copy import deepcopy
from pathlib import Path
from typing import Any

os.environ.setdefault("SECRET_KEY", "only-the-tests-may-use-this-secret-key")
os.environ.setdefault("FIELD_KEY", "only-the-tests-may-use-this-field-key")

from tracker import settings as real  # noqa: TID251 - they are read with the key in place
from tracker.settings import *  # noqa: F403, TID251

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASE: Any = deepcopy(real.DATABASES["default"])
if DATABASE["ENGINE"].endswith("sqlite3"):
    # A file, for one in memory has a single connection, which a browser's requests would share with
    # each other and the test; and one that need not outlive a power cut.
    file = Path(tempfile.gettempdir()) / f"tracker-tests-{os.getpid()}.sqlite3"
    # Named by who runs the tests again and again, with --reuse-db.
    DATABASE["TEST"] = {"NAME": os.environ.get("TESTS_DATABASE_FILE") or str(file)}
    DATABASE["OPTIONS"]["init_command"] += "; PRAGMA synchronous=OFF"
DATABASES = {"default": DATABASE}
# Nobody is asked, whomever the shell names that the tests are run from.
GEOCODER = {}
# Who is let in without a form has nothing that could be counted; tests of the doors ask for both.
AXES_ENABLED = TWO_FACTOR = False
