from __future__ import annotations

import pytest

from tests.factories import make_place


@pytest.fixture
def kept(db):
    return make_place(name="Ain al-Fijah", name_ar="عين الفيجة")


@pytest.fixture
def double(db):
    return make_place(name="Ayn al-Fijeh", latitude=33.61, longitude=36.18)
