from __future__ import annotations

import pytest
from geopy.distance import geodesic
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.errors import InvalidInput
from tracker.geo import offsets
from tracker.geo.coordinates.positions import InvalidPosition, Reason
from tracker.geo.offsets import Offset

NORTH_WEST = Offset(7, 10, 315, 22.5, "Madaya")
NORTH_WEST_IN_ARABIC = Offset(7, 10, 315, 22.5, "مضايا")


@pytest.mark.parametrize(
    "text",
    [
        "7-10 km north-west of Madaya",
        "7-10km north-west of Madaya.",
        "7 - 10 km northwest of Madaya",
        "7–10 km NW of Madaya",
        "7 km – 10 km N-W of Madaya",
        "7-10 km N.W. of Madaya",
        "7 to 10 km NW of Madaya",
        "from 7 to 10 kilometres north west of Madaya",
        "between 7 and 10 km to the north-west of Madaya",
        "about 7-10 km NW from Madaya",
        "~7-10 km nw of Madaya",
        "at a distance of 7 to 10 kilometers away to the North-West of Madaya",
        "7000 m to 10 km north-west\nof Madaya",
        "7,0-10,0 km north-west of Madaya",
    ],
)
def test_reads_one_offset_in_all_its_english_spellings(text):
    assert offsets.parse(text) == NORTH_WEST


@pytest.mark.parametrize(
    "text",
    [
        "7-10 كم شمال غرب مضايا",
        "٧-١٠ كم شمال غربي مضايا",
        "۷–۱۰ کم شمال غربی مضايا",
        "بين 7 و10 كم شمال غرب مضايا",
        "ما بين 7 و 10 كيلومترات شمال غرب مضايا",
        "على بعد 7 إلى 10 كيلومترات شمال غرب مضايا",
        "على بعد حوالي 7-10 كم إلى الشمال الغربي من مضايا",
        "على مسافة 7 كم حتى 10 كم شمالي غربي مضايا",
        "\u200f7-10 كم شمالاً غرباً من مضايا\u200f",
    ],
)
def test_reads_one_offset_in_all_its_arabic_spellings(text):
    assert offsets.parse(text) == NORTH_WEST_IN_ARABIC


@pytest.mark.parametrize(
    ("text", "nearest_km", "farthest_km", "bearing", "spread", "place"),
    [
        ("5 km N of Madaya", 4.5, 5.5, 0, 22.5, "Madaya"),
        ("about 5 km due north of Madaya", 4.5, 5.5, 0, 22.5, "Madaya"),
        ("20 km east of Damascus", 18, 22, 90, 22.5, "Damascus"),
        ("300 m east of Wadi Barada", 0, 0.8, 90, 22.5, "Wadi Barada"),
        ("10 miles south of X", 14.484096, 17.702784, 180, 22.5, "X"),
        ("2.5 km SW of X", 2, 3, 225, 22.5, "X"),
        ("2,5 km SE of X", 2, 3, 135, 22.5, "X"),
        ("0-5 km west of X", 0, 5, 270, 22.5, "X"),
        ("500 m to 1 km NNE of X", 0.5, 1, 22.5, 11.25, "X"),
        ("1-2 km north-north-west of X", 1, 2, 337.5, 11.25, "X"),
        ("1-2 km east-southeast of X", 1, 2, 112.5, 11.25, "X"),
        ("1-2 km NE of Deir Qanun, Rif Dimashq", 1, 2, 45, 22.5, "Deir Qanun, Rif Dimashq"),
        ("1-2 km NE of Ma'arat al-Nu‘man", 1, 2, 45, 22.5, "Ma'arat al-Nu‘man"),
        ("1-2 km north of East Ghouta", 1, 2, 0, 22.5, "East Ghouta"),
        ("٧ كم جنوب شرقي مدينة مضايا", 6.3, 7.7, 135, 22.5, "مدينة مضايا"),
        ("على بعد 5 كيلومترات شمال إدلب", 4.5, 5.5, 0, 22.5, "إدلب"),
        ("٣٠٠ متر شرقاً من مضايا", 0, 0.8, 90, 22.5, "مضايا"),
        ("1-2 كم شمال شمال شرق مضايا", 1, 2, 22.5, 11.25, "مضايا"),
        ("1-2 كم شمال الشرقية", 1, 2, 0, 22.5, "الشرقية"),
        ("1-2 ميل غرب مضايا", 1.609344, 3.218688, 270, 22.5, "مضايا"),
    ],
)
def test_reads_other_offsets(text, nearest_km, farthest_km, bearing, spread, place):
    offset = offsets.parse(text)

    assert offset is not None
    assert offset.nearest_km == pytest.approx(nearest_km, abs=1e-5)
    assert offset.farthest_km == pytest.approx(farthest_km, abs=1e-5)
    assert (offset.bearing, offset.spread, offset.place) == (bearing, spread, place)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Madaya",
        "north of Damascus",
        "33.51, 36.29",
        "7 km checkpoint",
        "5 mountains north of X",
        "Kilometre 7",
        "مضايا",
        "شمال حلب",
        "5 north of X",
    ],
)
def test_leaves_alone_what_is_no_offset(text):
    assert offsets.parse(text) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("10-7 km north of X", Reason.BAND),
        ("1 km to 900 m north of X", Reason.BAND),
        ("10-7 كم شمال مضايا", Reason.BAND),
        ("0 km north of X", Reason.TOO_NEAR),
        ("5000 km north of X", Reason.TOO_FAR),
        ("7-501 km north of X", Reason.TOO_FAR),
        ("1,500 m north of X", Reason.THOUSANDS),
        ("5 km north-south of X", Reason.NO_SUCH_BEARING),
        ("5 km west-north of X", Reason.NO_SUCH_BEARING),
        ("5 كم شرق غرب مضايا", Reason.NO_SUCH_BEARING),
        ("5 km from Madaya", Reason.NO_BEARING),
        ("5 كم من مضايا", Reason.NO_BEARING),
        ("7-10km north-west", Reason.NO_PLACE),
        ("5 km north of .", Reason.NO_PLACE),
        ("5 km NW Madaya", Reason.NO_PLACE),
        ("5 كم شمال غرب", Reason.NO_PLACE),
    ],
)
def test_refuses_an_offset_that_cannot_be_and_says_why(text, reason):
    with pytest.raises(InvalidPosition) as refusal:
        offsets.parse(text)

    assert refusal.value.reason == reason


def test_names_the_band_it_refuses():
    with pytest.raises(InvalidInput, match="runs from 10 to 7 km"):
        offsets.parse("10-7 km north of X")


def test_places_the_middle_and_the_reach_of_a_sector():
    position, radius_m = offsets.place_at(33.6, 36.1, NORTH_WEST)

    away = geodesic((33.6, 36.1), (position.latitude, position.longitude)).km
    assert away == pytest.approx(8.5, abs=0.001)
    assert position.latitude > 33.6
    assert position.longitude < 36.1
    # From 8.5 km on the bearing to 10 km at its edge, by the law of cosines: 3.895 km.
    assert radius_m == 3900


shares = st.floats(0, 1)


@given(
    st.floats(-89, 89),
    st.floats(-180, 180),
    st.floats(0, 500),
    st.floats(0, 500),
    st.sampled_from([(bearing * 22.5, 11.25 if bearing % 2 else 22.5) for bearing in range(16)]),
    shares,
    shares,
)
@example(0, 180, 0, 500, (90, 22.5), 1, 1)
@example(89, 0, 400, 500, (0, 22.5), 1, 0)
def test_holds_every_point_of_the_sector(latitude, longitude, one, other, point, outward, turned):
    bearing, spread = point
    offset = Offset(min(one, other), max(one, other), bearing, spread, "X")
    distance = offset.nearest_km + (offset.farthest_km - offset.nearest_km) * outward
    direction = bearing + spread * (2 * turned - 1)
    somewhere = geodesic(kilometers=distance).destination((latitude, longitude), direction)

    position, radius_m = offsets.place_at(latitude, longitude, offset)

    assert radius_m % 100 == 0
    assert abs(position.latitude) <= 90
    assert abs(position.longitude) <= 180
    middle = (position.latitude, position.longitude)
    assert geodesic(middle, (somewhere.latitude, somewhere.longitude)).m <= radius_m


@given(st.text() | st.text("0123456789-., kmofNSEWthnorوكمشالغرب"))
def test_reads_or_leaves_or_refuses_any_text(text):
    try:
        offset = offsets.parse(text)
    except InvalidPosition as refusal:
        assert refusal.message  # noqa: PT017 - each of three ends is right, but no other
    else:
        assert offset is None or 0 <= offset.nearest_km < offset.farthest_km
