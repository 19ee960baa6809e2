from __future__ import annotations

import pytest

from tests.factories import make_incident, make_party, make_report, make_source
from tests.public.stats.test_summary_and_timeline import listed, told, wrong

pytestmark = pytest.mark.django_db


@pytest.fixture
def claims(publish):
    """Two papers of the army accuse the band; a monitor accuses both; the band's paper denies."""
    army = make_party(slug="army", name="Army")
    band = make_party(slug="band", name="Band")
    agency = make_source(slug="agency", alignment=army)
    gazette = make_source(slug="gazette", alignment=army)
    herald = make_source(slug="herald", alignment=band)
    monitor = make_source(slug="monitor")
    hidden = make_source(slug="hidden", is_confidential=True)
    for told_of in (
        [(agency, [band]), (agency, [band]), (gazette, [band]), (monitor, [army, band])],
        [(agency, [band]), (hidden, [army])],
        [(monitor, [army]), (herald, [army], "denies_occurrence")],
    ):
        incident = make_incident(reports=0)
        for source, accused, *stance in told_of:
            stated = {"stance": stance[0]} if stance else {}
            make_report(incident=incident, source=source, accused=accused, **stated)
        publish(incident)


def matrix(client, **asked):
    return [
        (each["accuser"], each["accused"], each["incidents"], each["reports"])
        for each in told(client, "accusations", **asked)["cells"]
    ]


def test_counts_each_incident_once_for_an_accuser_and_an_accused(client, claims):
    assert matrix(client) == [
        ("agency", "band", 2, 3),
        ("monitor", "army", 2, 2),
        (None, "army", 1, 1),
        ("gazette", "band", 1, 1),
        ("monitor", "band", 1, 1),
    ]


def test_counts_by_the_party_that_claimants_speak_for(client, claims):
    assert matrix(client, by="party") == [
        (None, "army", 3, 3),
        ("army", "band", 2, 4),
        (None, "band", 1, 1),
    ]


@pytest.mark.parametrize(
    "asked",
    [{}, {"by": "party"}, {"accused": "army"}, {"claimant": "agency,monitor", "by": "party"}],
)
def test_links_to_the_reports_that_accuse_and_to_their_incidents(client, claims, asked):
    for cell in told(client, "accusations", **asked)["cells"]:
        if cell["accuser"] is None:
            assert cell["permalink"] is cell["incidents_permalink"] is None
        else:
            assert listed(client, cell["permalink"]) == cell["reports"]
            assert listed(client, cell["incidents_permalink"]) >= cell["incidents"]


def test_names_those_it_tells_of(client, claims):
    answer = told(client, "accusations")

    assert [each["id"] for each in answer["accusers"]] == ["agency", "gazette", "monitor"]
    assert [each["name"] for each in answer["parties"]] == ["Army", "Band"]
    assert told(client, "accusations", by="party")["accusers"] == []


def test_tells_of_the_parties_asked_for_alone(client, claims):
    assert {accused for _who, accused, *_counts in matrix(client, accused="army")} == {"army"}


def test_says_how_many_cells_it_leaves_out(client, claims, monkeypatch):
    monkeypatch.setattr("tracker.public.api.statistics.MOST_ACCUSATIONS", 2)

    answer = told(client, "accusations")

    assert (len(answer["cells"]), answer["left_out"]) == (2, 3)


def test_takes_no_stance_for_all_it_counts_accuse(client):
    assert wrong(client, "accusations", stance="alleges") == ["/stance"]
