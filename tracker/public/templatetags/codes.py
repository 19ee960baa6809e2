"""Codes, and who speaks, as pages write them: in words, with what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.public import codelists
from tracker.public.pages.addresses import address_of
from tracker.public.pages.wording import speaker
from tracker.public.templatetags.pages import written

register = template.Library()
register.filter("speaker", speaker)
CODES: dict[str, Any] = {each.name: each.codes for each in codelists.LISTS}


@register.filter
def label(value: str | int, of: str) -> str:
    """A code of a list of the codebook in words."""
    return str(CODES[of](value).label)


@register.filter
def meaning(value: str | int, of: str) -> str:
    """What a code of a list of the codebook means, in a sentence."""
    return str(CODES[of](value).definition)


@register.simple_tag(takes_context=True)
def code(context: Any, of: str, value: str | int) -> SafeString:
    """A code in words, linked to where the codebook says what it means."""
    explained = f"{address_of(context['request'], 'docs_codebook')}#{of}.{value}"
    return format_html(
        '<a class="code" href="{}" title="{}">{}</a>',
        explained,
        meaning(value, of),
        label(value, of),
    )


@register.filter
def numbers(figure: Mapping[str, Any]) -> str:
    """A figure as it was given: its best number, within its bounds; empty where none is known."""
    low, best, high = (figure[name] for name in ("low", "best", "high"))
    bounds = _bounds(low, high)
    if best is None:
        return bounds
    if low == best and high is None:
        return bounds
    return (
        f"{written(best)} ({bounds})" if bounds and (low, high) != (best, best) else written(best)
    )


def _bounds(low: int | None, high: int | None) -> str:
    if low is not None and high is not None:
        return written(low) if low == high else f"{written(low)} – {written(high)}"
    if low is not None:
        return _("at least %(number)s") % {"number": written(low)}
    return _("at most %(number)s") % {"number": written(high)} if high is not None else ""


@register.simple_tag
def filters_with(filters: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Filters of a list with others beside them."""
    return {**filters, **more}
