from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tracker.desk.migrations._append_only import keeping
from tracker.desk.migrations._rights import granting

ASSESSES = ["view_assessment", "add_assessment"]
GRANTED = dict.fromkeys(("data entry", "reviewer", "administrator"), ASSESSES)


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0017_coverage'),
    ]

    operations = [
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assessed', models.CharField(choices=[('verification', 'Verification'), ('attribution', 'Attribution'), ('intent', 'Intent'), ('place', 'Place'), ('date', 'Date'), ('figure', 'Figure')], help_text='What of it is assessed.', max_length=16, verbose_name='assessed')),
                ('value', models.CharField(blank=True, choices=[('reported', 'Reported'), ('under_review', 'Under review'), ('corroborated', 'Corroborated'), ('observed', 'Observed by a monitor'), ('verified', 'Verified'), ('inconclusive', 'Inconclusive'), ('unverifiable', 'Unverifiable'), ('refuted', 'Refuted'), ('retracted', 'Retracted'), ('duplicate', 'Duplicate'), ('none', 'Nothing held'), ('alleged_by_one', 'Alleged by one'), ('alleged_by_several', 'Alleged by several'), ('mutually_alleged', 'Mutually alleged'), ('admitted', 'Admitted'), ('assessed_probable', 'Assessed probable'), ('assessed_established', 'Assessed established'), ('cleared', 'Cleared'), ('deliberate', 'Deliberate'), ('accidental', 'Accidental'), ('unclear', 'Unclear'), ('located', 'Located'), ('ungeolocatable', 'Ungeolocatable')], help_text='What it is held to be; empty where dates or figures are assessed.', max_length=24, verbose_name='value')),
                ('geo_precision', models.PositiveSmallIntegerField(blank=True, choices=[(1, '1: exact place'), (2, '2: within about 25 km'), (3, '3: district'), (4, '4: governorate'), (5, '5: line or fuzzy area'), (6, '6: country'), (7, '7: international waters or airspace')], help_text='How well the place is known (UCDP).', null=True, verbose_name='place precision')),
                ('radius_m', models.PositiveIntegerField(blank=True, help_text='How far from the position it may have been.', null=True, verbose_name='radius in metres')),
                ('date_precision', models.PositiveSmallIntegerField(blank=True, choices=[(1, '1: the day'), (2, '2: two to six days'), (3, '3: the week'), (4, '4: the month'), (5, '5: the year')], help_text='How well the date is known (UCDP).', null=True, verbose_name='date precision')),
                ('harm', models.CharField(blank=True, choices=[('killed', 'Killed'), ('injured', 'Injured'), ('detained', 'Detained'), ('displaced', 'Displaced'), ('affected', 'Affected')], help_text='What a figure counts.', max_length=12, verbose_name='harm')),
                ('group', models.CharField(blank=True, choices=[('all', 'All'), ('civilians', 'Civilians'), ('women', 'Women'), ('children', 'Children'), ('medical', 'Medical workers'), ('side_a', 'Side A'), ('side_b', 'Side B'), ('unknown', 'Unknown')], help_text='Whom a figure counts.', max_length=12, verbose_name='group')),
                ('low', models.PositiveIntegerField(blank=True, help_text='At least; empty is unknown, 0 is none.', null=True, verbose_name='low')),
                ('best', models.PositiveIntegerField(blank=True, help_text='The number led with; empty is unknown.', null=True, verbose_name='best')),
                ('high', models.PositiveIntegerField(blank=True, help_text='At most; empty is unknown.', null=True, verbose_name='high')),
                ('basis', models.CharField(blank=True, help_text='In public words, what it rests on. Name no confidential source.', max_length=500, verbose_name='basis')),
                ('proof', models.CharField(choices=[('grounds_to_suspect', 'Reasonable grounds to suspect'), ('grounds_to_believe', 'Reasonable grounds to believe'), ('balance_of_probabilities', 'Balance of probabilities'), ('clear_and_convincing', 'Clear and convincing')], help_text='How sure one had to be for it to hold.', max_length=24, verbose_name='standard of proof')),
                ('rationale', models.TextField(help_text='Why it is held. For the desk; never published.', verbose_name='rationale')),
                ('made_at', models.DateTimeField(auto_now_add=True, help_text='When.', verbose_name='made at')),
                ('author', models.ForeignKey(editable=False, help_text='Who assessed it.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                ('basis_report', models.ForeignKey(blank=True, help_text='The report it rests on; a figure follows the one this report gives.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='desk.report', verbose_name='report it follows')),
                ('incident', models.ForeignKey(help_text='What is assessed.', on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='desk.incident', verbose_name='incident')),
                ('party', models.ForeignKey(blank=True, help_text='Whom an attribution is about: each party by itself.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attributions', to='desk.party', verbose_name='party')),
            ],
            options={
                'verbose_name': 'assessment',
                'verbose_name_plural': 'assessments',
                'ordering': ['id'],
                'indexes': [models.Index(fields=['incident', 'assessed', 'harm', 'group', 'party', 'id'], name='assessment_latest')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('assessed', 'verification'), ('best', None), ('date_precision', None), ('geo_precision', None), ('group', ''), ('harm', ''), ('high', None), ('low', None), ('party', None), ('radius_m', None), ('value__in', ['reported', 'under_review', 'corroborated', 'observed', 'verified', 'inconclusive', 'unverifiable', 'refuted', 'retracted', 'duplicate'])), models.Q(('assessed', 'attribution'), ('best', None), ('date_precision', None), ('geo_precision', None), ('group', ''), ('harm', ''), ('high', None), ('low', None), ('party__isnull', False), ('radius_m', None), ('value__in', ['none', 'alleged_by_one', 'alleged_by_several', 'mutually_alleged', 'admitted', 'assessed_probable', 'assessed_established', 'cleared'])), models.Q(('assessed', 'intent'), ('best', None), ('date_precision', None), ('geo_precision', None), ('group', ''), ('harm', ''), ('high', None), ('low', None), ('party', None), ('radius_m', None), ('value__in', ['deliberate', 'accidental', 'unclear'])), models.Q(('assessed', 'place'), ('best', None), ('date_precision', None), ('geo_precision__isnull', False), ('geo_precision__range', (1, 7)), ('group', ''), ('harm', ''), ('high', None), ('low', None), ('party', None), ('value', 'located')), models.Q(('assessed', 'place'), ('best', None), ('date_precision', None), ('geo_precision', None), ('group', ''), ('harm', ''), ('high', None), ('low', None), ('party', None), ('radius_m', None), ('value', 'ungeolocatable')), models.Q(('assessed', 'date'), ('best', None), ('date_precision__isnull', False), ('date_precision__range', (1, 5)), ('geo_precision', None), ('group', ''), ('harm', ''), ('high', None), ('low', None), ('party', None), ('radius_m', None), ('value', '')), models.Q(('assessed', 'figure'), ('date_precision', None), ('geo_precision', None), ('group__in', ['all', 'civilians', 'women', 'children', 'medical', 'side_a', 'side_b', 'unknown']), ('harm__in', ['killed', 'injured', 'detained', 'displaced', 'affected']), ('party', None), ('radius_m', None), ('value', '')), _connector='OR'), name='assessment_says_what_it_is_about_and_no_more'), models.CheckConstraint(condition=models.Q(models.Q(('low', None), ('best', None), ('best__gte', models.F('low')), _connector='OR'), models.Q(('best', None), ('high', None), ('high__gte', models.F('best')), _connector='OR'), models.Q(('low', None), ('high', None), ('high__gte', models.F('low')), _connector='OR')), name='assessed_figure_rises_from_low_to_high'), models.CheckConstraint(condition=models.Q(models.Q(('assessed', 'figure'), _negated=True), ('basis_report__isnull', False), models.Q(('basis', ''), _negated=True), _connector='OR'), name='assessed_figure_names_its_basis'), models.CheckConstraint(condition=models.Q(('proof__in', ['grounds_to_suspect', 'grounds_to_believe', 'balance_of_probabilities', 'clear_and_convincing']), models.Q(('rationale', ''), _negated=True)), name='assessment_has_a_standard_and_a_reason')],
            },
        ),
        granting(GRANTED),
        keeping("desk_assessment"),
    ]
