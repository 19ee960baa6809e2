"""Evidence brought to the desk and handed out by it, over HTTP."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.desk.api.talking import ROOT, pointers
from tests.desk.files import REFUSED
from tests.factories import PICTURE, make_evidence, make_incident, make_report, make_source
from tracker.desk.models import Evidence
from tracker.desk.workflow.evidence.store import path_of
from tracker.desk.workflow.recording import recorded

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(db: None) -> str:
    with recorded(by=None):
        return f"reports/{make_report().pk}/evidence/"


def brought(content: bytes = PICTURE, name: str = "picture.png"):
    return SimpleUploadedFile(name, content, "image/png")


def test_says_that_there_is_no_room_and_keeps_nothing(officer, at, monkeypatch, store):
    def full(_file):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tracker.desk.workflow.evidence.store.os.fsync", full)

    response = officer.bring(at, file=brought())

    assert response.status_code == 507
    assert "No space left on device" in response.json()["detail"]
    assert not Evidence.objects.exists()
    assert [each for each in store.rglob("*") if each.is_file()] == []


@pytest.mark.parametrize("kind", ["report", "incident"])
def test_keeps_a_file_with_what_is_told_of_it(officer, kind):
    with recorded(by=None):
        thing = {"report": make_report, "incident": make_incident}[kind]()
    told = {"captured_at": "2017-01-15T12:00:00Z", "note": "From the hill.", "is_graphic": "true"}

    response = officer.bring(f"{kind}s/{thing.pk}/evidence/", file=brought(), **told)

    kept, answer = Evidence.objects.get(), response.json()
    assert response.status_code == 201
    assert response["Location"] == f"http://testserver{ROOT}evidence/{kept.pk}/file/"
    assert (getattr(kept, kind), kept.received_by) == (thing, officer.user)
    assert kept.captured_at == dt.datetime(2017, 1, 15, 12, tzinfo=dt.UTC)
    assert answer["sha256"] == hashlib.sha256(PICTURE).hexdigest() == kept.sha256
    assert (answer[kind], answer["content_type"]) == (thing.pk, "image/png")
    assert (answer["is_graphic"], answer["is_confidential"]) == (True, False)
    assert officer.get(f"{kind}s/{thing.pk}/evidence/").json()["results"] == [answer]


def test_tells_of_a_name_that_promises_another_kind(officer, at):
    answer = officer.bring(at, file=brought(name="picture.mp4")).json()

    assert (answer["content_type"], answer["name"]) == ("image/png", "picture.mp4")
    assert "image/png" in answer["contradiction"]


@pytest.mark.parametrize(("content", "said"), REFUSED.values(), ids=REFUSED)
def test_refuses_what_is_not_kept_and_says_why(officer, at, content, said):
    response = officer.bring(at, file=brought(content))

    [error] = response.json()["errors"]
    assert (response.status_code, error["pointer"]) == (400, "/file")
    assert said in error["detail"]
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("parts", "pointer"),
    [
        ({"file": "a text"}, "/file"),
        ({"note": "No file."}, "/file"),
        ({"file": [brought(), brought()]}, "/file"),
        ({"file": brought(b"")}, "/file"),
        ({"file": brought(), "url": "javascript:alert(1)"}, "/url"),
        ({"file": brought(), "captured_at": "noon"}, "/captured_at"),
        ({"file": brought(), "is_graphic": "perhaps"}, "/is_graphic"),
        ({"file": brought(), "sha256": "0"}, "/sha256"),
        ({"file": brought(), "other": brought()}, "/other"),
    ],
)
def test_points_at_what_is_wrong(officer, at, parts, pointer):
    response = officer.bring(at, **parts)

    assert (response.status_code, pointers(response)) == (400, [pointer])
    assert not Evidence.objects.exists()


def test_refuses_a_file_too_large_and_keeps_nothing_of_it(officer, at, settings):
    settings.EVIDENCE_MAX_BYTES = 1024

    response = officer.bring(at, file=brought(PICTURE + bytes(1024)))

    [error] = response.json()["errors"]
    assert (response.status_code, error["pointer"]) == (400, "/file")
    assert "1.0 KB, the most that is kept" in error["detail"]
    assert not Evidence.objects.exists()


def test_reads_no_body_that_is_larger_than_any_file(officer, at):
    # Nothing of it comes: whoever waited for it would find it broken off, and answer 400.
    said = {"Content-Length": str(10**12), "Content-Type": "multipart/form-data; boundary=x"}

    response = officer.ask("POST", at, b"", **said)

    assert response.status_code == 413
    assert "the most that is kept" in response.json()["detail"]


def test_takes_no_json_for_a_file(officer, at):
    assert officer.post(at, {"file": "x"}).status_code == 415


def test_keeps_nothing_for_what_another_incident_stands_for(officer):
    with recorded(by=None):
        incident = make_incident(merged_into=make_incident(), verification="duplicate")

    response = officer.bring(f"incidents/{incident.pk}/evidence/", file=brought())

    assert (response.status_code, Evidence.objects.count()) == (409, 0)


def test_brings_nothing_to_a_report_one_may_not_read(officer, signer):
    with recorded(by=None):
        hidden = make_report(source=make_source(is_confidential=True))
    at = f"reports/{hidden.pk}/evidence/"

    refused, kept = (each.bring(at, file=brought()) for each in (officer, signer))

    assert (refused.status_code, kept.status_code) == (404, 201)
    assert officer.get(at).status_code == 404


def test_hands_out_the_very_bytes_to_store_and_not_to_show(officer):
    kept = make_evidence(name="<script>.html")

    response = officer.get(f"evidence/{kept.pk}/file/", Accept="image/png")

    assert (response.status_code, response.getvalue()) == (200, PICTURE)
    assert response["Content-Length"] == str(kept.size)
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox"
    assert response["Cache-Control"] == "no-store"
    name = f"{kept.sha256[:16]}.png"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'


def test_hands_out_no_file_that_has_changed(officer):
    kept = make_evidence()
    path_of(kept.sha256).chmod(0o600)
    path_of(kept.sha256).write_bytes(b"Something else.")

    response = officer.get(f"evidence/{kept.pk}/file/")

    assert response.status_code == 409
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"] == "The file is no longer what was received."


def test_answers_alike_for_what_is_hidden_and_what_is_not_there(officer, signer):
    hidden = [
        make_evidence(is_confidential=True),
        make_evidence(report=make_report(source=make_source(is_confidential=True))),
    ]
    numbers = [kept.pk for kept in hidden]

    answers = [officer.get(f"evidence/{number}/file/") for number in (*numbers, 999_999)]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert officer.get(f"reports/{hidden[0].report_id}/evidence/").json()["results"] == []
    handed_out = [signer.get(f"evidence/{each}/file/").getvalue() for each in numbers]
    assert handed_out == [PICTURE, PICTURE]


@pytest.mark.parametrize("rights", [["view_report", "view_evidence"], ["view_report"]])
def test_keeps_a_file_by_a_right_of_its_own(talker, at, rights):
    response = talker(rights=rights).bring(at, file=brought())

    assert response.status_code == 403
    assert "desk.add_evidence" in response.json()["detail"]


def test_lists_in_as_many_queries_for_many_as_for_few(officer):
    incident = make_incident()

    def queries(number: int) -> int:
        for _each in range(number):
            make_evidence(incident=incident)
        with CaptureQueriesContext(connection) as captured:
            assert officer.get(f"incidents/{incident.pk}/evidence/").json()["results"]
        return len(captured)

    assert queries(1) == queries(6) <= 7
