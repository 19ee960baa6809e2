from __future__ import annotations

import json

import pytest

from tests.factories import make_incident, make_party, make_place, make_report, make_source
from tracker.desk.workflow import publishing
from tracker.desk.workflow.claims import assemble
from tracker.public.models import Edition, Kind

pytestmark = pytest.mark.django_db


def address(incident) -> str:
    return f"/api/v1/incidents/{incident.public_id}/reports/"


def ledger(client, incident):
    return client.get(address(incident)).json()


@pytest.fixture
def disputed(publish):
    """Told of by a monitor twice, by a party that denies it, and by a witness."""
    incident = make_incident(reports=0, place=make_place())
    monitor = make_source(independence_group="canary wire")
    for day, best in ((17, 9), (16, 7)):
        make_report(
            incident=incident,
            source=monitor,
            published_on=f"2017-01-{day}",
            figures=[{"best": best}],
            accused=[make_party()],
        )
    make_report(
        incident=incident,
        source=make_source(kind="party"),
        published_on="2017-01-15",
        stance="denies_occurrence",
    )
    make_report(
        incident=incident,
        source=make_source(kind="witness", is_confidential=True, independence_group="canary wire"),
        figures=[{"best": 9}, {"harm": "injured", "as_written": "dozens"}],
        published_on="2017-01-01",
    )
    return publish(incident)


def test_tells_the_positions_by_day_and_those_without_a_day_last(client, disputed):
    reports = ledger(client, disputed)["reports"]

    assert [(each["stated_on"], each["stance"]) for each in reports] == [
        ("2017-01-15", "denies_occurrence"),
        ("2017-01-16", "alleges"),
        ("2017-01-17", "alleges"),
        (None, "alleges"),
    ]


def test_names_what_claimants_tell_differently(client, disputed):
    assert ledger(client, disputed)["differs"] == ["stance"]

    publishing.publish(_with_another_toll(disputed), by=disputed.published_by)

    assert ledger(client, disputed)["differs"] == ["figures.killed.all", "stance"]


def _with_another_toll(incident):
    make_report(incident=incident, figures=[{"best": 12}], published_on="2017-01-18")
    return incident


def test_counts_independent_groups_and_names_none(client, disputed):
    answer = client.get(address(disputed))

    assert answer.json()["corroboration"] == {"groups": 1}
    assert "canary" not in answer.text


def test_compares_every_report_of_a_confidential_claimant_by_itself(client, publish):
    incident = make_incident(reports=0)
    witness = make_source(is_confidential=True)
    for best in (7, 9):
        make_report(incident=incident, source=witness, figures=[{"best": best}])
    publish(incident)

    told = ledger(client, incident)

    assert told["differs"] == ["figures.killed.all"]
    # Whether two hidden ones draw on each other is nobody's to know.
    assert told["corroboration"] == {"groups": 0}


@pytest.mark.parametrize(
    ("one", "another", "differs"),
    [
        ({}, {}, []),
        ({"justification": "accident"}, {"justification": "fabricated"}, ["justification"]),
        ({}, {"date_end": "2017-01-16"}, ["date_end"]),
        ({"acts": ["siege", "detain"]}, {"acts": ["detain", "siege"]}, []),
        ({"acts": ["siege"]}, {"acts": ["detain"]}, ["acts"]),
        ({"means": ["tank"]}, {}, []),
        ({"figures": [{"best": 0}]}, {"figures": [{"best": 7}]}, ["figures.killed.all"]),
        ({"figures": [{"as_written": "dozens"}]}, {"figures": [{"best": 7}]}, []),
    ],
)
def test_compares_as_the_desk_does(client, publish, one, another, differs):
    incident = make_incident(reports=0)
    reports = [make_report(incident=incident, **told) for told in (one, another)]
    for report in reports:
        report.refresh_from_db()
    publish(incident)

    assert ledger(client, incident)["differs"] == differs
    at_the_desk = {row.field for row in assemble(reports).rows if row.differs}
    assert at_the_desk == {"days" if name == "date_end" else name for name in differs}


def test_compares_places_and_accused_by_who_and_where_they_are(client, publish):
    incident = make_incident(reports=0)
    for name in ("Basimah", "Deir Qanun"):
        make_report(incident=incident, place=make_place(name=name), accused=[make_party()])
    publish(incident)

    assert ledger(client, incident)["differs"] == ["accused", "place"]


def test_tells_nothing_more_of_a_guarded_place(client, publish):
    district = make_place(name="Az-Zabdani", kind="district")
    incident = make_incident(reports=0, sensitivity="guarded")
    for name in ("Basimah", "Deir Qanun"):
        place = make_place(name=name, parent=district)
        make_report(incident=incident, place=place, published_on="2017-01-16")
    publish(incident)

    assert ledger(client, incident)["differs"] == []


def test_is_read_from_an_edition_of_before_groups_were_counted(client, publish):
    incident = publish(make_incident())
    edition = Edition.objects.get(kind=Kind.INCIDENT)
    document = json.loads(edition.document)
    del document["corroboration"]
    edition.document = json.dumps(document)
    edition.save()

    assert ledger(client, incident)["corroboration"] is None


def test_takes_one_query_however_many_reports_there_are(
    client, disputed, django_assert_num_queries
):
    with django_assert_num_queries(1):
        client.get(address(disputed))


def test_takes_every_report_for_a_claimant_when_its_source_is_hidden(client, disputed):
    monitor = disputed.reports.get(published_on="2017-01-17").source
    monitor.is_confidential = True
    monitor.save()

    publishing.hide_source(monitor)

    told = ledger(client, disputed)
    assert told["differs"] == ["accused", "figures.killed.all", "stance"]
    assert [each["claimant"]["id"] for each in told["reports"]][1:] == [None, None, None]
