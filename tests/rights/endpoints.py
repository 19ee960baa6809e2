"""Every address of the tracker with every method it takes, and what each role is answered there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.urls import URLPattern, get_resolver
from django.utils.translation import gettext
from knox.models import AuthToken

from tests import ledger
from tests.rights.world import GUARDED, USUAL, World
from tracker.codebook import Step
from tracker.desk.admin import inbox, site
from tracker.desk.api import versions
from tracker.desk.workflow import recording

ALLOWED, REFUSED, ABSENT, LOGIN = "allowed", "refused", "absent", "login"
CODES = {401: "token", 403: REFUSED, 404: ABSENT, 405: "no method"}
# Where the public reads: each thing under its public id.
PUBLIC = ("agreements/", "api/v1/", "incidents/", "ogc/", "situation/")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")
# Of what there is one that not everybody may see or change.
HAVE_GUARDED = ("bulletin", "coverage", "evidence", "importrun", "report", "source", "user")
# Which things the addresses name that do not lie under a model's own.
OTHERWISE = {
    "admin/desk/incident/<pk>/unmerge/": "merged",
    "admin/desk/zone/of/": "agreement",
    "admin/evidence/": "evidence",
    "admin/inbox/": "report",
    "admin/places/": "place",
    "api/desk/v1/coverage/": "coverage",
    "api/desk/v1/evidence/": "evidence",
    "api/desk/v1/incidents/": "incident",
    "api/desk/v1/reports/": "report",
    "api/desk/v1/tallies/": "bulletin",
}
# Those that name no thing of the desk, filled in.
FILLED = {
    "admin/(?P<url>": "/admin/nowhere/",
    "admin/^(?P<app_label>": "/admin/desk/",
    "admin/r/<content_type_id>": "/admin/r/1/1/",
}
AUTOCOMPLETE, INBOX = "admin/autocomplete/", "admin/inbox/<pk>/"
STEPS = "api/desk/v1/incidents/<key>/steps/"


@dataclass(frozen=True, order=True)
class Cell:
    """One line of the matrix: an address, a method, and what is asked for or pressed there."""

    route: str
    method: str
    what: str

    def __str__(self) -> str:
        return f"{self.method} {self.route} {self.what}".strip()

    @property
    def of(self) -> str:
        return GUARDED if self.what == GUARDED else USUAL

    @property
    def is_action(self) -> bool:
        return self.method == "POST" and self.what in _actions(self.route)


class Unrendered:
    """Middleware that sends pages without their text: who may open them does not depend on it."""

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        response.content = b""
        return response


def cells(patterns: Any = None) -> list[Cell]:
    found = {
        Cell(route, method, what)
        for route, pattern in routes(patterns)
        for method in _methods(pattern.callback)
        for what in _asked(route, method)
    }
    return sorted(found)


def routes(patterns: Any = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address as the resolver tries them, with what answers there."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield CONVERTER.sub(r"<\1>", route), pattern
        else:
            yield from routes(pattern.url_patterns, route)


def _methods(view: Any) -> tuple[str, ...]:
    """Those that a view is written for; of a plain function nobody knows, it is asked both."""
    if (cls := getattr(view, "cls", None)) is None:
        return METHODS[:2]
    names = getattr(view, "actions", None) or dir(cls)
    return tuple(each for each in METHODS if each.lower() in names)


def _asked(route: str, method: str) -> list[str]:
    if route == AUTOCOMPLETE and method == "GET":
        return _searched()
    if "<" not in route or route.startswith((*PUBLIC, *FILLED)):
        return ["", *(_actions(route) if method == "POST" else ())]
    if route == STEPS:
        return [*Step]
    kinds = [USUAL, GUARDED] if kind_of(route) in HAVE_GUARDED else [USUAL]
    return [*kinds, *(inbox.ACTS if (route, method) == (INBOX, "POST") else ())]


def _searched() -> list[str]:
    """The fields of all forms that search as one types."""
    pages: list[Any] = [*site._registry.values()]
    pages += [inline(each.model, site) for each in pages for inline in each.inlines]
    return [
        f"{page.opts.label_lower}.{name}" for page in pages for name in page.autocomplete_fields
    ]


def _actions(route: str) -> list[str]:
    """What can be done to several things at once on the list that stands there."""
    pages: dict[Any, Any] = site._registry
    for model, page in pages.items():
        if route == f"admin/{model._meta.app_label}/{model._meta.model_name}/":
            return [name for _function, name, _label in page._get_base_actions()]
    return []


def kind_of(route: str) -> str:
    """The sort of thing that an address of the desk names."""
    own = [kind for prefix, kind in OTHERWISE.items() if route.startswith(prefix)]
    return own[0] if own else route.split("/")[2]


def address(cell: Cell, world: World, role: str) -> str:
    """Where a cell is asked about, with the key of a thing that is there."""
    route = cell.route
    filled = [where for prefix, where in FILLED.items() if route.startswith(prefix)]
    if filled or "<" not in route:
        return filled[0] if filled else f"/{route}"
    if route.startswith(PUBLIC):
        of = next(part for part in route.split("/") if part in world.public)
        return "/" + CONVERTER.sub(world.public[of], route)
    values = dict.fromkeys(
        ("pk", "id", "key", "number", "object_id"), world.key(kind_of(route), cell.of)
    )
    values |= {"other": world.key("merged", USUAL), "report": world.key("held", USUAL)}
    values["form"] = "csv"
    if "<link>" in route:
        values["link"] = world.link(role, cell.of)
    return "/" + CONVERTER.sub(lambda name: values[name[1]], route)


def body(cell: Cell, world: World) -> dict[str, Any]:
    """What is sent: no more than is needed to tell whether it is let in."""
    if cell.route == AUTOCOMPLETE and cell.what:
        app, model, field = cell.what.split(".")
        return {"app_label": app, "model_name": model, "field_name": field, "term": ""}
    if cell.route == INBOX and cell.method == "POST":
        return {cell.what if cell.what in inbox.ACTS else "release": "1"}
    if cell.route == STEPS:
        return {"step": cell.what}
    if cell.is_action:
        chosen = world.key(cell.route.split("/")[2], USUAL)
        return {"action": cell.what, "_selected_action": [chosen]}
    return {"post": "yes"} if cell.route.endswith("/delete/") else {}


class Asking:
    """Sends requests as each role, and takes back whatever they change."""

    def __init__(self, world: World) -> None:
        self.world = world
        # One browser, which changes its cookies with who sits before it: to make it takes long.
        self.client = ledger.Client()
        self.cookies: dict[str, str] = {}
        self.tokens: dict[str, str] = {}
        for role, user in world.users.items():
            self.client.cookies.clear()
            self.client.force_login(user)
            self.cookies[role] = self.client.cookies.output(header="")
            self.tokens[role] = AuthToken.objects.create(user)[1]

    def get(self, role: str, where: str) -> Any:
        self.client.cookies = SimpleCookie(self.cookies.get(role, ""))
        return self.client.get(where)

    def outcome(self, cell: Cell, role: str) -> str:
        self.client.cookies = SimpleCookie(self.cookies.get(role, ""))
        given: dict[str, Any] = {"data": body(cell, self.world)}
        if cell.route.startswith("api/"):
            given["headers"] = self._headers(cell, role)
        if cell.route.startswith("api/") and cell.method != "GET":
            given["content_type"] = "application/json"
        ask = getattr(self.client, cell.method.lower())
        with transaction.atomic():
            response = ask(address(cell, self.world, role), **given)
            said = [str(each) for each in getattr(response.wsgi_request, "_messages", [])]
            if response.streaming:
                # Read to its end, which closes it and leaves the database connected.
                response.getvalue()
            transaction.set_rollback(True)
        if cell.is_action and "cl" in (getattr(response, "context_data", None) or {}):
            # The list came back as if nothing had been chosen to be done.
            return REFUSED
        return _classed(response, said)

    def _headers(self, cell: Cell, role: str) -> dict[str, str]:
        headers = {"Authorization": f"Token {self.tokens[role]}"} if role in self.tokens else {}
        if "<key>" in cell.route:
            kind = kind_of(cell.route)
            thing = int(self.world.key(kind, cell.of))
            headers["If-Match"] = versions.tag(recording.Subject(kind, thing))
        return headers


def _classed(response: Any, said: list[str]) -> str:
    if response.status_code in {301, 302} and response.url.startswith("/admin/login/"):
        return LOGIN
    # The admin leads away from what is not there, and says so; of an action that is not this
    # role's it knows nothing.
    if any("doesn’t exist" in each for each in said):
        return ABSENT
    if gettext("No action selected.") in said:
        return REFUSED
    return CODES.get(response.status_code, ALLOWED)
