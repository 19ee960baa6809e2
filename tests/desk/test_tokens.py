from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_user
from tracker.desk.models import Report

pytestmark = pytest.mark.django_db


def test_issues_a_token_that_submits(client, capsys):
    make_user("contributor", username="partner")
    call_command("issue_token", "partner")
    token = capsys.readouterr().out.strip()

    response = client.post(
        "/api/v1/reports/",
        {"source": "nobody", "text": "x", "date_start": "2017-01-15"},
        content_type="application/json",
        headers={"Authorization": f"Token {token}"},
    )

    assert response.status_code == 400  # let in, and refused for the source alone
    assert [error["pointer"] for error in response.json()["errors"]] == ["/source"]
    assert not Report.objects.exists()


@pytest.mark.parametrize("username", ["nobody", "outsider"])
def test_issues_no_token_to_who_may_not_submit(username):
    make_user(username="outsider")

    with pytest.raises(CommandError, match=username):
        call_command("issue_token", username)
