from __future__ import annotations

from django.db import migrations, models

import tracker.desk.models.encrypted
from tracker.desk.migrations._recording import recording, recording_again

WHY = "No confidential source is told in plain."


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0029_encrypt_what_is_there'),
    ]

    operations = [
        recording_again(WHY),
        migrations.AddConstraint(
            model_name='source',
            constraint=tracker.desk.models.encrypted.IsEncrypted(condition=models.Q(('is_confidential', False), models.Q(models.Q(('slug', ''), ('slug__startswith', 'encrypted:'), _connector='OR'), models.Q(('name', ''), ('name__startswith', 'encrypted:'), _connector='OR'), models.Q(('name_ar', ''), ('name_ar__startswith', 'encrypted:'), _connector='OR'), models.Q(('independence_group', ''), ('independence_group__startswith', 'encrypted:'), _connector='OR'), models.Q(('url', ''), ('url__startswith', 'encrypted:'), _connector='OR'), models.Q(('folded', ''), ('folded__startswith', 'encrypted:'), _connector='OR')), _connector='OR'), name='source_is_confidential_in_cipher'),
        ),
        recording(WHY),
    ]
