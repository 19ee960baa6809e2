"""What the ledger records: which rows make up a thing, and which of their columns it may not show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

# Worked out from other columns, or of no weight to the record.
DERIVED = frozenset(
    {
        *("folded", "skeleton", "fingerprint", "signed_facts", "password", "last_login"),
        *("claimed_by_id", "claimed_at"),
    }
)
# What changes when somebody else is let see the thing, and nothing else does.
STEPS = frozenset({"publication", "revision", "published_by_id", "published_at", "published_on"})


@dataclass(frozen=True)
class Part:
    """Rows of one table that belong to a thing."""

    model: str
    """Where they are: app.Model, or app.Model.field for the table of a many-to-many field."""
    root: str = "id"
    """The column that holds the number of the thing."""
    name: str = ""
    """What the paths of its values begin with; empty for the row that is the thing itself."""
    key: str = "id"
    """The column that tells these rows apart within the thing."""
    shown: tuple[str, ...] | None = None
    """The columns recorded; None for all. With none, a row is recorded as being there."""
    sealed: frozenset[str] = field(default_factory=frozenset)
    """The columns whose values the ledger holds sealed."""


def _link(model: str, root: str, name: str, key: str) -> Part:
    """The rows of a many-to-many field: each says that one thing belongs to another."""
    return Part(model, root, name, key, shown=())


def _sealing(*names: str) -> frozenset[str]:
    return frozenset(names)


KINDS: dict[str, tuple[Part, ...]] = {
    "party": (Part("desk.Party"), Part("desk.PartyName", "party_id", "names")),
    "source": (
        Part(
            "desk.Source",
            sealed=_sealing(*("slug", "name", "name_ar", "independence_group", "url", "note")),
        ),
    ),
    "agreement": (
        Part("desk.Agreement"),
        Part("desk.Provision", "agreement_id", "provisions"),
        Part("desk.Reading", "agreement_id", "readings"),
        Part("desk.Adherence", "agreement_id", "adherences"),
        Part("desk.Zone", "agreement_id", "zones"),
    ),
    "report": (
        Part(
            "desk.Report",
            sealed=_sealing(
                *("external_id", "url", "archive_url", "text", "translation", "note", "raw"),
                *("place_as_written", "accused_as_written", "latitude", "longitude"),
                "set_aside_because",
            ),
        ),
        Part("desk.Figure", "report_id", "figures"),
        _link("desk.Report.accused", "report_id", "accused", "party_id"),
    ),
    "incident": (
        Part("desk.Incident", sealed=_sealing("latitude", "longitude", "note")),
        _link("desk.Incident.target_parties", "incident_id", "target_parties", "party_id"),
        _link("desk.Report", "incident_id", "reports", "id"),
        Part(
            "desk.Assessment",
            "incident_id",
            "assessments",
            sealed=_sealing("rationale", "basis"),
        ),
    ),
    "evidence": (Part("desk.Evidence", sealed=_sealing("name", "url", "note")),),
    "bulletin": (
        Part("desk.Bulletin", sealed=_sealing("document", "url", "note")),
        Part("desk.Tally", "bulletin_id", "tallies", sealed=_sealing("note")),
    ),
    "webhook": (
        Part(
            "desk.Webhook",
            # Never a key; nor how sending goes, which is no one's change.
            shown=("name", "url", "events", "is_active", "secret_made_at"),
            sealed=_sealing("url"),
        ),
    ),
    "coverage": (Part("desk.Coverage", sealed=_sealing("document", "url", "as_written", "note")),),
    "situationreport": (
        Part("desk.SituationReport"),
        Part("desk.Erratum", "report_id", "errata"),
    ),
    "erasure": (Part("desk.Erasure"),),
    "user": (
        Part("desk.User", sealed=_sealing("username", "first_name", "last_name", "email")),
        _link("desk.User.groups", "user_id", "groups", "group_id"),
        _link("desk.User.user_permissions", "user_id", "rights", "permission_id"),
    ),
    "group": (
        Part("auth.Group"),
        _link("auth.Group.permissions", "group_id", "rights", "permission_id"),
    ),
}


def model_of(part: Part, apps: Any) -> Any:
    """The model of its rows, in a registry of models: today's, or a migration's."""
    app, name, *link = part.model.split(".")
    model = apps.get_model(app, name)
    return model._meta.get_field(link[0]).remote_field.through if link else model


def parts_of(kind: str, apps: Any) -> Iterator[tuple[Part, Any]]:
    """The parts of a thing, each with its model; those alone that the registry knows.

    A migration's knows no models that came later.
    """
    for part in KINDS[kind]:
        try:
            yield part, model_of(part, apps)
        except LookupError:
            continue


def columns(part: Part, model: Any) -> list[str]:
    """The columns whose values are recorded."""
    names = [each.attname for each in model._meta.concrete_fields]
    if part.shown is not None:
        return list(part.shown)
    return [name for name in names if name not in DERIVED | {part.key, part.root}]


def is_step(paths: set[str]) -> bool:
    """Whether a change of these paths changes nothing but who may see the thing."""
    # The public id is drawn at the first of these steps.
    return bool(paths) and paths <= STEPS | {"public_id"}
