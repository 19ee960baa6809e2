"""Batch by batch, each whole by itself: killed, it goes on where it stopped."""

from __future__ import annotations

from django.db import migrations, transaction

from tracker.desk.workflow import encrypting, recording


def encrypt(apps, schema_editor):
    _take_forward(apps, encrypting.encrypt_next, "What is confidential was encrypted.")
    encrypting.clear_traces()


def decrypt(apps, schema_editor):
    _take_forward(apps, encrypting.decrypt_next, "What is confidential was decrypted.")


def _take_forward(apps, take_next, why):
    for model in encrypting.encrypted_models(apps):
        last = encrypting.first_key(model)
        while last is not None:
            with transaction.atomic():
                _count, last = take_next(model, last)
                recording.enter(by=None, why=why, apps=apps)


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('desk', '0028_encrypted_columns'),
    ]

    operations = [migrations.RunPython(encrypt, decrypt)]
