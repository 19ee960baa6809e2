"""A finding in words, in any language: the judge gives codes and plain data, a voice says them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.codebook import Act, Codes, Target
from tracker.errors import gettext_noop
from tracker.scope.reasons import Reason

BASIS = gettext_noop("Basis: %(basis)s.")

_DAYS = ("start", "end", "first", "last")
# What the named things of a value are.
_KINDS = {
    "parties": "party",
    "bound": "party",
    "unbound": "party",
    "zone": "zone",
    "provisions": "provision",
}
_SENTENCES = {reason.value: reason.sentence for reason in Reason}
_LISTS: dict[str, type[Codes]] = {"acts": Act, "targets": Target}


def _english_day(day: dt.date) -> str:
    return f"{day.day} {day:%B} {day.year}"


@dataclass(frozen=True)
class Voice:
    """How one language says it; as it comes, English.

    `translate` is given a sentence, `name` a kind (party, zone, provision), an id and the English name.
    Labels of codes follow Django's active language.
    """

    translate: Callable[[str], str] = str
    day: Callable[[dt.date], str] = _english_day
    name: Callable[[str, str, str], str] = lambda _kind, _id, name: name
    comma: str = ", "

    def of(self, key: str, value: Any) -> str:
        """One value of a finding."""
        if key in _DAYS:
            return self.day(dt.date.fromisoformat(value))
        if key in _KINDS:
            named = value if isinstance(value, list) else [value]
            return self.comma.join(
                self.name(_KINDS[key], each["id"], each["name"]) for each in named
            )
        if key in _LISTS:
            return self.comma.join(_label(_LISTS[key], each) for each in value)
        return self.comma.join(value) if isinstance(value, list) else f"{value:g}"


ENGLISH = Voice()


def told(reason: str, values: Mapping[str, Any], voice: Voice = ENGLISH) -> str:
    """A finding's reason and values as one sentence, and a second for its basis where it has one."""
    said = {key: voice.of(key, value) for key, value in values.items()}
    sentences = [_SENTENCES[reason], *([BASIS] if values.get("basis") else [])]
    return " ".join(voice.translate(sentence) % said for sentence in sentences)


def _label(codes: type[Codes], code: str) -> str:
    return str(codes(code).label) if code in codes else code
