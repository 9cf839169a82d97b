"""A mail server on loopback that keeps what it gets, for tests of mail.

with mail_server(Inbox()) as port:
    ...
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.smtp import SMTP

PATIENCE_S = 20.0


@dataclass
class Inbox:
    """What arrived; `refusals` are the answers to recipients that it will not take."""

    refusals: dict[str, str] = field(default_factory=dict)
    received: list[Message] = field(default_factory=list)

    async def handle_RCPT(self, *said: Any) -> str:
        """Whether a recipient is taken."""
        _, _, envelope, to, _ = said
        if to in self.refusals:
            return self.refusals[to]
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, *said: Any) -> str:
        """Keep a letter."""
        self.received.append(message_from_bytes(said[2].content))
        return "250 OK"


class HangsUp(Inbox):
    """Takes one letter and hangs up in the middle of the second."""

    async def handle_DATA(self, *said: Any) -> str:
        """Keep the first."""
        if self.received:
            said[0].transport.close()
            return "421 bye"
        return await super().handle_DATA(*said)


@contextlib.contextmanager
def mail_server(inbox: Inbox, **more: Any) -> Iterator[int]:
    """Serves an inbox; `more` is aiosmtpd's (TLS, passwords). Yields its port.

    The loop runs and ends on a thread of its own: the thread of a test may already run one
    (the browser's driver).
    """
    ready: Future[int] = Future()
    stop = threading.Event()
    with ThreadPoolExecutor(1, "mail") as pool:
        served = pool.submit(asyncio.run, _serve(inbox, ready, stop, more))
        try:
            yield ready.result(PATIENCE_S)
        finally:
            stop.set()
            served.result(PATIENCE_S)


async def _serve(
    inbox: Inbox, ready: Future[int], stop: threading.Event, more: dict[str, Any]
) -> None:
    loop = asyncio.get_running_loop()

    def session() -> SMTP:
        return SMTP(inbox, hostname="localhost", loop=loop, **more)

    server = await loop.create_server(session, "127.0.0.1", 0)
    ready.set_result(server.sockets[0].getsockname()[1])
    await asyncio.to_thread(stop.wait)
    server.close()
