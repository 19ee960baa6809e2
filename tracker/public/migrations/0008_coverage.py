from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('public', '0007_begin_histories'),
    ]

    operations = [
        migrations.AlterField(
            model_name='edition',
            name='kind',
            field=models.CharField(choices=[('incident', 'Incident'), ('report', 'Report'), ('scope', 'Scope'), ('history', 'History'), ('agreement', 'Agreement'), ('zones', 'Zones'), ('party', 'Party'), ('place', 'Place'), ('boundary', 'Boundary'), ('source', 'Source'), ('tally', 'Tally'), ('coverage', 'Coverage')], help_text='What it is the form of.', max_length=12),
        ),
        migrations.AlterField(
            model_name='edition',
            name='public_id',
            field=models.CharField(help_text='A random UUID for incidents, their scope and history, reports, tallies, coverage, places and their boundaries; a slug for all else.', max_length=64),
        ),
        migrations.AlterField(
            model_name='entry',
            name='kind',
            field=models.CharField(choices=[('incident', 'Incident'), ('report', 'Report'), ('scope', 'Scope'), ('history', 'History'), ('agreement', 'Agreement'), ('zones', 'Zones'), ('party', 'Party'), ('place', 'Place'), ('boundary', 'Boundary'), ('source', 'Source'), ('tally', 'Tally'), ('coverage', 'Coverage')], help_text='Incident or report.', max_length=12),
        ),
        migrations.AlterField(
            model_name='tombstone',
            name='kind',
            field=models.CharField(choices=[('incident', 'Incident'), ('report', 'Report'), ('scope', 'Scope'), ('history', 'History'), ('agreement', 'Agreement'), ('zones', 'Zones'), ('party', 'Party'), ('place', 'Place'), ('boundary', 'Boundary'), ('source', 'Source'), ('tally', 'Tally'), ('coverage', 'Coverage')], help_text='What it was the form of.', max_length=12),
        ),
    ]
