from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0014_record_changes'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='incident',
            name='incident_is_published_with_an_id',
        ),
        migrations.AlterField(
            model_name='incident',
            name='publication',
            field=models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], default='draft', editable=False, help_text='Who may see it.', max_length=12, verbose_name='publication'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.CheckConstraint(condition=models.Q(('publication__in', ['draft', 'in_review']), models.Q(('public_id__isnull', False), ('published_at__isnull', False), ('revision__gt', 0)), _connector='OR'), name='incident_is_published_with_an_id'),
        ),
    ]
