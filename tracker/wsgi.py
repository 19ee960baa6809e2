"""The WSGI entry point: what the production server runs."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from tracker.limits import measured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

application = measured(get_wsgi_application())
