"""What no password may rest on, beside those that are common everywhere."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# What this desk is about: whoever guesses begins with it.
WORDS = (
    *("ceasefire", "truce", "incident", "tracker", "monitor", "report", "agreement", "violation"),
    *("administrator", "admin", "reviewer", "desk", "password", "passphrase"),
    *("syria", "damascus", "aleppo", "homs", "idlib", "barada", "astana", "geneva"),
)
# Characters that have to be left without them.
LEAST = 8
_WORD = re.compile("|".join(sorted(WORDS, key=len, reverse=True)), re.IGNORECASE)


class ContextWordsValidator:
    """Refuses a password that is little but words of the desk's own work (OWASP ASVS 5, 6.2.11)."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(_WORD.sub("", password)) < LEAST:
            raise ValidationError(self.get_help_text(), code="password_of_context_words")

    def get_help_text(self) -> str:
        return _(
            "Your password must hold at least %(least)d characters beside words such as ceasefire, "
            "tracker, report or Damascus."
        ) % {"least": LEAST}
