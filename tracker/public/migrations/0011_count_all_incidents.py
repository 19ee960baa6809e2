from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    """What was published before it was counted is counted once all there is to count by is there:
    0016_count_all_by_code."""

    dependencies = [
        ("public", "0010_count_incidents"),
    ]

    operations = []
