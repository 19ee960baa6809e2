"""The only code of the tracker that asks a stranger for anything: webhooks tell, and ask nothing."""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Callable
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import GeocoderParseError, GeocoderTimedOut, GeocoderUnavailable

from tracker.deadlines import cut_at

LONGEST_ANSWER = 1024 * 1024


class OneHostAdapter(BaseSyncAdapter):
    """Asks one host, and only what geopy makes of a question: geopy's own adapters follow redirects,
    ask through proxies and read answers of any size.

    `sift` keeps of an answer what geopy's parsers, which trust it, can safely be given.
    """

    def __init__(
        self,
        *,
        proxies: object,
        ssl_context: object,
        scheme: str,
        host: str,
        sift: Callable[[Any], Any],
    ) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self.scheme, self.host, self.sift = scheme, host, sift

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        try:
            document = json.loads(self.get_text(url, timeout=timeout, headers=headers))
        # Neither UTF-8 nor JSON, a number of too many digits, or brackets within brackets.
        except (ValueError, RecursionError) as error:
            raise GeocoderParseError("The answer is no JSON that can be read.") from error
        return self.sift(document)

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
        target = url.removeprefix(f"{self.scheme}://{self.host}")
        try:
            status, found, body = self._fetch(target, timeout, headers)
        except TimeoutError as error:
            raise GeocoderTimedOut("No answer in time.") from error
        # Above OSError, which SSLError is: waiting mends no certificate.
        except (HTTPException, ssl.SSLError) as error:
            raise GeocoderParseError("The answer is neither HTTP nor sound TLS.") from error
        except OSError as error:
            raise GeocoderUnavailable("No connection.") from error
        if status != HTTPStatus.OK:
            # Without its text, which may repeat the question: geopy would log it.
            raise AdapterHTTPError(f"HTTP {status}", status_code=status, headers=found, text="")
        return body.decode()

    def _fetch(
        self, target: str, timeout: float, headers: dict[str, str]
    ) -> tuple[int, dict[str, str], bytes]:
        deadline = time.monotonic() + timeout
        with closing(self._connection(timeout)) as connection:
            connection.connect()
            with cut_at(deadline, connection.sock):
                connection.request("GET", target, headers={**headers, "Connection": "close"})
                with connection.getresponse() as answer:
                    found = {name.lower(): value for name, value in answer.headers.items()}
                    is_wanted = answer.status == HTTPStatus.OK
                    # What is longer ends in the middle, and is no JSON.
                    body = answer.read(LONGEST_ANSWER if is_wanted else 0)
                    return answer.status, found, body

    def _connection(self, timeout: float) -> HTTPConnection:
        if self.scheme == "http":
            return HTTPConnection(self.host, timeout=timeout)
        return HTTPSConnection(self.host, timeout=timeout, context=ssl.create_default_context())
