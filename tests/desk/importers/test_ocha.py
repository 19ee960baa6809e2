from __future__ import annotations

import pytest

from tests.desk.importers.samples import load, table, workbook, write
from tests.factories import make_place
from tracker.desk.models import Place

pytestmark = pytest.mark.django_db

_NEW_COLUMNS = """
    ADM0_EN ADM0_AR ADM0_PCODE ADM1_EN ADM1_AR ADM1_PCODE ADM2_EN ADM2_AR ADM2_PCODE
    ADM2_REF ADM2ALT1EN ADM2ALT1AR date validOn
"""
_OLD_COLUMNS = """
    admin0Name_en admin0Name_ar admin0Pcode admin1Name_en admin1Name_ar admin1Pcode
    admin2Name_en admin2Name_ar admin2Pcode admin2RefName admin2AltName1_en admin2AltName1_ar
    date validOn
"""
NEW_COLUMNS = _NEW_COLUMNS.split()
OLD_COLUMNS = _OLD_COLUMNS.split()
ZABADANI = [
    *("Syrian Arab Republic", "الجمهورية العربية السورية", "SY"),
    *("Rural Damascus", "ريف دمشق", "SY03"),
    *("Az-Zabdani", "الزبداني", "SY0308", "Zabadani", "Al-Zabadani", "زبداني"),
    *("2017-06-01", "2020-12-17"),
]


def district(columns, **cells):
    return {**dict(zip(columns, ZABADANI, strict=True)), **cells}


@pytest.mark.parametrize("columns", [NEW_COLUMNS, OLD_COLUMNS], ids=["ADM", "admin"])
def test_takes_the_units_of_every_level_in_either_style(tmp_path, columns):
    said, _ = load(write(tmp_path, "adm2.csv", table(columns, [district(columns)])))

    unit = Place.objects.get(pcode="SY0308")
    assert [(place.name, place.pcode, place.kind) for place in unit.lineage()] == [
        ("Az-Zabdani", "SY0308", "district"),
        ("Rural Damascus", "SY03", "governorate"),
        ("Syrian Arab Republic", "SY", "country"),
    ]
    assert unit.name_ar == "الزبداني"
    assert set(unit.names.values_list("name", "language")) == {
        ("Zabadani", "en"),
        ("Al-Zabadani", "ar-Latn"),
        ("زبداني", "ar"),
    }
    assert unit.codes.get().code == "ocha:SY0308"
    assert "3 new" in said


def test_takes_a_wider_unit_once_however_many_lie_in_it(tmp_path):
    rows = [
        district(NEW_COLUMNS),
        district(NEW_COLUMNS, ADM2_EN="Yabroud", ADM2_AR="يبرود", ADM2_PCODE="SY0306"),
    ]
    path = write(tmp_path, "adm2.csv", table(NEW_COLUMNS, rows))

    load(path)
    said, _ = load(path)

    assert Place.objects.count() == 4
    assert "0 new, 0 changed, 4 unchanged" in said


def test_reads_every_sheet_of_a_workbook(tmp_path):
    said, _ = load(
        workbook(
            tmp_path,
            Notes=[["Source: OCHA"]],
            Admin1=[["ADM1_EN", "ADM1_AR", "ADM1_PCODE"], ["Homs", "حمص", "SY04"]],
            Admin4=[
                ["ADM4_EN", "ADM4_PCODE", "ADM1_EN", "ADM1_PCODE", "Latitude_y", "Longitude_x"],
                ["Qattineh", "C2701", "Homs", "SY04", 34.666, 36.617],
            ],
        )
    )

    village = Place.objects.get(pcode="C2701")
    assert (village.kind, village.latitude, village.longitude) == ("settlement", 34.666, 36.617)
    assert village.parent == Place.objects.get(pcode="SY04")
    assert "2 new" in said


def test_says_on_which_sheet_a_row_is_wrong(tmp_path):
    _, refused = load(
        workbook(tmp_path, Admin1=[["ADM1_EN", "ADM1_PCODE"], ["", "SY04"], ["Hama", "SY05"]])
    )

    assert "units.xlsx:2: sheet Admin1: SY04 has no name in Latin letters." in refused
    assert Place.objects.get().name == "Hama"


def test_refuses_a_workbook_without_units_naming_its_sheets(tmp_path):
    _, refused = load(workbook(tmp_path, Notes=[["Source: OCHA"]], Figures=[["a", "b"], [1, 2]]))

    assert (
        "no sheet with columns such as ADM1_PCODE and ADM1_EN; its sheets: Notes, Figur" in refused
    )


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"ADM2_PCODE": ""}, "ADM2_PCODE is '': letters and digits are expected."),
        ({"ADM2_PCODE": "SY0308"}, "P-code SY0308 has been given before."),
        ({"ADM2_EN": ""}, "SY0399 has no name in Latin letters."),
        ({"ADM2_AR": "ا" * 201}, "ADM2_AR has 201 characters, more than 200."),
        ({"ADM2_PCODE": "S" * 21}, "ADM2_PCODE has 21 characters, more than 20."),
    ],
)
def test_refuses_a_wrong_row_by_its_line(tmp_path, cells, reason):
    rows = [
        district(NEW_COLUMNS),
        {**district(NEW_COLUMNS), "ADM2_PCODE": "SY0399", **cells},
    ]

    _, refused = load(write(tmp_path, "adm2.csv", table(NEW_COLUMNS, rows)))

    assert f"adm2.csv:3: {reason}" in refused
    assert Place.objects.filter(kind="district").get().pcode == "SY0308"


def test_knows_a_unit_by_its_pcode_alone(tmp_path):
    held = make_place(name="Rif Dimashq", kind="governorate", pcode="SY03", is_edited=True)

    load(write(tmp_path, "adm2.csv", table(NEW_COLUMNS, [district(NEW_COLUMNS)])))

    held.refresh_from_db()
    assert (held.name, held.name_ar) == ("Rif Dimashq", "ريف دمشق")
    assert held.names.get().name == "Rural Damascus"
    assert held.codes.get().code == "ocha:SY03"
    assert Place.objects.get(pcode="SY0308").parent == held


def test_knows_a_unit_by_its_name_and_what_it_lies_in(tmp_path):
    held = make_place(name="Rural Damascus", kind="governorate", pcode="SY03")
    known = make_place(name="Az-Zabadani District", kind="district", parent=held)
    make_place(name="Az-Zabadani District", kind="district", parent=make_place(kind="governorate"))

    load(write(tmp_path, "adm2.csv", table(NEW_COLUMNS, [district(NEW_COLUMNS)])))

    known.refresh_from_db()
    assert known.pcode == "SY0308"
    assert Place.objects.filter(kind="district").count() == 2


def test_takes_no_unit_of_one_country_for_a_namesake_in_another(tmp_path):
    load(write(tmp_path, "adm2.csv", table(NEW_COLUMNS, [district(NEW_COLUMNS)])))
    abroad = district(
        NEW_COLUMNS,
        ADM0_EN="Lebanon",
        ADM0_PCODE="LB",
        ADM1_PCODE="LB03",
        ADM2_PCODE="LB0308",
    )

    load(write(tmp_path, "adm2.csv", table(NEW_COLUMNS, [abroad])))

    assert Place.objects.filter(kind="district").count() == 2
    line = Place.objects.get(pcode="LB0308").lineage()
    assert [place.name for place in line] == ["Az-Zabdani", "Rural Damascus", "Lebanon"]


def test_asks_which_unit_is_meant_where_several_bear_the_name(tmp_path):
    held = make_place(name="Rural Damascus", kind="governorate", pcode="SY03")
    for _number in range(2):
        make_place(name="Az-Zabadani", kind="district", parent=held)

    _, refused = load(write(tmp_path, "adm2.csv", table(NEW_COLUMNS, [district(NEW_COLUMNS)])))

    assert "adm2.csv:2: Az-Zabdani may be any of Az-Zabadani (" in refused
    assert not Place.objects.filter(pcode="SY0308").exists()
