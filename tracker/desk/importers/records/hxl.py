"""What the tags of the Humanitarian Exchange Language say of the columns beneath them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

# A tag and the attributes it must have, by the field it feeds; the first that fits counts.
_TAGS = (
    ("date_end", "#date +end"),
    ("published_on", "#date +reported|#date +published|#date +report"),
    ("", "#date +year|#date +month|#date +week"),
    ("date_start", "#date +start|#date +occurred|#date +event|#date"),
    ("language", "#meta +lang|#meta +language"),
    ("url", "#meta +url|#meta +link"),
    ("external_id", "#meta +id|#event +id|#id|#event +code|#incident +id"),
    ("relayed_from", "#meta +source|#source|#org +source"),
    ("note", "#meta +note|#meta +comments|#meta +notes"),
    ("accused", "#actor +perpetrator|#group +perpetrator|#group +accused|#actor +accused"),
    ("means", "#event +weapon|#item +weapon|#cause +weapon"),
    ("text", "#description|#event +description|#meta +description"),
    ("acts", "#event +type|#event +category|#incident +type|#cause +type|#event|#incident|#cause"),
    ("position", "#geo +coord|#geo +coords|#geo +latlon"),
    ("latitude", "#geo +lat|#lat_deg|#geo +latitude"),
    ("longitude", "#geo +lon|#lon_deg|#geo +lng|#geo +longitude"),
    ("place", "#loc +name|#loc"),
    ("wider", "#adm4 +name|#adm4|#adm3 +name|#adm3|#adm2 +name|#adm2|#adm1 +name|#adm1"),
)
_HARMS = {
    "killed": ("killed", "deaths", "dead"),
    "injured": ("injured", "wounded"),
    "detained": ("detained", "arrested", "abducted", "kidnapped"),
    "displaced": ("displaced", "idps", "idp"),
}
_GROUPS = {
    "civilians": ("civilians", "civilian"),
    "women": ("f", "women", "female"),
    "children": ("children", "child"),
    "medical": ("medical",),
}
_BOUNDS = {"low": ("min", "low"), "high": ("max", "high")}


def fields_of(tags: Sequence[str], columns: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The columns that feed each field, by their tags."""
    found: dict[str, tuple[str, ...]] = {}
    for tag, column in zip(tags, columns, strict=False):
        name = field_of(tag)
        if not name:
            continue
        if name == "wider":
            found[name] = (*found.get(name, ()), column)
        found.setdefault(name, (column,))
    if "wider" in found:
        levels = dict(zip(columns, tags, strict=False))
        found["wider"] = tuple(sorted(found["wider"], key=lambda each: levels[each], reverse=True))
    return found


def field_of(tag: str) -> str:
    """The field that a column with this tag feeds, or ""."""
    name, *attributes = tag.lower().replace(" ", "").split("+")
    if name == "#affected":
        return _figure(set(attributes))
    for feeds, alternatives in _TAGS:
        for each in alternatives.split("|"):
            wanted, *needed = each.replace("+", "").split()
            if name == wanted and set(needed) <= set(attributes):
                return "" if "code" in attributes and feeds != "external_id" else feeds
    return ""


def _figure(attributes: set[str]) -> str:
    harm = _first(_HARMS, attributes, "affected")
    group, bound = _first(_GROUPS, attributes, "all"), _first(_BOUNDS, attributes, "best")
    return f"{harm}.{group}.{bound}"


def _first(table: Mapping[str, tuple[str, ...]], attributes: set[str], otherwise: str) -> str:
    found = (code for code, words in table.items() if not attributes.isdisjoint(words))
    return next(found, otherwise)
