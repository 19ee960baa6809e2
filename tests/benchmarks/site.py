"""What the public site's answers cost, on a database that is filled: one line each.

Run by test_site.py in a process of its own.
"""

from __future__ import annotations

import gzip
import statistics
import time
from urllib.parse import parse_qsl

from tests.benchmarks.measuring import answered

TURNS = 5
COUNTRY, PROVINCE, TOWN = "35.5,32.3,42.4,37.4", "36.0,33.2,37.2,34.0", "36.2,33.4,36.5,33.6"
ALL_OF_IT = "35.5,32,42.5,37.5"
YEARS = "date_from=2016-03-10&date_to=2018-03-20"
# What a reader does who looks at the whole record, and moves about in it.
MOVES = {
    "the list": "/incidents/?",
    "the list, moved to a province": f"/incidents/?view={PROVINCE}",
    "the list, moved to a town": f"/incidents/?view={TOWN}",
    "the list of a box that holds all": f"/incidents/?bbox={ALL_OF_IT}",
    "the list of two years": f"/incidents/?{YEARS}",
    "the embedded map": f"/embed/?view={PROVINCE}",
    "cells of the country": f"/api/v1/stats/cells/?zoom=9&view={COUNTRY}",
    "cells of a province": f"/api/v1/stats/cells/?zoom=11&view={PROVINCE}",
    "cells of a town": f"/api/v1/stats/cells/?zoom=12&view={TOWN}",
    "cells of two years": f"/api/v1/stats/cells/?zoom=9&view={COUNTRY}&{YEARS}",
    "months": "/api/v1/stats/timeline/?interval=month",
    "months by act": "/api/v1/stats/timeline/?interval=month&by=act",
    "who accuses whom": "/api/v1/stats/accusations/?",
    "who accuses whom, by party": "/api/v1/stats/accusations/?by=party",
    "who accuses whom under it": "/api/v1/stats/accusations/?by=party&agreement=truce",
    "cells of an act": f"/api/v1/stats/cells/?zoom=9&view={COUNTRY}&act=air_attack",
    "cells of a verdict": (
        f"/api/v1/stats/cells/?zoom=9&view={COUNTRY}&verdict=violation&reading=truce-text"
    ),
    "cells of an act in two years": (
        f"/api/v1/stats/cells/?zoom=9&view={COUNTRY}&act=air_attack&{YEARS}"
    ),
    "months of an act": "/api/v1/stats/timeline/?interval=month&act=air_attack",
    "the agreement": "/agreements/truce/?",
    "the agreement after a month": "/agreements/truce/?on=2017-01-30",
    "home": "/?",
    "outlines": "/api/v1/boundaries/?",
}
# What is counted anew from the index, as nothing but days and one code is counted ahead.
FILTERED = {
    "the list of a town": f"/incidents/?bbox={TOWN}",
    "the list of most of the country": f"/incidents/?bbox={COUNTRY}",
    "the list of a province": f"/incidents/?bbox={PROVINCE}",
    "the list of a province in two years": f"/incidents/?bbox={PROVINCE}&{YEARS}",
    "the list of an act in a town": f"/incidents/?bbox={TOWN}&act=air_attack",
    "small cells of an act in two years": (
        f"/api/v1/stats/cells/?zoom=11&view={PROVINCE}&act=air_attack&{YEARS}"
    ),
    "the list of an act in two years": f"/incidents/?act=air_attack&{YEARS}",
    "months of a province": f"/api/v1/stats/timeline/?interval=month&bbox={PROVINCE}",
}


def measure(sort: str, asked: dict[str, str]) -> None:
    for what, address in asked.items():
        path, _mark, query = address.partition("?")
        taken, content = [], b""
        for _turn in range(TURNS):
            began = time.perf_counter()
            content = answered(path, **dict(parse_qsl(query)))
            taken.append(1000 * (time.perf_counter() - began))
        length = len(gzip.compress(content)) / 1000
        print(f"{sort:10} {statistics.median(taken):8.0f} ms {length:8.1f} KB  {what}", flush=True)


if __name__ == "__main__":
    measure("ahead", MOVES)
    measure("filtered", FILTERED)
