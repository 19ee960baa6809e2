"""Who is told of what is published, and what was sent them. Administrators alone decide about it."""

from __future__ import annotations

import django.db.models.deletion
import tracker.desk.models.fields
from django.db import migrations, models

from tracker.desk.migrations._recording import recording, recording_again
from tracker.desk.migrations._rights import granting
from tracker.desk.workflow import recording as ledger

KEEPING = ["view_webhook", "add_webhook", "change_webhook", "view_delivery", "change_delivery"]


def forget(apps, schema_editor):
    """Enter in the ledger that the webhooks are gone, before their table is."""
    for name in ("Delivery", "Webhook"):
        apps.get_model("desk", name).objects.all().delete()
    ledger.enter(by=None, why="Webhooks go with the version that has them.", apps=apps)
    if schema_editor.connection.vendor == "postgresql":
        # No table is dropped there while checks of its rows are put off.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0024_index_merged_incidents'),
    ]

    operations = [
        recording_again("As it stood when a version that has webhooks was taken back."),
        migrations.CreateModel(
            name='Webhook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Whose system it is. Shown at the desk alone.', max_length=100, verbose_name='name')),
                ('url', models.CharField(help_text='Where to send: https://… Who receives this learns to the second when something was published, as anyone does who keeps asking the public pages.', max_length=500, verbose_name='address')),
                ('events', tracker.desk.models.fields.CodesField(blank=True, default=list, help_text='What it is told of: one at least.', verbose_name='events')),
                ('is_active', models.BooleanField(default=True, help_text='Whether anything is sent. While it is off, what waits goes on waiting and nothing new is kept for it.', verbose_name='active')),
                ('key', models.CharField(editable=False, help_text="What its secret is made from, together with the tracker's own secret key.", max_length=64, verbose_name='key')),
                ('earlier_key', models.CharField(blank=True, editable=False, help_text='The one before, which goes on signing for a while.', max_length=64, verbose_name='earlier key')),
                ('earlier_until', models.DateTimeField(blank=True, editable=False, help_text='Until when the secret before this one signs as well.', null=True, verbose_name='earlier secret until')),
                ('secret_made_at', models.DateTimeField(editable=False, help_text='When its secret was made and shown.', verbose_name='secret made at')),
                ('failing_since', models.DateTimeField(blank=True, editable=False, help_text='Since when nothing has arrived; empty where the last that was sent did.', null=True, verbose_name='failing since')),
                ('paused_until', models.DateTimeField(blank=True, editable=False, help_text='Until when nothing is sent, because the last time it failed.', null=True, verbose_name='paused until')),
                ('switched_off', models.CharField(blank=True, choices=[('gone', 'The address answered that it is gone.'), ('failing', 'Nothing has arrived for days.')], editable=False, help_text='Why the tracker sends no more; empty unless it decided so itself.', max_length=10, verbose_name='switched off because')),
            ],
            options={
                'verbose_name': 'webhook',
                'verbose_name_plural': 'webhooks',
                'ordering': ['name', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('key', ''), _negated=True), name='webhook_has_a_key')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message_id', models.CharField(help_text='By it the receiver knows a message that comes twice.', max_length=40, unique=True, verbose_name='message id')),
                ('event', models.CharField(choices=[('incident.published', 'Incident published'), ('incident.changed', 'Incident changed'), ('incident.withdrawn', 'Incident withdrawn'), ('webhook.test', 'Test')], help_text='What it tells of.', max_length=30, verbose_name='event')),
                ('body', models.TextField(help_text='What is sent: public words alone.', verbose_name='body')),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('delivered', 'delivered'), ('failed', 'failed')], default='waiting', help_text='Whether it waits to be sent, has arrived or was given up.', max_length=10, verbose_name='state')),
                ('attempts', models.PositiveSmallIntegerField(default=0, help_text='How often it was sent.', verbose_name='attempts')),
                ('created_at', models.DateTimeField(help_text='When there was something to tell.', verbose_name='written at')),
                ('attempted_at', models.DateTimeField(blank=True, help_text='When it was sent last.', null=True, verbose_name='last sent at')),
                ('next_attempt_at', models.DateTimeField(blank=True, help_text='When it is sent next; empty where it is not.', null=True, verbose_name='next attempt at')),
                ('status', models.PositiveSmallIntegerField(blank=True, help_text='The HTTP status it was answered with; empty where nothing answered.', null=True, verbose_name='status')),
                ('error', models.CharField(blank=True, help_text='Why it did not arrive the last time.', max_length=300, verbose_name='error')),
                ('answer', models.CharField(blank=True, help_text='How the answer begins that refused it.', max_length=200, verbose_name='answer')),
                ('webhook', models.ForeignKey(help_text='Whom it is for.', on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='desk.webhook', verbose_name='webhook')),
            ],
            options={
                'verbose_name': 'delivery',
                'verbose_name_plural': 'deliveries',
                'ordering': ['-id'],
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['next_attempt_at', 'id'], name='delivery_is_sent_in_turn'), models.Index(fields=['created_at'], name='delivery_by_age')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('next_attempt_at__isnull', False), ('state', 'waiting')), models.Q(('next_attempt_at__isnull', True), ('state__in', ['delivered', 'failed'])), _connector='OR'), name='delivery_waits_for_its_next_attempt')],
            },
        ),
        granting({"administrator": KEEPING}),
        recording("As it stood when there could first be webhooks."),
        migrations.RunPython(migrations.RunPython.noop, forget),
    ]
