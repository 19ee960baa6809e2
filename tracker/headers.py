"""What every answer tells a browser, files and refusals included."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase

# What a page could ask a browser for, and ours never do.
UNUSED = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media"),
    *("geolocation", "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment"),
    *("publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in UNUSED)
# For answers made before, or beside, what writes the policy of a page: nothing in them is to run.
NO_PAGE = "default-src 'none'; frame-ancestors 'none'"


class HeadersMiddleware:
    """Has the outermost place, since files are served and long requests refused without the rest."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        # What a 304 says takes the place of what the browser holds, the policy of a page with it.
        is_whole = response.status_code != HTTPStatus.NOT_MODIFIED
        if is_whole and not response.has_header("Content-Security-Policy"):
            response.headers["Content-Security-Policy"] = NO_PAGE
            response.headers.setdefault("X-Frame-Options", "DENY")
        return response
