"""What no file of the tracker may do, read from its source: each rule is also seen to find a breach."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = [path for path in (ROOT / "tracker").rglob("*.py") if "migrations" not in path.parts]
Rule = Callable[[ast.Module, str], Iterator[str]]

# Who may open a connection, start a program or ask which machine this is. All that is asked of others
# by the address somebody typed goes through the adapter or the webhooks, which look at it first.
REACHING_OUT = {
    "ftplib": set[str](),
    "http.client": {"desk/geocoding/adapter.py", "desk/workflow/webhooks/posting.py"},
    "marshal": set[str](),
    "pickle": set[str](),
    "requests": set[str](),
    "shelve": set[str](),
    "smtplib": set[str](),
    "socket": {
        "deadlines.py",
        "desk/management/commands/import_reports.py",
        "desk/management/commands/start.py",
        "desk/management/commands/work.py",
        "desk/workflow/webhooks/addresses.py",
        "desk/workflow/webhooks/posting.py",
    },
    "ssl": {"desk/geocoding/adapter.py", "desk/workflow/webhooks/posting.py"},
    "subprocess": {"desk/backups/postgresql.py", "desk/importers/tables/workbooks.py"},
    "telnetlib": set[str](),
    "urllib.request": set[str](),
    "urllib3": set[str](),
}
# What of Django has shown private data to others, or let outsiders choose a question.
NEVER = {
    "GenericStackedInline",
    "GenericTabularInline",
    "UpdateCacheMiddleware",
    "cache_page",
    "filterset_fields",
    "list_editable",
    "ordering_fields",
}
READS_DEBUG = {"settings.py", "desk/management/doctor/environment.py"}


def reaches_out(tree: ast.Module, path: str) -> Iterator[str]:
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            if path not in REACHING_OUT.get(name, {path}):
                yield f"imports {name}"


def runs_by_a_shell(tree: ast.Module, path: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "shell":
            yield "starts a program by a shell"


def takes_all_fields(tree: ast.Module, path: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name == "Meta":
            for each in node.body:
                if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name):
                    if each.targets[0].id == "exclude":
                        yield "names the fields it leaves out, so that a new one is let in"
                    if isinstance(each.value, ast.Constant) and each.value.value == "__all__":
                        yield "takes all fields"


def uses_what_leaked(tree: ast.Module, path: str) -> Iterator[str]:
    for node in ast.walk(tree):
        named = {ast.Name: "id", ast.Attribute: "attr", ast.alias: "name"}.get(type(node))
        if named and getattr(node, named) in NEVER:
            yield f"uses {getattr(node, named)}"


def asks_by_pattern(tree: ast.Module, path: str) -> Iterator[str]:
    for node in ast.walk(tree):
        said = node.arg if isinstance(node, ast.keyword) else None
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            said = node.value
        if said and said.endswith(("__regex", "__iregex")):
            yield "asks the database by a pattern"


def passes_on_whatever_was_sent(tree: ast.Module, path: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg is None:
            told = ast.unparse(node.value)
            if told.startswith("request.") and not told.startswith("request.resolver_match"):
                yield f"passes on **{told}"


def reads_debug(tree: ast.Module, path: str) -> Iterator[str]:
    if path in READS_DEBUG:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "DEBUG":
            yield "reads DEBUG"


BREACHES: dict[Rule, str] = {
    reaches_out: "from urllib.request import urlopen",
    runs_by_a_shell: "run('ls', shell=True)",
    takes_all_fields: "class Meta:\n    exclude = ['note']",
    uses_what_leaked: "from django.views.decorators.cache import cache_page",
    asks_by_pattern: "Report.objects.filter(text__iregex=told)",
    passes_on_whatever_was_sent: "Report.objects.filter(**request.GET.dict())",
    reads_debug: "from django.conf import settings\nif settings.DEBUG: pass",
}


@pytest.mark.parametrize("rule", BREACHES, ids=lambda rule: rule.__name__)
def test_holds_everywhere(rule):
    found = {
        f"{path.relative_to(ROOT)} {breach}"
        for path in SOURCES
        for breach in rule(
            ast.parse(path.read_text(encoding="utf-8")),
            str(path.relative_to(ROOT / "tracker")),
        )
    }

    assert found == set()


@pytest.mark.parametrize("rule", BREACHES, ids=lambda rule: rule.__name__)
def test_is_seen_to_be_broken(rule):
    assert list(rule(ast.parse(BREACHES[rule]), "public/anything.py"))


def test_names_no_file_that_is_gone():
    named = {path for paths in REACHING_OUT.values() for path in paths} | READS_DEBUG

    assert {path for path in named if not (ROOT / "tracker" / path).is_file()} == set()
