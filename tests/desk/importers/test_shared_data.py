"""The gazetteer and the boundaries as published, all of them."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from tests.desk.importers.samples import load
from tracker.desk.geocoding import gazetteer
from tracker.desk.models import Boundary, Place

pytestmark = pytest.mark.django_db


def files(folder):
    return folder / "gazetteer" / "sy_places_wof.csv.gz", *(folder / "boundaries").glob("*.geojson")


def test_loads_every_row_and_puts_it_into_its_district(shared_data):
    said, _ = load(*files(shared_data))

    assert "10343 new, 0 changed, 0 unchanged, 0 refused" in said
    assert Place.objects.count() == 10_343 + 62 + 14 + 1
    assert Boundary.objects.count() == 62 + 14
    madaya = Place.objects.coded("geonames:167558").get()
    kinds = [place.kind for place in madaya.lineage()]
    assert kinds == ["settlement", "district", "governorate", "country"]
    settlements = Place.objects.filter(kind="settlement")
    assert settlements.filter(parent__kind="district").count() > 10_200
    assert settlements.filter(parent=None).count() <= 3


def test_adds_to_the_demo_without_doubling_its_places_and_changes_nothing_again(shared_data):
    call_command("load_demo", verbosity=0)
    own = Place.objects.filter(codes__code__startswith="demo:").count()

    load(*files(shared_data))
    said, _ = load(*files(shared_data))

    # All but its own areas and sites are known to the gazetteers too.
    assert Place.objects.count() == own + 10_343 + 62 + 14 + 1
    assert "0 new, 0 changed, 10343 unchanged" in said
    assert "0 new, 0 changed, 62 unchanged" in said
    assert "0 new, 0 changed, 15 unchanged" in said
    assert gazetteer.suggest("عين الفيجة")[0].name == "Ain al-Fijah"
