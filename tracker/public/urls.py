"""What everyone may open: pages, the API, the state of health."""

from __future__ import annotations

from django.urls import URLPattern, include, path

from tracker.public.api.feeds import AtomFeed, JSONFeed
from tracker.public.ogc.views import Landing
from tracker.public.pages import (
    agreements,
    docs,
    embed,
    health,
    home,
    incident,
    incidents,
    situation,
    tallies,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("agreements/", agreements.agreements, name="agreements_page"),
    path("agreements/<slug:slug>/", agreements.agreement, name="agreement_page"),
    path("incidents/", incidents.incidents, name="incidents_page"),
    path("incidents/<uuid:public_id>/", incident.incident, name="incident_page"),
    path("embed/", embed.embed, name="embed"),
    path("situation/", situation.situation, name="situation_page"),
    path("situation.docx", situation.situation_word, name="situation_word"),
    path("situation/<slug:slug>.docx", situation.issued_word, name="situation_report_word"),
    path("situation/<slug:slug>/", situation.issued, name="situation_report_page"),
    path("tallies/", tallies.tallies, name="tallies_page"),
    *docs.urls(),
    path("api/v1/", include("tracker.public.api.urls")),
    path("feeds/incidents.atom", AtomFeed.as_view(), name="incidents_atom"),
    path("feeds/incidents.json", JSONFeed.as_view(), name="incidents_json_feed"),
    path("ogc", Landing.as_view(), name="ogc"),
    path("ogc/", include("tracker.public.ogc.urls")),
]


def health_urls(*checks: health.Check) -> list[URLPattern]:
    """The state of this node, which is ready where none of the checks finds anything wrong."""
    return [
        path("health/live", health.live, name="live"),
        path("health/ready", health.ready, {"checks": checks}, name="ready"),
    ]
