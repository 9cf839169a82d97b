"""Mail for who has no tablet to be reminded on: what, when, how often, and how it is posted."""

from __future__ import annotations

import socket
import ssl
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from typing import Any
from uuid import uuid4

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from click.testing import CliRunner

from server.cli import cli
from server.mail import smtp
from server.mail.letter import Letter, is_mailbox, write_letter
from server.mail.smtp import MailServer, SmtpMailer, mailer_of, read_mail_server
from server.push.parcel import End
from server.services.digest import write_digests
from tests.support import cast
from tests.support.api import School
from tests.support.certificates import new_authority
from tests.support.mailbox import HangsUp, Inbox, mail_server
from tests.support.reminding import MESSAGE, ROLL, Bell

NOW = datetime(2026, 10, 6, 15, 25, tzinfo=UTC)
FROM = "rollbook@birch.example"


@pytest.fixture
def bell(school: School) -> Bell:
    """Tuesday, 8:03; everybody has a mailbox and nobody a tablet that is set to remind."""
    bell = Bell(school)
    for person in school.cast.people:
        bell.email(person)
    return bell


def test_R7_2_a_mail_goes_from_ten_minutes_after_the_deadline_on(bell: Bell) -> None:
    everyone = bell.school.cast
    bell.until(9)
    assert bell.told(everyone.ruiz) == ["8:25 mail Period 1 roll was due at 8:15"]
    assert bell.told(everyone.lind) == ["8:30 mail 1 roll not taken, period 1"]
    assert bell.told(everyone.moss) == ["8:45 mail 1 roll not taken, period 1"]
    assert bell.reminders(everyone.ruiz) == [
        ("teachers-5", "unreachable"),
        ("teachers+0", "unreachable"),
        ("teachers+10", "sent"),
    ]


def test_R7_2_one_an_hour_says_what_came_up_meanwhile(bell: Bell) -> None:
    """The office: 8A at 8:30, 8B at 9:30; with a second one due at 8:20 it waits until 9:30."""
    everyone, school = bell.school.cast, bell.school
    soon = {"due_at": cast.local(cast.TUESDAY, 8, 20), "remind_at": cast.local(cast.TUESDAY, 8, 15)}
    school.change(ROLL, soon, roll_id=everyone.eight_b.roll())
    bell.until(9, 45)
    assert bell.told(everyone.lind) == [
        "8:30 mail 1 roll not taken, period 1",
        "9:30 mail 2 rolls not taken, periods 1 and 2",
    ]
    (first, second) = [one for one in bell.said if one.staff_id == everyone.lind.staff_id]
    assert second.at - first.at == timedelta(hours=1)
    assert second.body.startswith(
        "Not taken yet:\n  Period 1, due 8:15: 1\n  Period 2, due 8:20: 1"
    )
    assert {state for _, state in bell.reminders(everyone.lind)} == {"sent"}


def test_R7_2_what_joined_a_mail_that_waits_is_cancelled_when_it_is_received(bell: Bell) -> None:
    everyone, school = bell.school.cast, bell.school
    soon = {"due_at": cast.local(cast.TUESDAY, 8, 20), "remind_at": cast.local(cast.TUESDAY, 8, 15)}
    school.change(ROLL, soon, roll_id=everyone.eight_b.roll())
    bell.until(8, 40)
    for person, one in ((everyone.ruiz, everyone.eight_a), (everyone.brandt, everyone.eight_b)):
        tablet = school.tablet(person)
        tablet.push(tablet.op(one))
    bell.until(9, 45)
    assert bell.told(everyone.lind) == ["8:30 mail 1 roll not taken, period 1"]
    assert ("office+15", "cancelled") in bell.reminders(everyone.lind)


def test_a_mail_names_periods_times_and_a_link_and_nobody(bell: Bell) -> None:
    bell.until(8, 25)
    (letter,) = [one for one in bell.mailer.sent if one.to.startswith("ruiz")]
    roll_id = bell.school.cast.eight_a.roll()
    assert letter.text.splitlines()[:4] == [
        "This roll has not been received:",
        "  Period 1, due 8:15",
        "",
        f"It still counts: https://rolls.birch.example/#/roll/{roll_id}",
    ]
    people = {part for one in bell.school.cast.people for part in one.name.split() if len(part) > 2}
    never = people | set(cast.GIVEN) | set(cast.FAMILY) | {"8A", "8B", "Mathematics"}
    for one in bell.mailer.sent:
        words = set(f"{one.subject} {one.text}".replace(",", " ").replace(".", " ").split())
        assert words & never == set()


def test_R7_5_at_the_digest_time_the_office_hears_how_many_are_missing_once(bell: Bell) -> None:
    everyone, school = bell.school.cast, bell.school
    ruiz = school.tablet(everyone.ruiz)
    ruiz.push(ruiz.op(everyone.eight_a))
    school.clock.set(cast.local(cast.TUESDAY, 16, 59))
    assert write_digests(school.engine, school.clock.now()) == 0
    school.clock.set(cast.local(cast.TUESDAY, 17))
    assert write_digests(school.engine, school.clock.now()) == 2  # Alder has no office
    assert write_digests(school.engine, school.clock.now()) == 0
    bell.send()
    assert bell.told(everyone.lind) == ["17:00 mail 1 of 2 rolls not taken on Oct 6"]
    (said,) = [one for one in bell.said if one.staff_id == everyone.moss.staff_id]
    assert (
        said.body
        == "Not taken:\n  Period 2: 1 of 1\n\nThe board: https://rolls.birch.example/office/\n"
    )


def test_R7_5_a_full_day_and_a_day_without_school_write_nothing(bell: Bell) -> None:
    everyone, school = bell.school.cast, bell.school
    for person, one in ((everyone.ruiz, everyone.eight_a), (everyone.brandt, everyone.eight_b)):
        tablet = school.tablet(person)
        tablet.push(tablet.op(one))
    school.clock.set(cast.local(cast.TUESDAY, 17))
    write_digests(school.engine, school.clock.now())
    school.clock.set(cast.local(cast.HOLIDAY, 17))
    write_digests(school.engine, school.clock.now())
    assert school.rows(MESSAGE) == []


# --- how it is posted: a real SMTP server on loopback


def letter(to: str = "ruiz@birch.example", subject: str = "Period 1 roll is due at 8:15") -> Letter:
    return Letter(uuid4(), to, subject, "It still counts.\n")


def post(mailer: SmtpMailer, *letters: Letter) -> list[tuple[End, int | None, str]]:
    return [(one.end, one.status, one.detail) for one in mailer.send(letters, NOW)]


def here(port: int, **more: Any) -> SmtpMailer:
    return SmtpMailer(MailServer(False, "127.0.0.1", port, **more), FROM)


def test_letters_arrive_as_they_were_written() -> None:
    inbox, one = Inbox(), letter()
    with mail_server(inbox) as port:
        assert post(here(port), one, letter("lind@birch.example")) == [(End.SENT, 250, "")] * 2
    first, second = inbox.received
    assert first["Subject"] == "Period 1 roll is due at 8:15"
    assert (first["To"], second["To"]) == ("ruiz@birch.example", "lind@birch.example")
    assert first["From"] == f"Rollbook <{FROM}>"
    assert first["Message-ID"] == f"<{one.letter_id}@birch.example>"
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["Date"] == "Tue, 06 Oct 2026 15:25:00 +0000"
    assert first.get_payload().replace("\r\n", "\n") == "It still counts.\n"


def test_who_is_refused_is_refused_and_the_others_get_theirs() -> None:
    inbox = Inbox({"gone@birch.example": "550 no such user", "full@birch.example": "452 full"})
    with mail_server(inbox) as port:
        told = post(
            here(port), letter("gone@birch.example"), letter("full@birch.example"), letter()
        )
    assert told == [
        (End.REFUSED, 550, smtp.NO_ADDRESS),
        (End.LATER, 452, smtp.NO_ADDRESS),
        (End.SENT, 250, ""),
    ]
    assert len(inbox.received) == 1


@pytest.mark.parametrize(
    "address",
    [
        "ruiz@birch.example\r\nBcc: all@birch.example",
        "ruiz@birch.example, all@birch.example",
        "Ruiz <ruiz@birch.example>",
        "ruiz",
        "ruiz@",
        "",
        "rüiz@birch.example",
        "r" * 300 + "@birch.example",
    ],
)
def test_an_address_that_is_more_than_an_address_gets_nothing(address: str) -> None:
    inbox = Inbox()
    with mail_server(inbox) as port:
        assert post(here(port), letter(address)) == [(End.REFUSED, None, smtp.NO_ADDRESS)]
    assert inbox.received == []
    assert not is_mailbox(address)


def test_a_subject_with_line_breaks_adds_no_header() -> None:
    written = write_letter(letter(subject="Due\r\nBcc: all@birch.example"), FROM, NOW)
    headers = message_from_bytes(written)
    assert headers["Bcc"] is None
    assert headers["Subject"] == "Due Bcc: all@birch.example"


def test_nobody_listening_and_nobody_answering_put_letters_off_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(smtp, "TIME_OUT_S", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes the connection, says nothing
        port = silent.getsockname()[1]
        assert post(here(port), letter(), letter()) == [(End.LATER, None, smtp.SILENT)] * 2
    assert post(here(port), letter()) == [(End.LATER, None, smtp.AWAY)]


def test_a_server_that_hangs_up_in_the_middle_loses_no_letter() -> None:
    inbox = HangsUp()
    with mail_server(inbox) as port:
        told = post(here(port), letter(), letter(), letter())
    assert [end for end, *_ in told] == [End.SENT, End.LATER, End.LATER]
    assert len(inbox.received) == 1


def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server counts as one that is not on this machine."""
    monkeypatch.setattr(MailServer, "is_here", property(lambda _: False))


def test_without_encryption_nothing_leaves_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere(monkeypatch)
    inbox = Inbox()
    with mail_server(inbox) as port:
        assert post(here(port), letter()) == [(End.LATER, None, smtp.NO_TLS)]
    assert inbox.received == []


@pytest.fixture(scope="module")
def trusted() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's side of TLS and a client's that believes it."""
    authority = new_authority()
    return authority.serving(["localhost"]), authority.trusting()


def test_with_starttls_and_a_password_it_arrives(
    monkeypatch: pytest.MonkeyPatch, trusted: tuple[ssl.SSLContext, ssl.SSLContext]
) -> None:
    elsewhere(monkeypatch)
    inbox, (ours, theirs) = Inbox(), trusted

    def check(*said: Any) -> AuthResult:
        login = said[-1]
        assert isinstance(login, LoginPassword)
        fits = (login.login, login.password) == (b"roll", b"b:ook")
        return AuthResult(success=fits, handled=False)

    more = {"tls_context": ours, "authenticator": check, "auth_required": True}
    with mail_server(inbox, **more) as port:
        known = MailServer(False, "localhost", port, "roll", "b:ook")
        assert post(SmtpMailer(known, FROM, theirs), letter()) == [(End.SENT, 250, "")]
        wrong = MailServer(False, "localhost", port, "roll", "else")
        assert post(SmtpMailer(wrong, FROM, theirs), letter()) == [
            (End.LATER, None, smtp.NO_PASSWORD)
        ]
        (end, _, detail) = post(SmtpMailer(known, FROM), letter())[0]
        assert (end, "certificate" in detail) == (End.LATER, True)
    assert len(inbox.received) == 1


def test_the_servers_address_is_read_with_its_password() -> None:
    assert read_mail_server("smtp://roll:b%3Aook@mail.example.org") == MailServer(
        False, "mail.example.org", 587, "roll", "b:ook"
    )
    assert read_mail_server("smtps://mail.example.org") == MailServer(True, "mail.example.org", 465)
    assert "b:ook" not in repr(read_mail_server("smtp://roll:b%3Aook@mail.example.org"))
    assert mailer_of("", "") is None


def test_the_operator_can_try_it(monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = Inbox()
    with mail_server(inbox) as port:
        monkeypatch.setenv("ROLLBOOK_SMTP_URL", f"smtp://127.0.0.1:{port}")
        monkeypatch.setenv("ROLLBOOK_MAIL_FROM", FROM)
        told = CliRunner().invoke(cli, ["mail", "test", "lind@birch.example"])
        assert (told.exit_code, "took it" in told.output) == (0, True)
        assert inbox.received[0]["To"] == "lind@birch.example"
        assert CliRunner().invoke(cli, ["mail", "test", "lind"]).exit_code == 2
    assert CliRunner().invoke(cli, ["mail", "test", "lind@birch.example"]).exit_code == 3
    monkeypatch.delenv("ROLLBOOK_SMTP_URL")
    monkeypatch.delenv("ROLLBOOK_MAIL_FROM")
    told = CliRunner().invoke(cli, ["mail", "test", "lind@birch.example"])
    assert (told.exit_code, "SMTP_URL" in told.output) == (2, True)
