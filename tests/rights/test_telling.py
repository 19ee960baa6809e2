"""Every field of the desk's models is told to the public and to partners as fields.csv says."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.desk.api.talking import Talker
from tests.factories import make_user
from tests.rights import policy
from tests.rights.planting import Planted
from tests.test_privacy import addresses, content_of

pytestmark = pytest.mark.django_db

POLICY = policy.read("fields.csv", keys=2)
LISTS = ("incidents", "reports", "agreements", "parties", "places", "sources", "tallies")


@pytest.fixture
def planted(db: None) -> Planted:
    return Planted()


def test_plants_a_value_in_every_field_that_the_policy_says_is_told_or_kept(planted: Planted):
    decided = [policy.chosen(POLICY, "public", cell=cell) for cell in ("yes", "no")]
    assert planted.needles.keys() == set.union(*decided)
    assert len(planted.needles) > 100


def test_tells_the_public_what_the_policy_says(planted: Planted, client: Client):
    told = "\n".join(
        content_of(client.get(address)).decode(errors="replace") for address in addresses()
    )

    assert planted.told_in(told) == policy.chosen(POLICY, "public")


def test_lets_the_public_search_by_what_the_policy_says(planted: Planted, client: Client):
    found = {
        key
        for key, needle in planted.needles.items()
        for name in LISTS
        if needle.isalnum() and client.get(f"/api/v1/{name}/", {"q": needle}).json().get("results")
    }

    assert found == policy.chosen(POLICY, "public search")


def test_tells_reviewers_over_the_desk_api_what_the_policy_says(planted: Planted):
    talker = Talker(make_user("reviewer"))

    assert planted.told_in(_all_of_the_desk(talker)) == policy.chosen(POLICY, "desk api")


def _all_of_the_desk(talker: Talker) -> str:
    told = []
    for name in ("incidents", "reports", "tallies"):
        listed = talker.get(f"{name}/")
        told.append(listed.text)
        for each in listed.json()["results"]:
            told.append(talker.get(f"{name}/{each['number']}/").text)
            if name == "incidents":
                told.append(talker.get(f"{name}/{each['number']}/history/").text)
    return "\n".join(told)
