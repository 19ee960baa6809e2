"""A latitude and a longitude written in degrees, with or without minutes and seconds."""

from __future__ import annotations

import re

from tracker.geo.coordinates.positions import InvalidPosition, Position, Reason
from tracker.geo.coordinates.spelling import Axis, Number, Separator, tokens

# The numbers of one coordinate: degrees and, where given, minutes and seconds.
Coordinate = list[Number]
# What stands before, between and behind coordinates.
Gap = list[Axis | Separator]

# The marks behind the numbers of one coordinate, a blank for none.
_MARKS = re.compile(r"::? |[° ](?:[' ][\" ]?)?")
# By how many bare numbers there are, how many of them are the latitude's.
_HALVES = {2: 1, 4: 2, 6: 3}


def read(text: str) -> Position:
    """The position, latitude first unless hemispheres or labels say otherwise.

    Raises InvalidPosition where the text says something else or could mean two things.
    """
    coordinates, gaps = _parted(text)
    if len(coordinates) == 1:
        coordinates, gaps = _halved(coordinates[0], text), [gaps[0], [], gaps[1]]
    if len(coordinates) != 2:
        raise _miscounted(coordinates, text)
    axes = _axes(gaps)
    _refuse_mixed(coordinates, text)
    _refuse_ambiguous(coordinates, text, has_axes=any(axes))
    is_latitude_first = _is_latitude_first(axes, text)
    one, other = (
        _degrees(coordinate, axis, text) for coordinate, axis in zip(coordinates, axes, strict=True)
    )
    return Position.on_earth(one, other) if is_latitude_first else Position.on_earth(other, one)


def _parted(text: str) -> tuple[list[Coordinate], list[Gap]]:
    """The runs of numbers, and the gap before each and behind the last."""
    coordinates: list[Coordinate] = []
    gaps: list[Gap] = [[]]
    for token in tokens(text):
        if not isinstance(token, Number):
            gaps[-1].append(token)
            continue
        if not coordinates or gaps[-1] or token.sign:
            coordinates.append([])
            gaps.append([])
        coordinates[-1].append(token)
    return coordinates, gaps


def _halved(numbers: Coordinate, text: str) -> list[Coordinate]:
    """Two coordinates with nothing between them but a blank."""
    cut = _cut(numbers)
    if cut is None:
        raise _miscounted([numbers], text)
    if len(numbers) == 2 and numbers[0].is_whole and not numbers[0].mark:
        raise InvalidPosition(Reason.AMBIGUOUS_BLANK, text)
    return [numbers[:cut], numbers[cut:]]


def _cut(numbers: Coordinate) -> int | None:
    """Where the second coordinate begins: at its degrees, behind a run of colons, or half-way."""
    for at in range(1, len(numbers)):
        ends_colons = numbers[0].mark == ":" and numbers[at - 1].mark != ":"
        if numbers[at].mark == "°" or ends_colons:
            return at
    if numbers[0].mark and numbers[0].is_whole:
        # Degrees and minutes of one coordinate.
        return None
    return _HALVES.get(len(numbers))


def _miscounted(coordinates: list[Coordinate], text: str) -> InvalidPosition:
    numbers = [number for coordinate in coordinates for number in coordinate]
    if any(number.has_comma for number in numbers):
        return InvalidPosition(Reason.AMBIGUOUS_COMMA, text)
    is_one = len(coordinates) == 1 and len(numbers) <= 3
    if is_one and all(number.is_whole for number in numbers[:-1]):
        return InvalidPosition(Reason.ONE_NUMBER, text)
    return InvalidPosition(Reason.TOO_MANY, text, count=str(len(numbers)))


def _refuse_mixed(coordinates: list[Coordinate], text: str) -> None:
    one, other = coordinates
    one_way, other_way = _way(one, text), _way(other, text)
    if len(one) == len(other) == 1:
        return
    lengths_may_differ = one_way == other_way == "°"
    has_decimal = any(len(each) == 1 and not each[0].is_whole for each in coordinates)
    if one_way != other_way or has_decimal or (len(one) != len(other) and not lengths_may_differ):
        raise InvalidPosition(Reason.MIXED, text)


def _way(coordinate: Coordinate, text: str) -> str:
    """How the parts of a coordinate are marked: by degree signs and the like, colons, or not at all."""
    if len(coordinate) > 3:
        raise InvalidPosition(Reason.TOO_MANY, text, count=str(len(coordinate)))
    marks = "".join(number.mark or " " for number in coordinate)
    if not _MARKS.fullmatch(marks):
        raise InvalidPosition(Reason.MIXED, text)
    return ":" if ":" in marks else "°" if marks.strip() else ""


def _refuse_ambiguous(coordinates: list[Coordinate], text: str, *, has_axes: bool) -> None:
    """Bare numbers that nothing tells apart but blanks and commas."""
    numbers = [number for coordinate in coordinates for number in coordinate]
    if has_axes or any(number.mark for number in numbers):
        return
    lasts = [coordinate[-1] for coordinate in coordinates]
    if any(number.has_comma for number in numbers) and not all(last.has_comma for last in lasts):
        raise InvalidPosition(Reason.AMBIGUOUS_COMMA, text)
    if len(numbers) == 4 and any(last.is_whole for last in lasts):
        raise InvalidPosition(Reason.AMBIGUOUS_BLANK, text)


def _axes(gaps: list[Gap]) -> tuple[list[Axis], list[Axis]]:
    """What says of each of two coordinates which one it is."""
    before, between, behind = gaps
    one, other = [_only_axes(before), _only_axes(behind)]
    if [axis.sign for axis in one] == [0, 0]:
        # A heading for both: Lat, Long: 33.51, 36.29.
        other.insert(0, one.pop())
    separators = [at for at, each in enumerate(between) if isinstance(each, Separator)]
    if len(separators) == 1:
        one += _only_axes(between[: separators[0]])
        return one, other + _only_axes(between[separators[0] :])
    leading = {bool(axis.sign) for axis in one}
    for axis in _only_axes(between):
        # N 33 E 36 or 33 N 36 E: as it begins, so it goes on.
        (other if bool(axis.sign) in leading else one).append(axis)
    return one, other


def _only_axes(gap: Gap) -> list[Axis]:
    return [each for each in gap if isinstance(each, Axis)]


def _is_latitude_first(axes: tuple[list[Axis], list[Axis]], text: str) -> bool:
    one, other = axes
    for each in axes:
        if len({axis.is_latitude for axis in each}) > 1 or len(_hemispheres(each)) > 1:
            raise InvalidPosition(Reason.CONTRADICTION, text)
    if len(_hemispheres(one)) != len(_hemispheres(other)) or bool(one) != bool(other):
        raise InvalidPosition(Reason.ONE_HEMISPHERE, text)
    if not one:
        return True
    if one[0].is_latitude == other[0].is_latitude:
        twice = Reason.TWO_LATITUDES if one[0].is_latitude else Reason.TWO_LONGITUDES
        raise InvalidPosition(twice, text)
    return one[0].is_latitude


def _hemispheres(axes: list[Axis]) -> list[Axis]:
    return [axis for axis in axes if axis.sign]


def _degrees(coordinate: Coordinate, axes: list[Axis], text: str) -> float:
    hemispheres = _hemispheres(axes)
    written = coordinate[0].sign
    if written and hemispheres:
        raise InvalidPosition(Reason.SIGN_AND_HEMISPHERE, text)
    for number in coordinate[:-1]:
        if not number.is_whole:
            raise InvalidPosition(Reason.FRACTION, text, part=number.digits)
    for number in coordinate[1:]:
        if float(number) >= 60:
            raise InvalidPosition(Reason.SIXTY, text, part=number.digits)
    # Sixtieths do not add up exactly: a tenth of a millimetre is left of them.
    total = sum(float(number) / 60**place for place, number in enumerate(coordinate))
    total = round(total, 9) if len(coordinate) > 1 else total
    return -total if written == "-" or any(axis.sign < 0 for axis in hemispheres) else total
