"""Numbers for what was published, and taken back, before there were any: by its day, then as written."""

from __future__ import annotations

from django.db import migrations

NUMBERED = """
    UPDATE {table} SET change = numbered.number
    FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY {day}, id) AS number FROM {table}) AS numbered
    WHERE numbered.id = {table}.id
"""


def number(apps, schema_editor):
    counted = 0
    for name, day in (("Edition", "updated_on"), ("Tombstone", "withdrawn_on")):
        model = apps.get_model("public", name)
        schema_editor.execute(NUMBERED.format(table=model._meta.db_table, day=day), params=None)
        counted = max(counted, model.objects.count())
    apps.get_model("public", "LastChange").objects.create(pk=1, number=counted)


def forget(apps, schema_editor):
    apps.get_model("public", "LastChange").objects.all().delete()
    for name in ("Edition", "Tombstone"):
        apps.get_model("public", name).objects.update(change=None)


class Migration(migrations.Migration):
    dependencies = [("public", "0009_change_numbers")]

    operations = [migrations.RunPython(number, forget)]
