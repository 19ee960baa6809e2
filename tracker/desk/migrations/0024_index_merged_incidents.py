from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

# The name is the same on both databases. The table is not made anew, which would take its triggers.
DROP = 'DROP INDEX "desk_incident_merged_into_id_c0a25ad6"'
CREATE = 'CREATE INDEX "desk_incident_merged_into_id_c0a25ad6" ON "desk_incident" ("merged_into_id")'


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0023_imports'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(DROP, CREATE)],
            state_operations=[
                migrations.AlterField(
                    model_name='incident',
                    name='merged_into',
                    field=models.ForeignKey(db_index=False, editable=False, help_text='The incident that stands for this one, where both are one.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='absorbed', to='desk.incident', verbose_name='merged into'),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name='incident',
            index=models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='incident_merged_into'),
        ),
    ]
