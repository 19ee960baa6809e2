from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    """What was published before it was counted is counted once all there is to count by is there:
    0018_count_all_and_accusations."""

    dependencies = [
        ("public", "0015_count_cells_by_code"),
    ]

    operations = []
