from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0018_assessments'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='incident',
            index=models.Index(fields=['date_end'], name='incident_by_last_day'),
        ),
        migrations.AddIndex(
            model_name='incident',
            index=models.Index(fields=['date_precision', 'date_start'], name='incident_by_date_precision'),
        ),
    ]
