"""What every page writes alike: addresses, counts, days, and names in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.conf import settings
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.public.pages.addresses import LANGUAGE, address_of, query_string
from tracker.public.pages.wording import day, own
from tracker.text import unturned

register = template.Library()
register.filter("day", day)
register.filter("own", own)
register.filter("unturned", unturned, is_safe=False)


@register.simple_tag(takes_context=True)
def address(context: Any, name: str, *values: Any, query: Any = None, **parameters: Any) -> str:
    """The address of a page, in the language that the reader has chosen by hand."""
    return address_of(context["request"], name, *values, query={**(query or {}), **parameters})


@register.simple_tag(takes_context=True)
def in_language(context: Any, language: str) -> str:
    """This very page in another language. Its path is not said: it is the reader's already."""
    return f"?{query_string({**context['request'].GET.dict(), LANGUAGE: language})}"


@register.simple_tag(takes_context=True)
def chosen_language(context: Any) -> SafeString | str:
    """For a form: the language that its reader has chosen by hand, which it takes along."""
    if LANGUAGE not in context["request"].GET:
        return ""
    language = translation.get_language()
    return format_html('<input type="hidden" name="{}" value="{}">', LANGUAGE, language)


@register.simple_tag
def data_licence() -> str:
    """Where the licence stands by which the published data may be used."""
    return settings.DATA_LICENCE


@register.simple_tag(takes_context=True)
def count(context: Any, number: int | None, query: Mapping[str, Any] | None = None) -> SafeString:
    """A number of incidents, linked to the list of them; what is not known is said in words."""
    if number is None:
        return format_html('<span class="unknown">{}</span>', _("unknown"))
    if query is None:
        return format_html('<span class="count">{}</span>', written(number))
    listed = address_of(context["request"], "incidents_page", query=query)
    return format_html(
        '<a class="count" data-count="{}" href="{}">{}</a>', number, listed, written(number)
    )


@register.filter
def written(number: int) -> str:
    """A number with its thousands parted, in the digits that the data are written in."""
    return f"{number:,}"


@register.filter
def unlocalized(measure: float) -> str:
    """A measure of a drawing, which no language may write with a comma."""
    return f"{measure:g}"
