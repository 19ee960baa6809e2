"""What the database itself holds of assessments: their shape, that they stand, and which is the latest."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import make_assessment, make_incident, make_party, make_user
from tracker.codebook import Assessed
from tracker.desk.models import Assessment, Report
from tracker.desk.workflow.assessing import objections

pytestmark = pytest.mark.django_db

few = settings(max_examples=200, deadline=None)
# One of each kind that says all it must; a party is added to the second.
WHOLE: dict[str, dict[str, Any]] = {
    "verification": {"value": "unverifiable"},
    "attribution": {"value": "cleared"},
    "intent": {"value": "unclear"},
    "place": {"value": "located", "geo_precision": 2},
    "date": {"date_precision": 4},
    "figure": {"harm": "killed", "group": "all", "low": 7, "basis": "The rescuers' count."},
}
# Something in every column that not every kind fills.
FILLED = {
    "value": "deliberate",
    "geo_precision": 1,
    "radius_m": 0,
    "date_precision": 1,
    "harm": "injured",
    "group": "women",
    "low": 0,
    "best": 8,
    "high": 9,
}
OWN = {
    "place": {"geo_precision", "radius_m"},
    "intent": {"value"},
    "date": {"date_precision"},
    "figure": {"harm", "group", "low", "best", "high"},
}
STRANGE = [
    (assessed, name)
    for assessed, name in product(WHOLE, FILLED)
    if name not in OWN.get(assessed, set())
]


def whole(assessed: str) -> dict[str, Any]:
    party = {"party": make_party()} if assessed == "attribution" else {}
    return {"assessed": assessed, **WHOLE[assessed], **party}


def is_taken(incident, **fields) -> bool:
    try:
        with transaction.atomic():
            make_assessment(incident, **fields)
    except IntegrityError:
        return False
    return True


@pytest.mark.parametrize("assessed", WHOLE)
def test_takes_what_says_all_it_must(assessed):
    assert is_taken(make_incident(), **whole(assessed))


@pytest.mark.parametrize(("assessed", "name"), STRANGE)
def test_refuses_a_column_of_another_kind(assessed, name):
    assert not is_taken(make_incident(), **{**whole(assessed), name: FILLED[name]})


@pytest.mark.parametrize(
    ("assessed", "lacking"),
    [
        ("verification", {"value": ""}),
        ("attribution", {"party": None}),
        ("place", {"geo_precision": None}),
        ("place", {"value": "ungeolocatable"}),
        ("date", {"date_precision": None}),
        ("date", {"date_precision": 6}),
        ("figure", {"harm": ""}),
        ("figure", {"basis": ""}),
        ("figure", {"low": 7, "high": 6}),
        ("figure", {"low": 7, "best": 6}),
        ("figure", {"best": 9, "high": 8}),
        ("intent", {"rationale": ""}),
        ("intent", {"proof": "hearsay"}),
        ("verification", {"party": "some"}),
    ],
)
def test_refuses_what_says_too_little_or_what_cannot_be(assessed, lacking):
    fields = {**whole(assessed), **lacking}
    if fields.get("party") == "some":
        fields["party"] = make_party()

    assert not is_taken(make_incident(), **fields)


@given(st.sampled_from([*WHOLE]), st.data())
@few
def test_lets_nothing_through_at_the_desk_that_the_database_refuses(assessed, data):
    number = st.none() | st.integers(0, 3)
    changed = {
        **dict.fromkeys(("radius_m", "low", "best", "high"), number),
        "value": st.sampled_from(["", "cleared", "located", "ungeolocatable", "refuted", "x"]),
        "geo_precision": st.none() | st.integers(1, 7),
        "harm": st.sampled_from(["", "killed"]),
        "basis": st.sampled_from(["", " ", "A count."]),
        "proof": st.sampled_from(["clear_and_convincing", "x"]),
    }
    with transaction.atomic():
        fields = {**whole(assessed), "proof": "grounds_to_suspect", "rationale": "On film."}
        fields |= data.draw(st.fixed_dictionaries({}, optional=changed))
        incident = make_incident(reports=0)
        if not objections(Assessment(incident=incident, **fields), Report.objects.none()):
            assert is_taken(incident, **fields)
        transaction.set_rollback(True)


@given(st.lists(st.tuples(st.integers(0, 1), st.sampled_from([*WHOLE]), st.integers(0, 1))))
@settings(max_examples=50, deadline=None)
def test_lets_stand_the_latest_of_each_thing_assessed(made):
    with transaction.atomic():
        incidents = [make_incident(reports=0) for _number in range(2)]
        parties, author = [make_party(), make_party()], make_user()
        latest = {}
        for which, assessed, other in made:
            fields = {"assessed": assessed, "author": author, **WHOLE[assessed]}
            if assessed == "attribution":
                fields["party"] = parties[other]
            if assessed == "figure":
                fields["group"] = ("all", "women")[other]
            thing = (which, assessed, fields.get("party"), fields.get("group"))
            latest[thing] = make_assessment(incidents[which], **fields)

        assert set(Assessment.objects.standing()) == set(latest.values())
        transaction.set_rollback(True)


def test_changes_and_deletes_no_assessment():
    made = make_assessment(make_incident())

    for change in (
        lambda: Assessment.objects.update(value="refuted"),
        lambda: Assessment.objects.all()._raw_delete("default"),
        lambda: made.incident.delete(),
    ):
        with (
            pytest.raises(DatabaseError, match=r"stand once written|protected"),
            transaction.atomic(),
        ):
            change()

    assert Assessment.objects.get().value == "verified"


def test_knows_a_kind_for_every_code():
    assert set(WHOLE) == set(Assessed.values)
