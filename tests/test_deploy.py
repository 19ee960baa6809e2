"""What a server is set up with: its settings, its units and the proxy in front."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from prometheus_client.parser import text_string_to_metric_families

ROOT = Path(settings.BASE_DIR)
DEPLOY = ROOT / "deploy"
SERVICES = sorted((DEPLOY / "systemd").glob("*.service"))
SYSTEMD = shutil.which("systemd-analyze")
# The system's own, which Python heeds.
NOT_OURS = {"TMPDIR"}


def variables(path: Path) -> set[str]:
    return set(re.findall(r"^([A-Z_]+)=", path.read_text(encoding="utf-8"), re.MULTILINE))


def ran(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603


@pytest.fixture
def units(tmp_path) -> Path:
    """The units, of a program that is on every machine."""
    for path in (DEPLOY / "systemd").iterdir():
        text = re.sub(r"(?m)^(ExecStart(?:Post)?)=/\S+", r"\1=/bin/true", path.read_text())
        (tmp_path / path.name).write_text(text)
    return tmp_path


def test_sets_only_what_is_explained():
    assert variables(DEPLOY / "tracker.env") - NOT_OURS <= variables(ROOT / ".env.example")


def test_gives_the_containers_only_what_is_explained():
    given = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["x-tracker"]["environment"]

    assert {*given} - {"PGPASSFILE"} <= variables(ROOT / ".env.example")


@pytest.mark.skipif(not SYSTEMD, reason="needs systemd-analyze")
def test_has_units_that_systemd_takes(units):
    checked = ran(str(SYSTEMD), "verify", "--man=no", *map(str, sorted(units.iterdir())))

    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.skipif(not SYSTEMD, reason="needs systemd-analyze")
@pytest.mark.parametrize("service", SERVICES, ids=lambda path: path.stem)
def test_leaves_a_service_little_it_could_do(units, service):
    # Of 100: below 20 systemd calls it well guarded, and 96 is a service that says nothing.
    asked = ("security", "--offline=true", "--threshold=20", "--no-pager")

    checked = ran(str(SYSTEMD), *asked, str(units / service.name))

    assert checked.returncode == 0, checked.stdout[-500:]


def test_logs_neither_who_asked_the_proxy_nor_what_for():
    proxy = (DEPLOY / "nginx.conf").read_text()

    (logged,) = re.findall(r"log_format tracker '([^']*)'", proxy)
    assert {*re.findall(r"\$(\w+)", logged)} == {
        *("time_iso8601", "request_method", "uri"),
        *("status", "body_bytes_sent", "request_time"),
    }
    assert re.findall(r"access_log (?!off|\S+ tracker;)", proxy) == []


def test_sets_what_the_tracker_believes_of_the_proxy():
    proxy = (DEPLOY / "nginx.conf").read_text()

    assert "proxy_set_header X-Forwarded-For $remote_addr;" in proxy
    assert "proxy_set_header X-Forwarded-Proto https;" in proxy
    # A set of one's own in a location would drop these, and headers would be doubled.
    assert len(re.findall(r"(?m)^ {8,}proxy_set_header", proxy)) == 0
    assert "add_header" not in proxy


@pytest.mark.django_db
def test_warns_of_nothing_that_is_not_measured(client, settings, tmp_path):
    settings.METRICS_TOKEN = "drawn-by-lot-and-known-to-the-monitor-alone"  # noqa: S105 - of no server
    settings.BACKUP_ROOT = tmp_path
    (tmp_path / "one.backup").touch()
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {settings.METRICS_TOKEN}"})
    measured = {each.name for each in text_string_to_metric_families(answer.content.decode())}

    rules = yaml.safe_load((DEPLOY / "alerts.yaml").read_text())["groups"][0]["rules"]
    watched = {name for rule in rules for name in re.findall(r"tracker_\w+", rule["expr"])}

    assert watched <= measured
