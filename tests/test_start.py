from __future__ import annotations

import os
import re
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

KEY = "long-enough-to-be-taken-for-a-secret-key"
FIELD_KEY = "long-enough-to-be-taken-for-a-field-key"
ROOT = Path(settings.BASE_DIR)


def check(*more: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return manage("check", *more, **environment)


def manage(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "FIELD_KEY": FIELD_KEY, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def documented() -> set[str]:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    return {line.partition("=")[0] for line in lines if re.match(r"[A-Z_]+=", line)}


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_starts_with_its_two_keys_alone():
    assert check(SECRET_KEY=KEY).returncode == 0


def test_starts_a_public_node_without_the_key_of_what_is_confidential():
    assert check(SECRET_KEY=KEY, FIELD_KEY="", TRACKER_ROLE="public").returncode == 0


def test_starts_without_a_key_while_debugging():
    assert check(DEBUG="true", FIELD_KEY="").returncode == 0


def test_is_served_by_its_entry_point_with_no_variable_for_django():
    served = subprocess.run(
        [
            sys.executable,
            "-c",
            "from tracker.wsgi import application; print(callable(application))",
        ],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "SECRET_KEY": KEY, "FIELD_KEY": KEY},
        capture_output=True,
        text=True,
        check=False,
    )

    assert served.stdout.strip() == "True", served.stderr


def test_is_fit_for_the_internet_over_https():
    found = check(
        "--deploy", "--fail-level", "WARNING", SECRET_KEY=secrets.token_hex(40), HTTPS="1"
    )

    assert found.returncode == 0, found.stderr


def test_has_the_desk_where_it_is_told_to():
    told = (
        "from django.urls import reverse; print(reverse('admin:login'), reverse('incidents_page'))"
    )

    printed = manage("shell", "-v0", "-c", told, SECRET_KEY=KEY, ADMIN_PATH="/desk-7f3a/").stdout

    assert printed.split() == ["/desk-7f3a/login/", "/incidents/"]


def test_lets_no_other_host_and_no_plain_connection_set_its_cookies():
    names = (
        "s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE"
    )
    told = f"from django.conf import settings as s; print({names}, s.SESSION_COOKIE_SAMESITE)"

    printed = manage("shell", "-v0", "-c", told, SECRET_KEY=KEY, HTTPS="1").stdout

    assert printed.split() == ["__Host-sessionid", "__Host-csrftoken", "True", "True", "Lax"]


@pytest.mark.parametrize(
    ("name", "environment"),
    [
        ("SECRET_KEY", {}),
        ("SECRET_KEY", {"SECRET_KEY": "short"}),
        ("SECRET_KEY_FILE", {"SECRET_KEY_FILE": "/nowhere/secret_key"}),
        ("FIELD_KEY", {"SECRET_KEY": KEY, "FIELD_KEY": ""}),
        ("FIELD_KEY", {"SECRET_KEY": KEY, "FIELD_KEY": f"{FIELD_KEY} short"}),
        (
            "FIELD_KEY_FILE",
            {"SECRET_KEY": KEY, "FIELD_KEY": "", "FIELD_KEY_FILE": "/nowhere/field_key"},
        ),
        ("DEBUG", {"DEBUG": "maybe", "SECRET_KEY": KEY}),
        ("HTTPS", {"HTTPS": "maybe", "SECRET_KEY": KEY}),
        ("TRACKER_ROLE", {"TRACKER_ROLE": "other", "SECRET_KEY": KEY}),
        ("DATABASE_URL", {"DATABASE_URL": "mysql://x", "SECRET_KEY": KEY}),
        ("LANGUAGE_CODE", {"LANGUAGE_CODE": "tlh", "SECRET_KEY": KEY}),
        ("TIME_ZONE", {"TIME_ZONE": "Mars/Base", "SECRET_KEY": KEY}),
        ("LOG_LEVEL", {"LOG_LEVEL": "LOUD", "SECRET_KEY": KEY}),
        ("ADMIN_PATH", {"ADMIN_PATH": "api/desk", "SECRET_KEY": KEY}),
        ("ADMIN_PATH", {"ADMIN_PATH": "../", "SECRET_KEY": KEY}),
        ("GEOCODER", {"GEOCODER": "https://nominatim.example.org", "SECRET_KEY": KEY}),
        ("MAP_TILES", {"MAP_TILES": "https://tiles.example.org/{z}/{x}.png", "SECRET_KEY": KEY}),
        ("MAP_TILES", {"MAP_TILES": "tiles.example.org/{z}/{x}/{y}.png", "SECRET_KEY": KEY}),
        ("MAP_TILES", {"MAP_TILES": "https:///{z}/{x}/{y}.png", "SECRET_KEY": KEY}),
        ("EVIDENCE_ROOT", {"EVIDENCE_ROOT": "tracker/static/evidence", "SECRET_KEY": KEY}),
        ("BACKUP_ROOT", {"BACKUP_ROOT": "tracker/static/backups", "SECRET_KEY": KEY}),
        ("TRUSTED_PROXIES", {"TRUSTED_PROXIES": "*", "SECRET_KEY": KEY}),
        ("TRUSTED_PROXIES", {"TRUSTED_PROXIES": "127.0.0.1, proxy", "SECRET_KEY": KEY}),
        ("METRICS_TOKEN_FILE", {"METRICS_TOKEN_FILE": "/nowhere/token", "SECRET_KEY": KEY}),
        ("METRICS_TOKEN_FILE", {"METRICS_TOKEN_FILE": "/dev/null", "SECRET_KEY": KEY}),
        ("LOG_FORMAT", {"LOG_FORMAT": "xml", "SECRET_KEY": KEY}),
        ("EVIDENCE_MAX_MB", {"EVIDENCE_MAX_MB": "50 MB", "SECRET_KEY": KEY}),
        ("EVIDENCE_MAX_MB", {"EVIDENCE_MAX_MB": "0", "SECRET_KEY": KEY}),
    ],
)
def test_refuses_a_wrong_setting_in_one_line_that_names_it(name, environment):
    result = check(**environment)

    assert result.returncode != 0
    assert len(result.stderr.splitlines()) == 1
    assert re.search(rf"\b{name}\b", result.stderr)


def test_documents_every_variable_the_settings_read():
    source = (ROOT / "tracker" / "settings.py").read_text(encoding="utf-8")

    read = set(
        re.findall(r'(?:_flag|_choice|_listed|_folder|_max_bytes|environ\.get)\(\s*"(\w+)"', source)
    )

    assert len(read) > 8
    assert documented() == read | {"PORT"}


def test_refuses_a_taken_port_in_one_sentence(taken_port):
    with pytest.raises(CommandError, match=rf"^Port {taken_port} of 127.0.0.1 [^\n]*PORT=8001\.$"):
        call_command("start", port=taken_port)


@pytest.mark.parametrize(
    "port", ["0", "65536", "-1", "http", "80 80", "\N{FULLWIDTH DIGIT EIGHT}080"]
)
def test_refuses_what_is_no_port(port):
    with pytest.raises(CommandError, match="write a number from 1 to 65535"):
        call_command("start", port=port)


@pytest.mark.django_db
def test_makes_an_administrator_who_can_enter(capsys):
    call_command("admin_password")

    password = capsys.readouterr().out.split()[3]
    user = authenticate(username="admin", password=password)
    assert user is not None
    assert user.is_superuser
    assert user.groups.filter(name="administrator").exists()


@pytest.mark.django_db
def test_renews_the_password_of_the_same_administrator(capsys, django_user_model):
    call_command("admin_password")
    old = capsys.readouterr().out.split()[3]

    call_command("admin_password")

    assert authenticate(username="admin", password=old) is None
    assert django_user_model.objects.count() == 1
