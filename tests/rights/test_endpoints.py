"""Every address and method of the tracker answers every role as endpoints.csv says."""

from __future__ import annotations

import pytest
from django.urls import get_resolver, path

from tests.rights import policy
from tests.rights.endpoints import Asking, Cell, cells
from tests.rights.world import ROLES
from tracker.public.pages.home import home

pytestmark = pytest.mark.django_db

NAME = "endpoints.csv"
POLICY = policy.read(NAME, keys=3)


def contradictions(patterns=None) -> list[str]:
    found = [(cell.route, cell.method, cell.what) for cell in cells(patterns)]
    return policy.contradictions(NAME, POLICY, found, ROLES)


def test_has_a_line_for_every_address_and_method_and_for_no_other():
    assert contradictions() == []


def test_demands_a_line_for_an_address_that_is_added():
    added = [*get_resolver().url_patterns, path("api/v1/secrets/", home)]

    assert [each.split(" add ")[1].split(",<")[0] for each in contradictions(added)] == [
        "api/v1/secrets/,GET,",
        "api/v1/secrets/,POST,",
    ]


def test_notices_a_line_of_an_address_that_is_gone():
    without = [each for each in get_resolver().url_patterns if str(each.pattern) != "admin/"]

    assert any("take out admin/inbox/,GET," in each for each in contradictions(without))


@pytest.mark.parametrize("line", POLICY, ids=lambda line: " ".join(filter(None, line)))
def test_answers_every_role_as_the_policy_says(asking: Asking, line):
    answered = {role: asking.outcome(Cell(*line), role) for role in ROLES}

    assert answered == {role: POLICY[line][role] for role in ROLES}
