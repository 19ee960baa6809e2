"""What the documentation holds: its texts, the addresses they name and the examples they show."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tracker.public.pages.markdown import FOLDER, SERVER

TEXTS = sorted(path.relative_to(FOLDER) for path in FOLDER.rglob("*.md"))
# Blocks in these languages are run as they are, R where it is installed.
RUN = {"sh", "python"}
# An address within running text, or in code: not one that only begins like ours.
_ADDRESS = re.compile(
    r"(?:https://tracker\.example\.org|(?<!\w))(/(?:api|ogc|feeds|docs)\b[^\s`'\"<>)]*)"
)


@dataclass(frozen=True)
class Example:
    """A block of code, and what the text says that it prints; None where it says nothing."""

    language: str
    code: str
    printed: str | None

    def on(self, server: str) -> str:
        return self.code.replace(SERVER, server)


def read(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def tokens(name: str) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(read(name))


def examples(name: str, language: str) -> list[Example]:
    """The blocks of one language, in their order."""
    blocks = tokens(name)
    found = []
    for number, token in enumerate(blocks):
        if token.type == "fence" and token.info == language:
            after = blocks[number + 1 : number + 2]
            is_output = bool(after) and after[0].type == "fence" and after[0].info == "text"
            found.append(Example(language, token.content, after[0].content if is_output else None))
    return found


def addresses(name: str) -> set[str]:
    """Every address of a server that a text names, but for those in examples that are run."""
    run = [token.content for token in tokens(name) if token.info in RUN]
    text = read(name)
    for code in run:
        text = text.replace(code, "")
    return {found.rstrip(".,;:") for found in _ADDRESS.findall(text)}
