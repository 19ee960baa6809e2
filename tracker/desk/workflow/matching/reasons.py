"""Why two accounts are held to tell of one incident, or of two: a code, and a sentence in any language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language, gettext

from tracker.codebook import Act, Codes, Harm, Means, Stance
from tracker.errors import Told, gettext_noop


class Reason(Told):
    """A code, and a sentence to fill with the finding's values."""

    SAME_PLACE = "same_place", gettext_noop("the same place: %(place)s")
    LIES_IN = "lies_in", gettext_noop("one place lies in the other: %(places)s")
    APART = "apart", gettext_noop("%(apart)s km apart, known to %(known)s km")
    WRITTEN_ALIKE = "written_alike", gettext_noop("the place is written alike: %(places)s")
    SAME_DAY = "same_day", gettext_noop("the same day")
    SAME_DAYS = "same_days", gettext_noop("the same days")
    DAYS_OVERLAP = "days_overlap", gettext_noop("the days overlap, known to %(days)s days")
    ONE_DAY_APART = "one_day_apart", gettext_noop("1 day apart")
    DAYS_APART = "days_apart", gettext_noop("%(days)s days apart")
    SAME_ACT = "same_act", gettext_noop("both tell of this: %(acts)s")
    OTHER_ACT = "other_act", gettext_noop("they tell of different acts: %(acts)s")
    SAME_MEANS = "same_means", gettext_noop("the same weapon: %(means)s")
    OTHER_MEANS = "other_means", gettext_noop("different weapons: %(means)s")
    SAME_ACCUSED = "same_accused", gettext_noop("both accuse: %(parties)s")
    OTHER_ACCUSED = "other_accused", gettext_noop("they accuse different parties: %(parties)s")
    ANSWERS = "answers", gettext_noop("one answers the other: %(stances)s")
    SAME_FIGURES = "same_figures", gettext_noop("the same figures: %(figures)s")
    ALIKE = "alike", gettext_noop("the words are alike (%(likeness)s)")
    SAME_PAGE = "same_page", gettext_noop("the same page tells of both in the same words")
    COUNTED_APART = "counted_apart", gettext_noop("their source counts them as two: %(source)s")
    # Of duplicates.
    SAME_ORIGIN = "same_origin", gettext_noop("both go back to the same origin: %(origin)s")
    SAME_ID = "same_id", gettext_noop("the same external id: %(id)s")
    SAME_WORDS = "same_words", gettext_noop("the same words (%(likeness)s), day and place")
    SAME_ADDRESS = "same_address", gettext_noop("the same address, day, place and act")
    SAME_FACTS = "same_facts", gettext_noop("the same day, place, act and figures")


@dataclass(frozen=True)
class Finding:
    """One thing two accounts share or differ in, and what it adds to the score or takes from it."""

    reason: Reason
    points: int = 0
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """In the reader's language."""
        words = {name: _words(name, value) for name, value in self.values.items()}
        return gettext(self.reason.sentence) % words


_CODES: dict[str, type[Codes]] = {"acts": Act, "means": Means, "stances": Stance}


def _words(name: str, value: Any) -> str:
    """A value of a finding as it is read: codes by their labels, lists with commas."""
    if not isinstance(value, list):
        return str(value)
    if name in _CODES:
        value = [_label(_CODES[name], code) for code in value]
    if name == "figures":
        value = [f"{Harm(harm).label} {number}" for harm, _group, number in value]
    return ("، " if get_language() == "ar" else ", ").join(value)


def _label(codes: type[Codes], code: str) -> str:
    return str(codes(code).label) if code in codes else code
