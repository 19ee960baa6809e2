from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tracker.desk.migrations._rights import granting

GRANTED = {group: ["merge_incident"] for group in ("reviewer", "administrator")}


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0019_matching_index'),
    ]

    operations = [
        migrations.CreateModel(
            name='IncidentMerge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reports', models.JSONField(editable=False, help_text='The keys of the reports that came over.', verbose_name='reports')),
                ('verification', models.CharField(choices=[('reported', 'Reported'), ('under_review', 'Under review'), ('corroborated', 'Corroborated'), ('observed', 'Observed by a monitor'), ('verified', 'Verified'), ('inconclusive', 'Inconclusive'), ('unverifiable', 'Unverifiable'), ('refuted', 'Refuted'), ('retracted', 'Retracted'), ('duplicate', 'Duplicate')], editable=False, help_text='How far it was established before it was found to be a duplicate.', max_length=20, verbose_name='verification')),
                ('ended', models.JSONField(default=dict, editable=False, help_text='Where the revisions of its editions ended, to go on from; empty if it had none.', verbose_name='ended')),
                ('reason', models.TextField(blank=True, help_text='Why; for the desk, never published.', verbose_name='reason')),
                ('merged_at', models.DateTimeField(auto_now_add=True, help_text='When.', verbose_name='merged at')),
                ('undone_at', models.DateTimeField(editable=False, help_text='When that was.', null=True, verbose_name='undone at')),
                ('incident', models.ForeignKey(help_text='The incident that was merged.', on_delete=django.db.models.deletion.CASCADE, related_name='merges', to='desk.incident', verbose_name='incident')),
                ('into', models.ForeignKey(help_text='The incident that stands for it.', on_delete=django.db.models.deletion.CASCADE, related_name='taken_in', to='desk.incident', verbose_name='merged into')),
                ('merged_by', models.ForeignKey(editable=False, help_text='Who merged them.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='merged by')),
                ('undone_by', models.ForeignKey(editable=False, help_text='Who parted them again; empty while the merge stands.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='undone by')),
            ],
            options={
                'verbose_name': 'merge of incidents',
                'verbose_name_plural': 'merges of incidents',
                'ordering': ['merged_at', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('incident',), name='incident_is_merged_once_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='IncidentSplit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reports', models.JSONField(editable=False, help_text='The keys of the reports that went over.', verbose_name='reports')),
                ('reason', models.TextField(blank=True, help_text='Why; for the desk, never published.', verbose_name='reason')),
                ('split_at', models.DateTimeField(auto_now_add=True, help_text='When.', verbose_name='split at')),
                ('incident', models.ForeignKey(help_text='The incident the reports were attached to.', on_delete=django.db.models.deletion.CASCADE, related_name='splits', to='desk.incident', verbose_name='incident')),
                ('made', models.OneToOneField(help_text='The incident that was made of them.', on_delete=django.db.models.deletion.CASCADE, related_name='split_from', to='desk.incident', verbose_name='new incident')),
                ('split_by', models.ForeignKey(editable=False, help_text='Who split it.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='split by')),
            ],
            options={
                'verbose_name': 'split of an incident',
                'verbose_name_plural': 'splits of incidents',
                'ordering': ['split_at', 'id'],
            },
        ),
        migrations.AlterModelOptions(
            name='incident',
            options={'ordering': ['-date_start', '-id'], 'permissions': [('publish_incident', 'Can publish incidents'), ('merge_incident', 'Can merge and split incidents')], 'verbose_name': 'incident', 'verbose_name_plural': 'incidents'},
        ),
        migrations.AddField(
            model_name='incident',
            name='merged_into',
            field=models.ForeignKey(editable=False, help_text='The incident that stands for this one, where both are one.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='absorbed', to='desk.incident', verbose_name='merged into'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='incident_is_not_merged_into_itself'),
        ),
        granting(GRANTED),
    ]
