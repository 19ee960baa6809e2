from __future__ import annotations

import uuid

import django.db.models.deletion
from django.db import migrations, models

from tracker.desk.migrations._rights import granting

KEPT = [
    *(f"{verb}_{model}" for verb in ("view", "add", "change") for model in ("bulletin", "tally")),
    "delete_tally",
]
GRANTED = {
    "data entry": KEPT,
    "reviewer": [*KEPT, "publish_bulletin"],
    "administrator": [*KEPT, "publish_bulletin", "delete_bulletin"],
}


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0011_let_groups_keep_terms'),
    ]

    operations = [
        migrations.CreateModel(
            name='Bulletin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, help_text='Random.', unique=True, verbose_name='public id')),
                ('date_start', models.DateField(help_text='First day counted.', verbose_name='first day')),
                ('date_end', models.DateField(help_text='Last day counted: the day the bulletin belongs to.', verbose_name='last day')),
                ('measure', models.CharField(blank=True, help_text='What it counts, in its own word, such as violations or breaches.', max_length=60, verbose_name='measure')),
                ('document', models.CharField(help_text='Where the counts were read: its title, or who relays them.', max_length=300, verbose_name='document')),
                ('url', models.URLField(blank=True, help_text='Where it stands.', max_length=500, verbose_name='address')),
                ('stated_on', models.DateField(blank=True, help_text='Day it was given out.', null=True, verbose_name='stated on')),
                ('note', models.TextField(blank=True, help_text='For the desk; never published.', verbose_name='staff note')),
                ('published_on', models.DateField(editable=False, help_text='Day of first publication; empty while only the desk sees it.', null=True, verbose_name='published on')),
                ('counterpart', models.ForeignKey(blank=True, help_text='Whose answers to the counts it gives, if any.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bulletins_answered', to='desk.source', verbose_name='counterpart')),
                ('monitor', models.ForeignKey(help_text='Who counted: not who passes it on.', on_delete=django.db.models.deletion.PROTECT, related_name='bulletins', to='desk.source', verbose_name='monitor')),
            ],
            options={
                'verbose_name': 'bulletin',
                'verbose_name_plural': 'bulletins',
                'ordering': ['-date_end', 'monitor__name', 'id'],
                'permissions': [('publish_bulletin', 'Can publish bulletins')],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, help_text='Random.', unique=True, verbose_name='public id')),
                ('count', models.PositiveIntegerField(blank=True, help_text='How many it reports; empty where not told, never 0 for unknown.', null=True, verbose_name='count')),
                ('confirmed', models.PositiveIntegerField(blank=True, help_text='How many of them the counterpart confirms.', null=True, verbose_name='confirmed')),
                ('cannot_confirm', models.PositiveIntegerField(blank=True, help_text='Of how many the counterpart says that it cannot confirm them.', null=True, verbose_name='cannot confirm')),
                ('target_excluded', models.PositiveIntegerField(blank=True, help_text='Of how many the counterpart says that they hit whom the agreement leaves out.', null=True, verbose_name='target excluded')),
                ('pending', models.PositiveIntegerField(blank=True, help_text='How many the counterpart still looks into.', null=True, verbose_name='pending')),
                ('as_written', models.CharField(blank=True, help_text="In the bulletin's own words.", max_length=300, verbose_name='as written')),
                ('note', models.CharField(blank=True, help_text='For the desk; never published.', max_length=300, verbose_name='staff note')),
                ('accused', models.ForeignKey(blank=True, help_text='Who is said to have done it; empty where not told.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tallies', to='desk.party', verbose_name='accused')),
                ('bulletin', models.ForeignKey(help_text='What it stands in.', on_delete=django.db.models.deletion.CASCADE, related_name='tallies', to='desk.bulletin', verbose_name='bulletin')),
                ('place', models.ForeignKey(blank=True, help_text='Where; empty for the whole country.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tallies', to='desk.place', verbose_name='area')),
            ],
            options={
                'verbose_name': 'tally',
                'verbose_name_plural': 'tallies',
                'ordering': ['bulletin', 'id'],
            },
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.CheckConstraint(condition=models.Q(('date_end__gte', models.F('date_start'))), name='bulletin_ends_after_it_starts', violation_error_message='The last day is before the first.'),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.CheckConstraint(condition=models.Q(('counterpart', None), models.Q(('counterpart', models.F('monitor')), _negated=True), _connector='OR'), name='bulletin_is_not_answered_by_its_monitor', violation_error_message='A monitor does not answer itself.'),
        ),
        granting(GRANTED),
    ]
