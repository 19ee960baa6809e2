"""Names by date, and whose records speak for a party."""

from __future__ import annotations

import datetime as dt

import pytest

from tracker.codebook import Role
from tracker.errors import InvalidInput
from tracker.scope.adherence import Adherence, Standings
from tracker.scope.days import Span
from tracker.scope.parties import Parties, Party, PartyName


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def span(first: str, last: str) -> Span:
    return Span(day(first), day(last))


# As the demo has it: one party of three names.
ONE = Parties(
    (Party("hts", "Hay'at Tahrir al-Sham"), Party("fsa", "Free Syrian Army")),
    (
        PartyName("hts", "Jabhat al-Nusra", span("2012-01-23", "2016-07-27")),
        PartyName("hts", "Jabhat Fateh al-Sham", span("2016-07-28", "2017-01-27")),
        PartyName("hts", "Hay'at Tahrir al-Sham", Span(day("2017-01-28"))),
        PartyName("hts", "هيئة تحرير الشام", Span(day("2017-01-28"))),
    ),
)
# Or three parties that turned into one another.
THREE = Parties(
    (
        Party("nusra", "Jabhat al-Nusra", successor="jfs", succeeded_on=day("2016-07-28")),
        Party("jfs", "Jabhat Fateh al-Sham", successor="hts", succeeded_on=day("2017-01-28")),
        Party("hts", "Hay'at Tahrir al-Sham"),
    )
)


@pytest.mark.parametrize(
    ("name", "on"),
    [
        ("Jabhat al-Nusra", "2015-05-01"),
        ("Jabhat Fateh al-Sham", "2017-01-15"),
        ("Hayat Tahrir al-Sham", "2017-03-25"),
        ("هيئة تحرير الشام", "2017-03-25"),
        # The press goes on using a name.
        ("jabhat al-nusra", "2017-03-25"),
    ],
)
def test_resolves_every_name_of_a_group_to_the_one_party(name, on):
    assert ONE.called(name, day(on)) == "hts"


@pytest.mark.parametrize("name", ["Jabhat al-Nusra", "Jabhat Fateh al-Sham"])
@pytest.mark.parametrize("on", ["2015-05-01", "2017-01-15", "2017-03-25"])
def test_finds_the_same_group_excluded_whether_it_is_one_party_or_several(name, on):
    for parties, excluded in ((ONE, "hts"), (THREE, "nusra")):
        rows = [Adherence(excluded, Role.EXCLUDED)]
        named = parties.called(name, day(on))
        assert named

        standings = Standings(rows, "text", parties)

        if (parties, named, on) != (THREE, "jfs", "2015-05-01"):
            assert [each.role for each in standings.during(named, Span(day(on), day(on)))] == [
                Role.EXCLUDED
            ]


def test_takes_a_name_that_is_borne_no_more_for_what_its_bearer_turned_into():
    parties = Parties(
        THREE.parties, (PartyName("nusra", "Front", span("2012-01-23", "2016-07-27")),)
    )

    assert parties.called("Front", day("2016-01-01")) == "nusra"
    assert parties.called("Front", day("2017-01-15")) == "jfs"
    assert parties.called("Front", day("2017-02-15")) == "hts"


def test_resolves_no_name_that_two_bear_on_the_day_nor_one_never_heard():
    parties = Parties(
        (Party("one", "One"), Party("two", "Two")),
        (
            PartyName("one", "Martyrs", span("2016-01-01", "2016-12-31")),
            PartyName("two", "Martyrs", Span(day("2016-06-01"))),
        ),
    )

    assert parties.called("Martyrs", day("2016-03-01")) == "one"
    assert parties.called("Martyrs", day("2016-07-01")) is None
    assert parties.called("Martyrs", day("2017-01-01")) == "two"
    assert parties.called("Strangers", day("2017-01-01")) is None


def test_passes_a_role_on_from_the_day_one_turns_into_another():
    standings = Standings([Adherence("jfs", Role.EXCLUDED)], "text", THREE)

    found = standings.during("hts", span("2017-01-27", "2017-01-28"))

    assert [each.role for each in found] == [None, Role.EXCLUDED]


def test_lets_a_partys_own_record_count_before_what_it_was_and_whom_it_answers_to():
    parties = Parties(
        (Party("wing", "Wing", parent="group"), Party("old", "Old", successor="wing"))
    )
    rows = [Adherence("group", Role.SIGNATORY), Adherence("old", Role.EXCLUDED)]
    own = Adherence("wing", Role.GUARANTOR)
    today = Span(day("2017-01-15"), day("2017-01-15"))

    def role(*rows):
        (standing,) = Standings(rows, "text", parties).during("wing", today)
        return standing.role

    assert role(*rows, own) == Role.GUARANTOR
    assert role(*rows) == Role.EXCLUDED
    assert role(rows[0]) == Role.SIGNATORY
    assert role() is None


@pytest.mark.parametrize(
    ("roles", "role"),
    [
        ({Role.MONITOR, Role.GUARANTOR}, Role.GUARANTOR),
        ({Role.MONITOR, Role.EXCLUDED}, Role.EXCLUDED),
        ({Role.ADHERENT, Role.SIGNATORY}, Role.SIGNATORY),
        ({Role.SIGNATORY, Role.EXCLUDED}, Role.DISPUTED),
        ({Role.SIGNATORY, Role.NON_SIGNATORY}, Role.DISPUTED),
        ({Role.SIGNATORY, Role.DISPUTED}, Role.DISPUTED),
        ({Role.MONITOR}, Role.MONITOR),
    ],
)
def test_makes_one_role_of_several_and_leaves_contradictions_disputed(roles, role):
    rows = [Adherence("one", each, basis=each.value) for each in sorted(roles)]

    (standing,) = Standings(rows, "text", Parties()).during("one", Span())

    assert standing.role == role
    assert set(standing.bases) == (roles if role == Role.DISPUTED else {role})


def test_hears_of_a_party_what_the_reading_says_and_not_what_is_said_for_all():
    rows = [
        Adherence("jfs", Role.DISPUTED),
        Adherence("jfs", Role.EXCLUDED, reading="government"),
        Adherence("fsa", Role.SIGNATORY),
    ]

    def role(reading, party):
        (standing,) = Standings(rows, reading, Parties()).during(party, Span())
        return standing.role

    assert role("government", "jfs") == Role.EXCLUDED
    assert role("opposition", "jfs") == Role.DISPUTED
    assert role("government", "fsa") == Role.SIGNATORY


def test_holds_one_who_joins_later_for_a_non_signatory_until_then_and_says_nothing_of_others():
    joins = Adherence("one", Role.ADHERENT, Span(day("2017-01-10")))
    leaves = Adherence("two", Role.EXCLUDED, span("2017-01-01", "2017-01-09"))
    standings = Standings([joins, leaves], "text", Parties())
    days = span("2017-01-09", "2017-01-10")

    assert [each.role for each in standings.during("one", days)] == [
        Role.NON_SIGNATORY,
        Role.ADHERENT,
    ]
    assert [each.role for each in standings.during("two", days)] == [Role.EXCLUDED, None]


def test_comes_to_an_end_where_parties_answer_to_each_other():
    parties = Parties(
        (Party("a", "A", parent="b", successor="b"), Party("b", "B", parent="a", successor="a"))
    )

    assert parties.called("A", day("2017-01-15")) == "a"
    (standing,) = Standings([], "text", parties).during("a", Span())
    assert standing.role is None


def test_refuses_a_role_that_is_none():
    with pytest.raises(InvalidInput, match="'friend'"):
        Adherence("one", "friend")  # type: ignore[arg-type]
