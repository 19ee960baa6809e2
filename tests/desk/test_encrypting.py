"""Who has the database alone learns nothing of what is confidential."""

from __future__ import annotations

import base64
import contextlib
import io
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from tests.factories import (
    make_assessment,
    make_bulletin,
    make_coverage,
    make_evidence,
    make_incident,
    make_report,
    make_source,
    make_user,
)
from tracker.desk.models import Assessment, Evidence, Report, Sealed, Source, ciphers
from tracker.desk.workflow import encrypting, recording
from tracker.desk.workflow.recording import recorded
from tracker.errors import Undecipherable

CANARY = "Zugvogel"
OTHER_KEY = "another-key-that-only-the-tests-may-use"


def plant() -> Source:
    """Every confidential thing there is, told in one word."""
    with recorded(by=None):
        hidden = make_source(
            name=f"{CANARY} of Madaya",
            name_ar=f"{CANARY} مضايا",
            slug=f"{CANARY.lower()}-source",
            url=f"https://{CANARY}.example/",
            independence_group=f"{CANARY} group",
            note=f"{CANARY} meets us at night",
            is_confidential=True,
        )
        incident = make_incident(reports=0, note=f"{CANARY} note")
        make_report(
            incident=incident, source=hidden, note=f"{CANARY} note", raw={"who": [f"{CANARY} raw"]}
        )
        make_assessment(incident, rationale=f"{CANARY} rationale")
        make_evidence(incident=incident, name=f"{CANARY}.jpg", note=f"{CANARY} note")
        make_bulletin({"count": 2, "note": f"{CANARY} tally"}, note=f"{CANARY} bulletin")
        make_coverage(note=f"{CANARY} coverage")
        make_user(email=f"{CANARY.lower()}@example.org")
    return hidden


def shapes() -> list[bytes]:
    """The word as it may stand in a file: as it is, in either case, in UTF-16, base64 and hex."""
    told = [f"{CANARY}".encode(), CANARY.lower().encode(), CANARY.encode("utf-16-le")]
    # The middle of it in base64, whatever stands before it.
    inner = [base64.b64encode(b"x" * at + CANARY.encode())[4:-4] for at in range(3)]
    return [*told, *inner, CANARY.encode().hex().encode()]


def stored(tmp_path: Path) -> bytes:
    """All bytes the database has on its disk, or a dump of it in plain."""
    told: Any = connection.settings_dict
    if connection.vendor == "sqlite":
        files = Path(told["NAME"]).parent.glob(f"{Path(told['NAME']).name}*")
        return b"".join(file.read_bytes() for file in files)
    server = f"postgresql://{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}"
    dump = ["pg_dump", "--format=plain", f"{server}/{told['NAME']}"]
    return subprocess.run(dump, capture_output=True, check=True).stdout  # noqa: S603


def found(content: bytes) -> list[bytes]:
    return [shape for shape in shapes() if shape in content]


@pytest.mark.django_db(transaction=True)
def test_tells_nothing_confidential_to_who_has_the_database_alone(tmp_path):
    plant()

    assert found(stored(tmp_path)) == []


@pytest.mark.django_db(transaction=True)
def test_sees_in_the_bytes_of_the_database_what_stands_there_in_plain(tmp_path):
    with recorded(by=None):
        make_incident(reports=0, summary=f"{CANARY} in public words")

    assert CANARY.encode() in found(stored(tmp_path))


@pytest.mark.django_db(transaction=True)
def test_keeps_in_a_backup_neither_the_key_nor_what_it_hides(tmp_path, settings):
    plant()

    call_command("backup", str(tmp_path / "tracker.backup"), verbosity=0)

    content = (tmp_path / "tracker.backup").read_bytes()
    assert found(content) == []
    assert settings.FIELD_KEYS[0].encode() not in content


@pytest.mark.django_db
def test_reads_with_the_key_what_was_written():
    hidden = plant()

    source = Source.objects.get(pk=hidden.pk)
    assert (source.name, source.note) == (f"{CANARY} of Madaya", f"{CANARY} meets us at night")
    assert Report.objects.get(source=hidden).raw == {"who": [f"{CANARY} raw"]}
    assert list(recording.faults()) == []


@pytest.mark.django_db
def test_says_which_key_is_missing(settings):
    hidden = plant()
    settings.FIELD_KEYS = [OTHER_KEY]

    with pytest.raises(Undecipherable, match=r"^desk_source.slug is encrypted with the key \w{8}"):
        Source.objects.get(pk=hidden.pk)


@pytest.mark.django_db
def test_reads_no_value_that_was_put_in_the_place_of_another():
    hidden = plant()
    cipher = Source.objects.filter(pk=hidden.pk).annotate(held=Cast("name", TextField()))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE desk_source SET note = %s", [cipher.get().held])

    with pytest.raises(Undecipherable, match=r"desk_source.note holds something that was not"):
        Source.objects.get(pk=hidden.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["encrypted:", "encrypted:12345678:AAAA", "\x80", " \0"])
def test_gives_back_any_text_as_it_was(text):
    if "\0" in text and connection.vendor == "postgresql":
        pytest.skip("PostgreSQL holds no NUL")
    open_source, hidden = make_source(name=text), make_source(name=text, is_confidential=True)

    assert Source.objects.get(pk=open_source.pk).name == text
    assert Source.objects.get(pk=hidden.pk).name == text


@pytest.mark.django_db
def test_finds_a_confidential_source_by_its_public_id():
    hidden = plant()

    assert Source.objects.get(slug=f"{CANARY.lower()}-source") == hidden
    assert list(Source.objects.filter(slug__in=["other", f"{CANARY.lower()}-source"])) == [hidden]
    assert list(Source.objects.filter(independence_group=f"{CANARY} group")) == [hidden]


@pytest.mark.django_db
def test_refuses_a_confidential_source_in_plain():
    source = make_source(name="Witness")

    with pytest.raises(IntegrityError), transaction.atomic():
        Source.objects.filter(pk=source.pk).update(is_confidential=True)

    source.is_confidential = True
    source.full_clean()
    source.save()
    assert Source.objects.get(pk=source.pk).name == "Witness"


@pytest.mark.django_db
def test_writes_what_did_not_change_as_it_was():
    hidden = plant()
    with connection.cursor() as cursor:
        told = "SELECT slug, name, name_ar, url, note, folded FROM desk_source WHERE id = %s"
        cursor.execute(told, [hidden.pk])
        before = cursor.fetchone()
        Source.objects.get(pk=hidden.pk).save()
        cursor.execute(told, [hidden.pk])

        assert cursor.fetchone() == before


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["zugvogel", "Madaya zugvogel", "مضايا"])
def test_finds_a_confidential_source_by_its_name_at_the_desk(desk, typed):
    hidden = plant()

    page = desk.get("/admin/desk/source/", {"q": typed}).content.decode()

    assert f"/admin/desk/source/{hidden.pk}/change/" in page


@pytest.mark.django_db
def test_finds_no_confidential_source_for_who_may_not_see_it(client):
    hidden = plant()
    client.force_login(make_user("data entry", is_staff=True))

    page = client.get("/admin/desk/source/", {"q": "zugvogel"}).content.decode()

    assert f"/admin/desk/source/{hidden.pk}/change/" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["encrypted", "a", "="])
def test_finds_nothing_by_the_letters_of_a_cipher(desk, typed):
    hidden = make_source(name="نون", slug="0", is_confidential=True)

    page = desk.get("/admin/desk/source/", {"q": typed}).content.decode()

    assert f"/admin/desk/source/{hidden.pk}/change/" not in page


def keyed(*keys: str, settings: Any) -> str:
    """Set these keys, and tell which the newest is."""
    settings.FIELD_KEYS = [*keys]
    return ciphers.ring()[0].id


@pytest.mark.django_db
def test_encrypts_all_by_a_newer_key_and_needs_the_earlier_one_no_more(settings, capsys):
    hidden, first = plant(), settings.FIELD_KEYS[0]
    newest = keyed(OTHER_KEY, first, settings=settings)

    call_command("rotate_field_key")

    assert f"all is by the key {newest}." in capsys.readouterr().out
    assert encrypting.keys_needed() == {newest}
    keyed(OTHER_KEY, settings=settings)
    assert Source.objects.get(pk=hidden.pk).name == f"{CANARY} of Madaya"
    assert Report.objects.get(source=hidden).raw == {"who": [f"{CANARY} raw"]}
    assert list(recording.faults()) == []


@pytest.mark.django_db
def test_goes_on_by_a_newer_key_where_it_was_stopped(settings):
    plant()
    keyed(OTHER_KEY, *settings.FIELD_KEYS, settings=settings)

    next(encrypting.rotate())

    left = sum(encrypting.waiting(each).count() for each in encrypting.encrypted_models(apps))
    assert 0 < left == sum(count for _name, count in encrypting.rotate())


@pytest.mark.django_db
def test_leaves_reports_and_evidence_guarded_after_a_newer_key(settings):
    plant()
    keyed(OTHER_KEY, *settings.FIELD_KEYS, settings=settings)
    call_command("rotate_field_key", verbosity=0)

    for model, change in ((Report, {"raw": {}}), (Evidence, {"name": "x"}), (Sealed, {"salt": ""})):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.update(rationale="another")


@pytest.mark.django_db
def test_refuses_a_newer_key_without_the_earlier_one(settings):
    plant()
    keyed(OTHER_KEY, settings=settings)

    with pytest.raises(CommandError, match=r"is encrypted with the key \w{8}, which FIELD_KEY"):
        call_command("rotate_field_key")


@pytest.mark.django_db
def test_has_the_doctor_say_which_key_is_missing(settings):
    plant()
    lost = ciphers.ring()[0].id
    keyed(OTHER_KEY, settings=settings)

    with pytest.raises(CommandError), contextlib.redirect_stdout(io.StringIO()) as said:
        call_command("doctor")

    assert f"FIELD_KEY lacks the key {lost}" in said.getvalue()


@pytest.mark.django_db(transaction=True)
def test_encrypts_what_an_earlier_version_left_in_plain_and_back(tmp_path):
    hidden = plant()

    call_command("migrate", "desk", "0027", verbosity=0)
    assert found(stored(tmp_path))
    call_command("migrate", verbosity=0)

    assert found(stored(tmp_path)) == []
    assert Source.objects.get(pk=hidden.pk).name == f"{CANARY} of Madaya"
    assert Report.objects.get(source=hidden).raw == {"who": [f"{CANARY} raw"]}
    assert list(recording.faults()) == []


@pytest.mark.django_db
def test_encrypts_confidential_sources_however_they_are_made():
    one = Source(slug="one", name=CANARY, kind="monitor", is_confidential=True)
    Source.objects.bulk_create([one])
    Source.objects.get_or_create(
        slug="two", defaults={"name": CANARY, "kind": "monitor", "is_confidential": True}
    )

    held = Source.objects.annotate(held=Cast("name", TextField())).values_list("held", flat=True)
    assert [ciphers.is_encrypted(each) for each in held] == [True, True]
    assert Source.objects.filter(name=CANARY).count() == 2
