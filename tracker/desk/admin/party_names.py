"""Parties, each shown with the names it bore, and when."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tracker.desk.models import Party, PartyName


def label(party: Party) -> str:
    """Hay'at Tahrir al-Sham · هيئة تحرير الشام (Jabhat al-Nusra 2012-01-23 – 2016-07-27)."""
    is_arabic = get_language() == "ar"
    names = [party.name_ar, party.name] if is_arabic else [party.name, party.name_ar]
    others = [
        _dated(each)
        for each in sorted(party.names.all(), key=_since)
        if each.name not in names and (each.valid_from or each.valid_to)
    ]
    name = " · ".join(filter(None, names))
    return f"{name} ({('، ' if is_arabic else ', ').join(others)})" if others else name


def _since(name: PartyName) -> tuple[dt.date, str]:
    return name.valid_from or dt.date.min, name.name


def _dated(name: PartyName) -> str:
    if name.valid_to is None:
        return _("%(name)s from %(day)s") % {"name": name.name, "day": name.valid_from}
    if name.valid_from is None:
        return _("%(name)s until %(day)s") % {"name": name.name, "day": name.valid_to}
    return f"{name.name} {name.valid_from} – {name.valid_to}"
