"""The sender of this deployment: its keys from the database, the rest from its settings."""

from __future__ import annotations

from functools import partial

from sqlalchemy import Engine

from server.push.addresses import Network
from server.push.sender import WebPushSender
from server.services.vapid import signing_key
from server.settings import Settings


def sender_of(engine: Engine, settings: Settings, network: Network) -> WebPushSender:
    """A sender; one a process is enough, since it keeps connections and tokens."""
    keys = partial(signing_key, engine)
    return WebPushSender(keys, settings.push_signature, settings.push_hosts, network)
