from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tracker.desk.migrations._recording import recording
from tracker.desk.migrations._rights import granting


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0030_no_confidential_source_in_plain'),
    ]

    operations = [
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('asked', 'The person asked for it'), ('danger', 'It puts the person in danger'), ('law', 'The law demands it'), ('mistake', 'It should never have been kept')], help_text='Why they are erased.', max_length=8, verbose_name='reason')),
                ('asked_at', models.DateTimeField(auto_now_add=True, help_text='When it was asked for.', verbose_name='asked at')),
                ('confirmed_at', models.DateTimeField(editable=False, help_text='When it was erased.', null=True, verbose_name='confirmed at')),
                ('asked_by', models.ForeignKey(editable=False, help_text='Who asked for it.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                ('confirmed_by', models.ForeignKey(editable=False, help_text='Who else confirmed it; empty while nothing is erased.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmed by')),
                ('source', models.ForeignKey(blank=True, help_text='A confidential source; empty where it is a user.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='erasures', to='desk.source', verbose_name='source')),
                ('user', models.ForeignKey(blank=True, help_text='Someone who worked at the desk or submitted reports; empty for a source.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='erasures', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'erasure',
                'verbose_name_plural': 'erasures',
                'ordering': ['-id'],
                'permissions': [('erase_person', 'Can have people erased')],
                'default_permissions': ['view'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('source__isnull', False), ('user__isnull', True)), models.Q(('source__isnull', True), ('user__isnull', False)), _connector='OR'), name='erasure_is_of_a_source_or_a_user'), models.CheckConstraint(condition=models.Q(('reason__in', ['asked', 'danger', 'law', 'mistake'])), name='erasure_has_a_known_reason'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), models.Q(('confirmed_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='erasure_takes_two'), models.UniqueConstraint(condition=models.Q(('source__isnull', False)), fields=('source',), name='source_is_erased_once'), models.UniqueConstraint(condition=models.Q(('user__isnull', False)), fields=('user',), name='user_is_erased_once')],
            },
        ),
        granting({"administrator": ["view_erasure", "erase_person"]}),
        recording("As it stood when people could be erased."),
    ]
