"""Nothing is sent to a machine that only insiders should reach, however it is named."""

from __future__ import annotations

import socket
import ssl
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desk.workflow.webhooks.receiver import receiving
from tests.factories import make_webhook
from tracker.desk.models import Delivery
from tracker.desk.workflow import webhooks
from tracker.desk.workflow.webhooks import addresses, posting
from tracker.errors import InvalidInput

pytestmark = pytest.mark.django_db

# The receiver's key and certificate, which nobody trusts.
PEM = Path(__file__).with_name("hooks.example.pem")
PUBLIC = "93.184.215.14"
CLOSED = [
    *("127.0.0.1", "127.1.2.3", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255"),
    "0.0.0.0",  # noqa: S104 - to connect to, where it means this machine
    *("192.168.1.1", "169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.0.8"),
    *("192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1", "203.0.113.1"),
    *("224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"),
    *("::1", "::", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:93.184.215.14"),
    *("fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd00::1", "ff02::1", "100::1"),
    *("64:ff9b::7f00:1", "64:ff9b:1::1", "2001:db8::1", "2001::1", "2002:7f00:1::", "3fff::1"),
]
OPEN = [PUBLIC, "8.8.8.8", "172.15.255.255", "172.32.0.1", "100.63.255.255", "2606:4700::1111"]
# The same machine as this one, as it can be written where a name stands.
SPELLED = [
    *("127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001"),
    *("127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "[0:0:0:0:0:ffff:7f00:1]", "[::]", "0"),
    "localhost",
]


class Names:
    """Answers for every name what a test says, time after time; the last answer stays."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked = 0

    def __call__(self, host: object, port: int, *args: object, **kwargs: object) -> list[tuple]:
        numbers = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        return [
            (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (each, port, 0, 0))
            if ":" in each
            else (socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port))
            for each in numbers
        ]


@pytest.fixture
def connected(monkeypatch) -> list[tuple]:
    """The addresses that were connected to, all of which refuse."""
    found: list[tuple] = []

    def connect(wire: socket.socket, address: tuple) -> None:
        found.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    return found


def send(url: str) -> Delivery:
    webhooks.send_test(make_webhook(url=url))
    webhooks.send_due()
    return Delivery.objects.latest("pk")


@pytest.mark.parametrize("number", CLOSED)
def test_knows_what_is_closed(number):
    assert not addresses.is_open(number)


@pytest.mark.parametrize("number", OPEN)
def test_knows_what_is_open(number):
    assert addresses.is_open(number)


@given(st.ip_addresses(v=6))
def test_holds_no_address_for_open_that_is_not_global(address):
    if addresses.is_open(str(address)):
        assert address.is_global
        assert not any((address.is_reserved, address.is_multicast, address.ipv4_mapped))


@given(st.ip_addresses(v=4))
def test_holds_no_old_address_for_open_that_is_not_global(address):
    if addresses.is_open(str(address)):
        assert address.is_global
        assert not any((address.is_reserved, address.is_multicast))


@pytest.mark.parametrize("host", SPELLED)
def test_sends_nothing_to_this_machine_however_it_is_spelled(connected, host):
    delivery = send(f"https://{host}/")

    assert connected == []
    assert delivery.error == "The address is private or reserved: nothing is sent there."


@pytest.mark.parametrize("number", CLOSED)
def test_sends_nothing_to_a_name_that_stands_for_a_closed_address(monkeypatch, connected, number):
    monkeypatch.setattr(socket, "getaddrinfo", Names([number]))

    delivery = send("https://hooks.example/")

    assert connected == []
    assert "private or reserved" in delivery.error


def test_sends_nothing_where_one_of_several_addresses_is_closed(monkeypatch, connected):
    monkeypatch.setattr(socket, "getaddrinfo", Names([PUBLIC, "10.0.0.1"]))

    send("https://hooks.example/")

    assert connected == []


def test_connects_to_the_very_address_it_has_checked(monkeypatch, connected):
    # A name that is public when it is checked, and private whenever it is asked for again.
    names = Names([PUBLIC], ["127.0.0.1"])
    monkeypatch.setattr(socket, "getaddrinfo", names)

    send("https://hooks.example:8443/")

    assert connected == [(PUBLIC, 8443)]
    assert names.asked == 1


def test_checks_anew_with_every_attempt(monkeypatch, connected, clock):
    names = Names([PUBLIC], ["127.0.0.1"])
    monkeypatch.setattr(socket, "getaddrinfo", names)
    delivery = send("https://hooks.example/")
    assert delivery.error == "There was no connection."

    clock.pass_by(seconds=6)
    webhooks.send_due()

    assert connected == [(PUBLIC, 443)]
    assert "private or reserved" in Delivery.objects.get(pk=delivery.pk).error


def test_tries_the_next_address_where_one_does_not_answer(monkeypatch, connected):
    monkeypatch.setattr(socket, "getaddrinfo", Names(["2606:4700::1111", PUBLIC]))

    send("https://hooks.example/")

    assert [address[0] for address in connected] == ["2606:4700::1111", PUBLIC]


def test_sends_nothing_over_plain_http(connected):
    delivery = send(f"http://{PUBLIC}/{'in/' * 150}")

    assert connected == []
    assert "sent in the open" in delivery.error


@pytest.mark.parametrize("host", ["no-such-name.invalid", "a" * 64 + ".example", "a..example"])
def test_says_that_nobody_knows_a_name(monkeypatch, host):
    if host.endswith("invalid"):

        def unknown(*args, **kwargs):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        monkeypatch.setattr(socket, "getaddrinfo", unknown)

    assert send(f"https://{host}/").error == "Nobody knows the name of its host."


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hooks.example",
        "//hooks.example/",
        "ftp://hooks.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https:///in",
        "https://user@hooks.example/",
        "https://user:secret@hooks.example/",
        "https://hooks.example\\@127.0.0.1/",
        "https://hooks.example/#in",
        "https://hooks.example/a b",
        "https://hooks.example/\r\nHost: other",
        "https://hooks.example:port/",
        "https://hooks.example:65536/",
        "https://[::1/",
        "https://[fe80::1%25eth0]/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "http://hooks.example/",
    ],
)
def test_refuses_what_nothing_can_be_sent_to(url):
    with pytest.raises(InvalidInput):
        webhooks.check(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.example",
        "https://Hooks.Example:8443/in?key=a%20b",
        f"https://{PUBLIC}/",
        "https://[2606:4700::1111]:8443/",
        "https://münchen.example/صادر",
    ],
)
def test_takes_what_something_can_be_sent_to(url):
    webhooks.check(url)


@pytest.fixture
def trusted(monkeypatch, settings):
    """A network where hooks.example is this machine, and its certificate is trusted."""
    settings.WEBHOOKS_ALLOW_PRIVATE = True
    monkeypatch.setattr(socket, "getaddrinfo", Names(["127.0.0.1"]))
    monkeypatch.setattr(posting, "_tls", lambda: ssl.create_default_context(cafile=PEM))


@pytest.fixture
def named() -> list[str]:
    """The names that were asked for in TLS."""
    return []


@pytest.fixture
def secured(named):
    """A receiver with a certificate for hooks.example."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PEM)
    with receiving(context) as server:
        context.sni_callback = lambda wire, name, context: named.append(name)
        yield server


def test_names_the_host_in_tls_and_http_where_it_connects_by_number(trusted, secured, named):
    delivery = send(f"https://hooks.example:{secured.server_port}/in")

    assert (delivery.error, delivery.status) == ("", 204)
    assert named == ["hooks.example"]
    [received] = secured.received
    assert received.headers["Host"] == f"hooks.example:{secured.server_port}"


def test_tells_nothing_to_whoever_has_another_names_certificate(trusted, secured):
    delivery = send(f"https://other.example:{secured.server_port}/in")

    assert secured.received == []
    assert delivery.error == "Its certificate does not hold, or it does not speak TLS."


def test_tells_nothing_to_whoever_has_a_certificate_that_nobody_trusts(
    trusted, secured, monkeypatch
):
    monkeypatch.setattr(posting, "_tls", ssl.create_default_context)

    delivery = send(f"https://hooks.example:{secured.server_port}/in")

    assert secured.received == []
    assert "certificate does not hold" in delivery.error


def test_waits_no_longer_than_it_may_for_a_handshake(trusted, monkeypatch):
    monkeypatch.setattr(posting, "PATIENCE", 0.1)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()

        delivery = send(f"https://hooks.example:{silent.getsockname()[1]}/")

    assert delivery.error == "There was no answer in time."
