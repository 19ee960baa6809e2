"""What the public reads of an agreement: its text, its parties, its readings and its zones."""

from __future__ import annotations

import pytest

from tests.factories import (
    SQUARE,
    make_adherence,
    make_agreement,
    make_party,
    make_provision,
    make_reading,
    make_zone,
)
from tracker.desk.models import Agreement, Zone
from tracker.desk.workflow import publishing
from tracker.public.models import Edition

pytestmark = pytest.mark.django_db
URL = "/api/v1/agreements/truce/"


@pytest.fixture
def truce() -> Agreement:
    truce = make_agreement(slug="truce")
    government = make_party(slug="government", name="Government", name_ar="الحكومة")
    reading = make_reading(
        truce, slug="reading", name="The government's", whose=government, note="Left out."
    )
    make_provision(truce, "fire_indirect", "siege", number="2(a)", text="All fire ceases.")
    make_adherence(truce, government, basis="S/2016/1133")
    make_adherence(
        truce,
        make_party(slug="faction", name="Z"),
        "excluded",
        reading=reading,
        valid_to="2017-01-30",
    )
    make_zone(truce, name="The valley", name_ar="الوادي", reading=reading, valid_from="2017-01-08")
    publishing.publish_agreement(truce)
    return truce


def read(client) -> dict:
    return client.get(URL).json()


def test_tells_what_it_prohibits(client, truce):
    assert read(client)["provisions"] == [
        {
            "number": "2(a)",
            "text": "All fire ceases.",
            "text_ar": None,
            "acts": ["fire_indirect", "siege"],
        }
    ]


def test_tells_whose_reading_a_reading_is(client, truce):
    [reading] = read(client)["readings"]

    assert reading["id"] == "reading"
    assert reading["whose"] == {"id": "government", "name": "Government", "name_ar": "الحكومة"}
    assert (reading["note"], reading["basis"]) == ("Left out.", None)


def test_tells_what_each_party_is_to_it_and_by_which_reading(client, truce):
    told = [
        (each["party"]["id"], each["role"], each["reading"], each["valid_to"], each["basis"])
        for each in read(client)["adherences"]
    ]

    assert told == [
        ("government", "signatory", None, None, "S/2016/1133"),
        ("faction", "excluded", "reading", "2017-01-30", None),
    ]


def test_draws_its_zones_as_geojson(client, truce):
    zones = read(client)["zones"]
    [feature] = zones["features"]

    assert (zones["type"], feature["type"]) == ("FeatureCollection", "Feature")
    assert feature["geometry"] == {"type": "Polygon", "coordinates": SQUARE}
    properties = feature["properties"]
    assert (properties["name"], properties["name_ar"]) == ("The valley", "الوادي")
    assert (properties["rule"], properties["reading"]) == ("exclude", "reading")
    assert (properties["valid_from"], properties["valid_to"]) == ("2017-01-08", None)


def test_never_tells_the_number_of_a_row(client, truce):
    zone = read(client)["zones"]["features"][0]["properties"]["id"]

    assert zone != str(Zone.objects.get().pk)
    publishing.reissue_agreement(truce)
    assert read(client)["zones"]["features"][0]["properties"]["id"] == zone


def test_draws_no_zones_where_there_are_none(client):
    publishing.publish_agreement(make_agreement(slug="truce"))

    assert read(client)["zones"] == {"type": "FeatureCollection", "features": []}


def test_lists_agreements_without_drawing_their_zones(client, truce):
    [listed] = client.get("/api/v1/agreements/").json()["results"]

    assert "zones" not in listed
    assert [each["id"] for each in listed["readings"]] == ["reading"]


def test_publishes_the_parties_it_names_and_those_they_answer_to(client, truce):
    state = make_party(slug="state", name="State")
    make_adherence(truce, make_party(slug="army", name="Army", parent=state))
    publishing.publish_agreement(truce)

    parties = client.get("/api/v1/parties/").json()["results"]
    assert {party["id"] for party in parties} == {"government", "faction", "army", "state"}


def test_tells_changed_terms_under_the_next_revision(client, truce):
    truce.provisions.update(acts=["air_attack"])
    publishing.reissue_agreement(truce)

    assert read(client)["provisions"][0]["acts"] == ["air_attack"]
    assert read(client)["revision"] == 2


def test_tells_by_its_revision_that_a_zone_was_drawn_anew(client, truce):
    truce.zones.update(geometry={"type": "MultiPolygon", "coordinates": [SQUARE]})
    publishing.reissue_agreement(truce)

    assert read(client)["revision"] == 2
    publishing.reissue_agreement(truce)
    assert read(client)["revision"] == 2


def test_leaves_every_byte_where_no_term_has_changed(client, truce):
    before = client.get(URL).content

    publishing.reissue_agreement(truce)

    assert client.get(URL).content == before


def test_never_lets_out_an_agreement_that_was_not_published(client):
    draft = make_agreement(slug="truce")
    make_adherence(draft, make_party(name="Secret"))

    publishing.reissue_agreement(draft)

    assert not Edition.objects.exists()
    draft.refresh_from_db()
    assert draft.published_on is None


def test_tells_the_terms_as_they_stand_whatever_the_caller_last_saw(client, truce):
    Agreement.objects.update(title="Truce of the valley")
    publishing.reissue_agreement(truce)

    assert read(client)["title"] == "Truce of the valley"
