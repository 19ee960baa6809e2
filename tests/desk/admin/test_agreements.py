from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories import make_agreement
from tracker.desk.models import Agreement
from tracker.desk.workflow import publishing

pytestmark = pytest.mark.django_db


def test_publishes_agreements_from_the_list(desk, client):
    agreement = make_agreement(slug="december")
    chosen = {"action": "publish", "_selected_action": [agreement.pk]}

    desk.post(reverse("admin:desk_agreement_changelist"), chosen)

    assert client.get("/api/v1/agreements/december/").json()["title"] == agreement.title


def test_deletes_no_published_agreement(desk):
    agreement = make_agreement()
    publishing.publish_agreement(agreement)

    response = desk.post(
        reverse("admin:desk_agreement_delete", args=[agreement.pk]), {"post": "yes"}
    )

    assert response.status_code == 403
    assert Agreement.objects.filter(pk=agreement.pk).exists()
