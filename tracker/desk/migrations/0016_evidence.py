from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tracker.desk.migrations._append_only import keeping
from tracker.desk.migrations._rights import granting

# What is claimed of the bytes, and how they came. Marks and note may be changed.
STANDING = (
    "report_id", "incident_id", "sha256", "size", "content_type", "name", "url", "captured_at",
    "received_by_id", "received_at",
)
KEPT = ["view_evidence", "add_evidence", "change_evidence"]
GRANTED = {
    "data entry": KEPT,
    "reviewer": [*KEPT, "view_confidential_evidence"],
    "administrator": [*KEPT, "view_confidential_evidence"],
}


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0015_steps'),
    ]

    operations = [
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(db_index=True, editable=False, help_text='The SHA-256 of its bytes as they were received: also where they lie.', max_length=64, verbose_name='SHA-256')),
                ('size', models.PositiveBigIntegerField(editable=False, help_text='How many bytes it has.', verbose_name='size')),
                ('content_type', models.CharField(editable=False, help_text='The media type its bytes show, whatever its name says.', max_length=100, verbose_name='content type')),
                ('name', models.CharField(blank=True, editable=False, help_text='What the file was called by its sender. Confidential.', max_length=200, verbose_name='name as received')),
                ('url', models.URLField(blank=True, help_text='Where it was captured from.', max_length=1000, verbose_name='address')),
                ('captured_at', models.DateTimeField(blank=True, help_text='When it was captured from there.', null=True, verbose_name='captured at')),
                ('note', models.TextField(blank=True, help_text='For the desk; never published.', verbose_name='staff note')),
                ('is_graphic', models.BooleanField(default=False, help_text='It shows the dead, the wounded or cruelty: look at it prepared.', verbose_name='graphic')),
                ('is_confidential', models.BooleanField(default=False, help_text='It may betray somebody: for those alone who may see confidential evidence.', verbose_name='confidential')),
                ('received_at', models.DateTimeField(auto_now_add=True, help_text='When it reached the desk.', verbose_name='received at')),
                ('incident', models.ForeignKey(editable=False, help_text='The incident it is kept for, where it is not kept for a report.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='desk.incident', verbose_name='incident')),
                ('received_by', models.ForeignKey(editable=False, help_text='Who brought it to the desk.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='received by')),
                ('report', models.ForeignKey(editable=False, help_text='The report it is kept for, where it is not kept for an incident.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='desk.report', verbose_name='report')),
            ],
            options={
                'verbose_name': 'evidence',
                'verbose_name_plural': 'evidence',
                'ordering': ['received_at', 'id'],
                'permissions': [('view_confidential_evidence', 'Can see confidential evidence')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('incident__isnull', True), ('report__isnull', False)), models.Q(('incident__isnull', False), ('report__isnull', True)), _connector='OR'), name='evidence_is_of_a_report_or_an_incident'), models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='evidence_is_not_empty')],
            },
        ),
        # It may be deleted, by hand, where the law demands it.
        keeping("desk_evidence", events=("UPDATE",), columns=STANDING),
        granting(GRANTED),
    ]
