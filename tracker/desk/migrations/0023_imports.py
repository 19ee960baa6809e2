"""What files bring. Tables the ledger knows are rebuilt, so it is told to watch them again."""

from __future__ import annotations

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tracker.desk.migrations._recording import recording, recording_again
from tracker.desk.migrations._rights import granting

locks = import_module("tracker.desk.migrations.0002_lock_reports")
kept = import_module("tracker.desk.migrations.0006_positions_in_reports").NOW
BRINGING = ["view_importrun", "add_importrun", "change_importrun"]


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0022_record_all_changes'),
    ]

    operations = [
        recording_again("As it stood when a version that takes files in was taken back."),
        migrations.RunPython(locks.unlock, locks.locking(kept)),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField(blank=True, help_text='Where it begins in the file, counted from 1; empty for one that is gone.', null=True, verbose_name='line')),
                ('outcome', models.CharField(choices=[('refused', 'refused'), ('gone', 'no longer in the file')], help_text='What became of it.', max_length=8, verbose_name='outcome')),
                ('faults', models.JSONField(blank=True, default=list, help_text='What is wrong, column by column.', verbose_name='reasons')),
                ('cells', models.JSONField(blank=True, default=list, help_text='The row as it was received.', verbose_name='cells')),
            ],
            options={
                'verbose_name': 'import row',
                'verbose_name_plural': 'import rows',
                'ordering': ['run', 'line', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('reports', 'reports'), ('tallies', 'tallies'), ('coverage', 'coverage periods'), ('parties', 'parties')], default='reports', help_text='What its rows are taken for.', max_length=10, verbose_name='kind')),
                ('name', models.CharField(help_text='What the file was called by its sender. Confidential.', max_length=200, verbose_name='name as received')),
                ('sha256', models.CharField(db_index=True, help_text='The SHA-256 of its bytes as they were received: also where they lie.', max_length=64, verbose_name='SHA-256')),
                ('size', models.PositiveBigIntegerField(help_text='How many bytes it has.', verbose_name='size')),
                ('choices', models.JSONField(blank=True, default=dict, help_text='Encoding, delimiter and sheet, as recognised or as chosen.', verbose_name='how it is read')),
                ('mapping', models.JSONField(blank=True, default=dict, help_text='Which column tells what, and what its values mean.', verbose_name='mapping')),
                ('state', models.CharField(choices=[('received', 'to be checked'), ('checking', 'being checked'), ('checked', 'checked'), ('committing', 'being taken in'), ('committed', 'taken in'), ('undoing', 'being undone'), ('undone', 'undone')], default='received', help_text='Whether it waits for its mapping, was checked, taken in or undone.', max_length=12, verbose_name='state')),
                ('counts', models.JSONField(blank=True, default=dict, help_text='How many rows are new, changed, unchanged, refused, by the last step.', verbose_name='counts')),
                ('findings', models.JSONField(blank=True, default=dict, help_text='Names that nobody here knows, as checked.', verbose_name='findings')),
                ('repeats', models.JSONField(blank=True, default=dict, help_text='New rows that tell what another row or report tells, as checked.', verbose_name='repeats')),
                ('created_at', models.DateTimeField(auto_now_add=True, help_text='When it reached the desk.', verbose_name='brought at')),
                ('committed_at', models.DateTimeField(blank=True, help_text='When its last row was taken in.', null=True, verbose_name='taken in at')),
            ],
            options={
                'verbose_name': 'import',
                'verbose_name_plural': 'imports',
                'ordering': ['-id'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='report',
            name='report_once_a_source_and_external_id',
        ),
        migrations.AddField(
            model_name='bulletin',
            name='fingerprint',
            field=models.CharField(blank=True, editable=False, help_text='Tells whether a row says again what was taken in before. Confidential.', max_length=32, verbose_name='fingerprint'),
        ),
        migrations.AddField(
            model_name='bulletin',
            name='import_line',
            field=models.PositiveIntegerField(blank=True, editable=False, help_text='Where its row begins in the file, counted from 1.', null=True, verbose_name='line'),
        ),
        migrations.AddField(
            model_name='coverage',
            name='fingerprint',
            field=models.CharField(blank=True, editable=False, help_text='Tells whether a row says again what was taken in before. Confidential.', max_length=32, verbose_name='fingerprint'),
        ),
        migrations.AddField(
            model_name='coverage',
            name='import_line',
            field=models.PositiveIntegerField(blank=True, editable=False, help_text='Where its row begins in the file, counted from 1.', null=True, verbose_name='line'),
        ),
        migrations.AddField(
            model_name='party',
            name='fingerprint',
            field=models.CharField(blank=True, editable=False, help_text='Tells whether a row says again what was taken in before. Confidential.', max_length=32, verbose_name='fingerprint'),
        ),
        migrations.AddField(
            model_name='party',
            name='import_line',
            field=models.PositiveIntegerField(blank=True, editable=False, help_text='Where its row begins in the file, counted from 1.', null=True, verbose_name='line'),
        ),
        migrations.AddField(
            model_name='report',
            name='edition',
            field=models.PositiveSmallIntegerField(default=1, editable=False, help_text="Which edition of the source's own record it is, counted from 1.", verbose_name='edition'),
        ),
        migrations.AddField(
            model_name='report',
            name='fingerprint',
            field=models.CharField(blank=True, editable=False, help_text='Tells whether a row says again what was taken in before. Confidential.', max_length=32, verbose_name='fingerprint'),
        ),
        migrations.AddField(
            model_name='report',
            name='import_line',
            field=models.PositiveIntegerField(blank=True, editable=False, help_text='Where its row begins in the file, counted from 1.', null=True, verbose_name='line'),
        ),
        migrations.AddField(
            model_name='tally',
            name='fingerprint',
            field=models.CharField(blank=True, editable=False, help_text='Tells whether a row says again what was taken in before. Confidential.', max_length=32, verbose_name='fingerprint'),
        ),
        migrations.AddField(
            model_name='tally',
            name='import_line',
            field=models.PositiveIntegerField(blank=True, editable=False, help_text='Where its row begins in the file, counted from 1.', null=True, verbose_name='line'),
        ),
        migrations.AddField(
            model_name='importrow',
            name='report',
            field=models.ForeignKey(blank=True, help_text='The report an earlier file made of it, for one that is gone.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='desk.report', verbose_name='report'),
        ),
        migrations.AddField(
            model_name='importrun',
            name='created_by',
            field=models.ForeignKey(help_text='Who brought the file.', on_delete=django.db.models.deletion.PROTECT, related_name='import_runs', to=settings.AUTH_USER_MODEL, verbose_name='brought by'),
        ),
        migrations.AddField(
            model_name='importrun',
            name='job',
            field=models.ForeignKey(blank=True, help_text='The work that is under way, or was last.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='desk.job', verbose_name='job'),
        ),
        migrations.AddField(
            model_name='importrun',
            name='source',
            field=models.ForeignKey(help_text='Whose file it is: what its rows say, this source says.', on_delete=django.db.models.deletion.PROTECT, related_name='import_runs', to='desk.source', verbose_name='source'),
        ),
        migrations.AddField(
            model_name='importrow',
            name='run',
            field=models.ForeignKey(help_text='The run it belongs to.', on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='desk.importrun', verbose_name='import'),
        ),
        migrations.AddField(
            model_name='bulletin',
            name='import_run',
            field=models.ForeignKey(blank=True, editable=False, help_text='The import that brought it; empty where it was typed or submitted.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='desk.importrun', verbose_name='import'),
        ),
        migrations.AddField(
            model_name='coverage',
            name='import_run',
            field=models.ForeignKey(blank=True, editable=False, help_text='The import that brought it; empty where it was typed or submitted.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='desk.importrun', verbose_name='import'),
        ),
        migrations.AddField(
            model_name='party',
            name='import_run',
            field=models.ForeignKey(blank=True, editable=False, help_text='The import that brought it; empty where it was typed or submitted.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='desk.importrun', verbose_name='import'),
        ),
        migrations.AddField(
            model_name='report',
            name='import_run',
            field=models.ForeignKey(blank=True, editable=False, help_text='The import that brought it; empty where it was typed or submitted.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='desk.importrun', verbose_name='import'),
        ),
        migrations.AddField(
            model_name='tally',
            name='import_run',
            field=models.ForeignKey(blank=True, editable=False, help_text='The import that brought it; empty where it was typed or submitted.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='desk.importrun', verbose_name='import'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(condition=models.Q(('external_id', ''), models.Q(('fingerprint', ''), _negated=True)), fields=['source', 'fingerprint'], name='report_by_fingerprint'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('source', 'external_id', 'edition'), name='report_once_a_source_and_external_id', violation_error_message='This source already has a report with this external id.'),
        ),
        migrations.AddConstraint(
            model_name='importrun',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['received', 'checking', 'checked', 'committing', 'committed', 'undoing', 'undone'])), name='import_is_in_a_known_state'),
        ),
        migrations.RunPython(locks.locking(kept), locks.unlock),
        granting({"data entry": BRINGING, "reviewer": BRINGING, "administrator": BRINGING}),
        recording("As it stood when files could first be taken in."),
    ]
