"""Texts written in Markdown, as HTML.

They are files of the program itself, and HTML within them is text: the one place where what was made
elsewhere than in a template goes to a page as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

FOLDER = Path(settings.BASE_DIR) / "templates" / "docs"
# Stands in the texts for the address of whoever serves them, so that examples can be pasted.
SERVER = "https://tracker.example.org"
# Of how many tokens a text's title is made.
TITLE = 3
_BESIDE = re.compile(r"(?:\.\./)?([\w-]+)\.md")
_PICTURE = re.compile(r"(?:\.\./)+tracker/static/([\w/.-]+)")


@dataclass(frozen=True)
class Article:
    """One text, finished but for the address of its server. Its first heading is its title."""

    language: str
    title: str
    html: str
    # The anchor and the words of each heading below.
    contents: tuple[tuple[str, str], ...]

    def on(self, server: str) -> SafeString:
        """The text as this server shows it."""
        return SafeString(self.html.replace(SERVER, conditional_escape(server)))


@cache
def article(name: str, language: str, query: str = "") -> Article:
    """A text in this language, or in English where there is none. Its links to others end in query."""
    english = FOLDER / f"{name}.md"
    translated = FOLDER / language / f"{name}.md"
    path, language = (translated, language) if translated.exists() else (english, "en")
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    for rule in (fence, table_open, table_close):
        markdown.add_render_rule(rule.__name__, rule)
    tokens = markdown.parse(path.read_text(encoding="utf-8"))
    # A section has one anchor in every language, for links from texts that are not translated.
    named = markdown.parse(english.read_text(encoding="utf-8"))
    headings = [*_headings(tokens)]
    for (heading, _told), (_heading, words) in zip(headings, _headings(named), strict=True):
        heading.attrSet("id", slugify(words))
    for token in _all(tokens):
        if token.type == "link_open":
            token.attrSet("href", _address(str(token.attrs["href"]), query))
        if token.type == "image":
            token.attrSet("src", _picture(str(token.attrs["src"])))
    html = markdown.renderer.render(tokens[TITLE:], markdown.options, {})
    contents = [(str(each.attrs["id"]), words) for each, words in headings if each.tag == "h2"]
    return Article(language, headings[0][1], html, tuple(contents))


def _headings(tokens: list[Token]) -> Iterator[tuple[Token, str]]:
    """Where each heading opens, and its words."""
    for token, inline in pairwise(tokens):
        if token.type == "heading_open":
            yield token, "".join(child.content for child in inline.children or ())


def _all(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all(token.children or ())


def _address(written: str, query: str) -> str:
    """In the repository a text links to the file beside it, here to that file's page."""
    target, mark, anchor = written.partition("#")
    if beside := _BESIDE.fullmatch(target):
        target = "/docs/" if beside[1] == "index" else f"/docs/{beside[1]}/"
    return f"{target}{query if target.startswith('/docs/') else ''}{mark}{anchor}"


def _picture(written: str) -> str:
    """In the repository a text shows the file itself, here what is served of it."""
    return static(_PICTURE.sub(r"\1", written))


# Rules of markdown-it, which calls them with its renderer first. What is wider than the page scrolls by
# itself, and takes the focus so that it can be scrolled without a mouse.


def fence(_renderer: Any, tokens: Sequence[Token], index: int, *_rest: Any) -> str:
    """Code reads from left to right in every language."""
    code = conditional_escape(tokens[index].content)
    return f'<pre dir="ltr" lang="en" tabindex="0"><code>{code}</code></pre>\n'


def table_open(_renderer: Any, tokens: Sequence[Token], index: int, *_rest: Any) -> str:
    return '<div class="wide" tabindex="0"><table>\n'


def table_close(_renderer: Any, tokens: Sequence[Token], index: int, *_rest: Any) -> str:
    return "</table></div>\n"
