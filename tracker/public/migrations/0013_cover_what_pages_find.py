"""Pages are found by an index alone, by day or by place, without reading a row that is not on them."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('public', '0012_find_by_last_day'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='entry',
            name='entry_by_tile',
        ),
        migrations.RemoveIndex(
            model_name='entry',
            name='entry_by_days',
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['kind', 'date_start', 'public_id', 'date_end', 'latitude', 'longitude', 'edition'], name='entry_by_day'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['kind', 'tile', 'date_start', 'public_id', 'latitude', 'longitude', 'edition'], name='entry_by_place'),
        ),
    ]
