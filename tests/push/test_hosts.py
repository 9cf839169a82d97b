"""Which endpoints may be asked (T6): each way to lead a server elsewhere that we could think of."""

from __future__ import annotations

import pytest

from server.push.hosts import PUSH_HOSTS, NotAllowed, is_on, read_endpoint
from server.settings import from_environment

FCM = "https://fcm.googleapis.com"
GOOD = {
    f"{FCM}/fcm/send/eX4mPl3:APA91bH-_x": "Chrome",
    f"{FCM}/wp/dGVzdA:APA91b": "Chrome, newer",
    f"{FCM}:443/fcm/send/a": "the usual port, written out",
    "https://updates.push.services.mozilla.com/wpush/v2/gAAAAABk_-": "Firefox",
    "https://push.services.mozilla.com/wpush/v1/abc": "the name of the list itself",
    "https://web.push.apple.com/QNvZ0aYj2lSM8JzEK0pmmQ": "Safari",
    "https://wns2-par02p.notify.windows.com/w/?token=BQYAAAC%2fX1%3d%3d": "Edge",
    "https://db5p.notify.windows.com/w/?token=AwYAAA": "Edge",
}
BAD = {
    # no https
    "http://fcm.googleapis.com/fcm/send/a": "plain",
    "HTTPS://fcm.googleapis.com/fcm/send/a": "not as browsers write it",
    "ftp://fcm.googleapis.com/a": "another scheme",
    "file:///etc/passwd": "a file",
    "gopher://fcm.googleapis.com/a": "gopher",
    "unix:///var/run/docker.sock": "a socket",
    "data:text/plain,a": "data",
    "//fcm.googleapis.com/a": "no scheme",
    "fcm.googleapis.com/a": "no scheme either",
    "https:fcm.googleapis.com/a": "no slashes",
    "https:/fcm.googleapis.com/a": "one slash",
    "https:///fcm.googleapis.com/a": "three",
    "https:\\\\fcm.googleapis.com\\a": "slashes the other way",
    # another port
    f"{FCM}:8443/a": "8443",
    f"{FCM}:80/a": "80",
    f"{FCM}:0/a": "0",
    f"{FCM}:/a": "an empty port",
    f"{FCM}:0443/a": "443 with a nought",
    f"{FCM}:443:22/a": "two ports",
    f"{FCM}:４４３/a": "full-width digits",
    # somebody before the @
    "https://fcm.googleapis.com@evil.example/a": "the host is evil.example",
    "https://user:pass@fcm.googleapis.com/a": "a user",
    "https://@fcm.googleapis.com/a": "nobody",
    "https://evil.example\\@fcm.googleapis.com/a": "a backslash",
    "https://evil.example#@fcm.googleapis.com/a": "a fragment",
    "https://fcm.googleapis.com%40evil.example/a": "an escaped @",
    # names that look alike
    "https://evil.example/a": "not on the list",
    "https://fcm.googleapis.com.evil.example/a": "the list's name in front",
    "https://evilfcm.googleapis.com/a": "no dot between",
    "https://googleapis.com/a": "above the list's name",
    "https://storage.googleapis.com/a": "beside it",
    "https://com/a": "one label",
    f"{FCM}./fcm/send/a": "a dot at the end",
    "https://.fcm.googleapis.com/a": "a dot before",
    "https://a..fcm.googleapis.com/a": "two dots",
    "https://-a.fcm.googleapis.com/a": "a hyphen first",
    "https://a_b.push.apple.com/a": "an underscore",
    "https://fcm。googleapis。com/a": "ideographic dots",
    "https://fcm.googleapis.cоm/a": "a Cyrillic o",
    "https://ｆcm.googleapis.com/a": "a full-width f",
    "https://xn--fcm-googleapis.push.apple.com/a": "punycode",
    "https://fcm.googleapis.com%00.evil.example/a": "a NUL",
    "https://fcm.googleapis.com%2eevil.example/a": "an escaped dot",
    f"https://{'a' * 64}.push.apple.com/a": "a label of 64",
    f"https://{'a.' * 125}push.apple.com/a": "a name of 264",
    # addresses, in every spelling
    "https://127.0.0.1/a": "loopback",
    "https://169.254.169.254/latest/meta-data": "a cloud's metadata",
    "https://10.0.0.1/a": "inside",
    "https://2130706433/a": "a number",
    "https://0x7f000001/a": "hexadecimal",
    "https://0177.0.0.1/a": "octal",
    "https://127.1/a": "short",
    "https://[::1]/a": "IPv6 loopback",
    "https://[::ffff:10.0.0.1]/a": "IPv4 in IPv6",
    "https://[fe80::1%25eth0]/a": "link-local",
    "https://1.2.3.4.push.apple.com.nip.io/a": "a name for an address",
    "https://localhost/a": "localhost",
    # what follows
    f"{FCM}": "no path",
    f"{FCM}/": "an empty path",
    f"{FCM}?a": "no path, a query",
    f"{FCM}/a#b": "a fragment",
    f"{FCM}/a b": "a space",
    f"{FCM}/a\r\nHost: evil.example": "another header",
    f"{FCM}/a\n": "a line's end",
    f" {FCM}/a": "a space before",
    f"{FCM}/\\evil": "a backslash",
    f"{FCM}/é": "not ASCII",
    f"{FCM}/a\x00b": "a NUL",
    f"{FCM}/{'a' * 1500}": "too long",
    "": "nothing",
}


def test_the_table_is_long() -> None:
    assert len(BAD) >= 60


@pytest.mark.parametrize("endpoint", GOOD, ids=list(GOOD.values()))
def test_P5_what_browsers_are_given_by_their_push_services_is_taken(endpoint: str) -> None:
    read = read_endpoint(endpoint, PUSH_HOSTS)
    assert endpoint.replace(":443", "") == f"{read.origin}{read.target}"


@pytest.mark.parametrize("endpoint", BAD, ids=list(BAD.values()))
def test_P5_what_could_lead_elsewhere_is_refused_without_being_repeated(endpoint: str) -> None:
    with pytest.raises(NotAllowed) as told:
        read_endpoint(endpoint, PUSH_HOSTS)
    assert str(told.value).endswith(".")
    assert endpoint == "" or endpoint not in str(told.value)


def test_P5_a_school_names_its_own_push_services() -> None:
    settings = from_environment(
        {"ROLLBOOK_PUSH_HOSTS": "push.example.org, Autopush.school.example"}
    )
    hosts = settings.push_hosts
    assert hosts == ("push.example.org", "autopush.school.example")
    assert is_on("eu.push.example.org", hosts)
    assert not is_on("fcm.googleapis.com", hosts)


def test_a_push_service_may_write_to_the_public_url_where_no_contact_is_named() -> None:
    https = {"ROLLBOOK_PUBLIC_URL": "https://rolls.school.example:8443"}
    assert from_environment(https).push_signature == "https://rolls.school.example"
    named = https | {"ROLLBOOK_PUSH_CONTACT": "mailto:it@school.example"}
    assert from_environment(named).push_signature == "mailto:it@school.example"
    assert from_environment({}).push_signature.startswith("mailto:")
