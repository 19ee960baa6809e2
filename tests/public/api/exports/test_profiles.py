"""Incidents in the columns and codes of other datasets, as their codebooks give them."""

from __future__ import annotations

import csv
import io

import pytest

from tests.factories import make_assessment, make_incident, make_party, make_place, make_report
from tests.public.api.exports.reading import download, table

pytestmark = pytest.mark.django_db
ACLED = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
]
UCDP = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
]


def columns(client, profile: str) -> list[str]:
    text = download(client, "incidents.csv", profile=profile).decode()
    return next(csv.reader(io.StringIO(text)))


def test_has_exactly_the_columns_of_acled_in_their_order(client, db):
    assert columns(client, "acled") == ACLED
    assert len(ACLED) == 31


def test_has_exactly_the_columns_of_ucdp_in_their_order(client, db):
    assert columns(client, "ucdp") == UCDP
    assert len(UCDP) == 49


def published(publish, *, kind: str = "", **fields):
    """An incident of which, where a kind is given, the desk holds that such a party did it."""
    incident = make_incident(reports=0, **fields)
    party = make_party(name="The party", kind=kind or "militia")
    make_report(incident=incident, accused=[party])
    if kind:
        told = {"assessed": "attribution", "value": "assessed_established"}
        make_assessment(incident, **told, party=party)
    return publish(incident)


@pytest.mark.parametrize(
    ("fields", "event"),
    [
        ({"acts": ["air_attack"]}, ("Explosions/Remote violence", "Air/drone strike")),
        ({"acts": ["air_attack", "ground_attack"]}, ("Battles", "Armed clash")),
        (
            {"acts": ["siege", "detain"]},
            ("Violence against civilians", "Abduction/forced disappearance"),
        ),
        ({"acts": ["fire_direct"]}, ("Battles", "Armed clash")),
        (
            {"acts": ["fire_direct"], "targets": ["civilians"]},
            ("Violence against civilians", "Attack"),
        ),
        ({"acts": ["fire_direct"], "targets": ["civilians", "party"]}, ("Battles", "Armed clash")),
        ({"acts": ["territory"]}, ("Battles", "")),
        (
            {"acts": ["territory"], "kind": "state_forces"},
            ("Battles", "Government regains territory"),
        ),
        (
            {"acts": ["territory"], "kind": "armed_group"},
            ("Battles", "Non-state actor overtakes territory"),
        ),
        ({"acts": ["posture"]}, ("Strategic developments", "")),
        ({"acts": ["noncompliance"]}, ("", "")),
    ],
)
def test_names_the_event_as_acled_would(client, publish, fields, event):
    published(publish, **fields)

    [row] = table(client, "incidents.csv", profile="acled")

    assert (row["event_type"], row["sub_event_type"]) == event


@pytest.mark.parametrize(("profile", "column"), [("acled", "actor1"), ("ucdp", "side_a")])
def test_makes_no_perpetrator_of_who_is_only_accused(client, publish, profile, column):
    published(publish, targets=["civilians"])
    published(publish, targets=["civilians"], kind="state_forces", date_start="2017-01-20")

    held, accused = table(client, "incidents.csv", profile=profile)

    assert (held[column], accused[column]) == ("The party", "")


def test_leaves_the_dead_empty_where_no_number_is_known(client, publish):
    incident = published(publish)
    make_assessment(incident, assessed="figure", harm="killed", group="all", best=0, basis="Seen")
    [before] = table(client, "incidents.csv", profile="acled")
    publish(incident)

    [after] = table(client, "incidents.csv", profile="acled")

    assert (before["fatalities"], after["fatalities"]) == ("", "0")


def test_names_the_grid_cell_of_prio(client, publish):
    # Cell 178273 of PRIO-GRID spans 36.0 to 36.5 east and 33.5 to 34.0 north.
    publish(make_incident(place=make_place()))

    [row] = table(client, "incidents.csv", profile="ucdp")

    assert row["priogrid_gid"] == "178273"
    assert row["geom_wkt"] == f"POINT ({row['longitude']} {row['latitude']})"


def test_has_a_hashtag_for_what_hxl_has_one_for(client, publish):
    publish(make_incident(place=make_place(), means=["mortar"]))
    text = download(client, "incidents.csv", profile="hxl").decode()

    names, tags, *rows = csv.reader(io.StringIO(text, newline=""))

    tagged = dict(zip(names, tags, strict=True))
    assert tagged["date_start"] == "#date+start"
    assert tagged["latitude"] == "#geo+lat"
    assert tagged["governorate"] == "#adm1+name"
    assert tagged["killed_best"] == "#affected+killed"
    assert all(tag == "" or tag.startswith("#") for tag in tags)
    assert len(rows) == 1
