"""Every field of the desk's models is read, written and searched in the admin as fields.csv says."""

from __future__ import annotations

import pytest
from django.db import models
from django.test import Client

from tests.desk.admin.pages import save
from tests.factories import make_incident, make_report, make_user
from tests.rights import policy
from tests.rights.endpoints import Asking
from tests.rights.fields import fields, filtered, on_pages, ordered, searched
from tracker.desk.models import Incident, Party, User

pytestmark = pytest.mark.django_db

NAME = "fields.csv"
POLICY = policy.read(NAME, keys=2)
GROUPS = ("contributor", "data entry", "reviewer", "administrator")
COLUMNS = (*GROUPS, "search", "filter", "order", "public", "public search", "desk api")


def contradictions(chosen=None) -> list[str]:
    return policy.contradictions(NAME, POLICY, fields(chosen), COLUMNS)


def test_has_a_line_for_every_field_and_for_no_other():
    assert contradictions() == []


def test_demands_a_line_for_a_field_that_is_added():
    class Fake(models.Model):
        secret = models.TextField()

        class Meta:
            app_label = "rights"

        def __str__(self):
            return self.secret

    assert [each for each in contradictions([Fake, Party]) if "lacks" in each] == [
        "fields.csv lacks a line: decide for every column, and add fake,secret,"
        + ",".join(f"<{column}>" for column in COLUMNS)
    ]


@pytest.mark.parametrize("group", GROUPS)
def test_shows_and_takes_in_the_admin_what_the_policy_says(asking: Asking, group):
    found = on_pages(asking, group)

    assert {line: found.get(line, "") for line in POLICY} == {
        line: cells[group] for line, cells in POLICY.items()
    }


def test_shows_no_field_to_someone_of_no_group(asking: Asking):
    assert on_pages(asking, "no group") == {}


@pytest.mark.parametrize(
    ("column", "found"), [("search", searched), ("filter", filtered), ("order", ordered)]
)
def test_searches_filters_and_orders_in_the_admin_by_what_the_policy_says(column, found):
    assert found() == policy.chosen(POLICY, column)


@pytest.mark.parametrize(
    ("group", "page", "given"),
    [
        ("data entry", "incident", {"publication": "published", "verification": "verified"}),
        ("reviewer", "incident", {"public_id": "00000000-0000-0000-0000-000000000001"}),
        ("administrator", "user", {"is_superuser": "on", "user_permissions": ["1"]}),
    ],
)
def test_keeps_what_is_sent_for_a_field_that_may_only_be_read(client, group, page, given):
    client.force_login(make_user(group, is_staff=True))
    thing = {"incident": make_incident, "user": make_user}[page]()
    before = type(thing).objects.filter(pk=thing.pk).values().get()

    save(
        client, f"/admin/desk/{page}/{thing.pk}/change/", note="Seen.", email="a@b.example", **given
    )

    after = type(thing).objects.filter(pk=thing.pk).values().get()
    assert {name for name in before if before[name] != after[name]} in ({"note"}, {"email"})
    assert page == "incident" or not User.objects.get(pk=thing.pk).user_permissions.exists()


def test_begins_no_report_from_one_that_the_sender_may_not_see(client: Client):
    corrected = make_report(text="Told in confidence.")
    client.force_login(make_user("contributor", is_staff=True))

    page = client.get(f"/admin/desk/report/add/?corrects={corrected.pk}")

    assert page.status_code == 200
    assert "Told in confidence." not in page.text


def test_attaches_nothing_to_an_incident_that_the_sender_may_not_see(client: Client):
    incident = make_incident(reports=0)
    client.force_login(make_user("contributor", is_staff=True))

    save(client, "/admin/desk/report/add/", text="Shells.", incident=incident.pk)

    assert not Incident.objects.get(pk=incident.pk).reports.exists()
