from __future__ import annotations

import uuid

import django.db.models.deletion
from django.db import migrations, models

from tracker.desk.migrations._rights import granting

KEPT = [f"{verb}_coverage" for verb in ("view", "add", "change")]
GRANTED = {
    "data entry": KEPT,
    "reviewer": [*KEPT, "publish_coverage"],
    "administrator": [*KEPT, "publish_coverage", "delete_coverage"],
}


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0016_evidence'),
    ]

    operations = [
        migrations.CreateModel(
            name='Coverage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, help_text='Random.', unique=True, verbose_name='public id')),
                ('date_start', models.DateField(help_text='First day it was so.', verbose_name='first day')),
                ('date_end', models.DateField(blank=True, help_text='Last day it was so; empty until it is known to have ended.', null=True, verbose_name='last day')),
                ('access', models.CharField(choices=[('full', 'Full'), ('partial', 'Partial'), ('conditional', 'Conditional'), ('delayed', 'Delayed'), ('denied', 'Denied'), ('not_attempted', 'Not attempted'), ('remote_only', 'Remote only')], help_text='How far it could see.', max_length=16, verbose_name='access')),
                ('means', models.CharField(blank=True, choices=[('patrol', 'Patrol'), ('camera', 'Camera'), ('remote', 'Remote')], help_text='How it watches; empty where not told.', max_length=16, verbose_name='means')),
                ('as_written', models.CharField(blank=True, help_text="In the document's own words, such as the reason it gives.", max_length=300, verbose_name='as written')),
                ('document', models.CharField(help_text='Where this was read: its title, or who relays it.', max_length=300, verbose_name='document')),
                ('url', models.URLField(blank=True, help_text='Where it stands.', max_length=500, verbose_name='address')),
                ('stated_on', models.DateField(blank=True, help_text='Day it was given out.', null=True, verbose_name='stated on')),
                ('note', models.TextField(blank=True, help_text='For the desk; never published.', verbose_name='staff note')),
                ('published_on', models.DateField(editable=False, help_text='Day of first publication; empty while only the desk sees it.', null=True, verbose_name='published on')),
                ('monitor', models.ForeignKey(help_text='Who could see, or could not.', on_delete=django.db.models.deletion.PROTECT, related_name='coverage', to='desk.source', verbose_name='monitor')),
                ('obstructed_by', models.ForeignKey(blank=True, help_text='Who is said to have kept it from seeing more; empty where not told.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='obstructions', to='desk.party', verbose_name='obstructed by')),
                ('place', models.ForeignKey(blank=True, help_text='Where; empty for the whole country.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='coverage', to='desk.place', verbose_name='area')),
            ],
            options={
                'verbose_name': 'coverage period',
                'verbose_name_plural': 'coverage periods',
                'ordering': ['-date_start', 'monitor__name', 'id'],
                'permissions': [('publish_coverage', 'Can publish coverage periods')],
                'constraints': [models.CheckConstraint(condition=models.Q(('date_end', None), ('date_end__gte', models.F('date_start')), _connector='OR'), name='coverage_ends_after_it_starts', violation_error_message='The last day is before the first.'), models.CheckConstraint(condition=models.Q(models.Q(('access', 'full'), _negated=True), ('obstructed_by', None), _connector='OR'), name='full_coverage_is_not_obstructed', violation_error_message='Whoever had full access was obstructed by nobody.')],
            },
        ),
        granting(GRANTED),
    ]
