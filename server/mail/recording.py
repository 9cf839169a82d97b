"""A mailer that keeps what it is given: for tests and for trying out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from server.mail.letter import Letter, Posted
from server.push.parcel import End


def taken(letter: Letter) -> Posted:
    """As a mail server answers that takes everything."""
    return Posted(letter, End.SENT, 250)


class RecordingMailer:
    """Keeps the letters in `sent`, in their order; `answer` says what became of each."""

    def __init__(self, answer: Callable[[Letter], Posted] = taken) -> None:
        """Take how to answer."""
        self.answer = answer
        self.sent: list[Letter] = []

    def send(self, letters: Iterable[Letter], now: datetime) -> Iterator[Posted]:  # noqa: ARG002 - the Mailer's signature
        """Keep each and answer."""
        for letter in letters:
            self.sent.append(letter)
            yield self.answer(letter)
