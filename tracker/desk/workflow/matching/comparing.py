"""What two accounts have in common, question by question: when, what, by whom, and in which words."""

from __future__ import annotations

from itertools import product

from rapidfuzz import fuzz

from tracker.codebook import Stance
from tracker.desk.workflow.matching.accounts import Account
from tracker.desk.workflow.matching.reasons import Finding, Reason

# What overlapping days count by how many may be meant, and where more may: to the month many incidents
# are alike in all else.
SAME_DAYS, OVERLAP, LONG = 30, ((3, 24), (14, 8), (31, -10)), -15
# What days apart cost by their number, and where they are more.
GAPS, OTHER_TIME = {1: -10, 2: -20}, -30
SAME_ACT, OTHER_ACT = 20, -30
SAME_MEANS, OTHER_MEANS = 5, -15
SAME_ACCUSED, OTHER_ACCUSED = 10, -10
ANSWER, SAME_FIGURES = 10, 3
# Words count from where any two sentences of one war are alike, and very short ones not at all.
ALIKE, UNLIKE, SHORT = 10, 70, 20
SAME_PAGE, SAME_WORDS = 25, 97
COUNTED_APART = -40

# Who speaks so accuses someone himself; who does neither speaks to what another alleges.
ALLEGING = frozenset({Stance.ALLEGES, Stance.CONFIRMS})
ACCUSING = ALLEGING | {Stance.ADMITS, Stance.ADMITS_JUSTIFIED}


def days(one: Account, other: Account) -> Finding:
    gap = days_between(one, other)
    if gap == 1:
        return Finding(Reason.ONE_DAY_APART, GAPS[gap])
    if gap > 1:
        return Finding(Reason.DAYS_APART, GAPS.get(gap, OTHER_TIME), {"days": gap})
    if _are_same_days(one, other):
        reason = Reason.SAME_DAY if one.days.length == 1 else Reason.SAME_DAYS
        return Finding(reason, SAME_DAYS)
    known = max(one.days.length, other.days.length)
    points = next((points for most, points in OVERLAP if known <= most), LONG)
    return Finding(Reason.DAYS_OVERLAP, points, {"days": known})


def acts(one: Account, other: Account) -> Finding | None:
    if not (one.acts and other.acts):
        return None
    if shared := one.acts & other.acts:
        return Finding(Reason.SAME_ACT, SAME_ACT, {"acts": sorted(shared)})
    return Finding(Reason.OTHER_ACT, OTHER_ACT, {"acts": sorted(one.acts | other.acts)})


def means(one: Account, other: Account) -> Finding | None:
    if not (one.means and other.means):
        return None
    if shared := one.means & other.means:
        return Finding(Reason.SAME_MEANS, SAME_MEANS, {"means": sorted(shared)})
    return Finding(Reason.OTHER_MEANS, OTHER_MEANS, {"means": sorted(one.means | other.means)})


def accused(one: Account, other: Account) -> Finding | None:
    """Whether they accuse the same, or those these answer to or became."""
    if not (one.accused and other.accused):
        return None
    names = {key: name for each in (one, other) for key, name in each.accused.items()}
    if shared := (one.accused.keys() & other.kin) | (other.accused.keys() & one.kin):
        parties = sorted(names[key] for key in shared)
        return Finding(Reason.SAME_ACCUSED, SAME_ACCUSED, {"parties": parties})
    if not {one.stance, other.stance} <= ACCUSING:
        return None
    return Finding(Reason.OTHER_ACCUSED, OTHER_ACCUSED, {"parties": sorted(names.values())})


def stances(one: Account, other: Account) -> Finding | None:
    """A denial is about what another alleges, and so rarely the first word on an incident."""
    if (one.stance in ALLEGING) == (other.stance in ALLEGING):
        return None
    return Finding(Reason.ANSWERS, ANSWER, {"stances": [one.stance, other.stance]})


def figures(one: Account, other: Account) -> Finding | None:
    """Figures that differ say nothing: of one incident one source counts 7 dead and another 12."""
    shared = sorted(one.figures & other.figures)
    return Finding(Reason.SAME_FIGURES, SAME_FIGURES, {"figures": shared}) if shared else None


def words(one: Account, other: Account) -> Finding | None:
    likeness = alike(one, other)
    points = round(ALIKE * (likeness - UNLIKE) / (100 - UNLIKE))
    return Finding(Reason.ALIKE, points, {"likeness": likeness}) if points > 0 else None


def pages(one: Account, other: Account) -> Finding | None:
    """Whether they are one sentence about several villages, entered once for each."""
    is_same = one.page and one.page == other.page and _are_same_days(one, other)
    return (
        Finding(Reason.SAME_PAGE, SAME_PAGE)
        if is_same and alike(one, other) >= SAME_WORDS
        else None
    )


def collections(one: Account, other: Account) -> Finding | None:
    """Whether they are two rows of one dataset, which makes a row of each incident."""
    if not (one.collection and other.collection) or one.collection == other.collection:
        return None
    source, its_source = one.collection[0], other.collection[0]
    if source != its_source:
        return None
    return Finding(Reason.COUNTED_APART, COUNTED_APART, {"source": source})


def days_between(one: Account, other: Account) -> int:
    """How many days they are apart; below 1 they overlap."""
    first, last = max(one.days.first, other.days.first), min(one.days.last, other.days.last)
    return (first - last).days


def alike(one: Account, other: Account) -> int:
    """How alike their words are, in whatever order, from 0 to 100."""
    pairs = [pair for pair in product(one.texts, other.texts) if min(map(len, pair)) >= SHORT]
    return int(max((fuzz.token_sort_ratio(*pair) for pair in pairs), default=0))


def _are_same_days(one: Account, other: Account) -> bool:
    return one.days == other.days and one.is_to_the_day and other.is_to_the_day
