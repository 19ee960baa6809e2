"""/ogc/: features for maps. Addresses end without a slash, as the standard's clients ask for them."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from tracker.public.ogc import views
from tracker.public.ogc.collections import COLLECTIONS, Collection


def _paths(collection: Collection) -> list[URLPattern]:
    at, name = f"collections/{collection.id}", f"ogc_{collection.id}"
    given = {"collection": collection}
    return [
        path(at, views.CollectionPage.as_view(), given, name=name),
        path(f"{at}/queryables", views.Queryables.as_view(), given, name=f"{name}_queryables"),
        path(f"{at}/items", views.Items.as_view(), given, name=f"{name}_items"),
        path(f"{at}/items/<uuid:public_id>", views.Item.as_view(), given, name=f"{name}_item"),
    ]


urlpatterns = [
    path("conformance", views.Conformance.as_view(), name="ogc_conformance"),
    path("api", views.Definition.as_view(), name="ogc_api"),
    path("collections", views.Collections.as_view(), name="ogc_collections"),
    *(each for collection in COLLECTIONS for each in _paths(collection)),
    re_path("", views.elsewhere),
]
