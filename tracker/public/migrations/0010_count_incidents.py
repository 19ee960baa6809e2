from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('public', '0009_number_what_is_there'),
    ]

    operations = [
        migrations.CreateModel(
            name='CellRollup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(choices=[('day', 'day'), ('week', 'week'), ('month', 'month'), ('year', 'year'), ('ever', 'ever')], help_text='How long it is.', max_length=5)),
                ('start', models.DateField(help_text='First day of the period.')),
                ('x', models.PositiveIntegerField(help_text='Column of the cell at zoom 12, from the west.')),
                ('y', models.PositiveIntegerField(help_text='Row of the cell at zoom 12, from the north.')),
                ('incidents', models.PositiveIntegerField(help_text='How many.')),
            ],
            options={
                'verbose_name': 'rollup of a cell',
                'verbose_name_plural': 'rollups of cells',
                'constraints': [models.UniqueConstraint(fields=('period', 'start', 'x', 'y'), name='cell_rollup_once')],
            },
        ),
        migrations.CreateModel(
            name='Rollup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(choices=[('day', 'day'), ('week', 'week'), ('month', 'month'), ('year', 'year'), ('ever', 'ever')], help_text='How long it is.', max_length=5)),
                ('name', models.CharField(blank=True, help_text='Counted by what: act, accused, …; empty for all.', max_length=20)),
                ('start', models.DateField(help_text='First day of the period.')),
                ('value', models.CharField(blank=True, help_text='The code; empty for those that have none.', max_length=64)),
                ('is_certain', models.BooleanField(help_text='Whether all they may be dated to lies in the period.')),
                ('incidents', models.PositiveIntegerField(help_text='How many.')),
            ],
            options={
                'verbose_name': 'rollup',
                'verbose_name_plural': 'rollups',
                'constraints': [models.UniqueConstraint(fields=('period', 'name', 'start', 'value', 'is_certain'), name='rollup_once')],
            },
        ),
    ]
