from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('public', '0013_cover_what_pages_find'),
    ]

    operations = [
        migrations.AlterField(
            model_name='edition',
            name='kind',
            field=models.CharField(choices=[('incident', 'Incident'), ('report', 'Report'), ('scope', 'Scope'), ('history', 'History'), ('agreement', 'Agreement'), ('zones', 'Zones'), ('party', 'Party'), ('place', 'Place'), ('boundary', 'Boundary'), ('source', 'Source'), ('tally', 'Tally'), ('coverage', 'Coverage'), ('situation', 'Situation report')], help_text='What it is the form of.', max_length=12),
        ),
        migrations.AlterField(
            model_name='entry',
            name='kind',
            field=models.CharField(choices=[('incident', 'Incident'), ('report', 'Report'), ('scope', 'Scope'), ('history', 'History'), ('agreement', 'Agreement'), ('zones', 'Zones'), ('party', 'Party'), ('place', 'Place'), ('boundary', 'Boundary'), ('source', 'Source'), ('tally', 'Tally'), ('coverage', 'Coverage'), ('situation', 'Situation report')], help_text='Incident or report.', max_length=12),
        ),
        migrations.AlterField(
            model_name='tombstone',
            name='kind',
            field=models.CharField(choices=[('incident', 'Incident'), ('report', 'Report'), ('scope', 'Scope'), ('history', 'History'), ('agreement', 'Agreement'), ('zones', 'Zones'), ('party', 'Party'), ('place', 'Place'), ('boundary', 'Boundary'), ('source', 'Source'), ('tally', 'Tally'), ('coverage', 'Coverage'), ('situation', 'Situation report')], help_text='What it was the form of.', max_length=12),
        ),
    ]
