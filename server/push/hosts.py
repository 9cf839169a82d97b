"""Which push services may be asked: an endpoint is chosen by whoever subscribes, so it is checked
when it comes and again before anything is sent (a list that was shortened counts at once).

Only what a browser writes is taken, letter by letter: nothing is put right, unescaped or folded,
so there is no second reading that another program could prefer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sync.sentence import say

PUSH_HOSTS: Final = (
    "fcm.googleapis.com",
    "push.services.mozilla.com",
    "push.apple.com",
    "notify.windows.com",
)
"""Chrome and Edge on Android · Firefox · Safari · Edge on Windows."""
MOST_ENDPOINT = 1500
LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
# Ends in a label of letters, which no spelling of an address does.
HOST_FORM = re.compile(rf"(?=.{{1,253}}\Z)(?:{LABEL}\.)+[a-z]{{2,63}}", re.ASCII)
ENDPOINT_FORM = re.compile(
    r"https://(?P<host>[a-z0-9.-]{1,253})(?::443)?"
    r"(?P<target>/[A-Za-z0-9._~!$&'()*+,;=:@%/-]+(?:\?[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?)",
    re.ASCII,
)
FOREIGN = "xn--"


class NotAllowed(Exception):
    """An endpoint that may not be asked, with a sentence that does not repeat it."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A push service's host, and what to ask it for. `origin` is whom a VAPID token is for."""

    host: str
    target: str

    @property
    def origin(self) -> str:
        """As RFC 8292 wants it: scheme and host, no port."""
        return f"https://{self.host}"


def read_endpoint(endpoint: str, hosts: Sequence[str]) -> Endpoint:
    """The endpoint, if its host is on the list. Raises NotAllowed."""
    form = ENDPOINT_FORM.fullmatch(endpoint) if len(endpoint) <= MOST_ENDPOINT else None
    if form is None:
        raise NotAllowed(say("This is not the address of a push service as browsers write it."))
    host = form["host"]
    if not is_on(host, hosts):
        raise NotAllowed(say("This push service is not one of those that this school may use."))
    return Endpoint(host, form["target"])


def is_on(host: str, hosts: Sequence[str]) -> bool:
    """Whether a host is one of the list or lies under one of them."""
    if not HOST_FORM.fullmatch(host) or FOREIGN in host:
        return False
    return any(host == one or host.endswith(f".{one}") for one in hosts)
