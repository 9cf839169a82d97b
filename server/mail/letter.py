"""A letter to one person, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final, Protocol
from uuid import UUID

from server.push.parcel import End

MAILBOX: Final = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*"
)
"""Plain ASCII, and nothing that could end a header or begin another address."""
MOST_ADDRESS: Final = 254


@dataclass(frozen=True, slots=True)
class Letter:
    """What is mailed to one person. Subject and text name no student, section or reason."""

    letter_id: UUID
    to: str = field(repr=False)
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of a letter: sent, later or refused; `detail` a sentence without its address."""

    letter: Letter
    end: End
    status: int | None = None
    detail: str = ""


class Mailer(Protocol):
    """Posts letters; answers each once."""

    def send(self, letters: Iterable[Letter], now: datetime) -> Iterator[Posted]:
        """Post all of them. Raises nothing that one letter or the mail server can cause."""


class NoMailer:
    """Where no mail server is set: refuses every letter."""

    def send(self, letters: Iterable[Letter], now: datetime) -> Iterator[Posted]:  # noqa: ARG002 - the Mailer's signature
        """Refuse all of them."""
        for letter in letters:
            yield Posted(letter, End.REFUSED, detail="This Rollbook sends no mail.")


def is_mailbox(address: str) -> bool:
    """Whether mail may be sent there: one plain address, and nothing beside it."""
    return len(address) <= MOST_ADDRESS and MAILBOX.fullmatch(address) is not None


def write_letter(letter: Letter, sender: str, now: datetime) -> bytes:
    """The letter as it goes over the wire. The same letter has the same Message-ID, so that one
    sent twice is shown once by who looks for that."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = " ".join(letter.subject.split())
    message["From"] = f"Rollbook <{sender}>"
    message["To"] = letter.to
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{letter.letter_id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message.as_bytes()
