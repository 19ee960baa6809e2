"""What an agreement says, on its own page: provisions, readings, and what parties are to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.codebook import Act
from tracker.desk.admin.choosing import Choosing
from tracker.desk.admin.site import WRITTEN, DeskForm, DeskInline, labels
from tracker.desk.models import Adherence, Agreement, Provision, Reading


class ProvisionInline(admin.StackedInline):
    model = Provision
    form = DeskForm
    formfield_overrides = WRITTEN
    readonly_fields = ["acts_named"]
    extra = 0

    def get_fields(self, request: HttpRequest, obj: Agreement | None = None) -> Any:
        # To who may only look, codes say little.
        acts = "acts" if self.has_change_permission(request, obj) else "acts_named"
        return ["number", ("text", "text_ar"), acts]

    @admin.display(description=gettext_lazy("acts"))
    def acts_named(self, provision: Provision) -> str:
        return labels(Act, provision.acts)


class ReadingForm(DeskForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "slug" in self.fields:
            self.fields["slug"].disabled = True


class ReadingFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        readings = [form.instance for form in self.deleted_forms if form.instance.pk]
        for reading in readings:
            # They would go with it, and nobody would have seen what that changes.
            if reading.zones.exists() or reading.adherences.exists():
                said = _("“%s” has zones or adherences of its own: delete those first.")
                raise forms.ValidationError(said % reading)


class ReadingInline(Choosing, admin.StackedInline):
    model = Reading
    form = ReadingForm
    formset = ReadingFormSet
    formfield_overrides = WRITTEN
    fields = [("name", "name_ar"), "slug", "whose", "basis", ("note", "note_ar")]
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ["whose"]
    extra = 0


class AdherenceFormSet(BaseInlineFormSet):
    """Offers the readings of this agreement alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agreement: Agreement = self.instance
        self.readings = agreement.readings.all() if agreement.pk else Reading.objects.none()

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if reading := form.fields.get("reading"):
            reading.queryset = self.readings
            reading.choices = [("", reading.empty_label), *self.offered]

    @cached_property
    def offered(self) -> list[tuple[int, str]]:
        """Asked for once, not once a row."""
        return [(reading.pk, str(reading)) for reading in self.readings]


class AdherenceInline(DeskInline):
    model = Adherence
    formset = AdherenceFormSet
    fields = ["party", "role", "reading", "valid_from", "valid_to", "basis", "basis_ar"]
    autocomplete_fields = ["party"]
    extra = 0
