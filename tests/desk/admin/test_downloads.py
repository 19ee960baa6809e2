"""Evidence handed out: to whom, and how."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.desk.admin.pages import address, messages
from tests.desk.files import KEPT, POLYGLOTS
from tests.factories import (
    PICTURE,
    make_evidence,
    make_incident,
    make_report,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db


def page_link(kept) -> str:
    return f"/admin/evidence/{kept.pk}/"


def link_of(client, kept) -> str:
    """The link of one's own that the link on the page leads to."""
    return client.get(page_link(kept)).url


@pytest.mark.parametrize("content", [*KEPT.values(), *POLYGLOTS.values()], ids=[*KEPT, *POLYGLOTS])
def test_gives_back_the_very_bytes_to_store_and_not_to_show(desk, content):
    kept = make_evidence(content[0] + b"News. " * 100, name="<script>.html")

    response = desk.get(link_of(desk, kept), headers={"Accept-Encoding": "gzip"})

    assert response.getvalue() == content[0] + b"News. " * 100
    assert response["Content-Length"] == str(kept.size)
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox"
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Disposition"].startswith(f'attachment; filename="{kept.sha256[:16]}.')
    assert "script" not in str(response.headers)


def test_names_the_file_by_what_it_is(desk):
    kept = make_evidence(name="picture.exe")

    response = desk.get(link_of(desk, kept))

    assert response["Content-Disposition"].endswith('.png"')
    assert response.getvalue() == PICTURE


def test_sends_strangers_to_the_log_in(client):
    kept = make_evidence()

    for link in (page_link(kept), f"{page_link(kept)}anything/"):
        assert client.get(link).url.startswith("/admin/login/")


def test_answers_alike_for_what_is_hidden_and_what_is_not_there(data_entry):
    hidden = [
        make_evidence(is_confidential=True),
        make_evidence(incident=make_incident(), is_confidential=True),
        make_evidence(report=make_report(source=make_source(is_confidential=True))),
    ]
    links = [page_link(kept) for kept in hidden] + ["/admin/evidence/999999/"]

    answers = [data_entry.get(link) for link in links]
    answers += [data_entry.get(f"{link}anything/") for link in links]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1


def test_hands_nothing_to_staff_without_the_right_to_evidence(client):
    client.force_login(make_user("contributor", is_staff=True))

    assert client.get(page_link(make_evidence())).status_code == 404


def test_refuses_the_link_of_another_user(desk, client):
    kept = make_evidence()
    link = link_of(desk, kept)

    client.force_login(make_user("administrator", is_staff=True))

    assert client.get(link).status_code == 403


def test_refuses_the_link_of_another_file(desk):
    kept, other = make_evidence(), make_evidence()
    link = link_of(desk, kept).replace(page_link(kept), page_link(other))

    assert desk.get(link).status_code == 403


@pytest.mark.parametrize(("minutes", "status"), [(9, 200), (11, 403)])
def test_refuses_a_link_after_ten_minutes(desk, monkeypatch, minutes, status):
    kept = make_evidence()
    link = link_of(desk, kept)
    then = time.time() + minutes * 60

    monkeypatch.setattr("django.core.signing.time.time", lambda: then)
    response = desk.get(link)

    assert response.status_code == status
    response.close()


def test_refuses_a_link_that_has_been_tampered_with(desk):
    kept = make_evidence()

    assert desk.get(f"{link_of(desk, kept)[:-3]}AA/").status_code == 403


def test_refuses_a_link_once_its_user_may_no_longer_open_the_file(client, reviewer):
    client.force_login(reviewer)
    kept = make_evidence(is_confidential=True)
    link = link_of(client, kept)

    reviewer.groups.clear()

    assert client.get(link).status_code == 404


@pytest.mark.parametrize("kept_for", ["report", "incident"])
def test_hands_out_no_file_that_has_changed_and_says_so(desk, store, kept_for):
    thing: Any = make_report() if kept_for == "report" else make_incident()
    kept = make_evidence(**{kept_for: thing})
    [path] = [path for path in store.rglob("*") if path.is_file()]
    path.chmod(0o600)
    path.write_bytes(PICTURE[:-1] + b"\1")

    response = desk.get(link_of(desk, kept))

    assert response.url == address(f"{kept_for}_change", thing.pk)
    assert f"evidence {kept.pk}: The file is no longer what was received." in messages(response)
