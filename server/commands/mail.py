"""`rollbook mail`: whether mail can be sent."""

from __future__ import annotations

from uuid import uuid4

import click

from server.clock import SystemClock
from server.commands import console
from server.mail.letter import Letter, is_mailbox
from server.mail.smtp import mailer_of
from server.push.parcel import End
from server.settings import PREFIX
from sync.remind_words import mail_of_test


@click.group(short_help="Whether mail can be sent.")
def mail() -> None:
    """Try the mail server that reminds who has no tablet to be reminded on."""


@mail.command(
    epilog="""\b
Example:
  rollbook mail test lind@birch.example""",
)
@click.argument("to")
def test(to: str) -> None:
    """Send a mail to the address TO now, and say what became of it."""
    settings = console.read_settings()
    now = SystemClock().now()
    mailer = mailer_of(settings.smtp_url, settings.mail_from)
    if mailer is None:
        raise console.BadInput(f"No mail server is set: {PREFIX}SMTP_URL and {PREFIX}MAIL_FROM.")
    if not is_mailbox(to):
        raise console.BadInput(f"{to!r} is no address that mail can be sent to.")
    words = mail_of_test(now)
    (posted,) = mailer.send([Letter(uuid4(), to, words.title, words.body)], now)
    if posted.end is not End.SENT:
        answered = f" It answered {posted.status}." if posted.status else ""
        raise console.NotNow(f"{posted.detail}{answered}")
    console.say(f"The mail server took it. Look whether it arrives at {to}.")
