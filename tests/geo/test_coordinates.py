from __future__ import annotations

import pytest
from geopy.distance import geodesic
from hypothesis import example, given
from hypothesis import strategies as st
from mgrs import MGRS

from tracker.errors import InvalidInput
from tracker.geo.coordinates import InvalidPosition, Position, Reason, parse

HERE = Position(33.51, 36.29)
PLACE = "https://www.google.com/maps/place"
PINNED = "data=!3m1!4b1!4m4!3m3!8m2!3d33.51!4d36.29"

# Each of these is the same position.
SAME = """
33.51, 36.29
33.51,36.29
33.51 36.29
33.51;36.29
33.51/36.29
33.51	36.29
(33.51, 36.29)
[33.51, 36.29]
33.51, 36.29.
+33.51 +36.29
33.51°, 36.29°
33.51° 36.29°
33.51° 36.29
33,51; 36,29
33,51 36,29
33,51, 36,29
33,51° N 36,29° E
33.51 N, 36.29 E
33.51N 36.29E
N33.51 E36.29
N 33.51, E 36.29
N. 33.51 E. 36.29
33.51,N,36.29,E
36.29 E, 33.51 N
E 36.29 N 33.51
33.51 degrees north, 36.29 degrees east
33.51 north latitude, 36.29 east longitude
lat: 33.51 lon: 36.29
lat=33.51&lon=36.29
lng: 36.29, lat: 33.51
Latitude 33.51 Longitude 36.29
Lat. 33.51 N, Long. 36.29 E
Lat/Long: 33.51, 36.29
lon, lat: 36.29, 33.51
Coordinates: 33.51, 36.29
33 30 36 N 36 17 24 E
33 30 36, 36 17 24
33 30 36 36 17 24
36 17 24 E 33 30 36 N
33:30:36N 36:17:24E
33:30:36 36:17:24
33:30:36, 36:17:24
N33°30'36" E36°17'24"
33°30'36"N 36°17'24"E
33°30'36" 36°17'24"
33°30'36''N, 36°17'24''E
33º30′36″N36º17′24″E
33° 30’ 36” N 36° 17’ 24” E
33°30'36.0"N 36°17'24.0"E
33°30'36,0"N 36°17'24,0"E
33°30.6'N, 36°17.4'E
33 30.6 N 36 17.4 E
33 30.6 36 17.4
33d30m36s 36d17m24s
33d30m36sN 36d17m24sE
33 deg 30 min 36 sec north 36 deg 17 min 24 sec east
٣٣٫٥١، ٣٦٫٢٩
٣٣٫٥١ ٣٦٫٢٩
٣٣٫٥١؛ ٣٦٫٢٩
٣٣،٥١ ٣٦،٢٩
۳۳٫۵۱، ۳۶٫۲۹
33.51 شمال 36.29 شرق
33.51 شمالاً، 36.29 شرقاً
33.51 شمالا و36.29 شرقا
33.51 ش، 36.29 ق
ش 33.51 ق 36.29
خط العرض 33.51 خط الطول 36.29
خط الطول: 36.29، خط العرض: 33.51
خط طول 36.29 شرقا وخط عرض 33.51 شمالا
الإحداثيات: ٣٣٫٥١ ، ٣٦٫٢٩
٣٣°٣٠'٣٦" شمالاً ٣٦°١٧'٢٤" شرقاً
33 درجة و30 دقيقة و36 ثانية شمالاً، 36 درجة و17 دقيقة و24 ثانية شرقاً
POINT(36.29 33.51)
point ( 36.29 33.51 )
POINT Z (36.29 33.51 700)
SRID=4326;POINT(36.29 33.51)
{"type":"Point","coordinates":[36.29,33.51]}
{"type": "Point", "coordinates": [36.29, 33.51, 700]}
{"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [36.29, 33.51]}}
geo:33.51,36.29
geo:33.51,36.29,700;crs=wgs84;u=35
geo:0,0?q=33.51,36.29(Damascus)
geo:33.51,36.29?z=15
https://www.google.com/maps/@33.51,36.29,15z
https://www.google.com/maps/@33.51,36.29,3a,75y,90h/data=!3m6!1e1
https://www.google.com.lb/maps/place/33.51,36.29
https://www.google.com/maps/search/33.51,+36.29?entry=tts
https://www.google.com/maps/search/?api=1&query=33.51%2C36.29
https://maps.google.com/?q=33.51,36.29
https://maps.google.com/maps?q=loc:33.51,36.29&z=12
https://maps.google.com/maps?q=Damascus&ll=33.51,36.29
maps.google.com/?q=33.51,36.29(Damascus)
https://earth.google.com/web/@33.51,36.29,700.3a,1000d,35y,0h,0t,0r
https://www.openstreetmap.org/#map=15/33.51/36.29
https://www.openstreetmap.org/#map=15/33.51/36.29&layers=N
<https://www.openstreetmap.org/#map=15/33.51/36.29>
https://www.openstreetmap.org/#map=15/33.51/36.29.
https://www.openstreetmap.org/?mlat=33.51&mlon=36.29#map=15/33.4/36.2
https://maps.apple.com/?ll=33.51,36.29&q=Damascus
https://maps.apple.com/?q=33.51,36.29
https://maps.apple.com/place?coordinate=33.51,36.29&name=Pin
https://www.bing.com/maps?cp=33.51~36.29&lvl=15
https://www.bing.com/maps?cp=33.4~36.2&sp=point.33.51_36.29_Damascus
https://yandex.com/maps/?ll=36.29,33.51&z=15
https://yandex.ru/maps/10522/damascus/?ll=36.2%2C33.4&pt=36.29,33.51,pm2rdm
https://yandex.com/maps/?ll=36.2%2C33.4&whatshere%5Bpoint%5D=36.29%2C33.51
http://wikimapia.org/#lang=en&lat=33.51&lon=36.29&z=12&m=w
https://geohack.toolforge.org/geohack.php?pagename=Damascus&params=33_30_36_N_36_17_24_E_type:city
"""
PINNED_LINKS = [
    f"{PLACE}/Damascus/@33.4,36.2,17z/{PINNED}",
    f"{PLACE}/33%C2%B025'00.0%22N+36%C2%B017'24.0%22E/@33.4,36.2,17z/{PINNED}",
    f"{PLACE}/33%C2%B030'36.0%22N+36%C2%B017'24.0%22E/@33.4,36.2,17z",
]


@pytest.mark.parametrize("text", SAME.strip().splitlines() + PINNED_LINKS)
def test_reads_one_position_in_all_its_spellings(text):
    assert parse(text) == HERE


@pytest.mark.parametrize(
    ("text", "latitude", "longitude"),
    [
        ("-33.51, -70.29", -33.51, -70.29),
        ("−33.51 −70.29", -33.51, -70.29),
        ("-33.51 –0.5", -33.51, -0.5),
        ("33.51 S 70.29 W", -33.51, -70.29),
        ("33.51s, 70.29w", -33.51, -70.29),
        ("ج 33.51 غ 70.29", -33.51, -70.29),
        ("33.51 جنوباً، 70.29 غرباً", -33.51, -70.29),
        ("-33 30 36, -70 17 24", -33.51, -70.29),
        ("-33°30'36\" -70°17'24\"", -33.51, -70.29),
        ("-0°30', 0°30'", -0.5, 0.5),
        ("\u200f33.51\u200e, \u202a36.29\u202c", 33.51, 36.29),
        ("0, 0", 0, 0),
        ("33, 36", 33, 36),
        ("33,36.5", 33, 36.5),
        ("33°30'N 36°E", 33.5, 36),
        ("90, 180", 90, 180),
        ("-90 -180", -90, -180),
        ("geo:33,36", 33, 36),
        ("https://maps.google.com/?q=33,36", 33, 36),
        # The middles of squares, from an independent inverse of UTM.
        ("37SBT4811", 33.513513, 36.292337),
        ("37S BT 48 11", 33.513513, 36.292337),
        ("37s bt 48272 11116", 33.510004, 36.289998),
        ("MGRS: ٣٧S BT 48272 11116", 33.510004, 36.289998),
        # A square that the meridian between two zones cuts, so that its middle is in the other.
        ("36SYC7821", 33.596893, 36.001131),
    ],
)
def test_reads_other_positions(text, latitude, longitude):
    position = parse(text)

    assert position.latitude == pytest.approx(latitude, abs=3e-6)
    assert position.longitude == pytest.approx(longitude, abs=3e-6)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.EMPTY),
        (" \u200f\n", Reason.EMPTY),
        ("1" * 1001, Reason.TOO_LONG),
        ("Damascus", Reason.NO_NUMBER),
        ("nan, inf", Reason.NO_NUMBER),
        ("33.51, inf", Reason.LEFT_OVER),
        ("33.51, 36.29 m a.s.l.", Reason.LEFT_OVER),
        ("33.51 N 36.29 E Damascus", Reason.LEFT_OVER),
        ("33.51 O 36.29 N", Reason.LEFT_OVER),
        ("33.51.36", Reason.LEFT_OVER),
        ("33..51, 36.29", Reason.LEFT_OVER),
        ("33'510, 36'290'", Reason.MIXED),
        ("33°°30, 36°", Reason.LEFT_OVER),
        ("٣٣٬٥١٠, 36", Reason.LEFT_OVER),
        ("\u202e33.51, 36.29", Reason.LEFT_OVER),
        ("33.51", Reason.ONE_NUMBER),
        ("33.51 N", Reason.ONE_NUMBER),
        ("33 30 36", Reason.ONE_NUMBER),
        ("33°30'36\"N", Reason.ONE_NUMBER),
        ("33.51, 36.29, 700", Reason.TOO_MANY),
        ("33.51 36.29 700", Reason.TOO_MANY),
        ("33, 30, 36, 36, 17, 24", Reason.TOO_MANY),
        ("33 30 36 12, 36 17 24 12", Reason.TOO_MANY),
        ("33.51e0, 36.29", Reason.TOO_MANY),
        ("3,351.5 3,629.5", Reason.TOO_MANY),
        ("33,51,36,29", Reason.AMBIGUOUS_COMMA),
        ("33,51", Reason.AMBIGUOUS_COMMA),
        ("٣٣،٥١", Reason.AMBIGUOUS_COMMA),
        ("33,51 36", Reason.AMBIGUOUS_COMMA),
        ("33 30,36 17", Reason.AMBIGUOUS_COMMA),
        ("33 36", Reason.AMBIGUOUS_BLANK),
        ("33 30.6", Reason.AMBIGUOUS_BLANK),
        ("33 51 36 29", Reason.AMBIGUOUS_BLANK),
        ("33 51, 36 29", Reason.AMBIGUOUS_BLANK),
        ("33.51-36.29", Reason.AMBIGUOUS_DASH),
        ("33.51 - 36.29", Reason.AMBIGUOUS_DASH),
        ("+33.51+036.29/", Reason.AMBIGUOUS_DASH),
        ("33°60'N 36°17'E", Reason.SIXTY),
        ("33 30 60 N 36 17 24 E", Reason.SIXTY),
        ("33 510 N 36 290 E", Reason.SIXTY),
        ("33.5°30'N 36°17'E", Reason.FRACTION),
        ("33°30.5'36\"N 36°17'24\"E", Reason.FRACTION),
        ("33°30'N 36.29°E", Reason.MIXED),
        ("33°30'N 36 17 E", Reason.MIXED),
        ("33 30 36 N 36 17 E", Reason.MIXED),
        ("30' N 17' E", Reason.MIXED),
        ("-33.51 S 36.29 E", Reason.SIGN_AND_HEMISPHERE),
        ("+33.51 N 36.29 E", Reason.SIGN_AND_HEMISPHERE),
        ("33.51 N, 36.29", Reason.ONE_HEMISPHERE),
        ("33.51, 36.29 E", Reason.ONE_HEMISPHERE),
        ("lat 33.51, 36.29", Reason.ONE_HEMISPHERE),
        ("lat 33.51 N lon 36.29", Reason.ONE_HEMISPHERE),
        ("33.51 N S, 36.29 E", Reason.CONTRADICTION),
        ("lat 36.29 E lon 33.51 N", Reason.CONTRADICTION),
        ("33.51 N 36.29 S", Reason.TWO_LATITUDES),
        ("33.51 شمال 36.29 شمال", Reason.TWO_LATITUDES),
        ("33D30M36S 36D17M24S", Reason.TWO_LATITUDES),
        ("33.51 E 36.29 E", Reason.TWO_LONGITUDES),
        ("91, 181", Reason.LATITUDE),
        (f"{'9' * 400} N 36 E", Reason.LATITUDE),
        ("33.51, 180.01", Reason.LONGITUDE),
        ("136.29, 33.51", Reason.SWAPPED),
        ("136.29 N 33.51 E", Reason.SWAPPED),
        ("POINT(36.29, 33.51)", Reason.NOT_A_POINT),
        ("POINT EMPTY", Reason.NOT_A_POINT),
        ("LINESTRING(36.29 33.51, 36.3 33.6)", Reason.NOT_A_POINT),
        ('{"type":"Point","coordinates":[36.29]}', Reason.NOT_A_POINT),
        ('{"type":"Point","coordinates":["36.29","33.51"]}', Reason.NOT_A_POINT),
        ('{"type":"Point","coordinates":[true,false]}', Reason.NOT_A_POINT),
        (
            '{"type":"Polygon","coordinates":[[[36,33],[37,33],[36,34],[36,33]]]}',
            Reason.NOT_A_POINT,
        ),
        ("{33.51, 36.29}", Reason.NOT_A_POINT),
        ('{"type":"Point","coordinates":[NaN,33.51]}', Reason.LONGITUDE),
        ('{"type":"Point","coordinates":[36.29,1e999]}', Reason.LATITUDE),
        ('{"type":"Point","coordinates":[36.29,33.51],"crs":{}}', Reason.OTHER_SYSTEM),
        ("SRID=32637;POINT(248000 3711000)", Reason.OTHER_SYSTEM),
        ("geo:33.51,36.29;crs=nad27", Reason.OTHER_SYSTEM),
        ("geo:33.51", Reason.NOT_A_POINT),
        ("geo:0,0?q=Damascus", Reason.NOT_A_POINT),
        ("37S 248000 3711000", Reason.UTM),
        ("37N 248000mE 3711000mN", Reason.UTM),
        ("37S BT 4827 111", Reason.SQUARE_ODD),
        ("37SBT48111", Reason.SQUARE_ODD),
        ("37SBT", Reason.SQUARE_COARSE),
        ("37SBT41", Reason.SQUARE_COARSE),
        ("37SBT 482721 111161", Reason.SQUARE_FINE),
        ("37N BT 48 11", Reason.SQUARE_UNKNOWN),
        ("37R BT 48 11", Reason.SQUARE_UNKNOWN),
        ("37S IT 48 11", Reason.SQUARE_UNKNOWN),
        ("37S XT 48 11", Reason.SQUARE_UNKNOWN),
        ("37S AT 48 11", Reason.SQUARE_UNKNOWN),
        ("61S BT 48 11", Reason.SQUARE_UNKNOWN),
        ("https://maps.app.goo.gl/Xyz123", Reason.LINK_SHORT),
        ("Damascus\nhttps://goo.gl/maps/Xyz123", Reason.LINK_SHORT),
        ("bit.ly/33.51", Reason.LINK_SHORT),
        ("https://osm.org/go/0IF_3--", Reason.LINK_SHORT),
        ("https://yandex.com/maps/-/CCUabc", Reason.LINK_SHORT),
        ("https://maps.example/@33.51,36.29,15z", Reason.LINK_UNKNOWN),
        ("https://google.com@maps.example/maps/@33.51,36.29,15z", Reason.LINK_UNKNOWN),
        ("https://osm.org.maps.example/#map=15/33.51/36.29", Reason.LINK_UNKNOWN),
        ("https://www.google.com/search?q=33.51,36.29", Reason.LINK_UNKNOWN),
        ("https://[/@33.51,36.29", Reason.LINK_UNKNOWN),
        ("https://www.google.com/maps/place/Damascus", Reason.LINK_EMPTY),
        ("https://www.openstreetmap.org/node/123", Reason.LINK_EMPTY),
        ("https://www.google.com/maps/dir/33.51,36.29/33.6,36.1/@33.5,36.2,12z", Reason.LINK_MANY),
        (f"{PLACE}/A/data=!3d33.51!4d36.29!3d33.6!4d36.1", Reason.LINK_MANY),
        ("https://yandex.com/maps/?pt=36.29,33.51~36.1,33.6", Reason.LINK_MANY),
        ("https://maps.google.com/?q=33.51,36.29&q=33.6,36.1", Reason.LINK_MANY),
        ("37Sß4811", Reason.LEFT_OVER),
        ("https://www.openstreetmap.org/?mlat=36.29&mlon=233.51", Reason.LONGITUDE),
        ("https://www.openstreetmap.org/#map=15/33.51/36.29 34.5 37.2", Reason.LEFT_OVER),
        ("see https://www.openstreetmap.org/#map=15/33.51/36.29", Reason.LEFT_OVER),
    ],
)
def test_refuses_what_could_mean_anything_else_and_says_why(text, reason):
    with pytest.raises(InvalidPosition) as refusal:
        parse(text)

    assert refusal.value.reason == reason


def test_refuses_as_invalid_input_naming_what_is_wrong():
    with pytest.raises(InvalidInput, match=r'"33\.51 N, 36\.29" names one coordinate'):
        parse("33.51 N, 36.29")
    with pytest.raises(InvalidInput, match=r"Latitude 136\.29 .* longitude first\?"):
        parse("136.29, 33.51")
    with pytest.raises(InvalidInput, match=r"maps\.app\.goo\.gl holds no position"):
        parse("https://maps.app.goo.gl/Xyz123")


def test_leaves_the_words_of_a_refusal_to_translators():
    with pytest.raises(InvalidPosition) as caught:
        parse("33.51, 36.29, 700")

    refusal = caught.value
    assert "%(count)s" in refusal.reason.sentence
    assert refusal.reason.sentence % refusal.values == refusal.message


def test_repeats_only_the_beginning_of_what_it_refuses():
    with pytest.raises(InvalidPosition) as refusal:
        parse("33.51 " * 100)

    assert len(refusal.value.message) < 200


@pytest.mark.parametrize(
    ("position", "text"),
    [
        (Position(33.51, 36.29), "33.51, 36.29"),
        (Position(33, -36), "33, -36"),
        (Position(33.1234567, 100.0), "33.123457, 100"),
        (Position(0.0000001, -0.0000001), "0, 0"),
        (Position(1e-06, -90.5), "0.000001, -90.5"),
    ],
)
def test_writes_a_position_plainly(position, text):
    assert str(position) == text


latitudes, longitudes = st.floats(-90, 90), st.floats(-180, 180)
positions = st.builds(Position, latitudes, longitudes)
ARABIC = str.maketrans("0123456789.", "٠١٢٣٤٥٦٧٨٩٫")


def near(one: Position, other: Position, degrees: float = 1e-6) -> bool:
    return (
        abs(one.latitude - other.latitude) <= degrees
        and abs(one.longitude - other.longitude) <= degrees
    )


@given(positions)
def test_reads_what_it_writes(position):
    assert near(parse(str(position)), position)


@given(positions)
def test_reads_arabic_digits_as_latin_ones(position):
    text = f"{position.latitude:.6f}، {position.longitude:.6f}"

    assert parse(text.translate(ARABIC)) == parse(text)


@given(positions, st.sampled_from(["N S E W", "ش ج ق غ", "شمالاً جنوباً شرقاً غرباً"]), st.booleans())
def test_reads_hemispheres_in_either_order(position, words, is_longitude_first):
    north, south, east, west = words.split()
    latitude = f"{abs(position.latitude):.6f} {south if position.latitude < 0 else north}"
    longitude = f"{abs(position.longitude):.6f} {west if position.longitude < 0 else east}"
    order = [longitude, latitude] if is_longitude_first else [latitude, longitude]

    assert near(parse(", ".join(order)), position)
    assert near(parse(" ".join(order)), position)


@given(
    st.tuples(st.integers(0, 89), st.integers(0, 59), st.integers(0, 59)),
    st.tuples(st.integers(0, 179), st.integers(0, 59), st.integers(0, 59)),
    st.sampled_from(
        ["{}°{}'{}\"", "{}:{}:{}", "{} {} {}", "{}d{}m{}s", "{}° {}′ {}″", "{}º{}’{}''"]
    ),
    st.sampled_from([("", ""), ("S", "W"), (" N", " E"), (" شمالاً", " غرباً")]),
)
def test_reads_degrees_minutes_and_seconds(up, along, way, hemispheres):
    text = ", ".join(
        way.format(*parts) + side for parts, side in zip((up, along), hemispheres, strict=True)
    )
    signs = [-1 if side.strip() in {"S", "W", "غرباً"} else 1 for side in hemispheres]
    latitude, longitude = (
        sign * (degrees + minutes / 60 + seconds / 3600)
        for sign, (degrees, minutes, seconds) in zip(signs, (up, along), strict=True)
    )

    assert near(parse(text), Position(latitude, longitude), degrees=1e-9)


@given(
    positions,
    st.sampled_from(
        [
            "https://www.google.com/maps/@{0:.6f},{1:.6f},15z",
            "https://www.google.com/maps/place/X/@1,2,9z/data=!4m2!3m1!3d{0:.6f}!4d{1:.6f}",
            "https://www.openstreetmap.org/?mlat={0:.6f}&mlon={1:.6f}#map=9/1/2",
            "https://www.openstreetmap.org/#map=9/{0:.6f}/{1:.6f}",
            "https://www.bing.com/maps?cp={0:.6f}~{1:.6f}",
            "https://yandex.com/maps/?ll={1:.6f}%2C{0:.6f}",
            "http://wikimapia.org/#lang=ar&lat={0:.6f}&lon={1:.6f}&z=9",
            "POINT ({1:.6f} {0:.6f})",
            '{{"type": "Point", "coordinates": [{1!r}, {0!r}]}}',
            "geo:{0:.6f},{1:.6f}",
        ]
    ),
)
def test_reads_every_link_and_notation_anywhere_on_earth(position, written):
    text = written.format(position.latitude, position.longitude)

    assert near(parse(text), position)


def hundred_thousandths(least: int, most: int) -> st.SearchStrategy[float]:
    """Degrees in steps of a metre: nearer to the equator the library writes the band's neighbour."""
    return st.integers(least * 100_000, most * 100_000 - 1).map(lambda step: step / 100_000)


@given(hundred_thousandths(-79, 83), hundred_thousandths(-180, 180), st.integers(2, 5))
@example(33.6, 36.0001, 2)
@example(33.6, 35.9999, 2)
@example(31.9999, 36.1, 2)
@example(0.0, 6.0, 5)
@example(60.0, 5.0, 3)
def test_reads_a_square_as_its_middle(latitude, longitude, figures):
    square = MGRS().toMGRS(latitude, longitude, MGRSPrecision=figures)
    side = 10 ** (5 - figures)

    position = parse(square)

    off = geodesic((latitude, longitude), (position.latitude, position.longitude)).m
    # Half a diagonal, with the grid's scale, and the centimetres that rounding takes.
    assert off <= side * 0.7072 * 1.002 + 0.2


def reads_or_refuses(text: str) -> None:
    try:
        position = parse(text)
    except InvalidPosition as refusal:
        assert refusal.message  # noqa: PT017 - either end is right, but no other
    else:
        assert abs(position.latitude) <= 90
        assert abs(position.longitude) <= 180


@given(st.text())
@example("²², ³³")
@example('{"a":' * 150 + "[" * 249)
@example("{}")
@example("\ud800 1")
def test_reads_or_refuses_any_text(text):
    reads_or_refuses(text)


PIECES = """
33.51 36.29 -0 7 99 100 60 , ; : / ° ' " N S E W s d m ش ق lat lon طول و + - . ( ) 37SBT 4811 POINT geo: ?q= @ !3d !4d
https://www.google.com/maps/ https://www.openstreetmap.org/#map=1/ {"type":"Point","coordinates":[ ] } ٣ ٫ ،
"""


@given(st.lists(st.sampled_from([*PIECES.split(), " "]), max_size=25).map("".join))
def test_reads_or_refuses_any_pieces_of_positions(text):
    reads_or_refuses(text)


@pytest.mark.parametrize(
    "piece", ["1", "1,", "1 ", "1.", "1:", "°", "a", " ", "(", "-", "N", "{", "[", "a.", "a-", "%", "!3d1", "1_", "_"]
)  # fmt: skip
@pytest.mark.parametrize(
    "before", ["", "37SBT", "POINT(", "geo:1,1", "https://google.com/maps/", "x."]
)
def test_reads_or_refuses_a_thousand_of_anything(before, piece):
    reads_or_refuses((before + piece * 1000)[:1000])
