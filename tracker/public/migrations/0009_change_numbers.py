from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('public', '0008_coverage'),
    ]

    operations = [
        migrations.CreateModel(
            name='LastChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField(help_text='The number drawn last.')),
            ],
            options={
                'verbose_name': 'last change',
                'verbose_name_plural': 'last changes',
            },
        ),
        migrations.AddField(
            model_name='edition',
            name='change',
            field=models.BigIntegerField(editable=False, help_text='Number of the last change to it; null until the change is whole.', null=True),
        ),
        migrations.AddField(
            model_name='tombstone',
            name='change',
            field=models.BigIntegerField(editable=False, help_text='Number of the last change to it; null until the change is whole.', null=True),
        ),
        migrations.AddIndex(
            model_name='edition',
            index=models.Index(fields=['kind', 'change', 'public_id'], name='edition_by_change'),
        ),
        migrations.AddIndex(
            model_name='edition',
            index=models.Index(condition=models.Q(('change__isnull', True)), fields=['id'], name='edition_not_numbered'),
        ),
        migrations.AddIndex(
            model_name='tombstone',
            index=models.Index(fields=['change', 'id'], name='tombstone_by_change'),
        ),
    ]
