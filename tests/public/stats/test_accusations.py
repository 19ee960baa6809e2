from __future__ import annotations

import datetime as dt
import random
from itertools import product

import pytest

from tests.factories import make_agreement, make_incident, make_party, make_report, make_source
from tests.public.stats.test_summary_and_timeline import listed, told, wrong
from tracker.desk.models import Party, Source
from tracker.desk.workflow import publishing

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


@pytest.fixture
def many_claims(publish):
    """Twelve incidents before and on the days of a truce, told of by up to four drawn reports each."""
    drawn = random.Random(2017)
    publishing.publish_agreement(make_agreement(slug="truce"))
    parties = [make_party(slug=slug) for slug in ("army", "band")]
    speaking = {"agency": parties[0], "gazette": parties[0], "monitor": None, "hidden": None}
    sources = [
        make_source(slug=slug, alignment=party, is_confidential=slug == "hidden")
        for slug, party in speaking.items()
    ]
    incidents = []
    for number in range(12):
        day = dt.date(2016, 12, 20 + number)
        incident = make_incident(reports=0, date_start=day)
        for source in drawn.choices(sources, k=drawn.randint(1, 4)):
            accused = drawn.sample(parties, drawn.randint(0, 2))
            make_report(incident=incident, source=source, accused=accused, date_start=day)
        incidents.append(publish(incident))
    return incidents


def agrees_with_counting_anew(client):
    for by, agreement, accused, claimant in product(
        ["claimant", "party"],
        ["", "truce"],
        ["", "army", "army,band"],
        ["", "agency", "gazette,monitor"],
    ):
        asked = {"by": by, "agreement": agreement, "accused": accused, "claimant": claimant}
        asked = {name: value for name, value in asked.items() if value}
        # All are dated so well: nothing is left out by it, but nothing is counted ahead with it.
        assert matrix(client, **asked) == matrix(client, **asked, max_date_precision=5), asked
    return True


def test_reads_ahead_what_counting_anew_tells_whoever_is_named(client, many_claims):
    assert matrix(client) != matrix(client, agreement="truce") != []
    assert agrees_with_counting_anew(client)


def test_follows_what_is_taken_back_hidden_or_comes_to_speak_for_another(
    client, publish, many_claims
):
    before = matrix(client, by="party")
    publishing.withdraw(many_claims[-1], reason="A mistake")
    publishing.hide_source(Source.objects.get(slug="gazette"))
    Source.objects.filter(slug="monitor").update(alignment=Party.objects.get(slug="band"))
    for incident in many_claims[:-1]:
        publish(incident)

    assert matrix(client, by="party") != before
    assert agrees_with_counting_anew(client)
