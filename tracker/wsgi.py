"""The WSGI entry point: what the production server runs."""

from __future__ import annotations

import os

# What is imported below reads the settings at once.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from tracker.limits import measured

# Behind a proxy all would come from its address: who guesses passwords there would shut out everybody.
application = wrap_wsgi_with_proxy_headers(
    measured(get_wsgi_application()), trusted_hosts=settings.TRUSTED_PROXIES
)
