"""Webhooks at the desk: administrators alone set them up, and no page tells a secret twice."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.desk.admin.pages import address, errors, filled, messages, save
from tests.factories import make_user, make_webhook
from tracker.desk.models import Delivery, Revision, Webhook
from tracker.desk.models.webhooks import DeliveryState, SwitchedOff
from tracker.desk.workflow import webhooks
from tracker.desk.workflow.recording import Subject, since

pytestmark = pytest.mark.django_db
SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]{44}")
TYPED = {
    "name": "The partner",
    "url": "https://hooks.example/in",
    "events": ["incident.published", "incident.withdrawn"],
}


@pytest.fixture
def browser(client: Client) -> Client:
    client.force_login(make_user("administrator", username="amal", is_staff=True))
    return client


def add(browser: Client, **changes):
    page = address("webhook_add")
    typed = {**filled(browser.get(page).context["adminform"].form), **TYPED, **changes}
    return browser.post(page, {name: value for name, value in typed.items() if value is not None})


def make_delivery(**fields) -> Delivery:
    webhooks.send_test(fields.pop("webhook", None) or make_webhook())
    Delivery.objects.update(**fields)
    return Delivery.objects.get()


def do(browser: Client, action: str, *chosen, follow: bool = False):
    page = address(f"{chosen[0]._meta.model_name}_changelist")
    pressed = {"action": action, "_selected_action": [each.pk for each in chosen]}
    return browser.post(page, pressed, follow=follow)


def test_shows_the_secret_once_when_a_webhook_is_made(browser):
    answer = add(browser)

    webhook = Webhook.objects.get()
    [secret] = SECRET.findall(answer.text)
    assert secret == webhooks.secret_of(webhook)
    assert (webhook.name, webhook.url, webhook.events) == tuple(TYPED.values())
    assert webhook.is_active
    assert "no-store" in answer["Cache-Control"]


def test_shows_the_secret_on_no_page_after_that(browser, caplog):
    caplog.set_level("DEBUG")
    [secret] = SECRET.findall(add(browser).text)
    webhook = Webhook.objects.get()
    webhooks.send_test(webhook)
    delivery = Delivery.objects.get()

    pages = [
        *(address(f"{name}_changelist") for name in ("webhook", "delivery")),
        *(address(f"webhook_{name}", webhook.pk) for name in ("change", "history", "secret")),
        *(address(f"delivery_{name}", delivery.pk) for name in ("change", "history")),
        reverse("admin:index"),
    ]

    for hidden in (secret.removeprefix("whsec_"), webhook.key):
        for page in pages:
            answer = browser.get(page)
            assert answer.status_code == 200
            assert hidden not in answer.text
        assert hidden not in caplog.text
        assert hidden not in str(browser.cookies)


def test_makes_another_secret_when_that_is_confirmed(browser):
    [old] = SECRET.findall(add(browser).text)
    webhook = Webhook.objects.get()
    page = address("webhook_secret", webhook.pk)
    assert not SECRET.search(browser.get(page).text)

    answer = browser.post(page)

    webhook.refresh_from_db()
    [new] = SECRET.findall(answer.text)
    assert new == webhooks.secret_of(webhook) != old
    assert webhook.earlier_until is not None
    assert "is signed by the secret before as well" in answer.text
    assert "Make a new secret" in browser.get(address("webhook_change", webhook.pk)).text


def test_tells_in_the_history_who_gave_it_another_secret_and_address(browser):
    add(browser)
    webhook = Webhook.objects.get()

    browser.post(address("webhook_secret", webhook.pk))
    save(browser, address("webhook_change", webhook.pk), url="https://other.example/")

    revisions = Revision.objects.of("webhook", webhook.pk).order_by("number")
    assert [str(each.by) for each in revisions] == ["amal"] * 3
    user = make_user(is_superuser=True)
    told = [
        [each.name for each in told.differences]
        for told in since(Subject("webhook", webhook.pk), user=user)
    ]
    assert told[1:] == [["secret made at"], ["address"]]
    assert "other.example" in browser.get(address("webhook_history", webhook.pk)).text


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"url": "http://hooks.example/"}, "url", "sent in the open"),
        ({"url": "https://127.0.0.1/"}, "url", "private or reserved"),
        ({"url": "https://user@hooks.example/"}, "url", "no address to send to"),
        ({"events": []}, "events", "Choose one at least."),
        ({"events": ["report.made"]}, "events", "Select a valid choice"),
    ],
)
def test_refuses_a_webhook_that_could_not_work(browser, changes, field, said):
    answer = add(browser, **changes)

    [refusal] = errors(answer)[field]
    assert said in refusal
    assert not Webhook.objects.exists()


def test_takes_a_private_address_where_the_network_is_closed(browser, settings):
    settings.WEBHOOKS_ALLOW_PRIVATE = True

    add(browser, url="http://gateway:8080/in")

    assert Webhook.objects.get().url == "http://gateway:8080/in"


@pytest.mark.parametrize("changes", [{"is_active": "on"}, {"url": "https://other.example/"}])
def test_begins_afresh_when_it_is_switched_on_or_moves(browser, changes):
    webhook = make_webhook(is_active="url" in changes)
    failed = {"failing_since": webhook.secret_made_at, "paused_until": webhook.secret_made_at}
    Webhook.objects.update(**failed, switched_off=SwitchedOff.FAILING)

    save(browser, address("webhook_change", webhook.pk), **changes)

    webhook.refresh_from_db()
    assert webhook.is_active
    assert (webhook.failing_since, webhook.paused_until) == (None, None)
    assert webhook.switched_off == ""


def test_says_why_a_webhook_was_switched_off(browser):
    webhook = make_webhook(is_active=False, switched_off=SwitchedOff.GONE)

    for page in (address("webhook_changelist"), address("webhook_change", webhook.pk)):
        assert "The address answered that it is gone." in browser.get(page).text


def test_sends_a_test(browser):
    webhook, off = make_webhook(), make_webhook(name="Beirut", is_active=False)

    answer = do(browser, "send_test", webhook, off)

    delivery = Delivery.objects.get()
    assert (delivery.webhook, delivery.event) == (webhook, "webhook.test")
    assert "1 test will be sent" in messages(answer)
    assert "“Beirut” is switched off" in messages(answer)


def test_sends_a_delivery_again(browser):
    delivery = make_delivery(
        state=DeliveryState.FAILED, next_attempt_at=None, attempts=10, error="It was refused."
    )

    answer = do(browser, "send_again", delivery)

    again = Delivery.objects.get()
    assert (again.state, again.attempts) == (DeliveryState.WAITING, 0)
    assert (again.message_id, again.body) == (delivery.message_id, delivery.body)
    assert "1 message will be sent again." in messages(answer)


def test_shows_what_was_answered_as_text_and_never_as_markup(browser):
    delivery = make_delivery(
        status=500, answer="<script>alert(1)</script>", error="It was refused."
    )

    shown = browser.get(address("delivery_change", delivery.pk)).text

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "<script>alert" not in shown
    assert "It was refused." in browser.get(address("delivery_changelist")).text


def test_finds_the_deliveries_of_a_webhook_and_of_a_state(browser):
    first, second = make_webhook(), make_webhook()
    for each in (first, second):
        webhooks.send_test(each)
    Delivery.objects.filter(webhook=second).update(state="failed", next_attempt_at=None)

    for asked in ({"webhook__id__exact": second.pk}, {"state__exact": "failed"}):
        found = browser.get(address("delivery_changelist"), asked).context["cl"].queryset
        assert [each.webhook for each in found] == [second]


def test_finds_deliveries_by_what_they_tell_of(browser):
    make_delivery(body='{"id": "3f1c9f2e-0000-4000-8000-000000000001"}')
    page = address("delivery_changelist")

    for asked, count in (("3f1c9f2e-0000-4000-8000-000000000001", 1), ("4f1c9f2e", 0)):
        assert browser.get(page, {"q": asked}).context["cl"].result_count == count


@pytest.mark.parametrize("language", ["en", "ar"])
def test_leads_from_a_webhook_to_its_deliveries(browser, language):
    webhook = make_webhook()
    page = address("webhook_change", webhook.pk)

    shown = browser.get(page, headers={"accept-language": language}).text

    assert f"{address('delivery_changelist')}?webhook__id__exact={webhook.pk}" in shown


def test_lists_deliveries_in_as_many_queries_however_many(browser, django_assert_max_num_queries):
    webhook = make_webhook()
    for _time in range(5):
        webhooks.send_test(webhook)

    with django_assert_max_num_queries(10):
        browser.get(address("delivery_changelist"))


@pytest.mark.parametrize("group", ["contributor", "data entry", "reviewer"])
@pytest.mark.parametrize("page", ["webhook_changelist", "webhook_add", "delivery_changelist"])
def test_lets_no_one_but_administrators_in(client, group, page):
    client.force_login(make_user(group, is_staff=True))

    assert client.get(address(page)).status_code == 403
