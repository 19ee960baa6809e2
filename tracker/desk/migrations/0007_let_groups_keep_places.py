from __future__ import annotations

from django.db import migrations

from tracker.desk.migrations._rights import granting

GRANTED = {
    "data entry": ["view_placecode", "add_placecode", "view_boundary"],
    "reviewer": ["view_placecode", "add_placecode", "view_boundary", "merge_place"],
    "administrator": [
        *("view_placecode", "add_placecode", "change_placecode", "delete_placecode"),
        *("view_boundary", "merge_place"),
    ],
}


class Migration(migrations.Migration):
    dependencies = [("desk", "0006_positions_in_reports")]

    operations = [granting(GRANTED)]
