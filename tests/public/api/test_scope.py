"""What the public is told an incident is to an agreement, under each reading, and why."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.factories import (
    make_adherence,
    make_agreement,
    make_incident,
    make_party,
    make_place,
    make_provision,
    make_reading,
    make_report,
    make_zone,
)
from tracker.desk.models import Agreement, Incident, Verdict
from tracker.desk.tasks import work_off
from tracker.desk.workflow import judging, matching, publishing
from tracker.public.models import Edition, Entry, Kind, Tombstone

pytestmark = pytest.mark.django_db
URL = "/api/v1/incidents/"
VALLEY = [[[36, 33.5], [36.3, 33.5], [36.3, 33.62], [36, 33.62], [36, 33.5]]]


@pytest.fixture
def truce() -> Agreement:
    """A published ceasefire that one reading leaves a valley out of."""
    truce = make_agreement(slug="truce", title_ar="هدنة")
    government = make_reading(truce, slug="government", name_ar="قراءة الحكومة")
    make_reading(truce, slug="opposition")
    make_provision(truce, "fire_indirect", number="1", text="All fire ceases.")
    make_adherence(truce, make_party(slug="army", name="Army"), basis="The text")
    make_zone(
        truce,
        name="The valley",
        name_ar="الوادي",
        reading=government,
        basis="Held by an excluded group",
        geometry={"type": "Polygon", "coordinates": VALLEY},
    )
    publishing.publish_agreement(truce)
    return truce


def make_shelling(truce: Agreement, **fields) -> Incident:
    incident = make_incident(reports=0, **{"targets": ["civilians"], **fields})
    accused = [each.party for each in truce.adherences.all()]
    matching.attach(make_report(accused=accused), incident)
    return incident


@pytest.fixture
def shelling(truce, publish) -> Incident:
    return publish(make_shelling(truce, place=make_place(), summary="Shells on a hall."))


def read(client, incident: Incident) -> dict:
    return client.get(f"{URL}{incident.public_id}/").json()


def scope_of(client, incident: Incident) -> dict:
    return client.get(f"{URL}{incident.public_id}/scope/").json()


def rejudge(agreement: Agreement) -> None:
    """What the desk does when terms change: a job, done by a worker."""
    judging.terms_changed(agreement, by=None)
    while work_off("a test", stopping=lambda: False):
        pass


def told(client, incident: Incident) -> list[bytes]:
    """All the public reads of an incident, and the lists it is found in."""
    addresses = [
        URL,
        f"{URL}{incident.public_id}/",
        f"{URL}{incident.public_id}/scope/",
        "/api/v1/reports/",
        "/api/v1/parties/",
        "/api/v1/places/",
        "/",
    ]
    return [client.get(address).content for address in addresses]


def test_tells_the_verdict_under_each_reading_and_that_they_differ(client, shelling):
    assert read(client, shelling)["verdicts"] == [
        {
            "agreement": "truce",
            "overall": "contested",
            "readings": [
                {"reading": "government", "verdict": "outside", "test": "inside"},
                {"reading": "opposition", "verdict": "violation", "test": None},
            ],
        }
    ]


def test_tells_the_reasons_in_both_languages(client, shelling):
    scope = scope_of(client, shelling)
    [agreement] = scope["agreements"]
    government = agreement["readings"][0]

    assert scope["incident"] == str(shelling.public_id)
    assert (agreement["title_ar"], government["name_ar"]) == ("هدنة", "قراءة الحكومة")
    assert [finding["test"] for finding in government["findings"]] == [
        "in_force",
        "inside",
        "perpetrator_bound",
        "target_protected",
        "act_prohibited",
    ]
    inside = government["findings"][1]
    assert (inside["outcome"], inside["reason"]) == ("fails", "zone_left_out")
    assert "The valley. Basis: Held by an excluded group." in inside["sentence"]
    assert "الوادي" in inside["sentence_ar"]


def test_tells_the_same_in_short_and_at_length(client, shelling):
    names = ("reading", "verdict", "test")
    at_length = [
        {
            "agreement": each["agreement"],
            "overall": each["overall"],
            "readings": [{name: one[name] for name in names} for one in each["readings"]],
        }
        for each in scope_of(client, shelling)["agreements"]
    ]

    assert read(client, shelling)["verdicts"] == at_length


def test_tells_nothing_of_an_agreement_the_public_does_not_know(client, truce, publish):
    make_reading(make_agreement(slug="draft"), slug="draft-reading")
    incident = publish(make_shelling(truce, place=make_place()))

    assert "draft" not in client.get(f"{URL}{incident.public_id}/scope/").content.decode()
    assert [each["agreement"] for each in read(client, incident)["verdicts"]] == ["truce"]


def test_tells_that_nothing_was_judged_where_there_is_nothing_to_judge_by(client, publish):
    incident = publish(make_incident())

    assert read(client, incident)["verdicts"] == []
    assert scope_of(client, incident)["agreements"] == []


def test_names_the_oldest_agreement_first(client, truce, publish):
    for slug, year in (("later", 2018), ("earlier", 2016)):
        agreement = make_agreement(slug=slug, effective_from=dt.datetime(year, 1, 1, tzinfo=dt.UTC))
        make_reading(agreement)
        publishing.publish_agreement(agreement)
    incident = publish(make_shelling(truce))

    for verdicts in (read(client, incident)["verdicts"], scope_of(client, incident)["agreements"]):
        assert [each["agreement"] for each in verdicts] == ["earlier", "truce", "later"]


def test_does_not_find_the_scope_of_a_draft(client, truce):
    incident = make_shelling(truce)

    assert client.get(f"{URL}{incident.public_id}/scope/").status_code == 404


def test_tells_that_an_incident_was_taken_back(client, shelling):
    Edition.objects.filter(public_id=str(shelling.public_id)).delete()
    Tombstone.objects.create(
        kind=Kind.INCIDENT,
        public_id=str(shelling.public_id),
        withdrawn_on=dt.date(2017, 2, 1),
        reason="it never happened",
    )

    answer = client.get(f"{URL}{shelling.public_id}/scope/")
    assert answer.status_code == 410
    assert "it never happened" in answer.json()["detail"]


def test_takes_one_query_however_many_readings(client, shelling, django_assert_num_queries):
    with django_assert_num_queries(1):
        scope_of(client, shelling)


def test_keeps_the_verdict_that_was_signed_while_the_desk_changes_the_incident(client, shelling):
    before = told(client, shelling)

    shelling.acts, shelling.date_start = ["air_attack"], dt.date(2016, 12, 1)
    shelling.save()
    judging.judge_incident(shelling)

    assert told(client, shelling) == before


def test_tells_the_new_verdict_once_the_terms_change(client, shelling, truce):
    truce.zones.all().delete()
    rejudge(truce)

    document = read(client, shelling)
    assert document["verdicts"][0]["overall"] == "violation"
    assert scope_of(client, shelling)["agreements"][0]["overall"] == "violation"
    assert document["revision"] == 2
    assert document["changelog"][-1]["changed"] == ["verdicts"]


def test_finds_an_incident_and_its_reports_by_the_new_verdict_alone(client, shelling, truce):
    truce.zones.all().delete()
    rejudge(truce)

    for name in (URL, "/api/v1/reports/"):
        for asked, number in (
            ("verdict=violation&reading=government", 1),
            ("verdict=outside", 0),
            ("contested=true", 0),
        ):
            assert len(client.get(f"{name}?{asked}").json()["results"]) == number, asked
    assert len(client.get(f"{URL}?act=fire_indirect").json()["results"]) == 1


def test_tells_when_an_incident_was_judged_again(client, shelling, truce):
    Entry.objects.update(updated_on=dt.date(2017, 2, 1))
    truce.zones.all().delete()
    rejudge(truce)

    assert len(client.get(f"{URL}?updated_since=2017-02-02").json()["results"]) == 1


def test_lets_no_unsigned_change_out_when_it_judges_again(client, shelling, truce):
    before = read(client, shelling)
    reports = client.get("/api/v1/reports/").content
    shelling.summary, shelling.acts = "Unsigned.", ["siege"]
    shelling.date_start, shelling.sensitivity = dt.date(2016, 12, 1), "withheld"
    shelling.targets, shelling.place = [], make_place(name="Unsigned")
    shelling.save()
    matching.attach(make_report(text="Unsigned.", accused=[make_party(name="Unsigned")]), shelling)
    truce.zones.all().delete()
    rejudge(truce)

    after = read(client, shelling)
    assert [name for name, value in after.items() if before[name] != value] == [
        "verdicts",
        "revision",
        "changelog",
    ]
    assert [each["verdict"] for each in after["verdicts"][0]["readings"]] == ["violation"] * 2
    assert client.get("/api/v1/reports/").content == reports
    assert all(b"Unsigned" not in content for content in told(client, shelling))


def test_leaves_every_byte_where_judging_again_changes_nothing(client, shelling, truce):
    before = told(client, shelling)

    rejudge(truce)

    assert told(client, shelling) == before


def test_tells_a_new_reason_without_touching_the_incident(client, shelling, truce):
    before = client.get(f"{URL}{shelling.public_id}/").content
    truce.zones.update(basis="Held by no one at all")
    rejudge(truce)

    scope = scope_of(client, shelling)
    assert scope["revision"] == 2
    inside = scope["agreements"][0]["readings"][0]["findings"][1]
    assert inside["sentence"].endswith("Basis: Held by no one at all.")
    assert client.get(f"{URL}{shelling.public_id}/").content == before


def test_says_whether_it_had_anything_new_to_tell(shelling, truce):
    scope = judging.public_scope(shelling)
    assert publishing.reissue_scope(shelling, scope) is False

    truce.zones.all().delete()
    scope = judging.public_scope(shelling)
    assert publishing.reissue_scope(shelling, scope) is True
    assert publishing.reissue_scope(shelling, scope) is False


def test_tells_nothing_of_an_incident_that_was_never_signed(client, truce):
    incident = make_shelling(truce)

    assert publishing.reissue_scope(incident, judging.public_scope(incident)) is False
    assert not Edition.objects.filter(kind__in=[Kind.INCIDENT, Kind.SCOPE]).exists()


def make_governorate():
    return make_place(name="Rif Dimashq", kind="governorate")


@pytest.mark.parametrize(
    ("make_where", "one", "other"),
    [
        # In a cell of a quarter of a degree, on either side of the zone's border.
        (make_place, (33.6, 36.1), (33.73, 36.1)),
        # In a cell of half a degree: the place is known as a governorate.
        (make_governorate, (33.55, 36.05), (33.97, 36.45)),
        # Without a place there is no cell to tell.
        (lambda: None, (33.6, 36.1), (36.2, 37.1)),
    ],
)
def test_tells_no_more_of_where_a_guarded_incident_was_than_its_cell(
    client, truce, publish, make_where, one, other
):
    incident = make_shelling(truce, sensitivity="guarded", place=make_where())
    documents, at_the_desk = [], []
    for incident.latitude, incident.longitude in (one, other):
        incident.save()
        judging.judge_incident(incident)
        at_the_desk.append(Verdict.objects.get(reading__slug="government").code)
        incident = publish(incident)
        documents.append(client.get(f"{URL}{incident.public_id}/scope/").content)

    assert at_the_desk == ["outside", "violation"]
    assert documents[0] == documents[1]
    assert read(client, incident)["changelog"][-1]["changed"] == []


def test_judges_a_withheld_incident_by_no_place(client, truce, publish):
    incident = publish(make_shelling(truce, sensitivity="withheld", place=make_place()))

    readings = scope_of(client, incident)["agreements"][0]["readings"]
    assert [each["verdict"] for each in readings] == ["undetermined", "violation"]
    assert readings[0]["findings"][1]["reason"] == "no_position"
