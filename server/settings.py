"""Settings from ROLLBOOK_* variables (or ROLLBOOK_*_FILE, naming a file that holds the value).

Every bad value is reported at once, with the cure; an unknown variable is an error, so that a
misspelt one cannot be silently ignored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from server.mail.letter import is_mailbox
from server.push.hosts import PUSH_HOSTS, is_on

PREFIX = "ROLLBOOK_"
CONTACT_FORM = re.compile(
    r"mailto:[^\s@:]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}|https://[^\s/@:]+\.[^\s@]+"
)
Network = IPv4Network | IPv6Network
LEVELS = ("debug", "info", "warning", "error")


class BadSettings(Exception):
    """Settings that cannot be used; `faults` has one line each, with the cure."""

    def __init__(self, faults: list[str]) -> None:
        """Take all that is wrong."""
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable: how it is read, what it is when left out, and what it is for."""

    default: str
    read: Callable[[str], Any]
    help: str


@dataclass(frozen=True, slots=True)
class Settings:
    """How this Rollbook runs."""

    database_url: str = "sqlite:///rollbook.db"
    public_url: str = "http://127.0.0.1:8000"
    host: str = "127.0.0.1"
    port: int = 8000
    processes: int = 1
    threads: int = 16
    log_level: str = "info"
    trusted_proxies: tuple[Network, ...] = ()
    session_days: int = 90
    office_session_hours: int = 12
    hsts_subdomains: bool = True
    smtp_url: str = ""
    mail_from: str = ""
    push_contact: str = ""
    push_hosts: tuple[str, ...] = PUSH_HOSTS

    @property
    def mails(self) -> bool:
        """Whether mail can be sent."""
        return bool(self.smtp_url)

    @property
    def is_https(self) -> bool:
        """Whether browsers reach it encrypted: then cookies are Secure and HSTS is sent."""
        return self.public_url.startswith("https:")

    @property
    def push_signature(self) -> str:
        """Whom a push service's operator may write to; Apple refuses an address that is none."""
        if self.push_contact:
            return self.push_contact
        host = urlsplit(self.public_url).hostname
        return f"https://{host}" if self.is_https else "mailto:rollbook@localhost.localdomain"

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is one file."""
        return self.database_url.startswith("sqlite:")


def from_environment(environment: Mapping[str, str]) -> Settings:
    """Read the settings. Raises BadSettings, listing every fault."""
    faults: list[str] = []
    given = _given(environment, faults)
    values: dict[str, Any] = {}
    for name, setting in SETTINGS.items():
        try:
            values[name] = setting.read(given.get(name, setting.default))
        except ValueError as error:
            faults.append(f"{PREFIX}{name.upper()}: {error}")
    if faults:
        raise BadSettings(faults)
    return _checked_together(Settings(**values))


def _given(environment: Mapping[str, str], faults: list[str]) -> dict[str, str]:
    """What the environment says, by our names."""
    given: dict[str, str] = {}
    for variable in sorted(name for name in environment if name.startswith(PREFIX)):
        name = variable.removeprefix(PREFIX).lower()
        in_file = name.endswith("_file") and name not in SETTINGS
        name = name.removesuffix("_file") if in_file else name
        if name not in SETTINGS:
            faults.append(f"{variable}: there is no such setting.{_perhaps(name)}")
        elif name in given:
            faults.append(f"{variable}: is also set without _FILE. Keep one of the two.")
        else:
            given[name] = environment[variable]
            if in_file:
                given[name] = _read_file(variable, environment[variable], faults)
    return given


def _perhaps(name: str) -> str:
    close = get_close_matches(name, SETTINGS, n=1)
    return (
        f" Did you mean {PREFIX}{close[0].upper()}?" if close else " See `rollbook serve --help`."
    )


def _read_file(variable: str, path: str, faults: list[str]) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        faults.append(f"{variable}: {path} cannot be read ({reason}).")
        return ""


def _checked_together(settings: Settings) -> Settings:
    """The settings, if values that are right by themselves go together."""
    if settings.is_sqlite and settings.processes > 1:
        fault = f"{PREFIX}PROCESSES: SQLite takes 1 process, not {settings.processes}."
        raise BadSettings([f"{fault} Use PostgreSQL for more, or raise {PREFIX}THREADS."])
    if bool(settings.smtp_url) != bool(settings.mail_from):
        missing = "SMTP_URL" if settings.mail_from else "MAIL_FROM"
        given = "MAIL_FROM" if settings.mail_from else "SMTP_URL"
        raise BadSettings([f"{PREFIX}{missing}: is needed where {PREFIX}{given} is set."])
    return settings


def _database(value: str) -> str:
    known = ("sqlite:///", "postgresql://", "postgresql+psycopg://")
    if not value.startswith(known):
        # The value is not repeated: it may hold a password.
        raise ValueError("must be sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE.")
    return value


def _public_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"{value!r} is no address. Write it as https://rollbook.school.example.")
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise ValueError("must end after the host (and port): Rollbook has a host of its own.")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise ValueError(
            "must be https: browsers keep nothing offline over plain http, except on 127.0.0.1."
        )
    return value.rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _smtp(value: str) -> str:
    """Where mail goes. The value is not repeated: it may hold a password."""
    if not value:
        return ""
    form = "Write it as smtp://USER:PASSWORD@HOST:587 or smtps://HOST:465."
    try:
        parts = urlsplit(value)
        port_fits = parts.port != 0
    except ValueError:
        raise ValueError(f"is no address of a mail server. {form}") from None
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or not port_fits:
        raise ValueError(f"is no address of a mail server. {form}")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError(f"must end after the host and port. {form}")
    if (parts.username is None) != (parts.password is None):
        raise ValueError(f"has a user or a password, but not both. {form}")
    return value


def _mail_from(value: str) -> str:
    if value and not is_mailbox(value):
        raise ValueError(f"{value!r} is no address. Write it as rollbook@school.example.")
    return value


def _host(value: str) -> str:
    try:
        return str(ip_address(value))
    except ValueError:
        if value == "localhost":
            return "127.0.0.1"
        raise ValueError(
            f"{value!r} is no address to listen on. Use 127.0.0.1 behind a proxy, 0.0.0.0 for all."
        ) from None


def _number(least: int, most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not (value.isascii() and value.isdigit() and least <= int(value[:9]) <= most):
            raise ValueError(f"{value!r} is not a whole number from {least} to {most}.")
        return int(value)

    return read


def _level(value: str) -> str:
    if value.lower() not in LEVELS:
        raise ValueError(f"{value!r} is none of {', '.join(LEVELS)}.")
    return value.lower()


def _yes_or_no(value: str) -> bool:
    if value.lower() not in {"yes", "no"}:
        raise ValueError(f"{value!r} is neither yes nor no.")
    return value.lower() == "yes"


def _networks(value: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(part.strip()) for part in value.split(",") if part.strip())
    except ValueError as error:
        raise ValueError(
            f"{error}. Write addresses or networks with commas: 10.0.0.5, 192.168.1.0/24."
        ) from None


def _contact(value: str) -> str:
    if value and not CONTACT_FORM.fullmatch(value):
        raise ValueError(
            f"{value!r} is no contact. Write mailto:it@school.example or https://school.example."
        )
    return value


def _push_hosts(value: str) -> tuple[str, ...]:
    hosts = tuple(part.strip().lower() for part in value.split(",") if part.strip())
    wrong = [host for host in hosts if not is_on(host, hosts)]
    if wrong or not hosts:
        shown = f"{wrong[0]!r} is no host name" if wrong else "No host is named"
        raise ValueError(f"{shown}. Write names with commas: push.example.org.")
    return hosts


SETTINGS: Final = {
    "database_url": Setting(
        "sqlite:///rollbook.db",
        _database,
        "Where the record is: sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE.",
    ),
    "public_url": Setting(
        "http://127.0.0.1:8000", _public_url, "The address that people type; https but on loopback."
    ),
    "host": Setting("127.0.0.1", _host, "The address to listen on."),
    "port": Setting("8000", _number(1, 65535), "The port to listen on."),
    "processes": Setting("1", _number(1, 64), "Worker processes; more than 1 needs PostgreSQL."),
    "threads": Setting("16", _number(2, 256), "Requests that one process works on at once."),
    "log_level": Setting("info", _level, "How much is logged: debug, info, warning or error."),
    "trusted_proxies": Setting(
        "", _networks, "Proxies whose X-Forwarded-For is believed: addresses or networks."
    ),
    "session_days": Setting("90", _number(1, 366), "How long a teacher's tablet stays signed in."),
    "office_session_hours": Setting(
        "12", _number(1, 24 * 30), "How long office and administrators stay signed in."
    ),
    "hsts_subdomains": Setting(
        "yes", _yes_or_no, "Whether browsers are told that all subdomains are https too."
    ),
    "smtp_url": Setting(
        "",
        _smtp,
        "The mail server for who has no notifications: smtp://USER:PASSWORD@HOST:587 or smtps://…;"
        " none: no mail.",
    ),
    "mail_from": Setting("", _mail_from, "The address that mail comes from."),
    "push_contact": Setting(
        "", _contact, "Whom push services may write to: mailto: or https:; else the public URL."
    ),
    "push_hosts": Setting(
        ", ".join(PUSH_HOSTS), _push_hosts, "Push services that may be asked, with all below them."
    ),
}
