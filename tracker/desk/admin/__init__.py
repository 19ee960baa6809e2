"""The desk's pages: Django's own admin, on a site of our own."""

from __future__ import annotations

from tracker.desk.admin import (
    agreements,
    coverage,
    erasures,
    imports,
    incidents,
    jobs,
    parties,
    places,
    reports,
    situation,
    sources,
    tallies,
    users,
    webhooks,
    zones,
)
from tracker.desk.admin.site import site

__all__ = [
    "agreements",
    "coverage",
    "erasures",
    "imports",
    "incidents",
    "jobs",
    "parties",
    "places",
    "reports",
    "site",
    "situation",
    "sources",
    "tallies",
    "users",
    "webhooks",
    "zones",
]
