from __future__ import annotations

from django.db import migrations

from tracker.desk.migrations._rights import granting

TERMS = ("provision", "reading", "adherence", "zone")


def _may(verbs, models):
    return [f"{verb}_{model}" for verb in verbs for model in models]


SEES = [*_may(("view",), TERMS), "view_verdict"]
KEEPS = [*SEES, *_may(("add", "change", "delete"), TERMS), "view_job"]
GRANTED = {
    "data entry": SEES,
    "reviewer": KEEPS,
    "administrator": [*KEEPS, "change_job"],
}


class Migration(migrations.Migration):
    dependencies = [("desk", "0010_terms_and_verdicts")]

    operations = [granting(GRANTED)]
