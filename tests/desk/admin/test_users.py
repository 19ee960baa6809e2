from __future__ import annotations

import pytest
from django.contrib.auth.models import Group

from tests.desk.admin.pages import save
from tracker.desk.models import User

pytestmark = pytest.mark.django_db

ADD = "/admin/desk/user/add/"


def test_takes_no_password_that_is_little_but_words_of_the_desk(desk, client):
    word = "Ceasefire-Damascus-1"
    page = save(desk, ADD, username="rima", password1=word, password2=word)

    assert "beside words such as ceasefire" in page.content.decode()
    assert not User.objects.filter(username="rima").exists()


def test_leaves_nothing_in_the_browser_of_who_logs_out(desk):
    response = desk.post("/admin/logout/")

    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert desk.get("/admin/").status_code == 302


def test_makes_a_reviewer_on_one_page(desk, client):
    reviewer = Group.objects.get(name="reviewer")
    word = "a long pass phrase"

    save(desk, ADD, username="rima", password1=word, password2=word, groups=[reviewer.pk])

    rima = User.objects.get(username="rima")
    assert rima.has_perm("desk.publish_incident")
    assert client.login(username="rima", password=word)
    assert client.get("/admin/").status_code == 200


def test_makes_a_user_who_does_not_log_in_at_the_desk(desk):
    word = "a long pass phrase"

    save(desk, ADD, username="feed", password1=word, password2=word, is_staff=None)

    assert not User.objects.get(username="feed").is_staff
