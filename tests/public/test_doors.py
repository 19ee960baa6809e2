"""What the list finds, every export holds: the same, with the same values, in the same order."""

from __future__ import annotations

import pytest

from tests.public import doors
from tests.public.filters_drawn import Drawn
from tracker.public import finding

pytestmark = pytest.mark.django_db
MANY = 200


def test_exports_the_incidents_that_the_list_finds(client, country):
    found = set()
    for asked in Drawn(country).of_incidents(MANY):
        listed = doors.in_pages(client, "incidents", asked)
        found.add(len(listed))
        for name, door in doors.OF_INCIDENTS.items():
            assert door(client, "incidents", asked) == listed, (name, asked)
        ids = {row["id"] for row in listed}
        assert doors.ids_in_feed(client, asked) == ids, asked
        assert doors.counted(client, asked) == len(ids), asked
        if not {"bbox", "located"} <= asked.keys():
            assert doors.ids_as_features(client, asked) == ids, asked
    # The filters are of use: some find nothing, some all, most something between.
    assert {0, len(country.incidents)} < found
    assert len(found) > 10


@pytest.mark.parametrize("few", [0, 3, 20])
def test_finds_the_same_whether_it_walks_the_days_or_looks_up_what_is_rare(
    client, country, monkeypatch, few
):
    monkeypatch.setattr(finding, "FEW", few)

    for asked in Drawn(country).of_incidents(MANY):
        listed = doors.in_pages(client, "incidents", asked)
        assert doors.as_geojson_lines(client, "incidents", asked) == listed, asked


def test_exports_the_reports_that_the_list_finds(client, country):
    for asked in Drawn(country).of_reports(MANY // 4):
        listed = doors.in_pages(client, "reports", asked)
        for name, door in doors.OF_REPORTS.items():
            assert door(client, "reports", asked) == listed, (name, asked)
