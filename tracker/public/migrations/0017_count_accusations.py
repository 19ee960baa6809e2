from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('public', '0016_count_all_by_code'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccusationRollup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agreement', models.CharField(blank=True, help_text='Slug of the agreement that the reports stand under; empty for any and none.', max_length=64)),
                ('accused', models.CharField(help_text='Slug of the party.', max_length=64)),
                ('claimants', models.TextField(blank=True, help_text="Slug of each report's claimant, in their order; empty where it is not told.")),
                ('incidents', models.PositiveIntegerField(help_text='How many.')),
            ],
            options={
                'verbose_name': 'rollup of accusations',
                'verbose_name_plural': 'rollups of accusations',
                'indexes': [models.Index(fields=['agreement', 'accused'], name='accusation_rollup_of')],
            },
        ),
    ]
