"""Every change of what the desk answers for is a revision, whatever makes it."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import (
    make_agreement,
    make_incident,
    make_party,
    make_report,
    make_source,
    make_user,
    make_zone,
)
from tracker.desk.models import Incident, Report, Revision, Sealed, Source, Unrecorded, User
from tracker.desk.workflow import matching, recording
from tracker.desk.workflow.recording import Subject, recorded
from tracker.desk.workflow.recording.kinds import KINDS, columns, model_of, parts_of
from tracker.desk.workflow.recording.states import written
from tracker.errors import Conflict

pytestmark = pytest.mark.django_db


def changes(kind: str, thing: int) -> list[tuple[str, str | None, str | None]]:
    """What the last revision of a thing says: names, before, after."""
    told = recording.since(Subject(kind, thing), user=User(is_superuser=True, is_active=True))[-1]
    return [(each.name, each.before, each.after) for each in told.differences]


def test_says_who_changed_what_from_what_to_what_and_why(reviewer):
    with recorded(by=None):
        incident = make_incident(reports=0, summary="Shells fell.")

    with recorded(by=reviewer, why="The source was misread."):
        Incident.objects.filter(pk=incident.pk).update(summary="Mortar shells fell.")

    revision = Revision.objects.of("incident", incident.pk).latest("number")
    assert (revision.by, revision.why) == (reviewer, "The source was misread.")
    assert changes("incident", incident.pk) == [("summary", "Shells fell.", "Mortar shells fell.")]


def test_enters_one_revision_for_all_that_a_change_does_to_a_thing(reviewer):
    accused = make_party(name="Government forces")

    with recorded(by=reviewer):
        report = make_report(accused=[accused], figures=[{"best": 7}])

    assert Revision.objects.of("report", report.pk).count() == 1
    told = {name: after for name, _before, after in changes("report", report.pk)}
    assert told["accused"] == "Government forces"
    assert told[f"figure {report.figures.get().pk}: best"] == "7"


def test_tells_codes_and_yes_or_no_in_the_words_of_the_reader(reviewer):
    with recorded(by=reviewer):
        report = make_report(acts=["siege"], source=make_source(is_confidential=True))

    with translation.override("ar"):
        after = {
            name: after
            for subject in (("report", report.pk), ("source", report.source_id))
            for name, _before, after in changes(*subject)
        }

    assert (after["الأفعال"], after["سري"]) == ("حصار", "نعم")


def test_enters_nothing_where_nothing_has_changed(reviewer):
    with recorded(by=reviewer):
        report = make_report()
    before = Revision.objects.count()

    with recorded(by=reviewer):
        report.save()

    assert Revision.objects.count() == before


def test_enters_attaching_a_report_in_the_histories_of_both(reviewer):
    with recorded(by=reviewer):
        incident, report = make_incident(reports=0), make_report()

    with recorded(by=reviewer):
        matching.attach(report, incident)

    assert changes("report", report.pk) == [("incident", "–", str(incident))]
    assert changes("incident", incident.pk) == [("reports", None, str(report))]


def test_enters_what_is_deleted_as_it_was(reviewer):
    with recorded(by=reviewer):
        zone = make_zone(make_agreement(), name="Wadi Barada")
    agreement = zone.agreement

    with recorded(by=reviewer):
        zone.delete()

    told = {name: (before, after) for name, before, after in changes("agreement", agreement.pk)}
    assert ("Wadi Barada", None) in told.values()


def test_gives_a_part_of_a_change_to_the_change_as_a_whole(reviewer):
    with recorded(by=reviewer, why="One."):
        with recorded(by=None, why="Two."):
            party = make_party()
        recording.because("Three.")

    revision = Revision.objects.of("party", party.pk).get()
    assert (revision.by, revision.why) == (reviewer, "One.; Two.; Three.")


def test_enters_nothing_of_a_change_that_fails(reviewer):
    before = Revision.objects.count()

    def attach_to_two():
        report = make_report()
        for _number in range(2):
            matching.attach(report, make_incident(reports=0))

    with pytest.raises(Conflict), recorded(by=reviewer):
        attach_to_two()

    assert Revision.objects.count() == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "change",
    [
        lambda: Source.objects.update(note="past the ledger"),
        lambda: Source.objects.create(slug="another", name="Another", kind="monitor"),
        lambda: Source.objects.bulk_create([Source(slug="more", name="More", kind="monitor")]),
        lambda: Source.objects.all().delete(),
        lambda: connection.cursor().execute("UPDATE desk_source SET note = 'by hand'"),
    ],
)
def test_lets_no_change_past_the_ledger(change):
    source = make_source(note="as it was")

    with pytest.raises(IntegrityError), transaction.atomic():
        change()

    assert list(Source.objects.values_list("pk", "note")) == [(source.pk, "as it was")]


def test_holds_what_is_confidential_by_a_digest_alone(reviewer):
    with recorded(by=reviewer):
        report = make_report(
            text="What the witness said.", note="Call him.", latitude=33.6041, longitude=36.1
        )

    said = " ".join(
        revision.before + revision.after for revision in Revision.objects.of("report", report.pk)
    )
    assert not any(word in said for word in ("witness", "Call", "33.6041"))
    assert ("text", None, "What the witness said.") in changes("report", report.pk)


def test_stands_when_a_confidential_value_is_destroyed(reviewer):
    with recorded(by=reviewer):
        source = make_source(name="Abu Ahmad", is_confidential=True)

    next(each for each in Sealed.objects.all() if each.value == '"Abu Ahmad"').delete()

    assert ("name", None, "(destroyed)") in changes("source", source.pk)
    assert not any("Revision" in fault for fault in recording.faults())


@pytest.mark.parametrize("change", [{"why": "another"}, {"after": "{}"}, {"number": 9999}])
def test_refuses_to_change_a_revision(change, reviewer):
    with recorded(by=reviewer):
        make_party()

    with pytest.raises(IntegrityError, match="stand once written"), transaction.atomic():
        Revision.objects.update(**change)


def test_refuses_to_delete_a_revision(reviewer):
    with recorded(by=reviewer):
        make_party()

    with pytest.raises(IntegrityError, match="stand once written"), transaction.atomic():
        Revision.objects.all().delete()


def _tracked() -> list[tuple[str, Any, str]]:
    return [
        (kind, model, column)
        for kind, parts in KINDS.items()
        for part in parts
        for model in [model_of(part, apps)]
        for column in columns(part, model)
    ]


@pytest.mark.parametrize(("kind", "model", "column"), _tracked())
def test_watches_every_column_it_records(kind, model, column):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
                [model._meta.db_table],
            )
        else:
            cursor.execute(
                "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = %s::regclass",
                [model._meta.db_table],
            )
        said = [sql for (sql,) in cursor.fetchall() if f"ledger_{kind}_" in sql]

    # PostgreSQL writes it in its own way: (old.name)::text.
    watched = re.compile(rf'\bold\."?{column}\b', re.IGNORECASE)
    assert any(watched.search(sql) for sql in said if "UPDATE" in sql.upper())


def test_begins_with_what_the_migrations_made():
    assert Revision.objects.filter(kind="group").count() >= 4
    assert not Unrecorded.objects.exists()


def test_enters_a_new_superuser(reviewer):
    call_command("createsuperuser", interactive=False, username="noor", email="n@example.org")

    made = Revision.objects.filter(kind="user").latest("number")
    assert made.why == "createsuperuser"
    assert ("superuser status", None, "Yes") in changes("user", made.thing)


def test_enters_who_may_do_what(reviewer):
    with recorded(by=None):
        user = make_user("data entry")

    with recorded(by=reviewer, why="Left the project."):
        user.groups.clear()

    assert changes("user", user.pk) == [("groups", "data entry", None)]


@pytest.mark.parametrize(("old", "new"), [(1, True), (1, 1.0), ([0], [False])])
def test_tells_apart_what_is_written_otherwise_and_equal_to_python(old, new):
    with recorded(by=None):
        report = make_report(raw={"sent": old})

    with recorded(by=None):
        Report.objects.filter(pk=report.pk).update(raw={"sent": new})

    [(name, _before, after)] = changes("report", report.pk)
    assert (name, after) == ("as received", json.dumps({"sent": new}))
    assert list(recording.faults()) == []


@pytest.mark.parametrize(
    "value",
    [
        0.1,
        1e-7,
        -1e-7,
        1e22,
        5e-324,
        1.7976931348623157e308,
        10**30,
        2**53 + 1,
        "\U0001f54a",
        "\\u0000",
    ],
)
def test_reads_what_was_received_as_it_was_written(value):
    with recorded(by=None):
        make_report(raw={"sent": value, value: None} if isinstance(value, str) else [value])

    assert list(recording.faults()) == []


def test_gives_a_reason_once_that_is_given_twice(reviewer):
    with recorded(by=reviewer, why="Misread."):
        party = make_party()
        recording.because("Misread.")

    assert Revision.objects.of("party", party.pk).get().why == "Misread."


def test_keeps_days_and_moments_as_text(reviewer):
    with recorded(by=reviewer):
        report = make_report(date_start=dt.date(2017, 1, 15))

    assert ("first day", None, "2017-01-15") in changes("report", report.pk)
    assert Report.objects.get(pk=report.pk).date_start == dt.date(2017, 1, 15)


def test_enters_what_an_older_version_knows_of_a_thing_and_no_more(reviewer):
    older = MigrationLoader(connection).project_state(("desk", "0014_record_changes")).apps

    models_then = [model.__name__ for _part, model in parts_of("incident", older)]

    assert "Incident" in models_then
    assert "Assessment" not in models_then


def test_tells_nothing_of_the_fields_that_a_new_thing_leaves_empty(reviewer):
    with recorded(by=reviewer):
        incident = make_incident(reports=0, summary="Shells fell.")

    told = {name: after for name, _before, after in changes("incident", incident.pk)}

    assert told["summary"] == "Shells fell."
    assert "–" not in told.values()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda parts: st.lists(parts) | st.dictionaries(st.text(), parts),
        max_leaves=12,
    )
)
@settings(max_examples=300, deadline=None)
def test_writes_values_as_ledgers_before_have_written_them(value):
    # What was hashed once must be written alike for ever, by whatever encoder is quick today.
    plain = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    assert written(value) == plain
