"""What is told of a period once and for good, and what was corrected in it since."""

from __future__ import annotations

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from tracker.desk.migrations._recording import recording, recording_again
from tracker.desk.migrations._rights import granting
from tracker.desk.workflow import recording as ledger

SEEING = ["view_situationreport", "view_erratum"]
KEEPING = [*SEEING, "add_situationreport", "change_situationreport", "add_erratum"]
GRANTED = {
    "data entry": SEEING,
    "reviewer": KEEPING,
    "administrator": [*KEEPING, "delete_situationreport"],
}


def forget(apps, schema_editor):
    """Enter in the ledger that the reports are gone, before their table is."""
    for name in ("Erratum", "SituationReport"):
        apps.get_model("desk", name).objects.all().delete()
    ledger.enter(by=None, why="Situation reports go with the version that has them.", apps=apps)
    if schema_editor.connection.vendor == "postgresql":
        # No table is dropped there while checks of its rows are put off.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0025_webhooks'),
    ]

    operations = [
        recording_again("As it stood when a version that has situation reports was taken back."),
        migrations.CreateModel(
            name='SituationReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date_start', models.DateField(help_text='First day of its period.', verbose_name='first day')),
                ('date_end', models.DateField(help_text='Last day of its period.', verbose_name='last day')),
                ('number', models.PositiveIntegerField(editable=False, help_text='Its number among those about the same; empty until it is issued.', null=True, verbose_name='number')),
                ('slug', models.SlugField(editable=False, help_text='Its public id; empty until it is issued.', max_length=64, null=True, unique=True, verbose_name='slug')),
                ('sha256', models.CharField(blank=True, editable=False, help_text='Hash of its numbers as they were issued.', max_length=64, verbose_name='SHA-256')),
                ('published_on', models.DateField(editable=False, help_text='Day it was issued.', null=True, verbose_name='issued on')),
                ('agreement', models.ForeignKey(blank=True, help_text='What it is about: incidents on whose days this was in force; empty for all.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='situation_reports', to='desk.agreement', verbose_name='agreement')),
            ],
            options={
                'verbose_name': 'situation report',
                'verbose_name_plural': 'situation reports',
                'ordering': ['-date_end', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Erratum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(editable=False, help_text='Its number in the report.', verbose_name='number')),
                ('text', models.TextField(help_text='What is wrong, and what is right.', verbose_name='text')),
                ('text_ar', models.TextField(blank=True, help_text='The same in Arabic.', verbose_name='text in Arabic')),
                ('added_on', models.DateField(default=django.utils.timezone.localdate, editable=False, help_text='Day it was added.', verbose_name='added on')),
                ('report', models.ForeignKey(help_text='What it corrects.', on_delete=django.db.models.deletion.CASCADE, related_name='errata', to='desk.situationreport', verbose_name='report')),
            ],
            options={
                'verbose_name': 'correction',
                'verbose_name_plural': 'corrections',
                'ordering': ['number'],
            },
        ),
        migrations.AddConstraint(
            model_name='situationreport',
            constraint=models.CheckConstraint(condition=models.Q(('date_end__gte', models.F('date_start'))), name='situation_report_ends_after_it_starts', violation_error_message='The last day is before the first.'),
        ),
        migrations.AddConstraint(
            model_name='erratum',
            constraint=models.UniqueConstraint(fields=('report', 'number'), name='erratum_number_once'),
        ),
        granting(GRANTED),
        recording("As it stood when there could first be situation reports."),
        migrations.RunPython(migrations.RunPython.noop, forget),
    ]
