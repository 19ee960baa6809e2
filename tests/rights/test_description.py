"""The API does what its description says, whatever it is asked: cases made of the description.

A few for each address, as each role; DESCRIBED_EXAMPLES=40 makes some twenty thousand.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from knox.models import AuthToken
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS
from schemathesis.core.failures import Failure

from tests.rights.world import ROLES, USUAL, World
from tracker.wsgi import application

# Beside the module's own transaction, in which the world is made.
pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("DESCRIBED_EXAMPLES", "1"))


@pytest.fixture(scope="module")
def described() -> Any:
    document = SchemaGenerator().get_schema(request=None, public=True)
    schema = schemathesis.openapi.from_dict(document)
    schema.app = application
    return schema


# The kinds of things that addresses of the desk name.
DESK = {
    "incidents": "incident",
    "reports": "report",
    "evidence": "evidence",
    "tallies": "bulletin",
    "coverage": "coverage",
}
# Each has tests of its own. What is right by the description may be refused for what it cannot say:
# two parameters that go together, a party nobody knows. What is wrong by it may be overlooked: a day
# where a moment is read, a number written as text.
ELSEWHERE = {
    *("positive_data_acceptance", "negative_data_rejection", "ignored_auth"),
    *("object_level_authorization", "use_after_free", "ensure_resource_availability"),
}
CHECKED: list[Any] = [check for check in CHECKS.get_all() if check.__name__ not in ELSEWHERE]


@pytest.fixture(scope="module", autouse=True)
def _connected() -> Iterator[None]:
    """Let no request that ends close the database, which is the test's."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def tokens(world: World) -> dict[str, str]:
    return {role: AuthToken.objects.create(user)[1] for role, user in world.users.items()}


def keys(operation: Any, world: World) -> dict[str, str] | None:
    """What an address names, where that is there; None where it names nothing."""
    if "{" not in operation.path:
        return None
    where = operation.path.removeprefix("/api/v1/").removeprefix("/api/desk/v1/").split("/")[0]
    names = [each.name for each in operation.path_parameters]
    if operation.path.startswith("/api/v1/"):
        return {name: world.public.get(where, world.public["incidents"]) for name in names}
    return {name: world.key("report" if name == "report" else DESK[where], USUAL) for name in names}


def cases(operation: Any, world: World) -> Iterator[st.SearchStrategy[Case]]:
    """Cases that keep to the description and cases that do not, of what is there and what is not."""
    for mode in GenerationMode:
        yield operation.as_strategy(generation_mode=mode)
        if there := keys(operation, world):
            yield operation.as_strategy(generation_mode=mode, path_parameters=there)


@pytest.mark.parametrize("role", ROLES)
def test_answers_as_it_is_described(described, world, tokens, role):
    headers = {"Authorization": f"Token {tokens[role]}"} if role in tokens else {}
    failed, asked = [], 0

    for found in described.get_all_operations():
        operation = found.ok()
        for strategy in cases(operation, world):

            @settings(
                max_examples=EXAMPLES,
                deadline=None,
                derandomize=True,
                database=None,
                phases=[Phase.explicit, Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(case=strategy)
            def ask(case: Case) -> None:
                nonlocal asked
                asked += 1
                with transaction.atomic():
                    case.call_and_validate(headers=headers, checks=CHECKED)
                    transaction.set_rollback(True)

            try:
                # Some addresses leave nothing to be asked otherwise than described.
                with suppress(Unsatisfiable):
                    ask()
            except* Failure as failures:
                failed += [f"{operation.label}: {each}" for each in failures.exceptions]

    print(f"{role}: {asked} cases")
    assert failed == []
