from __future__ import annotations

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from tests.factories import make_incident
from tracker.public.models import Edition, LastChange, Tombstone

pytestmark = pytest.mark.django_db
DAYS = ("2017-01-20", "2017-01-10", "2017-01-20", "2017-01-15")


def make_what_has_no_numbers():
    Edition.objects.bulk_create(
        Edition(
            kind="party",
            public_id=f"party-{number}",
            label="Party",
            search="",
            revision=1,
            document="{}",
            digest="",
            published_on=day,
            updated_on=day,
        )
        for number, day in enumerate(DAYS)
    )
    Tombstone.objects.bulk_create(
        Tombstone(kind="party", public_id=f"gone-{number}", withdrawn_on=day, reason="It was one.")
        for number, day in enumerate(DAYS[:2])
    )
    LastChange.objects.all().delete()


def test_numbers_what_was_published_before_by_its_day_and_goes_on_from_there(publish):
    make_what_has_no_numbers()

    # Not entered: its statements run in the transaction of the test.
    numbering = import_module("tracker.public.migrations.0009_number_what_is_there")
    numbering.number(apps, connection.schema_editor())
    publish(make_incident())

    old = Edition.objects.filter(updated_on__lte=dt.date(2017, 1, 20)).order_by("change")
    assert [each.public_id for each in old] == ["party-1", "party-3", "party-0", "party-2"]
    graves = Tombstone.objects.order_by("change")
    assert [each.public_id for each in graves] == ["gone-1", "gone-0"]
    assert Edition.objects.get(kind="incident").change == LastChange.objects.get().number == 5
