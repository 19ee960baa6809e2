"""What is confidential becomes columns that hold ciphers: the tables stay as they are.

SQLite minds no length of a text. PostgreSQL does, and lets no column change that a trigger names, so
the triggers go and come back.
"""

from __future__ import annotations

import django.core.serializers.json
from django.db import migrations, models

import tracker.desk.models.encrypted

LENGTHS = {
    "desk_source": {"slug": 64, "name": 200, "name_ar": 200, "independence_group": 64, "url": 500},
    "desk_report": {"set_aside_because": 300},
    "desk_evidence": {"name": 200},
    "desk_tally": {"note": 300},
    "desk_importrun": {"name": 200},
    "desk_user": {"email": 254},
}


def lengthen(apps, schema_editor):
    _alter(schema_editor, lambda length: "text")


def shorten(apps, schema_editor):
    _alter(schema_editor, lambda length: f"varchar({length})")


def _alter(schema_editor, kind):
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        for table, columns in LENGTHS.items():
            cursor.execute(
                "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger "
                "WHERE tgrelid = %s::regclass AND NOT tgisinternal",
                [table],
            )
            triggers = cursor.fetchall()
            for name, _made in triggers:
                cursor.execute(f"DROP TRIGGER {name} ON {table}")
            for column, length in columns.items():
                cursor.execute(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE {kind(length)}")
            for _name, made in triggers:
                cursor.execute(made)


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0027_count_tries_and_uses_of_tokens'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(lengthen, shorten)],
            state_operations=[
                migrations.AlterField(
                    model_name='assessment',
                    name='rationale',
                    field=tracker.desk.models.encrypted.EncryptedTextField(help_text='Why it is held. For the desk; never published.', verbose_name='rationale'),
                ),
                migrations.AlterField(
                    model_name='bulletin',
                    name='note',
                    field=tracker.desk.models.encrypted.EncryptedTextField(blank=True, help_text='For the desk; never published.', verbose_name='staff note'),
                ),
                migrations.AlterField(
                    model_name='coverage',
                    name='note',
                    field=tracker.desk.models.encrypted.EncryptedTextField(blank=True, help_text='For the desk; never published.', verbose_name='staff note'),
                ),
                migrations.AlterField(
                    model_name='evidence',
                    name='name',
                    field=tracker.desk.models.encrypted.EncryptedCharField(blank=True, editable=False, help_text='What the file was called by its sender. Confidential.', max_length=200, verbose_name='name as received'),
                ),
                migrations.AlterField(
                    model_name='evidence',
                    name='note',
                    field=tracker.desk.models.encrypted.EncryptedTextField(blank=True, help_text='For the desk; never published.', verbose_name='staff note'),
                ),
                migrations.AlterField(
                    model_name='importrow',
                    name='cells',
                    field=tracker.desk.models.encrypted.EncryptedJSONField(blank=True, default=list, help_text='The row as it was received.', verbose_name='cells'),
                ),
                migrations.AlterField(
                    model_name='importrun',
                    name='name',
                    field=tracker.desk.models.encrypted.EncryptedCharField(help_text='What the file was called by its sender. Confidential.', max_length=200, verbose_name='name as received'),
                ),
                migrations.AlterField(
                    model_name='incident',
                    name='note',
                    field=tracker.desk.models.encrypted.EncryptedTextField(blank=True, help_text='For the desk; never published.', verbose_name='staff note'),
                ),
                migrations.AlterField(
                    model_name='report',
                    name='note',
                    field=tracker.desk.models.encrypted.EncryptedTextField(blank=True, help_text='For the desk; never published.', verbose_name='staff note'),
                ),
                migrations.AlterField(
                    model_name='report',
                    name='raw',
                    field=tracker.desk.models.encrypted.EncryptedJSONField(blank=True, editable=False, encoder=django.core.serializers.json.DjangoJSONEncoder, help_text='The record as it was received, untouched; empty where it was typed.', null=True, verbose_name='as received'),
                ),
                migrations.AlterField(
                    model_name='report',
                    name='set_aside_because',
                    field=tracker.desk.models.encrypted.EncryptedCharField(blank=True, editable=False, help_text='The reason given; never published.', max_length=300, verbose_name='set aside because'),
                ),
                migrations.AlterField(
                    model_name='sealed',
                    name='value',
                    field=tracker.desk.models.encrypted.EncryptedTextField(help_text='JSON.', is_unlike=True, verbose_name='value'),
                ),
                migrations.AlterField(
                    model_name='source',
                    name='folded',
                    field=tracker.desk.models.encrypted.EncryptedFoldedField(blank=True, editable=False, help_text='Its names, folded for search.', where='is_confidential'),
                ),
                migrations.AlterField(
                    model_name='source',
                    name='independence_group',
                    field=tracker.desk.models.encrypted.EncryptedCharField(blank=True, help_text='Sources that draw on one another share a group and count once.', max_length=64, verbose_name='independence group', where='is_confidential'),
                ),
                migrations.AlterField(
                    model_name='source',
                    name='name',
                    field=tracker.desk.models.encrypted.EncryptedCharField(help_text='Name in English.', max_length=200, verbose_name='name', where='is_confidential'),
                ),
                migrations.AlterField(
                    model_name='source',
                    name='name_ar',
                    field=tracker.desk.models.encrypted.EncryptedCharField(blank=True, help_text='Name in Arabic.', max_length=200, verbose_name='name in Arabic', where='is_confidential'),
                ),
                migrations.AlterField(
                    model_name='source',
                    name='note',
                    field=tracker.desk.models.encrypted.EncryptedTextField(blank=True, help_text='For the desk; never published.', verbose_name='staff note'),
                ),
                migrations.AlterField(
                    model_name='source',
                    name='slug',
                    field=tracker.desk.models.encrypted.EncryptedSlugField(help_text='Public id of the source. It is never changed once made.', max_length=64, unique=True, verbose_name='slug', where='is_confidential'),
                ),
                migrations.AlterField(
                    model_name='source',
                    name='url',
                    field=tracker.desk.models.encrypted.EncryptedURLField(blank=True, help_text='Its web site.', max_length=500, verbose_name='address', where='is_confidential'),
                ),
                migrations.AlterField(
                    model_name='tally',
                    name='note',
                    field=tracker.desk.models.encrypted.EncryptedCharField(blank=True, help_text='For the desk; never published.', max_length=300, verbose_name='staff note'),
                ),
                migrations.AlterField(
                    model_name='user',
                    name='email',
                    field=tracker.desk.models.encrypted.EncryptedEmailField(blank=True, help_text='Where the desk reaches them.', max_length=254, verbose_name='email address'),
                ),
            ],
        ),
    ]
