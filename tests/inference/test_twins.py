"""No question tells two worlds apart that differ only in what the desk alone may know."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from django.test import Client

from tests.inference import probes
from tests.inference.answers import Said, answers, differing
from tests.inference.twins import ONE, OTHER, lived_in
from tracker.public.models import Edition, Kind

pytestmark = pytest.mark.django_db


def both(
    client: Client, asked: Callable[[], Iterable[str]]
) -> tuple[dict[str, Said], dict[str, Said]]:
    found = []
    for twin in (ONE, OTHER):
        with lived_in(twin):
            found.append(answers(client, asked()))
    return found[0], found[1]


def test_answers_alike_at_every_address(client: Client):
    one, other = both(client, probes.plain)

    assert differing(one, other) == []
    assert len(one) > 80


def test_takes_no_question_about_what_is_kept(client: Client):
    one, other = both(client, lambda: probes.unknown(300))

    assert differing(one, other) == []
    assert sum(each.status == 400 for each in one.values()) > 250


def test_finds_alike_whatever_is_asked_about_secrets(client: Client):
    one, other = both(client, lambda: probes.understood(200))

    assert differing(one, other) == []
    assert sum(each.status == 200 for each in one.values()) > 80


def test_tells_worlds_apart_that_differ_in_what_is_told(client: Client):
    found = []
    for summary in ("Two shells.", "Three shells."):
        with lived_in(ONE):
            edition = Edition.objects.of(Kind.INCIDENT).first()
            assert edition
            Edition.objects.filter(pk=edition.pk).update(document=f'{{"summary": "{summary}"}}')
            found.append(answers(client, [f"/api/v1/incidents/{edition.public_id}/"]))

    assert len(differing(*found)) == 1


@pytest.mark.soak
def test_answers_alike_over_and_over(client: Client):
    asked = [*probes.unknown(10_000), *probes.understood(2_000)]

    one, other = both(client, lambda: [*probes.everything(), *asked])

    told = {status: sum(each.status == status for each in one.values()) for status in (200, 400)}
    print(f"{len(one)} different probes in each of two worlds, answered {told}:")
    print(f"{len(differing(one, other))} tell them apart")
    assert differing(one, other) == []
    assert len(one) >= 10_000
