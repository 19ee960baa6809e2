"""What is kept as evidence, and how it lies in the store."""

from __future__ import annotations

import hashlib
import io
import stat
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.desk.files import KEPT, POLYGLOTS, REFUSED
from tests.factories import (
    PICTURE,
    make_evidence,
    make_incident,
    make_report,
    make_source,
    make_user,
)
from tracker.desk.models import Evidence
from tracker.desk.workflow import evidence
from tracker.desk.workflow.evidence.keeping import cleaned
from tracker.errors import Conflict, InvalidInput

pytestmark = pytest.mark.django_db


def files(store):
    return [path for path in store.rglob("*") if path.is_file()]


def bytes_of(kept):
    with evidence.opened(kept.sha256) as file:
        return file.read()


@pytest.mark.parametrize("case", KEPT)
def test_tells_a_file_by_its_bytes_and_gives_them_back(case):
    content, content_type = KEPT[case]

    kept = make_evidence(content, name="anything.exe")

    assert (kept.content_type, kept.size) == (content_type, len(content))
    assert bytes_of(kept) == content


@pytest.mark.parametrize("case", REFUSED)
def test_refuses_what_is_no_evidence_with_the_reason(store, case):
    content, reason = REFUSED[case]

    with pytest.raises(InvalidInput, match=reason):
        make_evidence(content, name="picture.jpg")

    assert not Evidence.objects.exists()
    assert files(store) == []


@pytest.mark.parametrize("case", POLYGLOTS)
def test_keeps_what_is_two_things_at_once_as_the_harmless_one(case):
    content, ending = POLYGLOTS[case]

    kept = make_evidence(content)

    assert evidence.ENDINGS[kept.content_type][0] == ending
    assert bytes_of(kept) == content


def test_refuses_a_file_that_is_too_large_and_takes_the_largest(store, settings):
    settings.EVIDENCE_MAX_BYTES = len(PICTURE)

    make_evidence()
    with pytest.raises(InvalidInput, match="larger than 24 bytes"):
        make_evidence(PICTURE + b"\0")

    assert len(files(store)) == 1


def test_reads_no_more_of_a_file_than_shows_that_it_is_too_large(settings):
    settings.EVIDENCE_MAX_BYTES = 100
    endless = io.BytesIO(PICTURE + bytes(10_000))

    with pytest.raises(InvalidInput):
        evidence.keep(endless, name="", report=make_report(), by=make_user())

    assert endless.tell() == 101


def test_keeps_a_file_under_its_hash_for_its_owner_to_read_alone(store):
    kept = make_evidence()

    [path] = files(store)
    assert kept.sha256 == hashlib.sha256(PICTURE).hexdigest()
    assert path == store / kept.sha256[:2] / kept.sha256[2:]
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    for folder in (path.parent, store):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_keeps_the_same_bytes_once_for_all_who_bring_them(store):
    make_evidence(report=make_report())
    make_evidence(incident=make_incident())

    assert Evidence.objects.count() == 2
    assert len(files(store)) == 1


def test_mends_a_damaged_file_when_it_is_brought_again(store):
    kept = make_evidence()
    [path] = files(store)
    path.chmod(0o600)
    path.write_bytes(b"damaged")

    make_evidence()

    assert bytes_of(kept) == PICTURE


def test_hands_out_no_file_that_has_changed_or_gone(store):
    kept = make_evidence()
    [path] = files(store)
    path.chmod(0o600)
    path.write_bytes(PICTURE[:-1] + b"\1")

    with pytest.raises(Conflict, match="no longer what was received"):
        evidence.opened(kept.sha256)
    path.unlink()
    with pytest.raises(Conflict, match="cannot be read"):
        evidence.opened(kept.sha256)


def test_says_why_a_store_cannot_be_written(settings, tmp_path):
    (tmp_path / "file").touch()
    settings.EVIDENCE_ROOT = tmp_path / "file"

    with pytest.raises(Conflict, match="cannot be kept: File exists"):
        make_evidence()

    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\rima\video.mp4", "video.mp4"),
        ("inno\u202egpj.exe", "innogpj.exe"),
        ("a\u200bb\u2066c\0d\ne.txt", "abcd e.txt"),
        ("cafe\u0301.jpg", "café.jpg"),
        ("وادي بردى.jpg", "وادي بردى.jpg"),
        ("x" * 300, "x" * 200),
        ("", ""),
    ],
)
def test_cleans_the_name_it_was_received_under(name, kept):
    assert make_evidence(name=name).name == kept


@given(st.text())
def test_leaves_no_folder_and_nothing_unseen_in_any_name(name):
    kept = cleaned(name)

    assert not set("/\\\n\0\u200b\u202e\u2066\ufeff") & set(kept)
    assert len(kept) <= 200


@pytest.mark.parametrize("name", ["", "picture", "picture.png", "PICTURE.PNG"])
def test_finds_no_fault_with_a_name_that_fits(name):
    assert evidence.contradiction(name, "image/png") == ""


def test_says_where_a_name_promises_something_else():
    said = evidence.contradiction("video.mp4", "image/png")

    assert said == "The name ends in “.mp4”, and what it holds is image/png: it is kept as that."


@pytest.mark.parametrize(
    "field", ["sha256", "size", "content_type", "name", "url", "captured_at", "received_at"]
)
def test_refuses_to_change_what_is_claimed_of_the_bytes(field):
    kept = make_evidence()
    another = {"size": 1, "captured_at": "2017-01-15T00:00Z", "received_at": "2017-01-15T00:00Z"}

    with pytest.raises(DatabaseError, match="stand once written"), transaction.atomic():
        Evidence.objects.filter(pk=kept.pk).update(**{field: another.get(field, "another")})


def test_lets_marks_and_note_be_changed():
    kept = make_evidence()

    kept.note, kept.is_graphic, kept.is_confidential = "Seen.", True, True
    kept.save()

    kept.refresh_from_db()
    assert (kept.note, kept.is_graphic, kept.is_confidential) == ("Seen.", True, True)


def test_belongs_to_a_report_or_to_an_incident_and_never_to_both():
    both: dict[str, Any] = {"report": make_report(), "incident": make_incident()}
    neither: dict[str, Any] = dict.fromkeys(both)

    for owners in (both, neither):
        with pytest.raises(IntegrityError), transaction.atomic():
            evidence.keep(io.BytesIO(PICTURE), name="", by=make_user(), **owners)


@pytest.mark.parametrize(
    ("group", "seen"),
    [("contributor", 0), ("data entry", 2), ("reviewer", 5), ("administrator", 5)],
)
def test_shows_each_group_what_it_may_open(group, seen):
    hidden = make_source(is_confidential=True)
    make_evidence()
    make_evidence(incident=make_incident())
    make_evidence(is_confidential=True)
    make_evidence(report=make_report(source=hidden))
    make_evidence(report=make_report(relayed_from=hidden))

    assert Evidence.objects.visible_to(make_user(group)).count() == seen


def test_tells_no_name_where_it_is_written_down():
    kept = make_evidence(name="Rima.png", note="By Rima.", url="https://rima.example/")

    assert str(kept) == f"evidence {kept.pk}"


def test_writes_no_row_before_the_bytes_are_whole_in_their_place(store):
    report, user = make_report(), make_user()
    seen: list[bytes] = []

    def watch(execute, sql, *rest):
        if sql.startswith('INSERT INTO "desk_evidence"'):
            seen.extend(path.read_bytes() for path in files(store))
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        make_evidence(report=report, by=user)

    assert seen == [PICTURE]
