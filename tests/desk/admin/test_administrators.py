"""The desk keeps an administrator, and nobody gives a right they do not have."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from tests.desk.admin.pages import errors, messages, save
from tests.factories import make_user
from tracker.desk.models import User

pytestmark = pytest.mark.django_db

LAST = "is the last administrator of the desk"


def page(user: User, name: str = "change") -> str:
    return f"/admin/desk/user/{user.pk}/{name}/"


def group_page(name: str) -> str:
    return f"/admin/auth/group/{Group.objects.get(name=name).pk}/change/"


def number(codename: str) -> int:
    return Permission.objects.get(codename=codename).pk


@pytest.fixture
def nour(desk: Client) -> User:
    """The only superuser, at whose page the browser `desk` may be."""
    return User.objects.get(username="nour")


@pytest.fixture
def omar(db: None) -> User:
    return make_user("administrator", username="omar", is_staff=True)


@pytest.fixture
def administrator(client: Client, omar: User) -> Client:
    """A browser of someone who administers the desk and is no superuser."""
    client.force_login(omar)
    return client


@pytest.mark.parametrize("mark", ["is_active", "is_staff", "is_superuser"])
def test_refuses_to_take_from_the_last_administrator_what_makes_one(desk, nour, mark):
    response = save(desk, page(nour), button="_save", **{mark: None})

    assert LAST in str(errors(response))
    assert getattr(User.objects.get(pk=nour.pk), mark)


def test_refuses_to_take_the_last_administrator_out_of_the_group(administrator, omar):
    response = save(administrator, page(omar), groups=[])

    assert f"“omar” {LAST}" in str(errors(response))
    assert omar.groups.get().name == "administrator"


def test_refuses_to_delete_the_last_administrator(desk, nour):
    response = desk.post(page(nour, "delete"), {"post": "yes"}, follow=True)

    assert LAST in response.text
    assert User.objects.filter(pk=nour.pk).exists()


@pytest.mark.parametrize(
    "other",
    [
        {"is_staff": True},
        {"is_staff": True, "is_superuser": True, "is_active": False},
        {"is_superuser": True},
    ],
)
def test_counts_no_one_who_cannot_enter_or_administer_the_desk(desk, nour, other):
    make_user(**other)

    assert LAST in str(errors(save(desk, page(nour), is_active=None)))


def test_lets_an_administrator_go_while_there_is_another(desk, nour, omar):
    save(desk, page(nour), is_superuser=None)

    assert not User.objects.get(pk=nour.pk).is_superuser


def test_deletes_an_administrator_while_there_is_another(desk, nour):
    other = make_user("administrator", is_staff=True)

    response = desk.post(page(other, "delete"), {"post": "yes"})

    assert "deleted" in messages(response)
    assert not User.objects.filter(pk=other.pk).exists()


def test_deletes_no_users_by_the_list(desk, nour):
    chosen = {"action": "delete_selected", "_selected_action": [nour.pk], "post": "yes"}

    desk.post("/admin/desk/user/", chosen)

    assert User.objects.filter(pk=nour.pk).exists()


@pytest.mark.parametrize("given", [{"name": "heads"}, {"permissions": []}])
def test_keeps_the_group_of_administrators_one_of_administrators(desk, nour, given):
    response = save(desk, group_page("administrator"), **given)

    assert "administrator" in str(errors(response)["__all__"])
    assert Group.objects.get(name="administrator").permissions.filter(codename="change_user")


def test_deletes_no_group_of_administrators(desk, nour):
    address = group_page("administrator").replace("change", "delete")

    assert desk.post(address, {"post": "yes"}).status_code == 403


def test_lets_other_groups_change(desk, nour):
    save(desk, group_page("contributor"), name="partners", permissions=[])

    assert not Group.objects.get(name="partners").permissions.exists()


def test_makes_no_superuser_of_oneself(administrator, omar):
    rights = {"is_superuser": "on", "user_permissions": [number("delete_user")]}

    save(administrator, page(omar), button="_save", **rights)

    omar.refresh_from_db()
    assert not omar.is_superuser
    assert not omar.user_permissions.exists()


def test_puts_nobody_into_a_group_with_rights_one_does_not_have(administrator):
    heads = Group.objects.create(name="heads")
    heads.permissions.add(number("delete_user"))
    someone = make_user(is_staff=True)

    response = save(administrator, page(someone), groups=[heads.pk])

    assert "groups" in errors(response)
    assert not someone.groups.exists()


def test_puts_others_into_a_group_with_rights_one_has(administrator):
    someone = make_user(is_staff=True)
    reviewers = Group.objects.get(name="reviewer")

    save(administrator, page(someone), groups=[reviewers.pk])

    assert someone.groups.get() == reviewers


@pytest.mark.parametrize("beyond", ["superuser", "by a right", "by a group", "inactive"])
def test_changes_no_user_who_has_more_rights(administrator, beyond):
    user = make_user(is_superuser=beyond == "superuser", is_active=beyond != "inactive")
    if beyond == "by a group":
        user.groups.add(Group.objects.create(name="heads"))
        user.groups.get().permissions.add(number("delete_user"))
    elif beyond != "superuser":
        user.user_permissions.add(number("delete_user"))

    answers = [
        administrator.post(page(user, "password"), {"password1": "x", "password2": "x"}),
        administrator.post(page(user), {"username": "taken"}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]


def test_gives_by_a_group_no_right_one_does_not_have(client: Client):
    keeper = make_user(is_staff=True)
    keeper.user_permissions.set(
        Permission.objects.filter(codename__in=["view_group", "change_group", "add_report"])
    )
    client.force_login(keeper)
    contributors = Group.objects.get(name="contributor")

    response = save(client, group_page("contributor"), permissions=[number("change_user")])

    assert "permissions" in errors(response)
    assert contributors.permissions.get().codename == "add_report"
    assert client.post(group_page("reviewer"), {"name": "mine"}).status_code == 403
