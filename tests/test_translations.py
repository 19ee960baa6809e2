"""The Arabic catalogue: whole, in step with its compiled form, and seen on the page."""

from __future__ import annotations

import ast
import gettext
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation.template import templatize

from tracker import codebook

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "tracker" / "locale" / "ar" / "LC_MESSAGES"
ARABIC = re.compile("[\u0600-\u06ff]")
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-+ #0]*\d*(?:\.\d+)?[sdifr]|\{\w*\}")
PLURAL_FORMS = 6
# What marks a sentence for translation, and how a template's sentences look once they are marked so.
MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext"}
MARKED = re.compile(r"""\b(?:_|n?gettext)\(u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
# The plural forms for exactly none, one and two may say the number in a word.
FORMS_OF_ONE_NUMBER = 3


@dataclass
class Message:
    """One entry of the .po file."""

    texts: dict[str, str] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)

    @property
    def key(self) -> str:
        context = self.texts.get("msgctxt")
        return self.texts["msgid"] if context is None else f"{context}\x04{self.texts['msgid']}"

    @property
    def plural(self) -> str | None:
        return self.texts.get("msgid_plural")

    @property
    def translations(self) -> list[str]:
        return [text for name, text in self.texts.items() if name.startswith("msgstr")]


def _read(po: str) -> list[Message]:
    """Every message of a .po file but its header; an empty line ends each."""
    messages = []
    for entry in re.split(r"\n{2,}", po.strip()):
        message, name = Message(), ""
        for line in entry.splitlines():
            if line.startswith("#,"):
                message.flags |= {flag.strip() for flag in line[2:].split(",")}
            if line.startswith("#"):
                continue
            if not line.startswith('"'):
                name, _, line = line.partition(" ")
            message.texts[name] = message.texts.get(name, "") + ast.literal_eval(line)
        if message.texts.get("msgid"):
            messages.append(message)
    return messages


PO = (CATALOGUE / "django.po").read_text(encoding="utf-8")
MESSAGES = _read(PO)


def _compiled() -> dict[str | tuple[str, int], str]:
    with (CATALOGUE / "django.mo").open("rb") as compiled:
        catalogue = dict(vars(gettext.GNUTranslations(compiled))["_catalog"])
    del catalogue[""]
    return catalogue


def _marked_in_code() -> set[str]:
    sentences = (
        node.args[0]
        for path in (ROOT / "tracker").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS
    )
    return {str(each.value) for each in sentences if isinstance(each, ast.Constant)}


def _marked_in_templates() -> set[str]:
    pages = (path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html"))
    return {ast.literal_eval(each) for page in pages for each in MARKED.findall(templatize(page))}


def test_holds_what_is_marked_and_nothing_else():
    marked = _marked_in_code() | _marked_in_templates()
    held = {message.texts["msgid"] for message in MESSAGES}

    assert marked - held == set(), "translate these"
    assert held - marked == set(), "these are said nowhere"


def test_compiles_just_what_the_translators_wrote():
    written: dict[str | tuple[str, int], str] = {}
    for message in MESSAGES:
        if message.plural is None:
            written[message.key] = message.texts["msgstr"]
        else:
            written |= {(message.key, n): text for n, text in enumerate(message.translations)}

    assert _compiled() == written, "compile it: see CONTRIBUTING.md"


def test_leaves_no_message_untranslated():
    assert MESSAGES
    assert [each.key for each in MESSAGES if not all(map(ARABIC.search, each.translations))] == []


def test_leaves_no_message_to_guesses_or_to_the_past():
    assert [message.key for message in MESSAGES if "fuzzy" in message.flags] == []
    assert "fuzzy" not in PO.partition("\n\n")[0]
    assert "\n#~" not in PO


def test_names_no_translator_in_the_catalogue():
    assert "@" not in PO.partition("\n\n")[0]


def test_has_each_of_the_six_arabic_plurals():
    counted = [message for message in MESSAGES if message.plural is not None]

    assert counted
    assert [each.key for each in counted if len(each.translations) != PLURAL_FORMS] == []


def _placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def _keeps_placeholders(message: Message) -> bool:
    wanted = _placeholders(message.plural or message.texts["msgid"])
    kept = [_placeholders(text) for text in message.translations]
    if message.plural is None:
        return kept == [wanted]
    worded, numbered = kept[:FORMS_OF_ONE_NUMBER], kept[FORMS_OF_ONE_NUMBER:]
    return all(form == wanted for form in numbered) and all(set(f) <= set(wanted) for f in worded)


def test_keeps_every_placeholder():
    assert [each.key for each in MESSAGES if not _keeps_placeholders(each)] == []


def _lists() -> list[type[codebook.Codes] | type[codebook.Grades]]:
    return [
        each
        for each in vars(codebook).values()
        if isinstance(each, type)
        and issubclass(each, (codebook.Codes, codebook.Grades))
        and len(each)
    ]


@pytest.mark.parametrize("codes", _lists(), ids=lambda codes: codes.__name__)
def test_says_every_code_and_its_meaning_in_arabic(codes):
    def worded(language: str) -> list[str]:
        with translation.override(language):
            return [str(text) for code in codes for text in (code.label, code.definition)]

    same = [
        english
        for english, arabic in zip(worded("en"), worded("ar"), strict=True)
        if arabic == english or not ARABIC.search(arabic)
    ]

    assert same == []


@pytest.mark.django_db
def test_shows_the_front_page_in_arabic_from_right_to_left(client):
    page = client.get("/", {"lang": "ar"}).content.decode()

    assert '<html lang="ar" dir="rtl">' in page
    assert "وقف إطلاق النار" in page
    assert "What is alleged" not in page


@pytest.mark.django_db
def test_shows_the_front_page_in_english_from_left_to_right(client):
    page = client.get("/", {"lang": "en"}).content.decode()

    assert '<html lang="en" dir="ltr">' in page
    assert "What is alleged" in page
