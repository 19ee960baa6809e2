from __future__ import annotations

import datetime as dt

import pytest

from tests.factories import (
    make_agreement,
    make_incident,
    make_party,
    make_place,
    make_report,
    make_source,
)
from tracker.desk.models import Report
from tracker.desk.workflow import matching, publishing
from tracker.errors import NotReady
from tracker.public.models import Edition, Kind, Tombstone

pytestmark = pytest.mark.django_db
URL = "/api/v1/incidents/"


def read(client, incident):
    return client.get(f"{URL}{incident.public_id}/").json()


def test_shows_nothing_before_publication(client):
    make_incident()

    assert client.get(URL).json()["results"] == []


def test_refuses_an_incident_without_act_and_report_naming_both(reviewer):
    incident = make_incident(acts=[], reports=0)

    with pytest.raises(NotReady) as refusal:
        publishing.publish(incident, by=reviewer)

    assert len(refusal.value.reasons) == 2
    assert not Edition.objects.exists()


def test_leaves_the_edition_byte_for_byte_while_the_incident_is_edited(client, publish):
    incident = publish(make_incident(summary="Shells on a hall.", place=make_place()))
    addresses = [URL, f"{URL}{incident.public_id}/", "/api/v1/reports/", "/api/v1/places/", "/"]
    before = [client.get(address).content for address in addresses]

    incident.summary, incident.acts = "Changed.", ["siege"]
    incident.save()
    matching.attach(make_report(), incident)
    incident.place.name = "Renamed"
    incident.place.save()

    assert [client.get(address).content for address in addresses] == before


def test_shows_the_change_once_published_again_and_says_what_changed(client, publish):
    incident = publish(make_incident(summary="Shells on a hall."))
    incident.summary = "Shells on a school."
    incident.save()
    publish(incident)

    document = read(client, incident)
    assert document["summary"] == "Shells on a school."
    assert document["revision"] == 2
    assert document["changelog"][-1]["changed"] == ["summary"]


def test_keeps_the_tolls_of_different_claimants_apart(client, publish):
    incident = make_incident(reports=0)
    for killed in (7, 9, 12):
        make_report(incident=incident, figures=[{"low": killed, "best": killed}])
    publish(incident)

    claims = client.get(f"{URL}{incident.public_id}/reports/").json()["reports"]
    assert [claim["figures"][0]["best"] for claim in claims] == [7, 9, 12]
    assert len({claim["claimant"]["id"] for claim in claims}) == 3
    assert "28" not in str([claim["figures"] for claim in claims])


def test_keeps_an_unknown_figure_null(client, publish):
    incident = make_incident(reports=0)
    make_report(incident=incident, figures=[{"best": None, "as_written": "dozens"}])
    publish(incident)

    figure = read(client, incident)["reports"][0]["figures"][0]
    assert (figure["low"], figure["best"], figure["high"]) == (None, None, None)


def test_shows_a_confidential_source_by_its_kind_alone(client, publish):
    incident = make_incident(reports=0)
    source = make_source(name="Abu Canary", slug="abu-canary", kind="witness", is_confidential=True)
    make_report(source=source, incident=incident, text="I saw it.", url="https://example.org/x")
    publish(incident)

    claim = read(client, incident)["reports"][0]
    assert claim["claimant"] == {"id": None, "name": None, "name_ar": None, "kind": "witness"}
    assert (claim["text"], claim["url"]) == (None, None)
    assert client.get("/api/v1/sources/").json()["results"] == []


def test_counts_no_confidential_source_among_those_that_say_so(client, publish):
    incident = make_incident(reports=1)
    hidden = make_source(is_confidential=True)
    make_report(source=hidden, incident=incident)
    make_report(relayed_from=hidden, incident=incident)
    publish(incident)

    assert read(client, incident)["corroboration"] == {"groups": 1}


def test_takes_a_name_out_of_every_edition_when_its_source_turns_confidential(client, publish):
    source = make_source(name="Abu Canary", slug="abu-canary")
    incident = make_incident(reports=0)
    make_report(source=source, incident=incident, text="I saw it.")
    publish(incident)

    source.is_confidential = True
    source.save()
    publishing.hide_source(source)

    for address in (URL, "/api/v1/reports/", "/api/v1/sources/", f"{URL}?claimant=abu-canary"):
        answer = client.get(address).content.decode().casefold()
        assert "canary" not in answer.replace("claimant=abu-canary", "")
        assert "i saw it" not in answer
    assert client.get("/api/v1/reports/?q=saw").json()["results"] == []
    assert not Tombstone.objects.filter(public_id="abu-canary").exists()


def test_shows_a_guarded_incident_by_its_district_and_a_coarse_position(client, publish):
    district = make_place(name="Az-Zabdani", kind="district", latitude=33.7, longitude=36.1)
    place = make_place(name="Hidden Hamlet", parent=district)
    incident = publish(
        make_incident(place=place, sensitivity="guarded", latitude=33.6123, longitude=36.1456)
    )

    document = read(client, incident)
    assert document["place"]["name"] == "Az-Zabdani"
    assert document["position"] == {
        "latitude": 33.625,
        "longitude": 36.125,
        "cell_degrees": 0.25,
    }
    assert document["geo_precision"] == 3
    assert "Hidden Hamlet" not in client.get("/api/v1/places/").content.decode()


def test_withholds_every_position_of_a_withheld_incident(client, publish):
    incident = publish(make_incident(place=make_place(), sensitivity="withheld"))

    document = read(client, incident)
    assert (document["place"], document["position"]) == (None, None)
    assert client.get(f"{URL}?located=true").json()["results"] == []


def test_never_publishes_the_exact_position(client, publish):
    incident = publish(make_incident(latitude=33.604123, longitude=36.135678, geo_precision=1))

    assert read(client, incident)["position"] == {
        "latitude": 33.605,
        "longitude": 36.135,
        "cell_degrees": 0.01,
    }


def test_shows_the_claimant_behind_the_outlet(client, publish):
    incident = make_incident(reports=0)
    paper, monitor = make_source(name="A paper"), make_source(name="A monitor")
    make_report(source=paper, relayed_from=monitor, incident=incident)
    publish(incident)

    claim = read(client, incident)["reports"][0]
    assert (claim["source"]["name"], claim["claimant"]["name"]) == ("A paper", "A monitor")


def test_buries_a_corrected_report_under_its_correction(client, publish):
    incident = publish(make_incident())
    wrong = incident.reports.get()
    right = make_report(source=wrong.source, supersedes=wrong, incident=incident, text="Corrected.")
    publish(incident)

    answer = client.get(f"/api/v1/reports/{wrong.public_id}/")
    right.refresh_from_db()
    wrong = Report.objects.get(pk=wrong.pk)
    assert answer.status_code == 410
    assert str(right.public_id) in answer.json()["detail"]
    assert [claim["text"] for claim in read(client, incident)["reports"]] == ["Corrected."]


def test_publishes_what_an_incident_refers_to(client, publish):
    parent = make_party(name="The state")
    army = make_party(name="The army", parent=parent)
    incident = make_incident(reports=0, place=make_place(parent=make_place(name="Rif Dimashq")))
    make_report(incident=incident, accused=[army], source=make_source(alignment=make_party()))
    publish(incident)

    counts = {kind: Edition.objects.of(kind).count() for kind in Kind}
    assert (counts[Kind.PARTY], counts[Kind.PLACE], counts[Kind.SOURCE]) == (3, 2, 1)


def test_names_the_published_agreements_in_force_that_day(client, publish):
    in_force = make_agreement(slug="december")
    make_agreement(slug="unpublished")
    later = make_agreement(slug="later", effective_from=dt.datetime(2018, 1, 1, tzinfo=dt.UTC))
    for agreement in (in_force, later):
        publishing.publish_agreement(agreement)
    incident = publish(make_incident())

    assert read(client, incident)["agreements"] == ["december"]
    assert len(client.get("/api/v1/agreements/").json()["results"]) == 2


def test_counts_the_days_of_an_agreement_in_its_own_time_zone():
    agreement = make_agreement()  # from midnight of the 30th in Damascus, 22:00 UTC the day before

    assert agreement.touches(dt.date(2016, 12, 30), dt.date(2016, 12, 30))
    assert not agreement.touches(dt.date(2016, 12, 29), dt.date(2016, 12, 29))


def test_never_changes_a_public_id(publish):
    incident = publish(make_incident())
    first = incident.public_id

    assert publish(incident).public_id == first
    assert first.version == 4
