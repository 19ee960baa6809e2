"""What a thing is, as paths and values: `text`, `figures/12/best`, `accused/7`."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
import uuid
from collections import defaultdict
from collections.abc import Collection
from typing import Any

import orjson

from tracker.desk.workflow.recording.kinds import KINDS, Part, columns, parts_of

State = dict[str, Any]
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_PLAIN = frozenset({str, int, float, bool, type(None)})
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


def sealed_paths(kind: str, state: State) -> list[str]:
    """Those of these paths whose values the ledger holds sealed: but nothing is not hidden."""
    itself, *others = KINDS[kind]
    paths = [path for path in itself.sealed if path in state]
    for part in others:
        if part.sealed:
            paths += [
                path
                for path in state
                if path.startswith(f"{part.name}/") and _column(path) in part.sealed
            ]
    return [path for path in paths if state[path] not in (None, "")]


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
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    except orjson.JSONEncodeError:
        # It knows no integer beyond 64 bits.
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
        for name, value in zip(names, values, strict=True):
            state[before + name] = value if type(value) in _PLAIN else _plain(value)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value


def _column(path: str) -> str:
    return path.rpartition("/")[2]
