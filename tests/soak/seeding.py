"""What a tracker under load begins with: the demo, and writers with a token each."""

from __future__ import annotations

import json

from django.core.management import call_command

from tests.factories import make_report, make_source, make_user
from tracker.desk.workflow import tokens


def seed(writers: int) -> None:
    """Fill an empty database, and print the tokens and the id of a report to bring evidence to."""
    call_command("load_demo", verbosity=0)
    make_user(username="nour", is_superuser=True, is_staff=True)
    source = make_source(slug="monitor")
    report = make_report(source=source)
    users = [make_user("data entry", username=f"writer{n}") for n in range(writers)]
    told = {"report": report.pk, "tokens": [tokens.issue(user, days=1) for user in users]}
    print(f"\n{json.dumps(told)}")
