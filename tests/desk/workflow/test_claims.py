from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import make_incident, make_party, make_place, make_report, make_source
from tracker.codebook import Group, Harm
from tracker.desk.models import Report
from tracker.desk.workflow.claims import Cell, Ledger, Row, assemble

pytestmark = pytest.mark.django_db
KILLED = "figures.killed.all"


def day(number: int) -> dt.date:
    return dt.date(2017, 1, number)


def row(ledger: Ledger, field: str) -> Row:
    return next(each for each in ledger.rows if each.field == field)


def words(cell: Cell) -> list[tuple[str, ...]]:
    return [said.words for said in cell.said]


def differing(*reports: Report) -> set[str]:
    return {each.field for each in assemble(reports).rows if each.differs}


# Who relays whom, on which day, with which figures: as the demo tells it.
DEIR_QANUN = [
    ("Al Jazeera English", "Observatory", 15, {"low": 7, "best": 7}, {"low": 20, "best": 20}),
    ("Al Jazeera English", "Media Centre", 15, {"best": 12}, {"low": 20, "best": 20}),
    ("Al Jazeera English", "Civil Defence", 15, {"best": 12}, None),
    ("Associated Press", "Observatory", 15, {"low": 7, "best": 7}, {"low": 20, "best": 20}),
    ("", "Observatory", 15, {"low": 7, "best": 7}, None),
    ("Regió7", "Observatory", 16, {"low": 9, "best": 9}, {"low": 23, "best": 23}),
    ("Lusa", "Observatory", 15, {"low": 7, "best": 7}, None),
]


@pytest.fixture
def deir_qanun(db):
    """Seven reports of three claimants, with three tolls."""
    names = {name for relay, claimant, *_rest in DEIR_QANUN for name in (relay, claimant)}
    sources = {name: make_source(name=name) for name in sorted(names - {""})}
    reports = []
    for relay, claimant, stated, killed, injured in DEIR_QANUN:
        figures = [{"harm": "killed", **killed}]
        figures += [{"harm": "injured", **injured}] if injured else []
        figures += [{"group": "children", "best": 3}] if relay == "Regió7" else []
        reports.append(
            make_report(
                source=sources[relay or claimant],
                relayed_from=sources[claimant] if relay else None,
                published_on=day(stated),
                figures=figures,
            )
        )
    return assemble(reports)


def test_gives_each_claimant_of_deir_qanun_a_column_and_each_report_a_place(deir_qanun):
    statements = {each.claimant: len(each.statements) for each in deir_qanun.columns}

    assert statements == {"Observatory": 5, "Media Centre": 1, "Civil Defence": 1}
    assert [each.number for each in deir_qanun.timeline] == [1, 2, 3, 4, 5, 6, 7]
    assert deir_qanun.timeline[-1].relayed_by == "Regió7"
    assert deir_qanun.groups == 3


def test_keeps_the_tolls_of_deir_qanun_apart_and_says_that_they_differ(deir_qanun):
    killed = row(deir_qanun, KILLED)

    observatory, *others = killed.cells
    assert [(said.words[1], said.numbers) for said in observatory.said] == [
        ("best\xa09", [7]),
        ("best\xa07", [1, 4, 5, 6]),
    ]
    assert [cell.said[0].words[1] for cell in others] == ["best\xa012", "best\xa012"]
    assert killed.differs
    assert [cell.varies for cell in killed.cells] == [True, False, False]


def test_leaves_who_does_not_tell_out_of_the_comparison(deir_qanun):
    children = row(deir_qanun, "figures.killed.children")

    assert [len(cell.said) for cell in children.cells] == [1, 0, 0]
    assert not children.differs


def test_has_no_row_for_what_no_one_tells():
    fields = [each.field for each in assemble([make_report()]).rows]

    assert fields == ["stance", "days"]


def test_tells_how_a_party_denied_and_then_justified():
    army, monitor = make_source(name="Army"), make_source(name="Monitor")
    admits: dict[str, Any] = {"stance": "admits_justified", "justification": "target_excluded"}
    ledger = assemble(
        [
            make_report(source=army),
            make_report(source=army, published_on=day(18), **admits),
            make_report(source=army, published_on=day(16), stance="denies_occurrence"),
            make_report(source=monitor, published_on=day(15)),
        ]
    )

    told = [(each.claimant, each.report.stance) for each in ledger.timeline]
    assert told == [
        ("Monitor", "alleges"),
        ("Army", "denies_occurrence"),
        ("Army", "admits_justified"),
        ("Army", "alleges"),
    ]
    assert [each.number for each in ledger.columns[1].statements] == [3, 2, 4]
    assert ledger.groups == 1


def test_compares_what_each_claimant_said_last():
    corrects_itself, other = make_source(), make_source()
    reports = [
        make_report(source=corrects_itself, published_on=day(15), figures=[{"best": 9}]),
        make_report(source=corrects_itself, published_on=day(16), figures=[{"best": 7}]),
        make_report(source=corrects_itself, published_on=day(17)),
        make_report(source=other, figures=[{"best": 7}]),
    ]

    killed = row(assemble(reports), KILLED)

    assert not killed.differs
    assert [cell.varies for cell in killed.cells] == [True, False]


def test_finds_no_difference_in_an_order_or_a_spelling():
    army, militia, place = make_party(), make_party(), make_place()
    alike: list[dict[str, Any]] = [
        {"acts": ["siege", "detain"], "place_as_written": "Deir Kanun", "date_end": day(15)},
        {"acts": ["detain", "siege"], "accused_as_written": "they", "date_end": None},
    ]

    assert not differing(
        *(make_report(place=place, accused=[militia, army], **each) for each in alike)
    )


@pytest.mark.parametrize(
    ("field", "one", "another"),
    [
        ("stance", {"stance": "alleges"}, {"stance": "confirms"}),
        ("justification", {"justification": "accident"}, {"justification": "fabricated"}),
        ("days", {}, {"date_end": day(16)}),
        ("days", {}, {"date_start": day(14), "date_end": day(15)}),
        ("acts", {"acts": ["siege"]}, {"acts": ["siege", "detain"]}),
        ("means", {"means": ["mortar"]}, {"means": ["tank"]}),
        (KILLED, {"figures": [{"low": 7}]}, {"figures": [{"best": 7}]}),
        (KILLED, {"figures": [{"best": 0}]}, {"figures": [{"best": 7}]}),
    ],
)
def test_finds_where_claimants_differ(field, one, another):
    assert differing(make_report(**one), make_report(**another)) == {field}


def test_finds_another_place_or_another_accused():
    one, another = make_place(name="Basimah"), make_place()
    merged = make_place(merged_into=another)

    assert differing(make_report(place=one), make_report(place=another)) == {"place"}
    assert not differing(make_report(place=merged), make_report(place=another))
    assert differing(make_report(accused=[make_party()]), make_report(accused=[make_party()])) == {
        "accused"
    }


def test_shows_words_as_written_and_compares_none():
    reports = [
        make_report(place_as_written="al-Wadi", figures=[{"as_written": "dozens"}]),
        make_report(place=make_place(), figures=[{"best": 0, "as_written": "none"}]),
    ]

    ledger = assemble(reports)

    assert [words(cell) for cell in row(ledger, "place").cells] == [
        [("as written: “\u2068al-Wadi\u2069”",)],
        [("Deir Qanun",)],
    ]
    assert "“\u2068dozens\u2069”" in words(row(ledger, KILLED).cells[0])[0][0]
    assert words(row(ledger, KILLED).cells[1])[0][:3] == ("low\xa0?", "best\xa00", "high\xa0?")
    assert not any(each.differs for each in ledger.rows)


def test_names_everyone_in_the_language_of_the_reader():
    source, place = make_source(name_ar="المرصد"), make_place(name_ar="دير قانون")

    with translation.override("ar"):
        ledger = assemble([make_report(source=source, place=place)])
        named = ledger.columns[0].claimant, words(row(ledger, "place").cells[0])

    assert named == ("المرصد", [("دير قانون",)])


def test_has_neither_columns_nor_groups_without_reports():
    assert assemble(make_incident(reports=0).reports.all()) == Ledger([], [], [], 0)


NUMBERS = st.none() | st.integers(0, 500)
FIGURES = st.dictionaries(
    st.tuples(st.sampled_from(Harm), st.sampled_from(Group)),
    st.tuples(NUMBERS, NUMBERS, NUMBERS).filter(any),
    max_size=3,
)
STATEMENTS = st.lists(
    st.tuples(st.integers(0, 2), st.none() | st.integers(1, 28), FIGURES), max_size=6
)


def reports_of(statements) -> list[Report]:
    claimants = [make_source() for _number in range(3)]
    return [
        make_report(
            source=claimants[who],
            published_on=on and day(on),
            figures=[
                {"harm": harm, "group": group, "low": low, "best": best, "high": high}
                for (harm, group), (low, best, high) in figures.items()
            ],
        )
        for who, on, figures in statements
    ]


def worded(low, best, high) -> tuple[str, ...]:
    told = zip(("low", "best", "high"), (low, best, high), strict=True)
    return tuple(f"{name}\xa0{'?' if number is None else number}" for name, number in told)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STATEMENTS)
def test_shows_every_figure_as_it_was_said_by_whom_it_was_said_and_no_other(statements):
    reports = reports_of(statements)

    ledger = assemble(reports)

    numbers = {each.report.pk: each.number for each in ledger.timeline}
    shown = Counter(
        (column.source.pk, row.field, said.words, number)
        for row in ledger.rows
        for column, cell in zip(ledger.columns, row.cells, strict=True)
        for said in cell.said
        for number in said.numbers
        if row.field.startswith("figures.")
    )
    assert shown == Counter(
        (report.source_id, f"figures.{harm}.{group}", worded(*triple), numbers[report.pk])
        for report, (_who, _on, figures) in zip(reports, statements, strict=True)
        for (harm, group), triple in figures.items()
    )


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STATEMENTS, st.randoms(use_true_random=False))
def test_loses_no_statement_and_is_the_same_in_whatever_order_it_is_given(statements, random):
    reports = reports_of(statements)
    shuffled = random.sample(reports, len(reports))

    ledger = assemble(shuffled)

    assert ledger == assemble(reports)
    assert {each.report for each in ledger.timeline} == set(reports)
    columns = [each for column in ledger.columns for each in column.statements]
    assert sorted(each.number for each in columns) == [*range(1, len(reports) + 1)]
    days = [each.report.published_on for each in ledger.timeline]
    assert days == sorted(days, key=lambda each: (each is None, each or dt.date.min))
