"""What everyone may open: pages, the API, the state of health."""

from __future__ import annotations

from django.urls import include, path

from tracker.public.pages import health, home

urlpatterns = [
    path("", home.home, name="home"),
    path("api/v1/", include("tracker.public.api.urls")),
]
health_urls = [
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
]
