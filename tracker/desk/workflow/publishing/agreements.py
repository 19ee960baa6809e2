from __future__ import annotations

from django.utils import timezone

from tracker.desk.models import Agreement
from tracker.desk.workflow.publishing import drafts, terms
from tracker.desk.workflow.publishing.numbering import numbered
from tracker.desk.workflow.publishing.parties import publish_parties
from tracker.desk.workflow.publishing.storing import store
from tracker.public.models import Edition, Kind


@numbered
def publish_agreement(agreement: Agreement) -> Edition:
    """Write what the public reads of an agreement, of those it stands under and of whom it names."""
    current = Agreement.objects.select_for_update(no_key=True).get(pk=agreement.pk)
    if current.parent:
        publish_agreement(current.parent)
    if current.published_on is None:
        current.published_on = timezone.localdate()
        current.save(update_fields=["published_on"])
    agreement.published_on = current.published_on
    publish_parties(terms.parties_of(current))
    zones = Edition.objects.of(Kind.ZONES).filter(public_id=current.slug)
    before = list(zones.values_list("digest", flat=True))
    drawn = store(drafts.of_zones(current))
    # They are told beside the agreement's document: who reads its revision must learn of them.
    return store(drafts.of_agreement(current), is_news=before != [drawn.digest])


def reissue_agreement(agreement: Agreement) -> None:
    """Tell the public of an agreement as it is now, if it knows of the agreement at all."""
    if Agreement.objects.published().filter(pk=agreement.pk).exists():
        publish_agreement(agreement)
