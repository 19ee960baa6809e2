"""Places that were merged, parted again."""

from __future__ import annotations

import pytest

from tests.desk.workflow.merges import (
    again,
    everything,
    make_boundary,
    merge,
    names,
    unmerge,
)
from tests.factories import make_incident, make_place, make_report, make_user
from tracker.desk.models import (
    Incident,
    Place,
    PlaceMerge,
    Report,
)
from tracker.desk.workflow import matching, merging
from tracker.errors import Conflict, TrackerError

pytestmark = pytest.mark.django_db


def test_gives_everything_back(double):
    bare = make_place(name="Fijeh", latitude=None, longitude=None)
    Place.objects.filter(pk=double.pk).update(name_ar="عين الفيجة", population=3800)
    double.names.create(name="Fijeh spring")
    double.codes.create(code="wof:2")
    make_boundary(double)
    make_place(name="The spring", kind="site", parent=double)
    make_incident(place=double)
    make_report(place=double)
    before = everything()

    merge(double, bare)
    assert everything() != before
    assert unmerge(again(double)) == 0

    assert everything() == before


def test_leaves_what_was_never_moved(kept, double):
    own = make_incident(place=kept)
    merge(double, kept)
    new = make_incident(place=kept)

    unmerge(double)

    assert (again(own).place, again(new).place) == (kept, kept)


def test_leaves_what_was_changed_since(kept, double):
    elsewhere = make_place(name="Basimah")
    rows = [make_incident(place=double, reports=0), make_report(place=double)]
    merge(double, kept)
    for model in (Incident, Report):
        model.objects.update(place=elsewhere)

    assert unmerge(double) == 0

    assert [again(row).place for row in rows] == [elsewhere] * 2


def test_leaves_a_report_that_was_attached_since_and_says_so(kept, double):
    report, free = make_report(place=double), make_report(place=double)
    merge(double, kept)
    matching.attach(again(report), make_incident(reports=0))

    assert unmerge(double) == 1

    assert (again(report).place, again(free).place) == (kept, double)


def test_leaves_what_was_filled_in_and_mended_since(double):
    bare = make_place(name="Fijeh", latitude=None, longitude=None)
    merge(double, bare)
    Place.objects.filter(pk=bare.pk).update(latitude=33.62)

    unmerge(double)

    assert (again(bare).latitude, again(bare).longitude) == (33.62, 36.18)


def test_keeps_a_name_as_long_as_a_merged_place_bears_it(kept, double):
    third = make_place(name="Ayn al Fijeh")
    for each in (double, third):
        merge(each, kept)

    unmerge(double)
    assert names(kept) == {("Ayn al-Fijeh", "en", "transliteration")}
    unmerge(third)
    assert names(kept) == set()


def test_keeps_who_merged_and_who_parted_them(kept, double):
    one, other = make_user(), make_user()

    merging.merge(double, into=kept, by=one)
    merging.unmerge(double, by=other)
    merging.merge(double, into=kept, by=other)

    first, second = PlaceMerge.objects.all()
    assert (first.merged_by, first.undone_by, second.undone_by) == (one, other, None)
    assert list(PlaceMerge.objects.standing()) == [second]


def test_refuses_to_part_what_is_not_merged(kept):
    with pytest.raises(Conflict, match="has not been merged"):
        unmerge(kept)


def test_parts_the_last_first(kept, double):
    last = make_place(name="Fijeh spring")
    merge(double, kept)
    merge(kept, last)

    with pytest.raises(TrackerError, match="“Fijeh spring”: undo that first"):
        unmerge(double)

    assert again(double).standing == last
    unmerge(kept)
    unmerge(double)
    assert Place.objects.current().count() == 3
