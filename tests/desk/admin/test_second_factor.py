from __future__ import annotations

import datetime as dt
import re
import time

import pytest
from axes.models import AccessAttempt
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.factories import make_user
from tests.ledger import Client

PHRASE = "the long way round the valley"
INDEX = reverse("admin:index")
LOGIN = reverse("admin:login")
ASK = reverse("admin:second_factor")


@pytest.fixture(autouse=True)
def two_factor(settings):
    settings.TWO_FACTOR = True


@pytest.fixture
def rima(db):
    return make_user("reviewer", username="rima", is_staff=True, password=PHRASE)


def logged_in(user, **meta) -> Client:
    client = Client(**meta)
    client.post(LOGIN, {"username": user.username, "password": PHRASE})
    return client


def code_of(user, *, later: int = 0) -> str:
    """The code that the user's app shows, so many times thirty seconds from now."""
    device = TOTPDevice.objects.get(user=user)
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time() + later * device.step
    return f"{totp.token():06d}"


def set_up(user) -> list[str]:
    """Set the app up; gives the codes on paper. The next code is good half a minute later."""
    client = logged_in(user)
    client.get(ASK)
    page = client.post(ASK, {"code": code_of(user)})
    return re.findall(r"<li><code>(\w+)</code></li>", page.text)


def test_shows_who_can_publish_nothing_of_the_desk_for_a_password_alone(rima):
    client = logged_in(rima)

    for address in (INDEX, reverse("admin:desk_report_changelist"), "/admin/boundaries.json"):
        assert client.get(address).status_code == 302, address
    assert client.get(INDEX, follow=True).redirect_chain[-1][0].startswith(ASK)


def test_lets_in_who_has_set_it_up_and_goes_where_they_were_going(rima):
    client = logged_in(rima)
    reports = reverse("admin:desk_report_changelist")
    page = client.get(reports, follow=True)

    done = client.post(ASK, {"code": code_of(rima) if client.get(ASK) else "", "next": reports})

    assert "<svg" in page.text
    assert f'href="{reports}"' in done.text
    assert client.get(reports).status_code == 200


def test_sets_nothing_up_for_a_wrong_code(rima):
    client = logged_in(rima)
    client.get(ASK)
    wrong = f"{(int(code_of(rima)) + 1) % 1_000_000:06d}"

    page = client.post(ASK, {"code": wrong})

    assert page.context["form"].errors
    assert client.get(INDEX).status_code == 302


def test_shows_the_secret_to_nobody_who_has_set_it_up(rima):
    set_up(rima)

    page = logged_in(rima).get(ASK).text

    assert TOTPDevice.objects.get(user=rima).config_url.partition("secret=")[2][:16] not in page
    assert 'class="pattern"' not in page


def test_takes_each_code_once(rima):
    set_up(rima)
    code = code_of(rima, later=1)

    first = logged_in(rima)
    assert first.post(ASK, {"code": code}).status_code == 302
    assert first.get(INDEX).status_code == 200

    second = logged_in(rima)
    assert second.post(ASK, {"code": code}).status_code == 200
    assert second.get(INDEX).status_code == 302


def test_takes_each_code_on_paper_once_however_it_is_spaced(rima):
    codes = set_up(rima)
    assert len(codes) == 10

    first, second = logged_in(rima), logged_in(rima)
    spaced = f" {codes[0][:4].upper()} {codes[0][4:]}"
    assert first.post(ASK, {"code": spaced}).status_code == 302
    assert second.post(ASK, {"code": codes[0]}).status_code == 200


def test_looks_at_no_code_for_a_while_after_a_wrong_one(rima):
    set_up(rima)
    client = logged_in(rima)
    for wrong in ("000000", "111111", "222222"):
        client.post(ASK, {"code": wrong})

    assert client.post(ASK, {"code": code_of(rima, later=1)}).status_code == 200


def test_asks_who_enters_data_for_it_only_where_they_have_it(db):
    someone = make_user("data entry", username="sami", is_staff=True, password=PHRASE)
    assert logged_in(someone).get(INDEX).status_code == 200

    set_up(someone)

    assert logged_in(someone).get(INDEX).status_code == 302


def test_gives_ten_new_codes_for_the_old(rima):
    old = set_up(rima)
    client = logged_in(rima)
    client.post(ASK, {"code": old[0]})

    page = client.post(reverse("admin:second_factor_codes"))

    assert len(re.findall(r"<li><code>(\w+)</code></li>", page.text)) == 10
    assert logged_in(rima).post(ASK, {"code": old[1]}).status_code == 200


def test_lets_an_administrator_take_it_away_so_that_it_is_set_up_anew(rima, settings):
    set_up(rima)
    settings.TWO_FACTOR = False
    administrator = Client()
    administrator.force_login(make_user(username="nour", is_staff=True, is_superuser=True))
    administrator.post(
        reverse("admin:desk_user_changelist"),
        {"action": "take_second_factor_away", "_selected_action": [rima.pk]},
    )
    settings.TWO_FACTOR = True

    assert "<svg" in logged_in(rima).get(ASK).text


def test_sends_nobody_elsewhere(rima):
    codes = set_up(rima)
    client = logged_in(rima)

    response = client.post(ASK, {"code": codes[0], "next": "https://elsewhere.example/"})

    assert response["Location"] == INDEX


@pytest.mark.parametrize("address", [ASK, reverse("admin:second_factor_codes")])
def test_sends_who_has_given_no_password_to_the_door(client, db, address):
    assert client.get(address)["Location"].startswith(LOGIN)


class TestTooManyWrongPasswords:
    @pytest.fixture(autouse=True)
    def counted(self, settings):
        settings.AXES_ENABLED, settings.TWO_FACTOR = True, False

    def test_are_not_looked_at_for_a_while_from_that_address(self, rima):
        for _each in range(10):
            Client().post(LOGIN, {"username": "rima", "password": "a guess of many"})

        refused = Client().post(LOGIN, {"username": "rima", "password": PHRASE})
        elsewhere = logged_in(rima, REMOTE_ADDR="192.0.2.7")

        assert refused.status_code == 429
        assert elsewhere.get(INDEX).status_code == 200

    def test_are_forgotten_after_a_quarter_of_an_hour(self, rima):
        for _each in range(10):
            Client().post(LOGIN, {"username": "rima", "password": "a guess of many"})
        earlier = timezone.now() - dt.timedelta(minutes=16)
        AccessAttempt.objects.update(attempt_time=earlier)

        assert logged_in(rima).get(INDEX).status_code == 200

    def test_say_nothing_of_whether_there_is_such_a_user(self, rima):
        answers = {
            Client()
            .post(LOGIN, {"username": name, "password": "a guess of many"})
            .text.count("error")
            for name in ("rima", "nobody")
        }

        assert len(answers) == 1
