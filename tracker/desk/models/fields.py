"""Fields the desk's models share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from tracker.codebook import Codes
from tracker.geo.names import fold, skeleton
from tracker.text import composed, first_unseen


class CodesField(models.JSONField):
    """Several codes of one code list, kept in the order given."""

    def __init__(self, *args: Any, codes: type[Codes] | None = None, **kwargs: Any) -> None:
        self.codes = codes
        kwargs.update(default=list, blank=True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        # The code list is left out, so that a new code needs no migration.
        return super().deconstruct()

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if not isinstance(value, list):
            raise ValidationError(_("Give a list of codes."), code="not_a_list")
        known = self.codes.values if self.codes else []
        for code in value:
            if code not in known:
                raise ValidationError(
                    _("“%(code)s” is not a code of this list."), "unknown_code", {"code": code}
                )

    def formfield(self, **kwargs: Any) -> Any:
        return forms.MultipleChoiceField(
            choices=self.codes.choices if self.codes else [],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
        )


def validate_name(name: str) -> None:
    """Raises ValidationError for a character that is not seen or turns those around it."""
    if unseen := first_unseen(name):
        raise ValidationError(
            _(
                "No name may hold %(character)s, which is not seen: take out character %(position)s."
            ),
            "unseen_character",
            {"character": unseen.name, "position": unseen.position},
        )


class NameField(models.CharField):
    """A name or title: kept in NFC, and without characters that make it pass for another."""

    default_validators = [validate_name]

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        # The database sees no difference, so that what a name may hold needs no migration.
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return composed(prepared) if isinstance(prepared, str) else prepared


class FoldedField(models.TextField):
    """The row's own names, folded for search, worked out on every save and bulk create."""

    def __init__(self, *args: Any, of: Sequence[str] = (), **kwargs: Any) -> None:
        self.of = of
        kwargs.update(editable=False, blank=True)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001
        names = [getattr(model_instance, name) for name in self.of]
        folded = " | ".join(fold(name) for name in names if name)
        setattr(model_instance, self.attname, folded)
        return folded


class SkeletonField(models.CharField):
    """The consonants of one of the row's names, worked out on every save and bulk create."""

    def __init__(self, *args: Any, of: str = "", **kwargs: Any) -> None:
        self.of = of
        kwargs.update(editable=False, blank=True, max_length=60, db_index=True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001
        consonants = skeleton(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, consonants)
        return consonants
