from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.desk.importers.records.drafting import Drafter
from tracker.desk.importers.records.fields import FIELDS
from tracker.desk.importers.records.mapping import FORMATS, Mapping
from tracker.errors import InvalidInput

COLUMNS = {"date_start": ("day",), "text": ("title", "story")}


def test_a_mapping_is_the_same_after_it_was_saved():
    mapping = Mapping(
        format="own",
        header_rows=2,
        columns=COLUMNS | {"acts": ("kind",)},
        codes={"acts": {"shelling": "fire_indirect", "fair": ""}, "accused": {"they": "A; B"}},
        constants={"language": "ar", "date_order": "dmy"},
    )

    assert Mapping.from_json(json.loads(json.dumps(mapping.as_json()))) == mapping


@pytest.mark.parametrize(
    ("plain", "named"),
    [
        ([], "mapping"),
        ({"colums": {}}, "colums"),
        ({"kind": "recipes"}, "recipes"),
        ({"format": "pdf"}, "pdf"),
        ({"header_rows": -1}, "-1"),
        ({"header_rows": True}, "True"),
        ({"header_rows": "1"}, "1"),
        ({"columns": {"dates": ["day"]}}, "dates"),
        ({"columns": {"text": []}}, "columns"),
        ({"columns": {"text": [1]}}, "columns"),
        ({"codes": {"text": {"a": "b"}}}, "text"),
        ({"codes": {"acts": {"shelling": "sheling"}}}, "sheling"),
        ({"codes": {"stance": {"a": "alleges;admits"}}}, "alleges;admits"),
        ({"codes": {"acts": ["shelling"]}}, "codes"),
        ({"constants": {"date_order": "ydm"}}, "ydm"),
        ({"constants": {"txt": "a"}}, "txt"),
        ({"constants": {"text": 1}}, "constants"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused_by_name(plain, named):
    with pytest.raises(InvalidInput, match=named):
        Mapping.from_json(plain)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
PARTS = st.sampled_from(["kind", "format", "header_rows", "columns", "codes", "constants"])


@given(st.dictionaries(PARTS, JSON | st.sampled_from([*FIELDS, *FORMATS])))
@settings(max_examples=60, deadline=None)
def test_whatever_was_saved_is_a_mapping_or_refused(plain):
    try:
        mapping = Mapping.from_json(plain)
    except InvalidInput:
        return
    assert Mapping.from_json(mapping.as_json()) == mapping


@pytest.mark.parametrize(
    ("mapping", "named"),
    [
        (Mapping(columns=COLUMNS | {"url": ("link",)}), "link"),
        (Mapping(columns={"date_start": ("day",)}), "text"),
        (Mapping(columns={"text": ("story",)}), "date_start"),
        (Mapping(columns=COLUMNS, constants={"published_on": "1/2/2017"}), "1/2/2017"),
        (Mapping(columns=COLUMNS, constants={"acts": "mischief"}), "mischief"),
        (Mapping(kind="recipes"), "recipes"),
    ],
)
def test_a_mapping_that_does_not_fit_its_table_is_refused_by_name(mapping, named):
    with pytest.raises(InvalidInput, match=named):
        Drafter(mapping, ["day", "title", "story"])
