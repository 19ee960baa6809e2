from __future__ import annotations

import pytest

from tests.desk.admin.pages import address
from tests.factories import make_incident, make_party, make_report
from tracker.desk.models import Party

pytestmark = pytest.mark.django_db


def test_deletes_no_party_that_a_report_accuses(desk):
    accused = make_party()
    make_report(accused=[accused], incident=make_incident(reports=0))

    answer = desk.post(address("party_delete", accused.pk), {"post": "yes"})

    assert answer.status_code == 403
    assert Party.objects.filter(pk=accused.pk).exists()


def test_deletes_a_party_that_nothing_names(desk):
    party = make_party()

    desk.post(address("party_delete", party.pk), {"post": "yes"})

    assert not Party.objects.filter(pk=party.pk).exists()
