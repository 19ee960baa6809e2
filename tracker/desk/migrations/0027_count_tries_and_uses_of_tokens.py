"""Tries are counted for all processes, and tokens tell on which day they were used last."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0026_situation_reports'),
        ('knox', '0009_extend_authtoken_field'),
    ]

    operations = [
        migrations.CreateModel(
            name='TokenUse',
            fields=[
                ('token', models.OneToOneField(help_text='Which.', on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='use', serialize=False, to=settings.KNOX_TOKEN_MODEL, verbose_name='token')),
                ('used_on', models.DateField(help_text='The day, and no more than that.', verbose_name='last used on')),
            ],
            options={
                'verbose_name': 'use of a token',
                'verbose_name_plural': 'uses of tokens',
            },
        ),
        migrations.CreateModel(
            name='Tries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('door', models.CharField(help_text='What is counted.', max_length=20, verbose_name='door')),
                ('sender', models.CharField(help_text='Whose tries, as a hash.', max_length=64, verbose_name='sender')),
                ('began_at', models.DateTimeField(help_text='Since when it is counted.', verbose_name='began at')),
                ('count', models.PositiveIntegerField(help_text='How many since then.', verbose_name='count')),
            ],
            options={
                'verbose_name': 'tries',
                'verbose_name_plural': 'tries',
                'indexes': [models.Index(fields=['began_at'], name='tries_by_age')],
                'constraints': [models.UniqueConstraint(fields=('door', 'sender'), name='tries_once_a_door_and_sender')],
            },
        ),
    ]
