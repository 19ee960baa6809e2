from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from tracker.desk.models import Agreement
from tracker.desk.workflow.publishing import drafts
from tracker.desk.workflow.publishing.storing import store
from tracker.public.models import Edition


@transaction.atomic
def publish_agreement(agreement: Agreement) -> Edition:
    """Write what the public reads of an agreement, and of those it stands under."""
    if agreement.parent:
        publish_agreement(agreement.parent)
    if agreement.published_on is None:
        agreement.published_on = timezone.localdate()
        agreement.save(update_fields=["published_on"])
    return store(drafts.of_agreement(agreement))
