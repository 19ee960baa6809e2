"""Verdicts at the desk: right, in words, and never older than what they rest on."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.desk.admin.pages import address, save
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
from tracker.codebook import VerdictCode
from tracker.desk.models import Agreement, Incident, Job, Party, Verdict
from tracker.desk.tasks import work_off
from tracker.desk.workflow import judging, matching, merging
from tracker.desk.workflow.judging.terms import known_parties

pytestmark = pytest.mark.django_db

DAY = dt.date(2017, 1, 15)


@pytest.fixture
def army(db) -> Party:
    return make_party(slug="army", name="Government forces", name_ar="القوات الحكومية")


@pytest.fixture
def truce(army) -> Agreement:
    """A ceasefire that both sides read differently: one leaves the valley out."""
    truce = make_agreement(slug="truce")
    make_reading(truce, slug="government")
    make_reading(truce, slug="opposition")
    make_provision(truce, "fire_indirect", "air_attack", number="1", text="All fire ceases.")
    make_adherence(truce, army, basis="The text")
    make_zone(
        truce,
        name="The valley",
        name_ar="الوادي",
        reading=truce.readings.get(slug="government"),
        basis="An excluded group holds it",
        basis_ar="تسيطر عليه جماعة مستثناة",
    )
    return truce


@pytest.fixture
def shelling(truce, army) -> Incident:
    incident = make_incident(reports=0, place=make_place(), targets=["civilians"], date_start=DAY)
    matching.attach(make_report(accused=[army]), incident)
    return incident


def codes(incident: Incident) -> dict[str, str]:
    rows = Verdict.objects.filter(incident=incident).select_related("reading")
    return {row.reading.slug: row.code for row in rows}


def work() -> None:
    while work_off("a test", stopping=lambda: False):
        pass


def check() -> str:
    out = StringIO()
    call_command("judge", check=True, stdout=out)
    return out.getvalue()


def test_judges_under_every_reading_and_finds_that_they_differ(shelling):
    assert codes(shelling) == {"government": "outside", "opposition": "violation"}
    [scope] = judging.verdicts_of(shelling)
    assert scope.overall == VerdictCode.CONTESTED


def test_says_why_in_english_and_arabic(shelling):
    [scope] = judging.verdicts_of(shelling)
    government, opposition = scope.readings

    inside = government.findings[1]
    assert inside.sentence == (
        "The place lies in a zone left out of it: The valley. Basis: An excluded group holds it."
    )
    assert "الوادي" in inside.sentence_ar
    assert "تسيطر عليه جماعة مستثناة" in inside.sentence_ar
    assert government.sentence == f"Outside. {inside.sentence}"
    assert opposition.sentence == (
        "Violation. It prohibits this (Shelling) by: 1 (All fire ceases)."
    )
    assert "القوات الحكومية" in opposition.findings[2].sentence_ar


def test_takes_those_as_accused_whom_a_report_accuses_and_not_whom_one_clears(shelling, truce):
    other = make_party(slug="other")
    denies = make_report(accused=[other], stance="denies_responsibility")
    matching.attach(denies, shelling)
    assert codes(shelling)["opposition"] == "violation"

    matching.attach(make_report(accused=[other], stance="counter_accuses"), shelling)
    assert codes(shelling)["opposition"] == "undetermined"


def test_is_judged_again_when_a_report_comes_or_goes(shelling):
    report = shelling.reports.get()

    matching.detach(report)
    assert codes(shelling)["opposition"] == "undetermined"

    matching.attach(report, shelling)
    assert codes(shelling)["opposition"] == "violation"


def test_is_judged_again_when_it_is_changed_at_the_desk(desk, shelling):
    save(desk, address("incident_change", shelling.pk), acts=["noncompliance"])

    assert codes(shelling) == {"government": "outside", "opposition": "outside"}


def test_is_judged_again_when_its_place_is_corrected(desk, shelling):
    save(desk, address("place_change", shelling.place.pk), position="35.2, 36.2")

    assert codes(shelling) == {"government": "violation", "opposition": "violation"}


def test_is_judged_again_when_its_place_is_merged_into_another(shelling, reviewer):
    far = make_place(name="Far", latitude=35.2, longitude=36.2)

    merging.merge(shelling.place, into=far, by=reviewer)
    assert codes(shelling)["government"] == "violation"

    merging.unmerge(shelling.place, by=reviewer)
    assert codes(shelling)["government"] == "outside"


def test_judges_a_new_incident_at_once(truce, army, reviewer):
    incident = matching.open_incident(
        make_report(accused=[army], acts=["air_attack"], place=make_place()), by=reviewer
    )

    assert codes(incident) == {"government": "outside", "opposition": "undetermined"}


def test_judges_all_again_by_a_job_when_an_agreement_changes(shelling, truce, reviewer):
    truce.zones.all().delete()
    judging.terms_changed(truce, by=reviewer)
    assert judging.agreements_under_way().keys() == {truce.pk}
    assert codes(shelling)["government"] == "outside"

    work()

    assert codes(shelling)["government"] == "violation"
    assert judging.agreements_under_way() == {}
    assert (Job.objects.get().done, Job.objects.get().total) == (1, 1)


def test_judges_once_for_several_changes(truce, reviewer):
    for _change in range(3):
        judging.terms_changed(truce, by=reviewer)

    assert Job.objects.count() == 1


def test_judges_by_all_agreements_when_a_party_changes_sides(shelling, truce, army, reviewer):
    militia = make_party(slug="militia")
    incident = make_incident(reports=0, place=make_place(latitude=35.0), targets=["civilians"])
    matching.attach(make_report(accused=[militia]), incident)
    assert codes(incident)["opposition"] == "undetermined"
    militia.parent = army
    militia.save()

    judging.parties_changed(by=reviewer)
    work()

    assert codes(incident)["opposition"] == "violation"


def test_finds_every_verdict_that_differs_from_what_it_should_be(shelling):
    assert "Every stored verdict is what it should be." in check()
    Verdict.objects.filter(reading__slug="government").update(code="violation", test="")

    with pytest.raises(CommandError, match="1 stored verdicts differ"):
        check()


def test_has_all_judged_again_when_told_to(shelling):
    Verdict.objects.all().delete()

    call_command("judge", stdout=StringIO())
    work()

    assert "Every stored verdict is what it should be." in check()


def test_judges_nothing_against_an_agreement_without_readings(army):
    make_agreement()

    assert codes(make_incident()) == {}


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Jabhat al-Nusra", dt.date(2016, 1, 1)),
        ("جبهة فتح الشام", dt.date(2017, 1, 15)),
        ("Hay'at Tahrir al-Sham", dt.date(2017, 2, 1)),
    ],
)
def test_knows_one_excluded_group_by_the_names_it_bore_in_turn(written, day):
    group = make_party(slug="hts", name="Hay'at Tahrir al-Sham")
    for name, first, last in (
        ("Jabhat al-Nusra", "2012-01-23", "2016-07-27"),
        ("جبهة فتح الشام", "2016-07-28", "2017-01-27"),
        ("Hay'at Tahrir al-Sham", "2017-01-28", None),
    ):
        group.names.create(name=name, valid_from=first, valid_to=last)

    assert known_parties().called(written, day) == "hts"


def test_previews_which_incidents_a_zone_would_change_and_stores_nothing(shelling, truce):
    [zone] = truce.zones.all()

    preview = judging.preview(zone, delete=True)

    assert preview.counted == 1
    [change] = preview.changes
    assert (change.incident, change.reading.slug) == (shelling, "government")
    assert (change.before, change.after) == (VerdictCode.OUTSIDE, VerdictCode.VIOLATION)
    assert codes(shelling)["government"] == "outside"


def test_previews_a_zone_that_is_not_saved_yet(shelling, truce):
    zone = truce.zones.get()
    zone.pk, zone.reading = None, None

    preview = judging.preview(zone)

    assert [(each.reading.slug, each.after) for each in preview.changes] == [
        ("opposition", VerdictCode.OUTSIDE)
    ]


def test_previews_by_the_incidents_that_a_zone_may_reach(truce, army):
    """As many as judging them all would find, though most are not looked at."""
    for north, east, radius_m in (
        (33.61, 36.1, None),
        (33.71, 36.1, 20_000),
        (33.0, 36.1, 90_000),
        (31.0, 36.1, 400_000),
        (35.9, 36.9, 1_000),
        (None, None, None),
    ):
        incident = make_incident(
            reports=0, latitude=north, longitude=east, radius_m=radius_m, targets=["civilians"]
        )
        matching.attach(make_report(accused=[army]), incident)
    before = {row.pk: row.code for row in Verdict.objects.all()}
    zone = truce.zones.get()
    zone.reading = None

    counted = judging.preview(zone).counted

    zone.save()
    judging.terms_changed(truce, by=None)
    work()
    changed = {row.incident_id for row in Verdict.objects.all() if before[row.pk] != row.code}
    assert counted == len(changed) == 5


def test_is_judged_again_when_a_gazetteer_moves_its_place(truce, army, tmp_path):
    place = make_place(name="Deir Qanun", kind="settlement")
    place.codes.create(code="wof:1")
    incident = make_incident(reports=0, place=place, targets=["civilians"])
    matching.attach(make_report(accused=[army]), incident)
    assert codes(incident)["government"] == "outside"
    file = tmp_path / "places.csv"
    file.write_text(
        "wof_id,geonames_id,name,name_ar,alt_names_ar,alt_names_latin,latitude,longitude,placetype\n"
        "1,,Deir Qanun,,,,35.2,36.2,locality\n"
    )

    call_command("load_places", file, stdout=StringIO(), stderr=StringIO())

    assert codes(incident)["government"] == "violation"
