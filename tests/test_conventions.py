"""The rules of the house that no linter knows."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import migrations
from django.db.migrations.loader import MigrationLoader
from rest_framework.serializers import ModelSerializer

from tracker import codebook

ROOT = Path(__file__).parent.parent
MODELS = [
    model for label in ("desk", "public") for model in apps.get_app_config(label).get_models()
]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_explains_every_field_in_the_data_dictionary(model):
    own = [
        field
        for field in model._meta.local_fields + model._meta.local_many_to_many
        if field.model is model
        and field.__module__.startswith(("django.db", "tracker"))
        and not field.auto_created
        and not _is_inherited(model, field)
    ]

    assert [field.name for field in own if not field.help_text] == []


def _is_inherited(model, field) -> bool:
    return any(hasattr(base, field.name) for base in model.__mro__[1:])


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_says_in_a_sentence_what_every_model_is(model):
    assert model.__doc__.strip().endswith(".")
    assert not model.__doc__.startswith(f"{model.__name__}(")


def _lists():
    return [
        each
        for each in vars(codebook).values()
        if isinstance(each, type)
        and issubclass(each, (codebook.Codes, codebook.Grades))
        and len(each)
    ]


@pytest.mark.parametrize("codes", _lists(), ids=lambda codes: codes.__name__)
def test_gives_every_code_a_label_and_a_definition(codes):
    assert all(str(code.label) and str(code.definition).endswith(".") for code in codes)
    assert all(set(code.elsewhere) <= {"acled", "ucdp", "osce"} for code in codes)
    assert codes.__doc__


@pytest.mark.django_db
def test_has_a_migration_for_every_change_of_a_model():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_names_every_migration_and_can_take_each_back():
    loader = MigrationLoader(None)
    for (app, name), migration in loader.disk_migrations.items():
        if app in {"desk", "public"}:
            assert not re.search(r"_(auto|alter)_", name), name
            for operation in migration.operations:
                if isinstance(operation, migrations.RunPython | migrations.RunSQL):
                    assert operation.reversible, name


def test_names_the_fields_of_every_serializer():
    def heirs(cls):
        return {cls} | {below for heir in cls.__subclasses__() for below in heirs(heir)}

    for serializer in heirs(ModelSerializer):
        if serializer.__module__.startswith("tracker"):
            assert isinstance(serializer.Meta.fields, list), serializer


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_keeps_scripts_styles_and_unescaped_text_out_of_templates(template):
    text = template.read_text()

    assert not re.search(
        r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=|\|safe|autoescape off", text
    )
    assert not re.search(r"""(src|href)=["']https?://""", text)


def test_never_marks_text_as_safe_nor_writes_sql_by_hand():
    # The texts of the documentation are files of the program, and their HTML is escaped.
    made_of_markdown = ROOT / "tracker" / "public" / "pages" / "markdown.py"
    for path in (ROOT / "tracker").rglob("*.py"):
        if "migrations" not in path.parts and path != made_of_markdown:
            found = re.search(
                r"mark_safe|SafeString\(|\.raw\(|\.extra\(|__all__'", path.read_text()
            )
            assert found is None, path


def test_locks_rows_so_that_the_ledger_can_be_written_beside():
    # A lock without no_key makes whoever enters a revision wait on a foreign key, and wait for ever.
    unknown_to_the_ledger = {"jobs.py", "turns.py"}
    for path in (ROOT / "tracker" / "desk").rglob("*.py"):
        if path.name not in unknown_to_the_ledger:
            for locking in re.findall(r"select_for_update\(.*", path.read_text()):
                assert "no_key=True" in locking, path


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = "from importlinter.cli import lint_imports_command as lint; lint()"
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", command, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy_of_the_house(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "tracker", tmp_path / "tracker")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_keeps_the_import_contract(copy_of_the_house):
    done = _lint(copy_of_the_house)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("public/filters.py", "from tracker.desk.models import Report"),
        ("public/api/views.py", "from tracker.desk.workflow import publishing"),
        ("desk/workflow/matching/attaching.py", "from tracker.public.models import Edition"),
        ("desk/models/places.py", "from tracker.desk.workflow import matching"),
        ("geo/bbox.py", "from django.db import models"),
        ("scope/judge.py", "from django.db import models"),
    ],
)
def test_fails_the_import_contract_when_the_public_wing_reaches_the_desk(
    copy_of_the_house, module, line
):
    path = copy_of_the_house / "tracker" / module
    path.write_text(path.read_text() + f"\n{line}\n")

    assert _lint(copy_of_the_house).returncode != 0
