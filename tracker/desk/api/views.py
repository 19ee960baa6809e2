"""What the desk's resources share: rights by method, pages, and changes of what was seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tracker.desk.api import versions
from tracker.desk.api.bodies import ShallowJSONParser
from tracker.desk.api.rights import DeskRequest, Has, Token
from tracker.desk.workflow import recording
from tracker.desk.workflow.recording import Subject, recorded
from tracker.paging import Order
from tracker.parameters import Paged, Parameters


class DeskView(APIView):
    """An address of the desk. `rights` names for each method what it asks for."""

    authentication_classes = [Token]
    parser_classes = [ShallowJSONParser]
    request: DeskRequest
    rights: dict[str, type[Has]]

    def get_permissions(self) -> list[Any]:
        # HEAD, OPTIONS and what there is not ask for the first right, which is that to read.
        right = self.rights.get(self.request.method or "", next(iter(self.rights.values())))
        return [right()]

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response


class ThingList(DeskView):
    """Things that the user may read, page by page."""

    query: type[Paged]
    order: Order

    def selected(self, asked: dict[str, Any]) -> QuerySet[Any]:
        """Those that answer to what was asked."""
        raise NotImplementedError

    def documents(self, things: Sequence[Any]) -> Any:
        raise NotImplementedError

    def page(self, request: DeskRequest) -> Response:
        asked = self.query.read(request.query_params)
        things, size = self.selected(asked), asked["page_size"]
        if "cursor" in asked:
            things = self.order.after(things, asked["cursor"])
        found = list(self.order.arrange(things)[: size + 1])
        following = None
        if len(found) > size:
            key = [getattr(found[size - 1], name) for name in self.order.columns]
            following = self.order.following(request, key)
        return Response({"next": following, "results": self.documents(found[:size])})


class ThingView(DeskView):
    """One thing, told with its version, and changed by who has seen that version."""

    kind: str
    """What the ledger calls it."""

    def things(self) -> QuerySet[Any]:
        """Those that the user may read."""
        raise NotImplementedError

    def document(self, number: int) -> Any:
        """The thing as the user may read it."""
        raise NotImplementedError

    def read(self, request: DeskRequest, key: int | UUID) -> Response:
        Parameters.refuse_any(request.query_params)
        return self.answer(self.find(key).pk)

    def find(self, key: int | UUID) -> Any:
        return _found(self.things(), key)

    @contextmanager
    def change(self, request: DeskRequest, key: int | UUID) -> Iterator[Any]:
        """The thing, held, to be changed in one revision.

        Raises Unconditional or Stale where the sender has not seen the thing as it is.
        """
        Parameters.refuse_any(request.query_params)
        seen = versions.seen(request)
        with recorded(by=request.user):
            # Held before its version is asked for: two who change it at once do so in turn.
            thing = _found(self.things().select_for_update(of=("self",), no_key=True), key)
            self._refuse_stale(request, thing.pk, seen)
            yield thing

    def answer(self, number: int, *, made_at: str = "") -> Response:
        """The thing with its version; with the address at which it was made, as a new one."""
        # The version first: of a change between the two the reader learns when writing.
        headers = {"ETag": versions.tag(Subject(self.kind, number))}
        if made_at:
            headers["Location"] = self.request.build_absolute_uri(made_at)
        return Response(self.document(number), 201 if made_at else 200, headers=headers)

    def _refuse_stale(self, request: DeskRequest, number: int, seen: list[int]) -> None:
        subject = Subject(self.kind, number)
        current = recording.version(subject)
        if current in seen:
            return
        yours = max(seen, default=None)
        raise versions.Stale(
            {
                "your_version": yours,
                "current_version": current,
                "changes": versions.changes(subject, request.user, after=yours or 0),
                "current": self.document(number),
                "given": request.data,
            }
        )


def _found(things: QuerySet[Any], key: int | UUID) -> Any:
    return get_object_or_404(things, **{"public_id" if isinstance(key, UUID) else "pk": key})
