"""The page of one incident: what it says, and what it does not."""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid

import pytest

from tests.factories import (
    make_agreement,
    make_assessment,
    make_incident,
    make_party,
    make_place,
    make_provision,
    make_reading,
    make_report,
    make_source,
    make_zone,
)
from tracker.desk.models import Boundary
from tracker.desk.workflow import incident_merging, publishing

pytestmark = pytest.mark.django_db

OUTLINE = [[[35.5, 33.0], [37.0, 33.0], [37.0, 34.5], [35.5, 34.5], [35.5, 33.0]]]


def text_of(response) -> str:
    """The words of a page, without its tags."""
    main = response.content.decode().partition("<main")[2].partition("</main")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


@pytest.fixture
def read(client, publish):
    def opened(incident, lang="en"):
        publish(incident)
        response = client.get(f"/incidents/{incident.public_id}/?lang={lang}")
        assert response.status_code == 200
        return response

    return opened


def test_says_what_is_alleged_by_whom_and_how_well_it_is_known(read):
    army = make_party(name="Army", slug="army")
    incident = make_incident(reports=0, place=make_place(), targets=["civilians"], geo_precision=2)
    make_report(incident=incident, source=make_source(name="Observatory"), accused=[army])

    said = text_of(read(incident))

    for words in ("Shelling", "Civilians", "15 January 2017", "The day is known.", "Deir Qanun"):
        assert words in said
    assert "Near a known place." in said
    assert re.search(r"Army +Alleges: +Observatory", said)


def test_says_so_in_arabic(read):
    incident = make_incident(place=make_place(name_ar="دير قانون"), summary_ar="سقطت قذائف.")

    page = read(incident, lang="ar")

    assert 'dir="rtl"' in page.content.decode()
    assert "سقطت قذائف." in text_of(page)


def test_puts_what_claimants_say_side_by_side_and_adds_nothing_up(read):
    incident = make_incident(reports=0)
    for name, killed in (("Observatory", 7), ("Ministry", 12)):
        figures = [{"harm": "killed", "group": "all", "best": killed}]
        make_report(incident=incident, source=make_source(name=name), figures=figures)

    said = text_of(read(incident))

    assert re.search(r"Claimant Observatory Ministry", said)
    assert re.search(r"Killed All they differ 7 12", said)
    assert " 19 " not in said


def test_shows_what_turns_the_words_of_a_source(read):
    incident = make_incident(reports=0)
    make_report(
        incident=incident, text="They \u202edellehs\u202c it.", place_as_written="\u2067Deir"
    )

    page = read(incident).content.decode()
    # In data it stays as it was said.
    page = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)

    assert "They [U+202E]dellehs[U+202C] it." in page
    assert "[U+2067]Deir" in page
    assert not {*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"} & {*page}


def test_calls_unknown_what_a_claimant_counted_without_a_number(read):
    figure = {"harm": "injured", "group": "children", "as_written": "dozens"}
    incident = make_incident(reports=0)
    make_report(incident=incident, figures=[figure])

    assert re.search(r"Injured Children unknown dozens", text_of(read(incident)))


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ({"low": 3, "best": 4, "high": 9}, "4 (3 – 9)"),
        ({"low": 3, "best": 3, "high": 3}, "3"),
        ({"low": 3, "high": 9}, "3 – 9"),
        ({"low": 30}, "at least 30"),
        ({"low": 30, "best": 30}, "at least 30"),
        ({"high": 1200}, "at most 1,200"),
        ({"best": 0}, "0"),
    ],
)
def test_writes_a_figure_as_it_was_given(read, figure, words):
    incident = make_incident(reports=0)
    make_report(incident=incident, figures=[{"harm": "killed", "group": "all", **figure}])

    assert f"Killed All {words} " in text_of(read(incident))


def test_shows_the_readings_of_a_contested_incident_side_by_side(read):
    truce = make_agreement()
    for slug in ("government", "opposition"):
        make_reading(truce, slug=slug, name=slug.title())
    make_zone(truce, reading=truce.readings.get(slug="government"))
    make_provision(truce, "fire_indirect")
    publishing.publish_agreement(truce)
    incident = make_incident(place=make_place(), geo_precision=1)
    incident.latitude, incident.longitude = 33.604, 36.136

    said = text_of(read(incident))

    assert "As read by Government Opposition" in said
    assert re.search(r"Inside they differ Fails .* Holds", said)


def test_hides_who_spoke_where_the_source_is_confidential(read):
    hidden = make_source(name="The teacher", kind="witness", is_confidential=True)
    incident = make_incident(reports=0)
    make_report(incident=incident, source=hidden, text="I saw it from the school.")

    page = read(incident)

    assert "name withheld" in text_of(page)
    assert "teacher" not in page.content.decode()
    assert "school" not in page.content.decode()


def test_draws_an_area_and_never_the_exact_spot(read):
    governorate = make_place(name="Rif Dimashq", kind="governorate")
    box = {"west": 35.5, "south": 33.0, "east": 37.0, "north": 34.5}
    geometry = {"type": "Polygon", "coordinates": OUTLINE}
    Boundary.objects.create(place=governorate, geometry=geometry, attribution="OCHA", **box)
    place = make_place(parent=governorate, latitude=33.6041237, longitude=36.1356789)

    incident = make_incident(place=place, geo_precision=1, verification="verified")
    html = read(incident).content.decode()

    assert '<circle class="area"' in html
    assert '<path class="outline" d="M' in html
    assert "OCHA" in html
    assert "36.13567" not in html


def test_draws_what_is_reported_alone_hollow(read):
    page = read(make_incident(place=make_place(), geo_precision=1))

    assert '<circle class="area hollow"' in page.content.decode()


def test_says_where_no_position_is_told(read):
    incident = make_incident(place=make_place(), geo_precision=1, sensitivity="withheld")

    page = read(incident)

    assert "<circle" not in page.content.decode()
    assert "No position is published for this incident" in text_of(page)


def test_tells_what_the_desk_holds_and_by_which_standard(read):
    incident = make_incident(verification="verified")
    make_assessment(incident, basis="Two films")

    said = text_of(read(incident))

    assert "Verification Verified Reasonable grounds to believe Two films" in said


def test_tells_in_words_what_was_changed(read):
    incident = make_incident(acts=["fire_indirect"])
    read(incident)
    incident.acts = ["air_attack"]
    incident.save()

    assert "acts: Shelling ⇒ Air attack" in text_of(read(incident))


def test_can_be_cited_with_its_revision_and_taken_along(client, read):
    incident = make_incident()
    page = read(incident)

    assert f"incident {incident.public_id}, revision 1 of" in text_of(page)
    for address in re.findall(r'href="(/api/v1/[^"]+)"', page.content.decode()):
        assert client.get(address).status_code == 200, address


def test_tells_machines_of_claims_and_nothing_that_ends_the_script(read):
    incident = make_incident(reports=0, place=make_place(), geo_precision=1)
    make_report(incident=incident, text="</script><b>", published_on=dt.date(2017, 1, 16))

    html = read(incident).content.decode()
    found = html.partition('<script type="application/ld+json">')[2].partition("</script>")[0]

    [claim] = json.loads(found)["hasPart"]
    assert (claim["@type"], claim["text"]) == ("Claim", "</script><b>")
    assert json.loads(found)["spatialCoverage"]["geo"]["@type"] == "GeoShape"


def test_says_of_one_taken_back_when_and_why(client, publish):
    incident = publish(make_incident(summary="Shells fell."))
    publishing.withdraw(incident, reason="It was a quarry blast.")

    page = client.get(f"/incidents/{incident.public_id}/?lang=en")

    assert page.status_code == 410
    assert "It was a quarry blast." in text_of(page)
    assert "Shells" not in page.content.decode()


def test_leads_from_one_merged_to_the_one_that_stands_for_it(client, publish, reviewer):
    gone, stays = publish(make_incident()), publish(make_incident())
    incident_merging.merge(gone, into=stays, by=reviewer)
    publish(stays)

    page = client.get(f"/incidents/{gone.public_id}/?lang=en")

    assert page.status_code == 410
    assert f'href="/incidents/{stays.public_id}/?lang=en"' in page.content.decode()


def test_is_not_found_where_it_never_was_published(client):
    assert client.get(f"/incidents/{uuid.uuid4()}/").status_code == 404


def test_refuses_what_it_cannot_be_asked(client, publish):
    incident = publish(make_incident())

    assert client.get(f"/incidents/{incident.public_id}/?nonsense=1").status_code == 400


def test_takes_as_many_queries_however_many_claims(client, publish, django_assert_num_queries):
    incident = make_incident(reports=9, place=make_place(), geo_precision=1)
    publish(incident)

    with django_assert_num_queries(3):
        client.get(f"/incidents/{incident.public_id}/")
