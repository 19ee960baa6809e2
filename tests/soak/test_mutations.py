"""Each protection that is switched off is missed by a test: what the tests are worth."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TOLD = ("tracker", "templates", "tests", "manage.py", "pyproject.toml", ".env.example", "Makefile")
# pytest's own: tests failed, and not that it could not begin.
FAILED = 1


@dataclass(frozen=True)
class Mutant:
    """A protection taken out of the tracker, and the tests of which one must miss it."""

    name: str
    kind: str
    file: str
    text: str
    instead: str
    tests: list[str]

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"

    @contextmanager
    def let_into(self, tree: Path) -> Iterator[None]:
        file = tree / self.file
        whole = file.read_text(encoding="utf-8")
        assert whole.count(self.text) == 1, f"{self.file} holds this no more, or twice: {self.text}"
        file.write_text(whole.replace(self.text, self.instead), encoding="utf-8")
        try:
            yield
        finally:
            file.write_text(whole, encoding="utf-8")


def _mutants() -> list[Mutant]:
    listed = Path(__file__).with_name("mutants.toml").read_text(encoding="utf-8")
    return [Mutant(**each) for each in tomllib.loads(listed)["mutant"]]


MUTANTS = _mutants()


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tracker and its tests, to be damaged."""
    copy = tmp_path_factory.mktemp("mutated") / "tracker"
    copy.mkdir()
    ignored = shutil.ignore_patterns("__pycache__", "*.pyc", "var")
    for name in TOLD:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, copy / name)
    return copy


def outcome(tree: Path, tests: list[str]) -> tuple[int, str]:
    """How pytest ended in a tree, and the last line it said."""
    without = [part for plugin in ("cacheprovider", "randomly") for part in ("-p", f"no:{plugin}")]
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n0", "--reuse-db", *without, *tests]
    environment = {
        **os.environ,
        # Two versions of a file of one size and one second would share its compiled form.
        "PYTHONDONTWRITEBYTECODE": "1",
        # SQLite's, which is one file: made once, for all.
        "DATABASE_URL": "",
        "TESTS_DATABASE_FILE": str(tree.parent / "tests.sqlite3"),
    }
    ended = subprocess.run(  # noqa: S603 - pytest, and tests by their names
        command, cwd=tree, env=environment, capture_output=True, text=True, check=False, timeout=600
    )
    said = [line for line in ended.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return ended.returncode, said[0] if said else ended.stdout[-300:] + ended.stderr[-300:]


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_knows_what_to_switch_off_and_which_tests_would_miss_it(mutant: Mutant):
    assert (ROOT / mutant.file).read_text(encoding="utf-8").count(mutant.text) == 1
    assert mutant.text != mutant.instead
    named = [each for each in mutant.tests if each.startswith("tests/")]
    assert [each for each in named if not (ROOT / each).exists()] == []


def test_switches_off_many_protections_and_no_two_of_one_name():
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 30
    assert {mutant.kind for mutant in MUTANTS} == {"permission", "mask", "other"}


@pytest.mark.soak
def test_misses_nothing_while_all_is_as_it_is(tree: Path):
    wanted = sorted({each for mutant in MUTANTS for each in mutant.tests if each[:6] == "tests/"})

    code, said = outcome(tree, wanted)

    assert code == 0, said


@pytest.mark.soak
@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_misses_each_protection_that_is_switched_off(tree: Path, mutant: Mutant):
    began = time.monotonic()
    with mutant.let_into(tree):
        code, said = outcome(tree, mutant.tests)

    print(f"{mutant}: {time.monotonic() - began:.0f} s: {said}")
    assert code == FAILED, said
