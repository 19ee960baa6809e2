"""Reports can be claimed and set aside. The table is rebuilt, so its locks are put on again."""

from __future__ import annotations

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

locks = import_module("tracker.desk.migrations.0002_lock_reports")
kept = import_module("tracker.desk.migrations.0006_positions_in_reports").NOW


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0020_incident_merges'),
    ]

    operations = [
        migrations.RunPython(locks.unlock, locks.locking(kept)),
        migrations.AddField(
            model_name='report',
            name='claimed_at',
            field=models.DateTimeField(editable=False, help_text='Since when.', null=True, verbose_name='claimed at'),
        ),
        migrations.AddField(
            model_name='report',
            name='claimed_by',
            field=models.ForeignKey(editable=False, help_text='Who is looking at it now, so that nobody else does.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='claimed by'),
        ),
        migrations.AddField(
            model_name='report',
            name='duplicate_of',
            field=models.ForeignKey(blank=True, editable=False, help_text='The report that holds the same statement.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duplicates', to='desk.report', verbose_name='duplicate of'),
        ),
        migrations.AddField(
            model_name='report',
            name='set_aside',
            field=models.CharField(blank=True, choices=[('rejected', 'Rejected'), ('duplicate', 'Duplicate')], editable=False, help_text='Why it waits for no incident; empty where it does, or has one.', max_length=12, verbose_name='set aside'),
        ),
        migrations.AddField(
            model_name='report',
            name='set_aside_because',
            field=models.CharField(blank=True, editable=False, help_text='The reason given; never published.', max_length=300, verbose_name='set aside because'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('set_aside', ''), ('incident__isnull', True), _connector='OR'), name='report_set_aside_has_no_incident'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('duplicate_of__isnull', False), ('set_aside', 'duplicate')), models.Q(models.Q(('set_aside', 'duplicate'), _negated=True), ('duplicate_of__isnull', True)), _connector='OR'), name='report_that_is_a_duplicate_says_of_which'),
        ),
        migrations.RunPython(locks.locking(kept), locks.unlock),
    ]
