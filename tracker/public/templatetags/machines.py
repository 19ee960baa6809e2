"""What pages tell machines that read them."""

from __future__ import annotations

from typing import Any

import orjson
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
# A script's text knows no entities: what could end it is escaped as JSON escapes.
ESCAPES = {ord(each): f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"}


class _Escaped(str):
    def __html__(self) -> str:
        return str(self)


@register.simple_tag
def linked_data(document: dict[str, Any]) -> SafeString:
    """A JSON-LD document within a page. It is data, which no browser runs."""
    text = _Escaped(orjson.dumps(document).decode().translate(ESCAPES))
    return format_html('<script type="application/ld+json">{}</script>', text)
