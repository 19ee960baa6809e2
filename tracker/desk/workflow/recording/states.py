"""What a thing is, as paths and values: `text`, `figures/12/best`, `accused/7`."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from tracker.desk.workflow.recording.kinds import KINDS, Part, columns, parts_of

State = dict[str, Any]
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
# How the value of a sealed path is written.
SEALED = "sealed"


def states(kind: str, things: Collection[int], apps: Any) -> dict[int, State]:
    """What each of these things is by the tables; one that is no more is left out."""
    found: dict[int, State] = {}
    for part, model in parts_of(kind, apps):
        rows = _rows(part, model, things)
        for thing, state in rows.items():
            if part.name == "":
                found[thing] = state
            elif thing in found:
                found[thing] |= state
    return found


def sealed_paths(kind: str, paths: Iterable[str]) -> set[str]:
    """Those of these paths whose values the ledger holds sealed."""
    sealing = {part.name: part.sealed for part in KINDS[kind]}
    return {path for path in paths if _column(path) in sealing.get(_part_name(path), ())}


def seal(value: Any) -> tuple[str, str, str]:
    """A digest to stand for a value, the salt of the digest, and the value as it is kept."""
    salt, text = secrets.token_hex(16), written(value)
    return digest(salt, text), salt, text


def digest(salt: str, text: str) -> str:
    # As two strings: or else a letter of one could become a letter of the other.
    return hashlib.sha256(written([salt, text]).encode()).hexdigest()


def is_sealed(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {SEALED}


def written(value: Any) -> str:
    """JSON in the one form that is hashed: keys sorted, no spaces."""
    return _JSON.encode(value)


def is_same(one: Any, other: Any) -> bool:
    """Whether two values are written alike: 1, 1.0 and true are not."""
    return one is other or (
        one == other and (isinstance(one, str) or written(one) == written(other))
    )


def _rows(part: Part, model: Any, things: Collection[int]) -> dict[int, State]:
    names = columns(part, model)
    rows = model._base_manager.filter(**{f"{part.root}__in": things})
    found: dict[int, State] = defaultdict(dict)
    for thing, key, *values in rows.values_list(part.root, part.key, *names):
        state = found[thing]
        if part.shown == ():
            state[f"{part.name}/{key}"] = True
        before = f"{part.name}/{key}/" if part.name else ""
        state |= {
            f"{before}{name}": _plain(value) for name, value in zip(names, values, strict=True)
        }
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value


def _column(path: str) -> str:
    return path.rpartition("/")[2]


def _part_name(path: str) -> str:
    return path.partition("/")[0] if "/" in path else ""
