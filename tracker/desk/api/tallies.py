"""Bulletins of monitors, each with its counts as one document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.response import Response

from tracker.desk.api.bodies import (
    AnyPlace,
    Explained,
    Known,
    KnownSource,
    Strict,
    counted,
    refuse_early_end,
)
from tracker.desk.api.describe import changing, listing, making, reading
from tracker.desk.api.references import (
    PartyAtDesk,
    PlaceAtDesk,
    SourceAtDesk,
    own_number,
    public_id,
)
from tracker.desk.api.rights import (
    DeskRequest,
    MayAddBulletins,
    MayChangeBulletins,
    MayPublishBulletins,
    MayReadBulletins,
)
from tracker.desk.api.views import ThingList, ThingView
from tracker.desk.models import Bulletin, Party, Tally
from tracker.desk.models.tallies import BulletinQuerySet
from tracker.desk.workflow import publishing, tallies
from tracker.desk.workflow.recording import recorded
from tracker.errors import InvalidInput
from tracker.paging import Order
from tracker.parameters import Paged, Parameters, refuse_backwards

# More counts than any bulletin has.
MOST_COUNTS = 500


class TallyAtDesk(serializers.ModelSerializer[Tally]):
    id = public_id()
    place = PlaceAtDesk(allow_null=True, help_text=_("Where; null for the whole country."))
    accused = PartyAtDesk(
        allow_null=True, help_text=_("Who is said to have done it; null where not told.")
    )

    class Meta:
        model = Tally
        fields = ["id", "place", "accused", "count", *Tally.ANSWERS, "as_written", "note"]


class ListedBulletin(serializers.ModelSerializer[Bulletin]):
    """A bulletin in a list."""

    number = own_number()
    id = public_id()
    monitor = SourceAtDesk(help_text=_("Who counted: not who passes it on."))
    counterpart = SourceAtDesk(allow_null=True, help_text=_("Whose answers it gives, if any."))
    tallies = TallyAtDesk(many=True, help_text=_("Its counts. They are never added up."))

    class Meta:
        model = Bulletin
        fields = [
            *("number", "id", "monitor", "date_start", "date_end", "measure", "counterpart"),
            *("document", "url", "stated_on", "note", "published_on", "tallies"),
        ]


class DeskBulletinDocument(ListedBulletin):
    """What one monitor counted in one period, as the desk holds it."""

    mismatches = serializers.SerializerMethodField(
        help_text=_("Where its counts do not come to its totals, in words: no errors of the desk.")
    )

    class Meta(ListedBulletin.Meta):
        fields = [*ListedBulletin.Meta.fields, "mismatches"]

    def get_mismatches(self, bulletin: Bulletin) -> list[str]:
        return tallies.mismatches(bulletin)


class TallyInput(Strict):
    place = AnyPlace(allow_null=True, default=None)
    accused = Known("slug", queryset=Party.objects.all(), allow_null=True, default=None)
    count = counted()
    confirmed = counted()
    cannot_confirm = counted()
    target_excluded = counted()
    pending = counted()
    as_written = serializers.CharField(max_length=300, allow_blank=True, default="")
    note = serializers.CharField(max_length=300, allow_blank=True, default="")


class HeldTallyInput(TallyInput):
    """A count of a bulletin that is held already: with its id it is the same one again."""

    id = serializers.UUIDField(source="public_id", required=False)


class BulletinInput(Explained):
    """A whole bulletin: monitor, days, document and counts must be given."""

    monitor = KnownSource()
    counterpart = KnownSource(allow_null=True, default=None)
    date_start = serializers.DateField()
    date_end = serializers.DateField()
    measure = serializers.CharField(max_length=60, allow_blank=True, default="")
    document = serializers.CharField(max_length=300)
    url = serializers.URLField(max_length=500, allow_blank=True, default="")
    stated_on = serializers.DateField(allow_null=True, default=None)
    note = serializers.CharField(max_length=20_000, allow_blank=True, default="")
    tallies = serializers.ListField(child=TallyInput(), max_length=MOST_COUNTS)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        refuse_early_end(attrs)
        if attrs["monitor"] == attrs["counterpart"]:
            raise serializers.ValidationError(
                {"counterpart": [_("A monitor does not answer itself.")]}
            )
        answers = [each[name] for each in attrs["tallies"] for name in Tally.ANSWERS]
        try:
            tallies.refuse_answers_of_nobody(attrs["counterpart"], answers)
        except InvalidInput as refusal:
            raise serializers.ValidationError({"counterpart": [refusal.message]}) from refusal
        return attrs


class BulletinRewrite(BulletinInput):
    """A whole bulletin as it shall be: a count that is left out is deleted."""

    tallies = serializers.ListField(child=HeldTallyInput(), max_length=MOST_COUNTS)


class DeskBulletinQuery(Paged):
    """What the desk's bulletins can be asked."""

    monitor = serializers.SlugField(
        required=False, max_length=64, help_text=_("Slug of the source that counted.")
    )
    date_from = serializers.DateField(required=False, help_text=_("Last day not before this one."))
    date_to = serializers.DateField(required=False, help_text=_("Last day not after this one."))

    LOOKUPS = {"monitor": "monitor__slug", "date_from": "date_end__gte", "date_to": "date_end__lte"}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        refuse_backwards(attrs)
        return attrs


class BulletinThing(ThingView):
    """A bulletin: whatever is done with it is answered with it as it is then."""

    kind = "bulletin"

    def things(self) -> BulletinQuerySet:
        return Bulletin.objects.visible_to(self.request.user)

    def document(self, number: int) -> Any:
        return DeskBulletinDocument(_whole(self.things()).get(pk=number)).data


class BulletinList(BulletinThing, ThingList):
    rights = {"GET": MayReadBulletins, "POST": MayAddBulletins}
    query = DeskBulletinQuery
    order = Order("-date", ("date_end", "id"))

    def selected(self, asked: dict[str, Any]) -> BulletinQuerySet:
        lookups = self.query.LOOKUPS
        return _whole(self.things()).filter(
            **{lookups[name]: asked[name] for name in lookups if name in asked}
        )

    def documents(self, things: Sequence[Bulletin]) -> Any:
        return ListedBulletin(things, many=True).data

    @listing("tallies", ListedBulletin, DeskBulletinQuery)
    def get(self, request: DeskRequest) -> Response:
        """Bulletins with their counts, newest first."""
        return self.page(request)

    @making("tallies_create", BulletinInput, DeskBulletinDocument)
    def post(self, request: DeskRequest) -> Response:
        """Enter a whole bulletin. Totals that differ from their parts are told, not refused."""
        Parameters.refuse_any(request.query_params)
        with recorded(by=request.user):
            stated = BulletinInput(data=request.data, context={"user": request.user}).given()
            bulletin = tallies.take_in(stated, stated.pop("tallies"))
        return self.answer(bulletin.pk, made_at=reverse("desk_bulletin", args=[bulletin.pk]))


class BulletinView(BulletinThing):
    rights = {"GET": MayReadBulletins, "PUT": MayChangeBulletins}

    @reading("tallies_retrieve", DeskBulletinDocument)
    def get(self, request: DeskRequest, key: int | UUID) -> Response:
        """One bulletin with its counts."""
        return self.read(request, key)

    @changing("tallies_rewrite", BulletinRewrite, DeskBulletinDocument)
    def put(self, request: DeskRequest, key: int | UUID) -> Response:
        """Put a whole bulletin as it shall be. The public reads it once it is published again."""
        with self.change(request, key) as bulletin:
            stated = BulletinRewrite(data=request.data, context={"user": request.user}).given()
            counts = stated.pop("tallies")
            tallies.rewrite(bulletin, stated, counts, by=request.user)
        return self.answer(bulletin.pk)


class BulletinPublication(BulletinThing):
    rights = {"POST": MayPublishBulletins}

    @changing("tallies_publish", Explained, DeskBulletinDocument)
    def post(self, request: DeskRequest, key: int | UUID) -> Response:
        """Publish a bulletin: everyone reads its counts as they are now."""
        with self.change(request, key) as bulletin:
            Explained(data=request.data).given()
            publishing.publish_bulletin(bulletin)
        return self.answer(bulletin.pk)


def _whole(bulletins: BulletinQuerySet) -> BulletinQuerySet:
    """Bulletins with all that their documents show, however many, in two queries."""
    counts = Tally.objects.select_related("place", "accused").order_by("id")
    return bulletins.select_related("monitor", "counterpart").prefetch_related(
        Prefetch("tallies", counts)
    )
