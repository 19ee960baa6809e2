from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tracker.desk.migrations._append_only import keeping


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0012_tallies'),
    ]

    operations = [
        migrations.CreateModel(
            name='Sealed',
            fields=[
                ('digest', models.CharField(help_text='SHA-256 of the salt and the value: what the ledger holds in its stead.', max_length=64, primary_key=True, serialize=False, verbose_name='digest')),
                ('salt', models.CharField(help_text='Random, so that no one can guess the value.', max_length=32, verbose_name='salt')),
                ('value', models.TextField(help_text='JSON.', verbose_name='value')),
            ],
            options={
                'verbose_name': 'sealed value',
                'verbose_name_plural': 'sealed values',
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('number', models.BigIntegerField(help_text='Its place in the ledger, counted from 1.', primary_key=True, serialize=False, verbose_name='number')),
                ('kind', models.CharField(help_text='What sort of thing was changed.', max_length=20, verbose_name='kind')),
                ('thing', models.BigIntegerField(help_text="The desk's own number of that thing.", verbose_name='thing')),
                ('at', models.DateTimeField(help_text='When, by the clock of the server.', verbose_name='at')),
                ('why', models.TextField(blank=True, help_text='The reason given, if any.', verbose_name='why')),
                ('is_step', models.BooleanField(default=False, help_text='It changes nothing but who may see the thing.', verbose_name='only a step')),
                ('before', models.TextField(help_text='JSON: what was changed or taken away, by its path, as it was before.', verbose_name='before')),
                ('after', models.TextField(help_text='JSON: what was changed or added, by its path, as it is since.', verbose_name='after')),
                ('previous', models.CharField(help_text='The hash of the revision before this one.', max_length=64, verbose_name='previous hash')),
                ('hash', models.CharField(help_text='SHA-256 of all of the above: no row changes without its changing.', max_length=64, unique=True, verbose_name='hash')),
                ('by', models.ForeignKey(help_text='Who changed it; empty for a command or a job.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'revision',
                'verbose_name_plural': 'revisions',
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='Unrecorded',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(help_text='What sort of thing changed.', max_length=20, verbose_name='kind')),
                ('thing', models.BigIntegerField(help_text="The desk's own number of that thing.", verbose_name='thing')),
                ('revision', models.ForeignKey(help_text='None: there is no number 0.', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='desk.revision')),
            ],
            options={
                'verbose_name': 'unrecorded change',
                'verbose_name_plural': 'unrecorded changes',
            },
        ),
        migrations.AddIndex(
            model_name='revision',
            index=models.Index(fields=['kind', 'thing', 'number'], name='revision_by_thing'),
        ),
        keeping("desk_revision"),
        # What is sealed can be destroyed, as a person's right to be forgotten demands; not changed.
        keeping("desk_sealed", events=("UPDATE",)),
    ]
