from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('public', '0014_situation_reports'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='cellrollup',
            name='cell_rollup_once',
        ),
        migrations.AddField(
            model_name='cellrollup',
            name='name',
            field=models.CharField(blank=True, default='', help_text='Counted by what: act, accused, …; empty for all.', max_length=20),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='cellrollup',
            name='value',
            field=models.CharField(blank=True, default='', help_text='The code.', max_length=64),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name='cellrollup',
            constraint=models.UniqueConstraint(fields=('period', 'start', 'name', 'value', 'x', 'y'), name='cell_rollup_once'),
        ),
    ]
