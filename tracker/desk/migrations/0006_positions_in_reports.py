"""Reports can state a position. The table is rebuilt, so its locks are taken off and put on again."""

from __future__ import annotations

from importlib import import_module

from django.db import migrations, models

locks = import_module("tracker.desk.migrations.0002_lock_reports")
BEFORE = locks.COLUMNS
NOW = (*locks.COLUMNS, "latitude", "longitude", "radius_m")


class Migration(migrations.Migration):
    dependencies = [("desk", "0005_move_place_codes")]

    operations = [
        migrations.RunPython(locks.unlock, locks.locking(BEFORE)),
        migrations.RemoveField(
            model_name='place',
            name='external_id',
        ),
        migrations.AddField(
            model_name='report',
            name='latitude',
            field=models.FloatField(blank=True, help_text='WGS 84 degrees, where the source gives a position. Never published.', null=True, verbose_name='latitude'),
        ),
        migrations.AddField(
            model_name='report',
            name='longitude',
            field=models.FloatField(blank=True, help_text='WGS 84 degrees, beside the latitude.', null=True, verbose_name='longitude'),
        ),
        migrations.AddField(
            model_name='report',
            name='radius_m',
            field=models.PositiveIntegerField(blank=True, help_text='How far from the position or the place it may have been.', null=True, verbose_name='radius in metres'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__range', (-90, 90)), ('longitude__range', (-180, 180))), _connector='OR'), name='report_lies_on_the_earth', violation_error_message='Give latitude and longitude both, or neither.'),
        ),
        migrations.RunPython(locks.locking(NOW), locks.unlock),
    ]
