"""The whole way of a reminder: a roll that falls due, the real sender, a push service on loopback.

with whole_way(url) as way:      # Tuesday, 8:10: 8A is due at 8:15, and Ruiz's tablet is subscribed
    way.send()
    (message,) = way.service.received
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from server.push.addresses import Network
from server.push.sender import WebPushSender
from server.services.deliver import Post, deliver
from server.services.vapid import signing_key
from tests.support import cast
from tests.support.api import School, open_school
from tests.support.push_service import PushService
from tests.support.pushing import PushBrowser, subscribe
from tests.support.reminding import PUBLIC_URL, Bell

CONTACT = "mailto:it@birch.example"


@dataclass
class WholeWay:
    """The school, a push service on loopback, and the real sender between them."""

    school: School
    service: PushService
    sender: WebPushSender
    bell: Bell
    browser: PushBrowser

    def send(self) -> None:
        """As the jobs do."""
        self.bell.sweep()
        post = Post(self.sender, PUBLIC_URL)
        while deliver(self.school.engine, post, self.school.clock.now()):
            pass

    def subscribe(self, person: cast.Person, host: str) -> PushBrowser:
        """Another tablet, at another push service."""
        browser = self.service.browser(host)
        subscribe(self.school.tablet(person), browser)
        return browser


@contextmanager
def whole_way(url: str, network: Network | None = None, **sends: Any) -> Iterator[WholeWay]:
    """Tuesday, 8:10; `network` and `sends` as WebPushSender takes them."""
    with PushService() as service:
        school = open_school(url, network=service.network)
        browser = service.browser()
        subscribe(school.tablet(school.cast.ruiz), browser)

        def find(key_id: Any) -> Any:
            return signing_key(school.engine, key_id)

        with WebPushSender(find, CONTACT, network=network or service.network, **sends) as sender:
            bell = Bell(school)
            school.clock.set(cast.local(cast.TUESDAY, 8, 10))
            yield WholeWay(school, service, sender, bell, browser)
        school.engine.dispose()
