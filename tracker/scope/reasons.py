"""Why a question is answered as it is: a code, and a sentence for someone who is no lawyer.

"It" is the agreement. What a sentence is filled with is plain data, which `words` puts into words.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from tracker.codebook import Outcome
from tracker.errors import gettext_noop


class Reason(StrEnum):
    """A code, how it answers its question, and a sentence to fill with the finding's values."""

    outcome: Outcome
    sentence: str

    def __new__(cls, code: str, outcome: Outcome, sentence: str) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.outcome = outcome
        member.sentence = sentence
        return member

    # Was it in force?
    IN_FORCE_SINCE = (
        "in_force_since",
        Outcome.HOLDS,
        gettext_noop("It was in force: from %(start)s."),
    )
    IN_FORCE_BETWEEN = (
        "in_force_between",
        Outcome.HOLDS,
        gettext_noop("It was in force: from %(start)s to %(end)s."),
    )
    NOT_YET = (
        "not_yet",
        Outcome.FAILS,
        gettext_noop("It was not yet in force: it begins on %(start)s."),
    )
    NO_LONGER = (
        "no_longer",
        Outcome.FAILS,
        gettext_noop("It was no longer in force: it ended on %(end)s."),
    )
    MAY_PRECEDE = (
        "may_precede",
        Outcome.UNSAID,
        gettext_noop(
            "It begins on %(start)s, and the incident is known to lie between %(first)s and %(last)s:"
            " it may have happened before."
        ),
    )
    MAY_FOLLOW = (
        "may_follow",
        Outcome.UNSAID,
        gettext_noop(
            "It ended on %(end)s, and the incident is known to lie between %(first)s and %(last)s:"
            " it may have happened after."
        ),
    )
    BEGINS_THAT_DAY = (
        "begins_that_day",
        Outcome.UNSAID,
        gettext_noop(
            "It begins in the course of %(start)s, and the incident may have happened earlier that day."
        ),
    )
    ENDS_THAT_DAY = (
        "ends_that_day",
        Outcome.UNSAID,
        gettext_noop(
            "It ended in the course of %(end)s, and the incident may have happened later that day."
        ),
    )
    # Did it hold there?
    EVERYWHERE = (
        "everywhere",
        Outcome.HOLDS,
        gettext_noop("It holds everywhere but in zones left out, and the place lies in none."),
    )
    IN_ZONE = (
        "in_zone",
        Outcome.HOLDS,
        gettext_noop("The place lies in a zone it holds in: %(zone)s."),
    )
    ZONE_LEFT_OUT = (
        "zone_left_out",
        Outcome.FAILS,
        gettext_noop("The place lies in a zone left out of it: %(zone)s."),
    )
    BEYOND_ZONES = (
        "beyond_zones",
        Outcome.FAILS,
        gettext_noop("The place lies in none of the zones it holds in."),
    )
    ACROSS_BORDER = (
        "across_border",
        Outcome.UNSAID,
        gettext_noop(
            "The place is known to within %(radius)s km, and the border of a zone is nearer: %(zone)s."
        ),
    )
    ON_BORDER = (
        "on_border",
        Outcome.UNSAID,
        gettext_noop("The place lies on the border of a zone: %(zone)s."),
    )
    ZONES_CHANGED = (
        "zones_changed",
        Outcome.UNSAID,
        gettext_noop(
            "Between %(first)s and %(last)s, when the incident happened, its zones changed:"
            " the place lay inside before or after, not both."
        ),
    )
    NO_POSITION = (
        "no_position",
        Outcome.UNSAID,
        gettext_noop("It does not hold everywhere, and where the incident happened is not known."),
    )
    # Did it bind the accused?
    BOUND = "bound", Outcome.HOLDS, gettext_noop("It binds the accused: %(parties)s.")
    ACCUSED_EXCLUDED = (
        "accused_excluded",
        Outcome.FAILS,
        gettext_noop("It excludes the accused, and so does not bind them: %(parties)s."),
    )
    NOT_BOUND = (
        "not_bound",
        Outcome.FAILS,
        gettext_noop("It did not bind the accused when it happened: %(parties)s."),
    )
    NO_ACCUSED = "no_accused", Outcome.UNSAID, gettext_noop("No one stands accused of it.")
    ACCUSED_UNIDENTIFIED = (
        "accused_unidentified",
        Outcome.UNSAID,
        gettext_noop("Those accused are not identified: %(parties)s."),
    )
    ACCUSED_DISPUTED = (
        "accused_disputed",
        Outcome.UNSAID,
        gettext_noop("Whether it binds the accused is disputed: %(parties)s."),
    )
    ACCUSED_UNRECORDED = (
        "accused_unrecorded",
        Outcome.UNSAID,
        gettext_noop("Whether it binds the accused is not recorded: %(parties)s."),
    )
    ACCUSED_DIFFER = (
        "accused_differ",
        Outcome.UNSAID,
        gettext_noop(
            "It binds some of the accused, %(bound)s, and not others, %(unbound)s:"
            " which of them did it is not settled."
        ),
    )
    ACCUSED_CHANGED = (
        "accused_changed",
        Outcome.UNSAID,
        gettext_noop(
            "Between %(first)s and %(last)s, when the incident happened, it began or ceased to bind"
            " the accused: %(parties)s."
        ),
    )
    # Did it protect those aimed at?
    ALWAYS_PROTECTED = (
        "always_protected",
        Outcome.HOLDS,
        gettext_noop("It protects, whoever holds the place: %(targets)s."),
    )
    PROTECTED = "protected", Outcome.HOLDS, gettext_noop("It protects those aimed at: %(parties)s.")
    NEEDS_NO_TARGET = (
        "needs_no_target",
        Outcome.HOLDS,
        gettext_noop(
            "No target is named, and none need be: the act wrongs the people of the place"
            " or the agreement itself: %(acts)s."
        ),
    )
    TARGET_EXCLUDED = (
        "target_excluded",
        Outcome.FAILS,
        gettext_noop("It excludes those aimed at, and so does not protect them: %(parties)s."),
    )
    NO_TARGET = "no_target", Outcome.UNSAID, gettext_noop("At whom it was aimed is not known.")
    TARGET_UNIDENTIFIED = (
        "target_unidentified",
        Outcome.UNSAID,
        gettext_noop("Those aimed at are not identified: %(parties)s."),
    )
    TARGET_NOT_A_PARTY = (
        "target_not_a_party",
        Outcome.UNSAID,
        gettext_noop(
            "Whether it protects those who had not accepted it cannot be said: %(parties)s."
        ),
    )
    TARGET_DISPUTED = (
        "target_disputed",
        Outcome.UNSAID,
        gettext_noop("Whether it protects those aimed at is disputed: %(parties)s."),
    )
    TARGET_UNRECORDED = (
        "target_unrecorded",
        Outcome.UNSAID,
        gettext_noop("Whether it protects those aimed at is not recorded: %(parties)s."),
    )
    TARGET_CHANGED = (
        "target_changed",
        Outcome.UNSAID,
        gettext_noop(
            "Between %(first)s and %(last)s, when the incident happened, it began or ceased to"
            " protect those aimed at: %(parties)s."
        ),
    )
    # Does it prohibit the act?
    PROHIBITED = (
        "prohibited",
        Outcome.HOLDS,
        gettext_noop("It prohibits this (%(acts)s) by: %(provisions)s."),
    )
    NOT_PROHIBITED = (
        "not_prohibited",
        Outcome.FAILS,
        gettext_noop("None of its provisions prohibits this: %(acts)s."),
    )
    NO_BREACH = (
        "no_breach",
        Outcome.FAILS,
        gettext_noop("What was done is assessed to be no breach, such as an exercise."),
    )
    NO_ACT = "no_act", Outcome.UNSAID, gettext_noop("What was done is not known.")
    NO_PROVISIONS = (
        "no_provisions",
        Outcome.UNSAID,
        gettext_noop("What it prohibits is not recorded."),
    )
