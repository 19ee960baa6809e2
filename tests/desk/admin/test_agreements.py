from __future__ import annotations

import pytest
from django.urls import reverse

from tests.desk.admin.pages import address, errors, save
from tests.factories import make_agreement
from tracker.desk.models import Agreement
from tracker.desk.workflow import publishing

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_refuses_a_year_at_the_end_of_the_calendar(desk, day):
    agreement = make_agreement()

    response = save(
        desk,
        address("agreement_change", agreement.pk),
        effective_from_0=day,
        effective_from_1="00:00",
    )

    assert "cannot be meant" in str(errors(response)["effective_from"])


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


@pytest.mark.parametrize("field", ["title", "title_ar"])
def test_refuses_a_title_that_turns_its_own_direction(desk, field):
    agreement = make_agreement()

    response = save(desk, address("agreement_change", agreement.pk), **{field: "Truce \u202eecurT"})

    assert "U+202E RIGHT-TO-LEFT OVERRIDE" in str(errors(response)[field])
    assert "take out character 7" in str(errors(response)[field])


def test_keeps_a_title_in_composed_letters(desk):
    agreement = make_agreement()

    save(desk, address("agreement_change", agreement.pk), title="H\u0323ama\u0304h truce")

    agreement.refresh_from_db()
    assert agreement.title == "\u1e24am\u0101h truce"
