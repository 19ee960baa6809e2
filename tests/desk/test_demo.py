from __future__ import annotations

import csv
from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command

from tracker.codebook import Harm, Publication, VerdictCode
from tracker.desk.demo import loading
from tracker.desk.geocoding import gazetteer
from tracker.desk.models import Assessment, Figure, Incident, Place, PlaceName, Report, User
from tracker.desk.workflow import assessing, judging, rejudging
from tracker.public.models import Edition

pytestmark = pytest.mark.django_db


def load_demo(**options):
    out = StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


def deir_qanun():
    return Report.objects.get(external_id="WB-14/1").incident


def counts():
    models = (Incident, Report, Figure, Place, PlaceName, User, Edition)
    return [model.objects.count() for model in models]


def test_loading_twice_doubles_nothing():
    load_demo()
    before = counts()

    load_demo()

    assert counts() == before
    assert set(Incident.objects.values_list("revision", flat=True)) == {0, 1}


def test_loading_again_leaves_what_the_desk_has_changed():
    load_demo()
    Incident.objects.filter(pk=deir_qanun().pk).update(summary="Rewritten.")

    load_demo()

    assert deir_qanun().summary == "Rewritten."


def test_loads_only_an_empty_desk_when_asked_to():
    load_demo()
    Report.objects.filter(incident=None).delete()

    said = load_demo(if_empty=True)

    assert "not loaded" in said
    assert not Report.objects.filter(incident=None).exists()


def test_keeps_the_seven_tolls_of_deir_qanun_apart():
    load_demo()

    tolls = Figure.objects.filter(
        report__in=deir_qanun().reports.current(), harm=Harm.KILLED, group="all"
    )

    assert Counter(tolls.values_list("best", flat=True)) == {7: 4, 9: 1, 12: 2}


def test_names_who_says_each_toll_of_deir_qanun():
    load_demo()

    claimants = Counter(report.claimant.slug for report in deir_qanun().reports.current())

    assert claimants == {"sohr": 5, "wadi-barada-media-centre": 1, "syrian-civil-defence": 1}


def test_leaves_work_for_the_desk():
    load_demo()

    assert Report.objects.unattached().exists()
    assert Incident.objects.filter(publication=Publication.DRAFT).exists()
    assert Report.objects.unattached().filter(external_id="241879").exists()


def test_accuses_no_one_on_the_word_of_ucdp():
    load_demo()

    assert not Report.objects.filter(source__slug="ucdp", accused__isnull=False).exists()


def test_takes_no_unknown_number_for_zero():
    load_demo()

    silent = Report.objects.get(external_id="WB-14/3")

    assert not silent.figures.filter(harm=Harm.INJURED).exists()
    assert Figure.objects.get(report__external_id="WATER/3").low is None


def test_everything_loaded_is_valid():
    load_demo()

    for things in (*loading.COUNTED.values(), Figure.objects, PlaceName.objects):
        for thing in things.all():
            thing.full_clean()


def test_finds_the_spring_in_many_spellings():
    load_demo()

    for spelling in ("Ain al-Fijeh", "Ein al-Fijeh", "`Ayn al Fijah", "عين الفيجة"):
        assert gazetteer.suggest(spelling)[0].name == "Ain al-Fijah"


def test_every_place_of_the_valley_has_an_arabic_name():
    load_demo()
    valley = Place.objects.get(name="Wadi Barada")

    assert valley.name_ar == "وادي بردى"
    assert not valley.children.filter(name_ar="").exists()


@pytest.mark.parametrize("file", sorted(loading.FOLDER.glob("*.csv")), ids=lambda file: file.name)
def test_ships_no_sentences_of_other_people(file):
    with file.open(encoding="utf-8", newline="") as opened:
        columns = set(next(csv.reader(opened)))

    assert not columns & {"source_headline", "source_article"}


def verdicts(incident: Incident) -> dict[str, str]:
    rows = incident.verdicts.filter(reading__agreement__slug="syria-2016-12-30")
    return {
        row.reading.slug.removeprefix("syria-2016-12-30-"): row.code
        for row in rows.select_related("reading")
    }


def test_judges_the_shelling_of_deir_qanun_by_each_reading():
    load_demo()

    assert verdicts(deir_qanun()) == {
        "text": "violation",
        "government": "outside",
        "opposition": "violation",
    }
    scopes = judging.verdicts_of(deir_qanun())
    [ceasefire] = [each for each in scopes if each.agreement.slug == "syria-2016-12-30"]
    assert ceasefire.overall == VerdictCode.CONTESTED
    government = ceasefire.readings[1]
    assert government.sentence == (
        "Outside. The place lies in a zone left out of it: Wadi Barada, as the government has it. "
        "Basis: Held, it says, by Jabhat Fateh al-Sham, which the ceasefire excludes."
    )
    # Not on one of the truces of the valley, which begin and end on other days.
    assert {each.overall for each in scopes if each.agreement.parent} == {VerdictCode.OUTSIDE}


def test_keeps_every_verdict_in_step_with_what_it_rests_on():
    load_demo()

    assert list(rejudging.differing()) == []


def test_names_what_the_headline_figure_of_deir_qanun_rests_on():
    load_demo()

    [figure] = deir_qanun().assessments.standing().filter(assessed="figure")

    assert (figure.low, figure.best, figure.high) == (9, None, 12)
    assert figure.basis_report.claimant.slug == "sohr"


def test_assesses_no_more_than_its_reports_bear_out():
    load_demo()

    assert deir_qanun().verification == "corroborated"
    assert Assessment.objects.standing().count() == 6
    assert [
        assessing.doubts(each) for each in Incident.objects.all() if assessing.doubts(each)
    ] == []
