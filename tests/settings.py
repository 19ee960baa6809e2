"""The real settings, with a key that protects nothing and a password hash that is quick."""

from __future__ import annotations

import os

os.environ.setdefault("SECRET_KEY", "only-the-tests-may-use-this-secret-key")

from tracker.settings import *  # noqa: F403, TID251 - they are read with the key in place

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Nobody is asked, whomever the shell names that the tests are run from.
GEOCODER = {}
