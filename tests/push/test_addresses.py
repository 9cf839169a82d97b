"""Only public addresses are connected to, and only those that were looked at."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest

from server.push.addresses import Network, NotPublic, is_public

PUBLIC = ["8.8.8.8", "142.250.1.95", "172.32.0.1", "2a00:1450:4001::5f", "64:ff9b::142.250.1.95"]
NOT = [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255",  # noqa: S104
    "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.8", "192.0.2.1", "192.88.99.1",
    "198.18.0.1", "203.0.113.5", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
    "::ffff:0:10.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b:1::8.8.8.8",
    "2002:7f00:1::", "2002:0a00:1::", "2001:0:7f00:1::", "2001:db8::1", "3fff::1", "100::1",
    "fc00::1", "fd12::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "5f00::1",
    "2130706433", "0x7f.1", "0177.0.0.1", "localhost", "",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_P6_a_public_address_is_one(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", NOT)
def test_P6_an_address_that_is_not_public_is_none_whatever_it_is_wrapped_in(address: str) -> None:
    assert not is_public(address)


def _dns(*answers: Sequence[str]) -> tuple[Network, list[str]]:
    asked: list[str] = []

    def resolve(host: str) -> Sequence[str]:
        asked.append(host)
        return answers[min(len(asked), len(answers)) - 1]

    return Network(resolve=resolve), asked


def test_P6_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    network, _ = _dns(["8.8.8.8", "10.0.0.1"])
    with pytest.raises(NotPublic):
        network.addresses("fcm.googleapis.com", 5)


def test_P6_a_name_is_asked_once_and_what_it_says_later_counts_only_later() -> None:
    network, asked = _dns(["8.8.8.8"], ["127.0.0.1"])
    assert network.addresses("fcm.googleapis.com", 5) == ["8.8.8.8"]
    assert asked == ["fcm.googleapis.com"]
    with pytest.raises(NotPublic):
        network.addresses("fcm.googleapis.com", 5)


def test_a_dns_that_does_not_answer_is_not_waited_for() -> None:
    late = threading.Event()

    def resolve(_: str) -> Sequence[str]:
        late.wait(30)
        return ["8.8.8.8"]

    with pytest.raises(TimeoutError):
        Network(resolve=resolve).addresses("fcm.googleapis.com", 0.01)
    late.set()
