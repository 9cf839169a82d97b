"""Settings fail loudly, all faults at once, each with its cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.settings import SETTINGS, BadSettings, Settings, from_environment

BAD = {
    "DATABASE_URL": ["mysql://x", "rollbook.db", ""],
    "PUBLIC_URL": [
        "rolls.example.org",
        "https://x.org/rollbook",
        "http://rolls.example.org",
        "ftp://x",
    ],
    "HOST": ["rolls.example.org", ""],
    "PORT": ["0", "65536", "http", "8000.5", "-1", "٨٠"],
    "PROCESSES": ["0", "many"],
    "THREADS": ["1", "9999999999999999999999"],
    "LOG_LEVEL": ["loud"],
    "TRUSTED_PROXIES": ["10.0.0.0/33", "proxy"],
    "SESSION_DAYS": ["0", "1000"],
    "OFFICE_SESSION_HOURS": ["0"],
    "HSTS_SUBDOMAINS": ["maybe"],
    "SMTP_URL": [
        "mail.example.org",
        "https://mail.example.org",
        "smtp://",
        "smtp://mail.example.org:0",
        "smtp://mail.example.org:99999",
        "smtp://user@mail.example.org",
        "smtp://mail.example.org/?tls=no",
    ],
    "MAIL_FROM": ["rollbook", "a@b@c", "x@y.org\nBcc: z@y.org", "Roll Book <x@y.org>"],
    "PUSH_CONTACT": ["it@school.example", "http://school.example", "mailto:it", "https://x", "x"],
    "PUSH_HOSTS": ["", "localhost", "127.0.0.1", "push.example.org.", "[::1]", "a.b, https://c.d"],
}


def test_nothing_set_gives_a_loopback_rollbook_on_sqlite() -> None:
    assert from_environment({"PATH": "/bin"}) == Settings()


def test_every_setting_says_what_it_is_for_and_has_bad_values_here() -> None:
    assert all(setting.help.endswith(".") for setting in SETTINGS.values())
    assert {name.lower() for name in BAD} == SETTINGS.keys()


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, vs in BAD.items() for v in vs])
def test_a_bad_value_is_an_error_that_names_the_variable(name: str, value: str) -> None:
    with pytest.raises(BadSettings) as told:
        from_environment({f"ROLLBOOK_{name}": value})
    assert [fault.partition(":")[0] for fault in told.value.faults] == [f"ROLLBOOK_{name}"]


@pytest.mark.parametrize(
    ("given", "needed"),
    [
        ({"ROLLBOOK_SMTP_URL": "smtp://127.0.0.1"}, "ROLLBOOK_MAIL_FROM"),
        ({"ROLLBOOK_MAIL_FROM": "rollbook@birch.example"}, "ROLLBOOK_SMTP_URL"),
    ],
)
def test_a_mail_server_and_an_address_go_together(given: dict[str, str], needed: str) -> None:
    with pytest.raises(BadSettings, match=f"{needed}: is needed"):
        from_environment(given)


def test_a_password_in_the_mail_servers_address_is_never_repeated() -> None:
    with pytest.raises(BadSettings) as told:
        from_environment({"ROLLBOOK_SMTP_URL": "smtp://u:hunter2@mail.example.org/x"})
    assert "hunter2" not in str(told.value)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(BadSettings) as told:
        from_environment({"ROLLBOOK_PORT": "x", "ROLLBOOK_THREADS": "x", "ROLLBOOK_TREADS": "8"})
    assert len(told.value.faults) == 3


def test_a_misspelt_variable_is_an_error_with_a_suggestion() -> None:
    with pytest.raises(BadSettings, match="Did you mean ROLLBOOK_DATABASE_URL"):
        from_environment({"ROLLBOOK_DATABASE": "sqlite:///x.db"})


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "url"
    secret.write_text("postgresql://rollbook:pw@db/rollbook\n", encoding="utf-8")
    settings = from_environment({"ROLLBOOK_DATABASE_URL_FILE": str(secret)})
    assert settings.database_url == "postgresql://rollbook:pw@db/rollbook"


def test_a_file_that_cannot_be_read_and_a_doubled_setting_are_errors(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="cannot be read"):
        from_environment({"ROLLBOOK_PORT_FILE": str(tmp_path / "none")})
    with pytest.raises(BadSettings, match="Keep one of the two"):
        from_environment({"ROLLBOOK_PORT": "1", "ROLLBOOK_PORT_FILE": str(tmp_path)})


def test_a_bad_database_url_is_not_repeated_for_its_password() -> None:
    with pytest.raises(BadSettings) as told:
        from_environment({"ROLLBOOK_DATABASE_URL": "mysql://me:hunter2@db"})
    assert "hunter2" not in str(told.value)


def test_sqlite_has_one_process() -> None:
    with pytest.raises(BadSettings, match="PostgreSQL"):
        from_environment({"ROLLBOOK_PROCESSES": "4"})
    several = {"ROLLBOOK_PROCESSES": "4", "ROLLBOOK_DATABASE_URL": "postgresql:///rollbook"}
    assert from_environment(several).processes == 4
