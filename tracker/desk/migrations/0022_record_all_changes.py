from __future__ import annotations

from django.db import migrations

from tracker.desk.migrations._recording import recording


class Migration(migrations.Migration):
    dependencies = [("desk", "0021_triage")]

    operations = [recording("As it stood when the ledger began to watch it.")]
