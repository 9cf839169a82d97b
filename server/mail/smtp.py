"""Posts letters by SMTP: encrypted but on this very machine, bounded in time, one connection a go.

Whatever the server does, no letter is lost by it: what it did not clearly take or refuse may be
tried again.
"""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address
from time import monotonic
from urllib.parse import unquote, urlsplit

from server.mail.letter import Letter, Posted, is_mailbox, write_letter
from server.push.parcel import End

TIME_OUT_S = 5.0
LONGEST_GO_S = 30.0
PORTS = {"smtp": 587, "smtps": 465}
NO_TLS = "The mail server offers no encryption (STARTTLS)."
AWAY = "The mail server cannot be reached."
SILENT = "The mail server does not answer in time."
NO_PASSWORD = "The mail server does not take the user and password."  # noqa: S105 no password
NO_LETTER = "The mail server does not take the letter."
NO_ADDRESS = "The address is not one that mail can be sent to."
NO_SENDER = "The mail server does not take mail from this address."


class NoMail(Exception):
    """The mail server takes no mail now, and why."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail goes, as its address says."""

    encrypted: bool
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def is_here(self) -> bool:
        """Whether it is on this machine, where nobody listens in."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def read_mail_server(url: str) -> MailServer:
    """The server of a checked `smtp://` or `smtps://` address."""
    parts = urlsplit(url)
    return MailServer(
        encrypted=parts.scheme == "smtps",
        host=parts.hostname or "",
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def mailer_of(url: str, sender: str) -> SmtpMailer | None:
    """The mailer that the settings say; none where no mail server is set."""
    return SmtpMailer(read_mail_server(url), sender) if url else None


class SmtpMailer:
    """Posts letters at one server. `trust`: whose certificates are believed."""

    def __init__(
        self, server: MailServer, sender: str, trust: ssl.SSLContext | None = None
    ) -> None:
        """Take where mail goes and whom it is from."""
        self._server = server
        self._sender = sender
        self._trust = trust or ssl.create_default_context()

    def send(self, letters: Iterable[Letter], now: datetime) -> Iterator[Posted]:
        """Post all of them over one connection; when it breaks, the rest may be tried later."""
        waiting = list(letters)
        with contextlib.ExitStack() as stack:
            try:
                connection = stack.enter_context(self._connect())
            except NoMail as no_mail:
                yield from _put_off(waiting, str(no_mail))
                return
            until = monotonic() + LONGEST_GO_S
            while waiting:
                posted = self._post(connection, waiting.pop(0), now)
                yield posted
                if connection.sock is None or monotonic() > until:
                    yield from _put_off(waiting, posted.detail or SILENT)
                    return

    @contextlib.contextmanager
    def _connect(self) -> Iterator[smtplib.SMTP]:
        """A connection that letters may be posted on. Raises NoMail."""
        with _or_no_mail():
            connection = self._open()
        try:
            with _or_no_mail():
                self._greet(connection)
            yield connection
        finally:
            connection.close()

    def _open(self) -> smtplib.SMTP:
        server = self._server
        if server.encrypted:
            return smtplib.SMTP_SSL(
                server.host, server.port, timeout=TIME_OUT_S, context=self._trust
            )
        return smtplib.SMTP(server.host, server.port, timeout=TIME_OUT_S)

    def _greet(self, connection: smtplib.SMTP) -> None:
        server = self._server
        connection.ehlo_or_helo_if_needed()
        if not server.encrypted and not server.is_here:
            if not connection.has_extn("starttls"):
                raise NoMail(NO_TLS)
            connection.starttls(context=self._trust)
            connection.ehlo()
        if server.user:
            connection.login(server.user, server.password)

    def _post(self, connection: smtplib.SMTP, letter: Letter, now: datetime) -> Posted:
        if not is_mailbox(letter.to):
            return Posted(letter, End.REFUSED, detail=NO_ADDRESS)
        try:
            message = write_letter(letter, self._sender, now)
            connection.sendmail(self._sender, [letter.to], message)
        except smtplib.SMTPRecipientsRefused as refused:
            ((code, _),) = refused.recipients.values()
            return _answered(letter, code, NO_ADDRESS)
        except smtplib.SMTPSenderRefused as refused:
            return Posted(letter, End.LATER, refused.smtp_code, NO_SENDER)
        except smtplib.SMTPResponseException as refused:
            return _answered(letter, refused.smtp_code, NO_LETTER)
        except (smtplib.SMTPException, OSError) as error:
            connection.close()
            return Posted(letter, End.LATER, detail=_why(error))
        return Posted(letter, End.SENT, 250)


def _put_off(letters: Iterable[Letter], why: str) -> Iterator[Posted]:
    for letter in letters:
        yield Posted(letter, End.LATER, detail=why)


def _answered(letter: Letter, code: int, said: str) -> Posted:
    """5xx is for good, anything else for now."""
    return Posted(letter, End.REFUSED if 500 <= code < 600 else End.LATER, code, said)


@contextlib.contextmanager
def _or_no_mail() -> Iterator[None]:
    try:
        yield
    except smtplib.SMTPAuthenticationError as refused:
        raise NoMail(NO_PASSWORD) from refused
    except (smtplib.SMTPException, OSError) as error:
        raise NoMail(_why(error)) from error


def _why(error: Exception) -> str:
    if isinstance(error, ssl.SSLError):
        return "The mail server's certificate cannot be trusted."
    late = isinstance(error, TimeoutError) or "timed out" in str(error).lower()
    return SILENT if late else AWAY
