"""Whatever is asked, and in whatever words, is answered or refused."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tracker.public.ogc.collections import COLLECTIONS

pytestmark = pytest.mark.django_db
ASKED = [(each.id, name) for each in COLLECTIONS for name in each.query().fields]
ODD = ["nan", "-inf", "1e999", "..", "/", "T", "T/..", "0001-01-01", "9999-12-31", "\0", "9" * 5000]
ANYTHING = st.one_of(
    st.sampled_from(ODD).map(str.encode),
    st.text(max_size=40).map(str.encode),
    st.binary(max_size=40),
    st.lists(st.sampled_from([*ODD, "5", ""]), max_size=7).map(
        lambda each: ",".join(each).encode()
    ),
    st.lists(st.sampled_from(ODD), max_size=3).map(lambda each: "/".join(each).encode()),
)
QUIET = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@QUIET
@given(st.sampled_from(ASKED), ANYTHING)
@example(("incidents", "datetime"), b"0001-01-01T00:00+14:00/..")
@example(("zones", "cursor"), b"\xed\xa0\x80")
def test_answers_or_refuses_any_value_of_any_parameter(client, world, asked, value):
    name, parameter = asked

    answer = client.get(f"/ogc/collections/{name}/items?{parameter}={quote_from_bytes(value)}")

    assert answer.status_code in {200, 400}


@QUIET
@given(
    st.sampled_from([each.id for each in COLLECTIONS]),
    st.sampled_from(["name", "-date", "agreement"]),
    st.text(st.characters(exclude_categories=[]), max_size=20),
    st.text(max_size=20),
)
def test_answers_or_refuses_any_key_to_go_on_behind(client, world, name, ordering, value, last):
    told = json.dumps([ordering, value, last]).encode()

    cursor = base64.urlsafe_b64encode(told).decode().rstrip("=")
    answer = client.get(f"/ogc/collections/{name}/items", {"cursor": cursor})

    assert answer.status_code in {200, 400}


@pytest.mark.parametrize("accept", ["nonsense", "text/html;q=x", ";;,,", "*/*;q=0", "text/*"])
def test_answers_whatever_is_accepted(client, accept):
    assert client.get("/ogc", headers={"Accept": accept}).status_code == 200
