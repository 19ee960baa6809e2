from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.desk.admin.pages import address, autocomplete, messages, save
from tests.factories import make_incident, make_place, make_report, make_source
from tracker.desk.models import Place
from tracker.desk.workflow import merging

pytestmark = pytest.mark.django_db

LIST = "/admin/desk/place/"
HUGE = 10**30


@pytest.fixture
def kept(db):
    return make_place(name="Ain al-Fijah", name_ar="عين الفيجة")


@pytest.fixture
def double(db):
    return make_place(name="Ayn al-Fijeh", latitude=33.61, longitude=36.18)


def page(*places):
    query = "&".join(f"place={place.pk}" for place in places)
    return f"{reverse('admin:desk_place_merge')}?{query}"


def choose(browser, *places):
    chosen = {"action": "merge_places", "_selected_action": [place.pk for place in places]}
    return browser.post(LIST, chosen)


def merge(browser, place, *, into):
    return browser.post(page(place, into), {"into": into.pk})


def undo(browser, place):
    return browser.post(reverse("admin:desk_place_unmerge", args=[place.pk]))


def listed(browser, **query):
    return set(browser.get(LIST, query).context["cl"].result_list)


def sides(response):
    return {side.place: side for side in response.context["sides"]}


def standing(place):
    return Place.objects.get(pk=place.pk).standing


def test_goes_from_the_list_to_the_places_side_by_side(desk, kept, double):
    response = choose(desk, double, kept)

    assert response.url == page(kept, double)
    assert list(sides(desk.get(response.url))) == [kept, double]


@pytest.mark.parametrize("number", [1, 7])
def test_asks_for_two_places_or_a_few(desk, number):
    places = [make_place() for _number in range(number)]

    assert "Choose from two to 6 places" in messages(choose(desk, *places))
    response = desk.get(page(*places))
    assert (response.status_code, response.url) == (302, LIST)


@pytest.mark.parametrize(
    "query",
    ["", "place=x&place=1", "place=²&place=1", "place=987654&place=1", f"place={HUGE}&place=1"],
)
def test_sends_back_whoever_names_no_places(desk, query):
    response = desk.get(f"{reverse('admin:desk_place_merge')}?{query}")

    assert response.url == LIST


def test_shows_what_tells_the_places_apart(desk, kept, double):
    governorate = make_place(name="Rif Dimashq", kind="governorate")
    kept.parent = make_place(name="Az-Zabdani", kind="district", parent=governorate)
    kept.save()
    kept.names.create(name="Ein el-Fijeh")
    kept.codes.create(code="geonames:1")
    make_place(kind="site", parent=double)
    make_report(place=double)
    make_incident(place=kept, reports=2)

    response = desk.get(page(kept, double))

    one, other = sides(response).values()
    assert (one.incidents, one.reports, one.children) == (1, 2, 0)
    assert (other.incidents, other.reports, other.children) == (0, 1, 1)
    assert [(number, round(km, 1)) for number, km in one.distances] == [(2, 4.1)]
    for text in ("Az-Zabdani, Rif Dimashq", "Ein el-Fijeh", "geonames:1", "33.61000, 36.18000"):
        assert text in response.text


def test_counts_no_report_that_its_reader_may_not_see(client, reviewer, kept, double):
    reviewer.user_permissions.clear()
    group = reviewer.groups.get()
    group.permissions.remove(group.permissions.get(codename="view_confidential_source"))
    make_report(place=kept, source=make_source(is_confidential=True))
    client.force_login(reviewer)

    assert sides(client.get(page(kept, double)))[kept].reports == 0


PROPOSED = {
    "the published one": lambda place: Place.objects.filter(pk=place.pk).update(
        public_id="6b0e7a4e-1b1e-4d58-93a5-5c1f0a7a1a11"
    ),
    "the one that is used": lambda place: make_report(place=place),
    "the one with more codes": lambda place: place.codes.create(code="wof:1"),
}


@pytest.mark.parametrize("favour", PROPOSED.values(), ids=PROPOSED)
def test_proposes_the_one_that_speaks_for_itself(desk, kept, double, favour):
    favour(double)

    response = desk.get(page(kept, double))

    assert [place for place, side in sides(response).items() if side.is_proposed] == [double]
    assert response.text.count(" checked") == 1


def test_prefers_the_published_one_to_the_used_one(desk, kept, double):
    PROPOSED["the published one"](double)
    PROPOSED["the one that is used"](kept)

    assert sides(desk.get(page(kept, double)))[double].is_proposed


def test_warns_of_places_far_apart_and_of_other_kinds(desk, kept, double):
    near = make_place(name="Near", latitude=33.605, longitude=36.136)
    valley = make_place(name="Valley", kind="area", latitude=None, longitude=None)

    assert desk.get(page(kept, near)).context["warnings"] == []
    far, kinds = desk.get(page(kept, double, valley)).context["warnings"]
    assert far == "Places 1 and 2 lie 4.1 km apart."
    assert kinds == "They differ in kind: Settlement, Area."


def test_merges_into_the_one_that_was_chosen(desk, kept, double):
    third = make_place(name="Fijeh")

    response = desk.post(page(kept, double, third), {"into": kept.pk})

    assert response.url == LIST
    assert standing(double) == standing(third) == kept
    assert f'<a href="{address("place_change", kept.pk)}">' in messages(response)


def test_merges_nothing_before_one_is_chosen(desk, kept, double):
    for answer in ({}, {"into": make_place().pk}, {"into": "x"}, {"into": HUGE}):
        response = desk.post(page(kept, double), answer)

        assert "Choose which of these places stays." in response.text
    assert desk.get(page(kept, double)).status_code == 200
    assert standing(double) == double


def test_merges_all_or_none(desk, kept, double):
    district = make_place(name="Zabdani", kind="district")

    response = desk.post(page(kept, double, district), {"into": kept.pk})

    assert "only one of them is an administrative unit" in response.text
    assert standing(double) == double


def test_keeps_the_merge_in_the_history_of_both(desk, kept, double):
    merge(desk, double, into=kept)

    told = {entry.object_id: entry.change_message for entry in LogEntry.objects.all()}
    assert told[str(double.pk)] == "Merged into “Ain al-Fijah”."
    assert told[str(kept.pk)] == "“Ayn al-Fijeh” was merged into it."


def test_lists_and_offers_no_merged_place(desk, kept, double):
    merge(desk, double, into=kept)

    assert listed(desk) == {kept}
    assert listed(desk, merged="yes") == {double}
    offered = autocomplete(desk, term="fijeh", model="report", field="place")
    assert len(offered) == 1
    assert "Ain al-Fijah" in offered[0]


def test_says_on_the_page_of_a_merged_place_what_stands_for_it(desk, kept, double):
    merge(desk, double, into=kept)

    response = desk.get(address("place_change", double.pk))

    assert response.status_code == 200
    assert f'<a href="{address("place_change", kept.pk)}"><bdi>Ain al-Fijah</bdi>' in response.text
    assert 'name="_save"' not in response.text
    changed = desk.post(address("place_change", double.pk), {"name": "Changed"})
    assert changed.status_code == 403
    assert desk.post(address("place_delete", double.pk), {"post": "yes"}).status_code == 403


def test_lets_the_place_that_stands_be_changed(desk, kept, double):
    merge(desk, double, into=kept)

    save(desk, address("place_change", kept.pk), name="Ain al-Fija")

    assert standing(double).name == "Ain al-Fija"


def test_undoes_a_merge_from_the_page_of_the_place_that_stands(desk, kept, double):
    report = make_report(place=double)
    merge(desk, double, into=kept)
    shown = desk.get(address("place_change", kept.pk))
    assert "Ayn al-Fijeh</bdi>" in shown.text
    assert reverse("admin:desk_place_unmerge", args=[double.pk]) in shown.text

    response = undo(desk, double)

    assert response.url == address("place_change", kept.pk)
    assert "is a place of its own again" in messages(response)
    report.refresh_from_db()
    assert (standing(double), report.place) == (double, double)
    assert reverse("admin:desk_place_unmerge", args=[double.pk]) not in desk.get(response.url).text


def test_says_which_reports_an_undo_leaves(desk, kept, double):
    report = make_report(place=double)
    merge(desk, double, into=kept)
    report.refresh_from_db()
    report.incident = make_incident(reports=0)
    report.save()

    assert "1 report stays with “Ain al-Fijah”" in messages(undo(desk, double))


def test_undoes_nothing_twice_nor_by_following_a_link(desk, kept, double):
    merge(desk, double, into=kept)

    assert desk.get(reverse("admin:desk_place_unmerge", args=[double.pk])).status_code == 405
    assert standing(double) == kept
    undo(desk, double)
    assert "has not been merged" in messages(undo(desk, double))
    assert undo(desk, make_place(pk=987_654)).status_code == 302
    assert desk.post("/admin/desk/place/987655/unmerge/").status_code == 404


def test_lets_a_reviewer_merge_and_undo(client, reviewer, kept, double):
    client.force_login(reviewer)

    merge(client, double, into=kept)
    assert standing(double) == kept
    undo(client, double)
    assert standing(double) == double


def test_lets_no_one_merge_who_enters_data(data_entry, kept, double):
    assert "merge_places" not in data_entry.get(LIST).text
    assert data_entry.get(page(kept, double)).status_code == 403
    assert merge(data_entry, double, into=kept).status_code == 403
    assert choose(data_entry, kept, double).status_code in {200, 302}
    assert standing(double) == double


def test_lets_no_one_undo_who_enters_data(data_entry, reviewer, kept, double):
    merging.merge(double, into=kept, by=reviewer)

    shown = data_entry.get(address("place_change", kept.pk))

    assert "Ayn al-Fijeh</bdi>" in shown.text
    assert "unmerge" not in shown.text
    assert undo(data_entry, double).status_code == 403
    assert standing(double) == kept


def test_answers_in_arabic_from_right_to_left(desk, kept, double):
    governorate = make_place(name="Rif Dimashq", name_ar="ريف دمشق", kind="governorate")
    Place.objects.filter(pk=kept.pk).update(parent=governorate)
    arabic = {"HTTP_ACCEPT_LANGUAGE": "ar"}

    response = desk.get(page(kept, double), **arabic)

    assert response.status_code == 200
    assert 'dir="rtl"' in response.text
    assert "<bdi>ريف دمشق</bdi>" in response.text
    merge(desk, double, into=kept)
    for place in (kept, double):
        assert desk.get(address("place_change", place.pk), **arabic).status_code == 200


def test_takes_as_many_queries_however_much_refers_to_a_place(desk, kept, double):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            desk.get(page(kept, double))
        return len(queries)

    before = asked()
    for number in range(5):
        make_report(place=double)
        double.names.create(name=f"name {number}")

    assert asked() == before
