from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.desk.admin.pages import address, autocomplete, errors, messages, save
from tests.desk.workflow.merges import again
from tests.factories import make_incident, make_party, make_place, make_report, make_source
from tracker.desk.models import Incident, IncidentMerge, IncidentSplit
from tracker.desk.workflow import incident_merging

pytestmark = pytest.mark.django_db

LIST = "/admin/desk/incident/"
ARABIC = {"HTTP_ACCEPT_LANGUAGE": "ar"}
HUGE = 10**30


@pytest.fixture
def kept(db):
    place = make_place(name="Basimah", name_ar="بسيمة")
    return make_incident(place=place, summary="Shells fell on the school.")


@pytest.fixture
def double(db):
    return make_incident(place=make_place(name="Ain al-Fijah"), acts=["siege"])


def change(incident):
    return address("incident_change", incident.pk)


def compare(one, other):
    return address("incident_compare", one.pk, other.pk)


def merge(browser, incident, *, into, **given):
    return browser.post(compare(incident, into), {"into": into.pk, **given})


def undo(browser, incident):
    return browser.post(address("incident_unmerge", incident.pk))


def split(browser, incident, *reports, **given):
    chosen = {"report": [report.pk for report in reports], **given}
    return browser.post(address("incident_split", incident.pk), chosen)


def offered(browser, incident, **query):
    return list(browser.get(address("incident_merge", incident.pk), query).context["offered"])


def rows(response):
    return {row.name: row for row in response.context["rows"]}


def test_leads_from_the_incident_to_merging_and_splitting(desk, kept):
    page = desk.get(change(kept)).text

    for name in ("incident_merge", "incident_split"):
        assert f'href="{address(name, kept.pk)}"' in page


def test_offers_incidents_of_about_the_same_days_those_of_the_same_place_first(desk, kept):
    days = {day: make_incident(date_start=dt.date(2017, 1, day)) for day in (11, 12, 18, 19)}
    lasting = make_incident(date_start=dt.date(2017, 1, 1), date_end=dt.date(2017, 1, 13))
    there = make_incident(place=kept.place, date_start=dt.date(2017, 1, 13))

    assert offered(desk, kept) == [there, days[18], days[12], lasting]


def test_finds_an_incident_by_words_place_number_and_public_id(desk, publish, kept, double):
    publish(kept)
    make_incident()

    for term in ("shells school", "Basīmah", "بسيمة", str(kept.pk), str(kept.public_id)):
        assert offered(desk, double, q=term) == [kept], term


@pytest.mark.parametrize("term", ["²", str(HUGE), "%", "a" * 500])
def test_finds_nothing_by_what_means_nothing(desk, kept, double, term):
    assert offered(desk, double, q=term) == []


def test_offers_no_merged_incident(desk, kept, double):
    third = make_incident()
    merge(desk, double, into=kept)

    assert offered(desk, third) == [kept]
    assert offered(desk, third, q=str(double.pk)) == []


def test_shows_the_two_side_by_side_and_marks_what_differs(desk, kept, double):
    make_report(
        incident=double, source=make_source(name="Agency"), accused=[make_party(name="Army")]
    )

    response = desk.get(compare(kept, double))

    compared = rows(response)
    assert compared["place"].values == ("Basimah", "Ain al-Fijah")
    assert compared["acts"].values == ("Shelling", "Siege")
    assert compared["reports"].values == ("1", "2")
    assert "Agency" in compared["claimants"].values[1]
    assert compared["accused"].values == ("", "Army")
    marked = {name for name, row in compared.items() if row.differs}
    assert marked == {"place", "acts", "summary", "reports", "claimants", "accused"}
    assert response.text.count('class="differs"') == len(marked)


def test_proposes_the_published_one_or_else_the_one_more_tell_of(desk, publish, kept, double):
    make_report(incident=double)
    assert desk.get(compare(kept, double)).context["proposed"] == double

    publish(kept)

    response = desk.get(compare(kept, double))
    assert response.context["proposed"] == kept
    assert response.text.count(" checked") == 1


def test_tells_nothing_of_confidential_sources_to_who_may_not_see_them(
    client, reviewer, kept, double
):
    group = reviewer.groups.get()
    group.permissions.remove(group.permissions.get(codename="view_confidential_source"))
    hidden = make_source(name="Hidden", is_confidential=True)
    report = make_report(incident=double, source=hidden, text="Hidden words")
    client.force_login(reviewer)

    response = client.get(compare(kept, double))

    assert rows(response)["reports"].values == ("1", "1")
    assert "Hidden" not in response.text
    assert "Hidden" not in client.get(address("incident_split", double.pk)).text
    split(client, double, report)
    assert again(report).incident == double


def test_merges_into_the_one_that_was_chosen(desk, kept, double):
    response = merge(desk, double, into=kept, reason="The same shells.")

    assert response.url == change(kept)
    assert again(double).merged_into == kept
    assert IncidentMerge.objects.get().reason == "The same shells."
    assert f'<a href="{change(kept)}">' in messages(response)


def test_merges_either_way(desk, kept, double):
    desk.post(compare(kept, double), {"into": double.pk})

    assert again(kept).merged_into == double


def test_merges_nothing_when_only_looked_at_nor_before_one_is_chosen(desk, kept, double):
    third = make_incident()

    desk.get(compare(kept, double), {"into": kept.pk})
    for answer in ({}, {"into": third.pk}, {"into": "x"}, {"into": HUGE}):
        response = desk.post(compare(kept, double), answer)
        assert "Choose which of the two stays." in response.text

    assert not Incident.objects.exclude(merged_into=None).exists()


def test_says_why_two_cannot_be_merged(desk, kept, double):
    guarded = make_incident(sensitivity="guarded")

    assert "how much of the place" in merge(desk, guarded, into=kept).text
    assert "into itself" in merge(desk, kept, into=kept).text
    merge(desk, double, into=kept)
    assert "already been merged" in merge(desk, double, into=kept).text


def test_says_what_the_public_reads_until_the_one_that_stays_is_published(
    desk, publish, kept, double
):
    publish(double)

    assert "until this one is published" in messages(merge(desk, double, into=kept))


def test_keeps_the_merge_in_the_history_of_both(desk, kept, double):
    merge(desk, double, into=kept)

    told = {entry.object_id: entry.change_message for entry in LogEntry.objects.all()}
    assert told[str(double.pk)] == f"Merged into “{kept}”."
    assert told[str(kept.pk)] == f"“{double}” was merged into it."


def test_lists_and_offers_no_merged_incident_unless_asked(desk, kept, double):
    merge(desk, double, into=kept)

    def listed(**query):
        return set(desk.get(LIST, query).context["cl"].result_list)

    assert (listed(), listed(merged="yes")) == ({kept}, {double})
    chosen = autocomplete(desk, term="fijah", model="report", field="incident")
    assert chosen == []


def test_lets_no_merged_incident_be_changed_and_says_what_stands_for_it(desk, kept, double):
    merge(desk, double, into=kept)

    page = desk.get(change(double))

    assert page.status_code == 200
    assert f'<a href="{change(kept)}"><bdi>{kept}</bdi>' in page.text
    assert 'name="_save"' not in page.text
    assert desk.post(change(double), {"summary": "Changed"}).status_code == 403
    assert desk.post(address("incident_delete", double.pk), {"post": "yes"}).status_code == 403


def test_publishes_no_merged_incident_and_attaches_nothing_to_it(desk, kept, double):
    merge(desk, double, into=kept)
    report = make_report()
    chosen = {"action": "submit", "_selected_action": [double.pk]}

    listed = desk.post(f"{LIST}?merged=yes", chosen)
    attached = save(desk, address("report_change", report.pk), incident=double.pk)

    assert "publish that one" in messages(listed)
    assert "choose that one" in str(errors(attached)["incident"])
    assert again(report).incident is None


def test_undoes_a_merge_from_the_page_of_the_one_that_stays(desk, kept, double):
    merge(desk, double, into=kept, reason="The same shells.")
    shown = desk.get(change(kept)).text
    assert address("incident_unmerge", double.pk) in shown
    assert "The same shells." in shown

    response = undo(desk, double)

    assert response.url == change(kept)
    assert "is an incident of its own again" in messages(response)
    assert again(double).merged_into is None
    assert address("incident_unmerge", double.pk) not in desk.get(change(kept)).text


def test_says_what_is_left_to_do_after_an_undo(desk, publish, kept, double):
    for incident in (kept, double):
        publish(incident)
    report = double.reports.get()
    merge(desk, double, into=kept)
    report.incident = make_incident(reports=0)
    report.save(update_fields=["incident"])

    said = messages(undo(desk, double))

    assert "Publish both again" in said
    assert "1 report does not come back" in said


def test_undoes_nothing_twice_nor_by_following_a_link(desk, kept, double):
    merge(desk, double, into=kept)

    assert desk.get(address("incident_unmerge", double.pk)).status_code == 405
    assert again(double).merged_into == kept
    undo(desk, double)
    assert "no longer merged" in messages(undo(desk, double))
    assert undo(desk, kept).status_code == 404


def test_splits_the_reports_ticked_off(desk, kept):
    goes = make_report(incident=kept, acts=["siege"])

    response = split(desk, kept, goes, reason="Another day.")

    made = IncidentSplit.objects.get().made
    assert response.url == change(made)
    assert (again(goes).incident, made.acts) == (made, ["siege"])
    assert IncidentSplit.objects.get().reason == "Another day."
    assert f'<a href="{change(kept)}">' in messages(response)


def test_says_that_both_parts_of_a_published_incident_wait_to_be_published(desk, publish, kept):
    goes = make_report(incident=kept)
    publish(kept)

    assert "Publish both again" in messages(split(desk, kept, goes))


def test_splits_nothing_off_where_none_is_ticked_or_none_would_stay(desk, kept):
    page = desk.get(address("incident_split", kept.pk))
    assert page.text.count('name="report"') == 1

    assert "Choose at least one report" in split(desk, kept).text
    assert "At least one report must stay" in split(desk, kept, kept.reports.get()).text
    assert split(desk, kept, make_report()).status_code == 200
    assert Incident.objects.count() == 1


def test_lets_a_reviewer_merge_undo_and_split(client, reviewer, kept, double):
    client.force_login(reviewer)

    merge(client, double, into=kept)
    assert again(double).merged_into == kept
    split(client, kept, kept.reports.first())
    assert IncidentSplit.objects.get().split_by == reviewer
    undo(client, double)
    assert again(double).merged_into is None


def test_lets_no_one_merge_or_split_who_enters_data(data_entry, reviewer, kept, double):
    incident_merging.merge(make_incident(), into=kept, by=reviewer)
    merged = IncidentMerge.objects.get().incident

    shown = data_entry.get(change(kept)).text
    refused = [
        data_entry.get(address("incident_merge", kept.pk)),
        data_entry.get(compare(kept, double)),
        merge(data_entry, double, into=kept),
        split(data_entry, kept, kept.reports.first()),
        undo(data_entry, merged),
    ]

    assert {response.status_code for response in refused} == {403}
    assert not any(name in shown for name in ("/merge/", "/unmerge/", "/split/"))
    assert again(merged).merged_into == kept


@pytest.mark.parametrize("number", [987_654, HUGE])
def test_knows_no_incident_that_is_not_there(desk, kept, number):
    for name in ("incident_merge", "incident_split"):
        assert desk.get(reverse(f"admin:desk_{name}", args=[number])).status_code == 404
    assert desk.get(address("incident_compare", kept.pk, number)).status_code == 404


def test_answers_in_arabic_from_right_to_left(desk, kept, double):
    pages = [address("incident_merge", kept.pk), compare(kept, double), change(kept)]
    pages.append(address("incident_split", kept.pk))

    for page in pages:
        response = desk.get(page, **ARABIC)
        assert 'dir="rtl"' in response.text
        assert "Merge" not in response.text
    assert "يختلف" in desk.get(compare(kept, double), **ARABIC).text


def test_takes_as_many_queries_however_many_incidents_and_reports(desk, kept, double):
    pages = [address("incident_merge", kept.pk), compare(kept, double), change(kept)]

    def asked():
        with CaptureQueriesContext(connection) as queries:
            for page in pages:
                desk.get(page)
        return len(queries)

    merge(desk, make_incident(), into=kept)
    before = asked()
    for _number in range(3):
        make_incident(place=make_place())
        make_report(incident=kept, accused=[make_party()])
        merge(desk, make_incident(place=make_place()), into=kept)

    assert asked() == before
