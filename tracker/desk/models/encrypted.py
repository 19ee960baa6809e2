"""Columns that the database holds encrypted: in every row, or in those that are confidential."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact, IContains, In

from tracker.desk.models import ciphers
from tracker.desk.models.fields import FoldedField, NameField


class Hidden(str):
    """A value of a row whose columns are to be encrypted."""

    __slots__ = ()


class Encrypted(models.Field):
    """A text that is encrypted as it is written, and decrypted as it is read.

    With `where`, the name of the row's own flag, in those rows alone in which it is set: by a model
    that is saved or created, for an update of many rows knows none of them. With `is_unlike`, equal
    values are written unlike each other, and cannot be asked for.
    """

    def __init__(self, *args: Any, where: str = "", is_unlike: bool = False, **kwargs: Any) -> None:
        self.where, self.is_unlike = where, is_unlike
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        own = {"where": self.where, "is_unlike": self.is_unlike}
        return name, path, args, kwargs | {key: value for key, value in own.items() if value}

    def get_internal_type(self) -> str:
        # However short the text, its cipher is longer.
        return "TextField"

    @property
    def bound_to(self) -> str:
        return _bound_to(self)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001
        value = super().pre_save(model_instance, add)
        is_hidden = self.where and getattr(model_instance, self.where)
        return Hidden(value) if is_hidden and isinstance(value, str) else value

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        prepared = super().get_db_prep_save(value, connection)
        if not isinstance(prepared, str) or not prepared:
            return prepared
        # In plain, what begins as a cipher does would be taken for one.
        is_hidden = not self.where or isinstance(value, Hidden) or ciphers.is_encrypted(prepared)
        return self.encrypted(str(prepared)) if is_hidden else prepared

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        if not ciphers.is_encrypted(value):
            return value
        return ciphers.decrypt(value, self.bound_to, is_unlike=self.is_unlike)

    def encrypted(self, text: str) -> str:
        return ciphers.encrypt(text, self.bound_to, is_unlike=self.is_unlike)

    def ways(self, value: Any) -> list[Any]:
        """What the column may hold for this value: in plain, and by each key there is."""
        if self.is_unlike:
            raise FieldError(f"{self.bound_to} cannot be asked for a value.")
        if not isinstance(value, str) or not value:
            return [value]
        return [value, *(ciphers.encrypt(value, self.bound_to, by=key) for key in ciphers.ring())]

    def get_lookup(self, lookup_name: str) -> Any:
        return LOOKUPS.get(lookup_name) or super().get_lookup(lookup_name)


def _bound_to(field: Any) -> str:
    """What the values of a column are written for, as their ciphers say."""
    return f"{field.model._meta.db_table}.{field.column}"  # noqa: SLF001 - public by custom


class EncryptedExact(Exact):
    """Equality with a value, whether the row holds it encrypted or not."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        if not self.rhs_is_direct_value():
            return super().as_sql(compiler, connection)
        return In(self.lhs, self.lhs.output_field.ways(self.rhs)).as_sql(compiler, connection)


class EncryptedIn(In):
    """Equality with one of several values."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        if not self.rhs_is_direct_value():
            return super().as_sql(compiler, connection)
        field = self.lhs.output_field
        ways = [way for value in self.rhs for way in field.ways(value)]
        return In(self.lhs, ways).as_sql(compiler, connection)


class EncryptedIContains(IContains):
    """Holding a text in plain: a cipher holds letters too, and none that mean anything."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        held, values = super().as_sql(compiler, connection)
        column, others = compiler.compile(self.lhs)
        return f"({held} AND {column} NOT LIKE %s)", (*values, *others, f"{ciphers.PREFIX}%")


LOOKUPS = {"exact": EncryptedExact, "in": EncryptedIn, "icontains": EncryptedIContains}


class EncryptedTextField(Encrypted, models.TextField):
    pass


class EncryptedCharField(Encrypted, models.CharField):
    pass


class EncryptedNameField(Encrypted, NameField):
    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        # As of other names, the database sees no difference.
        name, _path, args, kwargs = super().deconstruct()
        return name, f"{EncryptedCharField.__module__}.EncryptedCharField", args, kwargs


class EncryptedSlugField(Encrypted, models.SlugField):
    pass


class EncryptedURLField(Encrypted, models.URLField):
    pass


class EncryptedEmailField(Encrypted, models.EmailField):
    pass


class EncryptedJSONField(models.JSONField):
    """JSON of which the database holds a text alone, encrypted; no part of it can be asked for."""

    @property
    def bound_to(self) -> str:
        return _bound_to(self)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if value is not None and not hasattr(value, "as_sql"):
            text = json.dumps(value, cls=self.encoder, ensure_ascii=False)
            value = ciphers.encrypt(text, self.bound_to)
        return super().get_db_prep_save(value, connection)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        held = super().from_db_value(value, expression, connection)
        if not ciphers.is_encrypted(held):
            return held
        return json.loads(ciphers.decrypt(held, self.bound_to), cls=self.decoder)


class EncryptedFoldedField(Encrypted, FoldedField):
    """Names folded for search: those in plain by the database, the others once they are read."""


class IsEncrypted(models.CheckConstraint):
    """That a row with its flag set holds nothing in plain: for the database alone to ask."""

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """A model in memory holds its texts in plain."""


def encrypted_where(flag: str, names: Sequence[str], *, name: str) -> IsEncrypted:
    """The constraint that rows with the flag hold these columns encrypted or empty."""
    condition = models.Q()
    for each in names:
        condition &= models.Q(**{each: ""}) | models.Q(**{f"{each}__startswith": ciphers.PREFIX})
    return IsEncrypted(condition=models.Q(**{flag: False}) | condition, name=name)


def encrypted_columns(model: type[models.Model]) -> list[Any]:
    """The fields of a model that are encrypted in some of its rows, or in all."""
    kinds = (Encrypted, EncryptedJSONField)
    fields = model._meta.local_fields  # noqa: SLF001
    return [field for field in fields if isinstance(field, kinds)]
