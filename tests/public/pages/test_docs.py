"""The documentation: its pages, in both languages, and the codebook."""

from __future__ import annotations

import html
import re
from collections import Counter
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation

from tests.public.pages.examples import TEXTS, read, tokens
from tracker.public import codelists
from tracker.public.pages import asvs
from tracker.public.pages.docs import PAGES
from tracker.public.pages.markdown import FOLDER, SERVER, article

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[3]

# Two are generated.
TEXTUAL = [name for name in PAGES if name not in {"codebook", "asvs"}]
ADDRESSES = ["/docs/", *(f"/docs/{name}/" for name in PAGES)]
LINK = re.compile(r'<a [^>]*href="([^"]*)"')


def opened(client, address: str, **asked: str) -> str:
    response = client.get(address, asked)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_opens_every_page_in_both_languages(client, address, language, direction):
    page = opened(client, address, lang=language)

    assert f'<html lang="{language}" dir="{direction}">' in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize("name", TEXTUAL)
def test_names_a_page_in_the_list_as_its_text_does(name):
    with translation.override("en"):
        assert str(PAGES[name]) == article(name, "en").title


def test_has_a_page_for_every_text_and_a_text_for_every_page():
    assert {str(text) for text in TEXTS if text.parent.name != "ar"} == {
        f"{name}.md" for name in ("index", *TEXTUAL)
    }


def test_finds_something_of_every_item_of_the_standard_of_security(client):
    # As many as the standard has in its levels 1 and 2.
    assert Counter(item.level for item in asvs.items()) == {1: 70, 2: 183}
    assert len({item.item for item in asvs.items()}) == 253

    page = opened(client, "/docs/asvs/")

    assert all(f'<tr id="{item.item}">' in page for item in asvs.items())
    assert all(item.because for item in asvs.items())


@pytest.mark.parametrize("page", ["security.md", "asvs.csv"])
def test_names_tests_that_are_there(page):
    named = re.findall(r"(?:tests|tracker)/[\w/]+\.\w+", (FOLDER / page).read_text())

    assert {name for name in named if not (ROOT / name).exists()} == set()
    assert named


def test_lists_every_page_on_every_page(client):
    page = opened(client, "/docs/versions/")

    assert all(f'href="{address}"' in page for address in ADDRESSES)
    assert 'href="/docs/versions/" aria-current="page"' in page


def test_says_where_a_text_is_in_english_alone(client):
    page = opened(client, "/docs/versions/", lang="ar")

    assert '<article class="text" lang="en" dir="ltr">' in page
    assert 'class="note"' in page
    assert 'class="note"' not in opened(client, "/docs/versions/", lang="en")


@pytest.mark.parametrize("address", ["/docs/", "/docs/methodology/"])
def test_tells_the_beginning_and_the_methodology_in_arabic(client, address):
    page = opened(client, address, lang="ar")

    assert '<article class="text" lang="ar" dir="rtl">' in page
    assert 'class="note"' not in page


def test_has_the_same_sections_and_addresses_in_arabic():
    def outline(name: str) -> list[str]:
        return [token.tag for token in tokens(name) if token.type == "heading_open"]

    def named(name: str) -> set[str]:
        return set(re.findall(r"`[^`]+`|\]\([^)#]*", read(name)))

    for name in ("index.md", "methodology.md"):
        assert outline(f"ar/{name}") == outline(name)
        assert named(f"ar/{name}") == named(name)


def test_keeps_the_language_chosen_by_hand_from_page_to_page(client):
    links = LINK.findall(opened(client, "/docs/", lang="ar"))

    followed = [link for link in links if link.startswith("/") and "lang=en" not in link]
    pages = [link for link in followed if not link.startswith(("/api/", "/static/", "/feeds/"))]
    assert [link for link in pages if "?lang=ar" not in link] == []
    assert "/docs/codebook/?lang=ar" in followed


def test_shows_examples_with_the_address_of_whoever_serves_them(client):
    page = client.get("/docs/curl/", headers={"host": "127.0.0.1:8080"}).content.decode()

    assert "curl -s &#x27;http://127.0.0.1:8080/api/v1/incidents/" in page
    assert SERVER not in page


def test_refuses_a_host_that_is_not_this_servers(client):
    assert client.get("/docs/curl/", headers={"host": "elsewhere.example"}).status_code == 400


def test_shows_markup_within_a_text_as_text(tmp_path, monkeypatch):
    (tmp_path / "hostile.md").write_text("# A\n\n<script>b</script>\n\n`<i>`\n\n```<b>\n<u>\n```\n")
    monkeypatch.setattr("tracker.public.pages.markdown.FOLDER", tmp_path)

    shown = article("hostile", "en").html

    assert not re.search("<(script|i|b|u)>", shown)
    assert "&lt;script&gt;b&lt;/script&gt;" in shown


@pytest.mark.parametrize("language", ["en", "ar"])
def test_links_to_nothing_that_is_not_there(client, language):
    seen = {address: opened(client, address, lang=language) for address in ADDRESSES}
    for address, page in [*seen.items()]:
        for link in map(html.unescape, LINK.findall(page)):
            target, _hash, anchor = link.removeprefix("http://testserver").partition("#")
            if target.startswith("/") and target not in seen:
                seen[target] = opened(client, target)
            assert not anchor or f'id="{anchor}"' in seen[target or address], link
            assert target.startswith(("/", "https://", "?lang=")) or not target, link


@pytest.mark.parametrize("text", TEXTS, ids=str)
def test_links_between_the_files_of_the_repository(text):
    for link in re.findall(r"\]\(([\w./-]+\.md)", read(str(text))):
        folder = (FOLDER / text).parent
        translated_or_english = [folder / link, FOLDER / link]
        assert any(path.exists() for path in translated_or_english), link


def test_names_the_licence_that_the_operator_chose(client, settings):
    settings.DATA_LICENCE = "https://licence.example/by"

    for address in ("/docs/citing/", "/docs/codebook/"):
        assert 'href="https://licence.example/by" rel="license"' in opened(client, address)


def test_is_read_and_never_written(client):
    assert {client.post(address).status_code for address in ADDRESSES} == {405}


def test_shows_every_code_with_its_meaning_and_what_is_nearest(client):
    page = opened(client, reverse("docs_codebook"), lang="en")

    for each in codelists.LISTS:
        assert all(f'id="{each.name}.{code.value}"' in page for code in each.codes)
    assert "Artillery, mortar or rocket fire." in page
    assert "ACLED: Shelling/artillery/missile attack" in page
    assert "قصف" in page
