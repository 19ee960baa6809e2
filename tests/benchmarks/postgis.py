"""The same incidents in PostGIS, with the index it is known for: GiST on position and day."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError, connection, transaction

BY_BOX = "geometry && ST_MakeEnvelope(%s, %s, %s, %s, 4326)"
BY_RADIUS = "ST_DWithin(geometry::geography, ST_SetSRID(ST_MakePoint(%s, %s), 4326)::geography, %s)"


def make() -> bool:
    """Write the table; False where there is no PostGIS."""
    if connection.vendor != "postgresql":
        return False
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS postgis")
            cursor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    except DatabaseError:
        return False
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare_postgis")
        cursor.execute(
            "CREATE TABLE bare_postgis AS SELECT id, date_start, act,"
            " ST_SetSRID(ST_MakePoint(longitude, latitude), 4326) AS geometry FROM bare_incident"
        )
        cursor.execute("CREATE INDEX ON bare_postgis USING gist (geometry, date_start)")
        cursor.execute(
            "CREATE INDEX ON bare_postgis USING gist ((geometry::geography), date_start)"
        )
        cursor.execute("ANALYZE bare_postgis")
    return True


def found(asked: dict[str, Any]) -> list[str]:
    """The ids of the newest hundred."""
    if "bbox" in asked:
        region, values = BY_BOX, [float(side) for side in asked["bbox"].split(",")]
    else:
        latitude, longitude = map(float, asked["near"].split(","))
        region, values = BY_RADIUS, [longitude, latitude, 1000.0 * asked["within_km"]]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM bare_postgis WHERE {region} AND date_start BETWEEN %s AND %s"  # noqa: S608
            " AND act = %s ORDER BY date_start DESC, id DESC LIMIT 100",
            [*values, asked["date_from"], asked["date_to"], asked["act"]],
        )
        return [public_id for (public_id,) in cursor.fetchall()]
