"""Coverage periods: what each monitor could see, and who kept it from seeing more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.response import Response

from tracker.codebook import Access, CoverageMeans
from tracker.desk.api.bodies import AnyPlace, Explained, Known, KnownSource, refuse_early_end
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
    MayAddCoverage,
    MayChangeCoverage,
    MayPublishCoverage,
    MayReadCoverage,
)
from tracker.desk.api.views import ThingList, ThingView
from tracker.desk.models import Coverage, Party, Place
from tracker.desk.models.coverage import CoverageQuerySet
from tracker.desk.workflow import coverage, publishing
from tracker.desk.workflow.recording import recorded
from tracker.paging import Order
from tracker.parameters import Listed, Paged, Parameters, refuse_backwards


class ListedCoverage(serializers.ModelSerializer[Coverage]):
    """A coverage period in a list."""

    number = own_number()
    id = public_id()
    monitor = SourceAtDesk(help_text=_("Who could see, or could not."))
    place = PlaceAtDesk(allow_null=True, help_text=_("Where; null for the whole country."))
    obstructed_by = PartyAtDesk(
        allow_null=True,
        help_text=_("Who is said to have kept it from seeing more; null where not told."),
    )

    class Meta:
        model = Coverage
        fields = [
            *("number", "id", "monitor", "place", "date_start", "date_end", "access"),
            *("obstructed_by", "means", "as_written", "document", "url", "stated_on"),
            *("note", "published_on"),
        ]


class DeskCoverageDocument(ListedCoverage):
    """How far one monitor could see one area in one period, as the desk holds it."""

    contradictions = serializers.SerializerMethodField(
        help_text=_("Where the same monitor says otherwise, in words: no errors of the desk.")
    )

    class Meta(ListedCoverage.Meta):
        fields = [*ListedCoverage.Meta.fields, "contradictions"]

    def get_contradictions(self, period: Coverage) -> list[str]:
        return coverage.contradictions(period)


class CoverageInput(Explained):
    """A whole coverage period: monitor, first day, access and document must be given."""

    monitor = KnownSource()
    place = AnyPlace(allow_null=True, default=None)
    date_start = serializers.DateField()
    date_end = serializers.DateField(allow_null=True, default=None)
    access = serializers.ChoiceField(Access.choices)
    obstructed_by = Known("slug", queryset=Party.objects.all(), allow_null=True, default=None)
    means = serializers.ChoiceField(CoverageMeans.choices, allow_blank=True, default="")
    as_written = serializers.CharField(max_length=300, allow_blank=True, default="")
    document = serializers.CharField(max_length=300)
    url = serializers.URLField(max_length=500, allow_blank=True, default="")
    stated_on = serializers.DateField(allow_null=True, default=None)
    note = serializers.CharField(max_length=20_000, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        refuse_early_end(attrs, self.instance)
        access, obstructed_by = (
            attrs.get(name, getattr(self.instance, name, None))
            for name in ("access", "obstructed_by")
        )
        if access == Access.FULL and obstructed_by:
            raise serializers.ValidationError(
                {"obstructed_by": [_("Whoever had full access was obstructed by nobody.")]}
            )
        return attrs


class DeskCoverageQuery(Paged):
    """What the desk's coverage periods can be asked."""

    monitor = serializers.SlugField(
        required=False, max_length=64, help_text=_("Slug of the source that could see, or not.")
    )
    place = AnyPlace(
        required=False, help_text=_("Number or id of a place: what lies in it is found too.")
    )
    access = Listed(
        child=serializers.ChoiceField(Access.choices),
        required=False,
        help_text=_("How far they could see."),
    )
    date_from = serializers.DateField(required=False, help_text=_("Not over before this day."))
    date_to = serializers.DateField(required=False, help_text=_("Begun by this day."))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        refuse_backwards(attrs)
        return attrs

    @staticmethod
    def apply(periods: CoverageQuerySet, asked: dict[str, Any]) -> CoverageQuerySet:
        if "monitor" in asked:
            periods = periods.filter(monitor__slug=asked["monitor"])
        if "place" in asked:
            periods = periods.filter(place__in=Place.objects.lying_in(asked["place"]))
        if "access" in asked:
            periods = periods.filter(access__in=asked["access"])
        if "date_from" in asked:
            periods = periods.filter(Q(date_end=None) | Q(date_end__gte=asked["date_from"]))
        if "date_to" in asked:
            periods = periods.filter(date_start__lte=asked["date_to"])
        return periods


class CoverageThing(ThingView):
    """A coverage period: whatever is done with it is answered with it as it is then."""

    kind = "coverage"

    def things(self) -> CoverageQuerySet:
        return Coverage.objects.visible_to(self.request.user)

    def document(self, number: int) -> Any:
        return DeskCoverageDocument(_whole(self.things()).get(pk=number)).data


class CoverageList(CoverageThing, ThingList):
    rights = {"GET": MayReadCoverage, "POST": MayAddCoverage}
    query = DeskCoverageQuery
    order = Order("-date", ("date_start", "id"))

    def selected(self, asked: dict[str, Any]) -> CoverageQuerySet:
        return self.query.apply(_whole(self.things()), asked)

    def documents(self, things: Sequence[Coverage]) -> Any:
        return ListedCoverage(things, many=True).data

    @listing("coverage", ListedCoverage, DeskCoverageQuery)
    def get(self, request: DeskRequest) -> Response:
        """Coverage periods, newest first."""
        return self.page(request)

    @making("coverage_create", CoverageInput, DeskCoverageDocument)
    def post(self, request: DeskRequest) -> Response:
        """Enter a coverage period. What contradicts another of the monitor is told, not refused."""
        Parameters.refuse_any(request.query_params)
        with recorded(by=request.user):
            stated = CoverageInput(data=request.data, context={"user": request.user}).given()
            period = coverage.take_in(stated)
        return self.answer(period.pk, made_at=reverse("desk_coverage_period", args=[period.pk]))


class CoverageView(CoverageThing):
    rights = {"GET": MayReadCoverage, "PUT": MayChangeCoverage, "PATCH": MayChangeCoverage}

    @reading("coverage_retrieve", DeskCoverageDocument)
    def get(self, request: DeskRequest, key: int | UUID) -> Response:
        """One coverage period."""
        return self.read(request, key)

    @changing("coverage_rewrite", CoverageInput, DeskCoverageDocument)
    def put(self, request: DeskRequest, key: int | UUID) -> Response:
        """Put a whole coverage period as it shall be. The public reads it once it is published."""
        return self._rewrite(request, key, partial=False)

    @changing("coverage_change", CoverageInput, DeskCoverageDocument)
    def patch(self, request: DeskRequest, key: int | UUID) -> Response:
        """Change what is given of a coverage period. The public reads it once it is published."""
        return self._rewrite(request, key, partial=True)

    def _rewrite(self, request: DeskRequest, key: int | UUID, *, partial: bool) -> Response:
        with self.change(request, key) as period:
            stated = CoverageInput(
                period, data=request.data, partial=partial, context={"user": request.user}
            ).given()
            coverage.rewrite(period, stated)
        return self.answer(period.pk)


class CoveragePublication(CoverageThing):
    rights = {"POST": MayPublishCoverage}

    @changing("coverage_publish", Explained, DeskCoverageDocument)
    def post(self, request: DeskRequest, key: int | UUID) -> Response:
        """Publish a coverage period: everyone reads it as it is now."""
        with self.change(request, key) as period:
            Explained(data=request.data).given()
            publishing.publish_coverage(period)
        return self.answer(period.pk)


def _whole(periods: CoverageQuerySet) -> CoverageQuerySet:
    """Coverage periods with all that their documents show, however many, in one query."""
    return periods.select_related("monitor", "place", "obstructed_by")
