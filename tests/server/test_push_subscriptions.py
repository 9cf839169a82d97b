"""Who is reminded on which tablet: subscribed from the page, ended by whatever ends their leave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner

from schemas.words import Way
from server.cli import cli
from server.db import reading
from server.jobs.sweep import expire_sessions
from server.models import PushSubscription, VapidKey, table_of
from server.push.addresses import Network
from server.services.backup import back_up, restore
from server.services.issue_passwords import issue_password
from server.services.reach import reach_of
from server.services.subscribe import MOST
from server.services.vapid import give_vapid_key, rotate_vapid_key
from tests.server.guest_tablet import asked, at, code_of, issue, redeem, signed_in
from tests.support import cast
from tests.support.api import OURS, School, Tablet, open_school
from tests.support.pushing import PushBrowser, offer, spell, subscribe

Tree = dict[str, Any]
SUBSCRIPTIONS, KEYS = table_of(PushSubscription), table_of(VapidKey)
WHY = {"why": "It was left in the bus."}


@pytest.fixture
def ruiz(school: School) -> Tablet:
    """Ruiz, signed in with her password."""
    return signed_in(school, school.cast.ruiz)


def _here(tablet: Tablet) -> Tree:
    told: Tree = tablet.get("push")["subscription"]
    return told


def _ended(tablet: Tablet) -> str | None:
    """Why the newest subscription here ended; None while it lives."""
    why: str | None = _here(tablet)["ended_why"]
    return why


def _reached(school: School, *people: cast.Person) -> list[UUID]:
    """Who of them can be reached by push at present."""
    with reading(school.engine) as connection:
        staff = [one.staff_id for one in people]
        found = reach_of(connection, school.cast.birch, staff, school.clock.now())
    return sorted(one for one, reach in found.items() if reach.way is Way.PUSH)


def _sign_out(tablet: Tablet) -> None:
    headers = OURS | {"Rollbook-Grant": tablet.grant}
    answer = tablet.client.post("/api/v1/sign-out", json={}, headers=headers)
    assert answer.status_code == 204


def test_P1_a_tablet_learns_the_key_and_is_subscribed(school: School, ruiz: Tablet) -> None:
    before = ruiz.get("push")
    assert before["subscription"] is None
    (key,) = school.rows(KEYS)
    assert (before["key_id"], before["public"]) == (str(key.key_id), spell(key.public))
    told = subscribe(ruiz)
    assert told == ruiz.get("push")
    assert told["subscription"] | {"subscription_id": ""} == {
        "subscription_id": "",
        "key_id": before["key_id"],
        "language": "en",
        "created_at": "2026-10-06T15:03:00.000Z",
        "last_ok_at": None,
        "ended_at": None,
        "ended_why": None,
    }


def test_P1_two_people_on_one_tablet_have_a_subscription_each(school: School, ruiz: Tablet) -> None:
    browser = PushBrowser()
    mine = subscribe(ruiz, browser)["subscription"]
    okafor = signed_in(school, school.cast.okafor, ruiz.device_id)
    assert _here(okafor) is None, "what is Ruiz's is not shown to Okafor"
    theirs = subscribe(okafor, browser)["subscription"]
    assert theirs["subscription_id"] != mine["subscription_id"]
    both = sorted([school.cast.ruiz.staff_id, school.cast.okafor.staff_id])
    assert _reached(school, school.cast.ruiz, school.cast.okafor) == both
    okafor.post("push/end", {})
    assert (_ended(okafor), _ended(ruiz)) == ("by_hand", None)


def test_P2_the_same_again_changes_nothing_and_another_takes_its_place(
    school: School, ruiz: Tablet
) -> None:
    browser = PushBrowser()
    first = subscribe(ruiz, browser)
    school.clock.forward(minutes=5)
    assert subscribe(ruiz, browser) == first
    second = subscribe(ruiz, PushBrowser(browser.endpoint + "x"))["subscription"]
    assert second["created_at"] == "2026-10-06T15:08:00.000Z"
    rows = {row.ended_why: row for row in school.rows(SUBSCRIPTIONS)}
    assert rows.keys() == {None, "replaced"}
    assert str(rows["replaced"].subscription_id) == first["subscription"]["subscription_id"]


def test_P2_the_same_browser_under_another_devices_id_is_not_reminded_twice(
    school: School, ruiz: Tablet
) -> None:
    browser = PushBrowser()
    subscribe(ruiz, browser)
    again = signed_in(school, school.cast.ruiz, uuid4())
    subscribe(again, browser)
    assert (_ended(ruiz), _ended(again)) == ("replaced", None)


def test_P2_a_person_has_sixteen_and_the_stalest_makes_room(school: School) -> None:
    tablets = [school.tablet(school.cast.ruiz, uuid4()) for _ in range(MOST + 1)]
    for n, tablet in enumerate(tablets):
        subscribe(tablet, PushBrowser(f"https://fcm.googleapis.com/fcm/send/{n}"))
        school.change(
            SUBSCRIPTIONS, {"last_ok_at": school.clock.now()}, device_id=tablets[0].device_id
        )
        school.clock.forward(minutes=1)
    assert [_ended(one) for one in tablets] == [None, "too_many", *[None] * (MOST - 1)]


def test_P3_whoever_signs_out_is_reminded_here_no_more(school: School, ruiz: Tablet) -> None:
    okafor = Tablet(school, school.cast.okafor, ruiz.client, ruiz.device_id)
    subscribe(ruiz)
    okafor.sign_in()
    subscribe(okafor)
    ruiz.client.post("/api/v1/sign-out", json={}, headers=OURS | {"Rollbook-Grant": ruiz.grant})
    assert _reached(school, school.cast.ruiz, school.cast.okafor) == [school.cast.okafor.staff_id]
    ruiz.sign_in()
    assert _ended(ruiz) == "signed_out"


def test_P3_her_other_tablet_is_still_reminded(school: School, ruiz: Tablet) -> None:
    other = signed_in(school, school.cast.ruiz, uuid4())
    subscribe(ruiz)
    subscribe(other, PushBrowser("https://fcm.googleapis.com/fcm/send/other"))
    _sign_out(ruiz)
    assert _ended(other) is None


def test_P3_a_withdrawn_tablet_and_a_withdrawn_person_are_not_reminded(school: School) -> None:
    lind, moss = school.tablet(school.cast.lind), school.tablet(school.cast.moss)
    ruiz, okafor = school.tablet(school.cast.ruiz), school.tablet(school.cast.okafor)
    subscribe(ruiz)
    subscribe(okafor)
    assert lind.post(f"devices/{ruiz.device_id}/revocation", WHY).status_code == 200
    moss.post(f"staff/{okafor.person.staff_id}/revocation", WHY)
    assert {row.ended_why for row in school.rows(SUBSCRIPTIONS)} == {
        "device_revoked",
        "person_revoked",
    }
    assert code_of(asked(ruiz, "push")) == (403, "device_revoked")


def test_P3_a_pass_that_is_over_or_withdrawn_reminds_of_nothing(school: School) -> None:
    lind = school.tablet(school.cast.lind)
    guest = redeem(school, issue(lind, school.cast.eight_a.roll())["code"])
    subscribe(guest)
    assert _reached(school, guest.person) == [guest.person.staff_id]
    school.clock.set(at(9, 5))
    assert _reached(school, guest.person) == [], "by the clock, before anybody writes it down"
    expire_sessions(school.engine, school.clock.now())
    (row,) = school.rows(SUBSCRIPTIONS)
    assert (row.ended_why, row.ended_at) == ("pass_ended", at(9, 5))


def test_P3_a_withdrawn_pass_ends_what_came_with_it_and_no_more(school: School) -> None:
    lind, okafor = school.tablet(school.cast.lind), school.tablet(school.cast.okafor)
    subscribe(okafor)
    issued = issue(lind, school.cast.eight_b.roll(), staff_id=str(okafor.person.staff_id))
    on_pass = redeem(school, issued["code"])
    subscribe(on_pass, PushBrowser("https://fcm.googleapis.com/fcm/send/pass"))
    lind.post(f"passes/{issued['pass']['pass_id']}/revocation", {})
    assert _ended(okafor) is None
    (gone,) = school.rows(SUBSCRIPTIONS, device_id=on_pass.device_id)
    assert gone.ended_why == "pass_ended"


def test_P3_who_signs_in_beside_her_own_pass_is_reminded_beyond_it(school: School) -> None:
    lind = school.tablet(school.cast.lind)
    issued = issue(lind, school.cast.eight_b.roll(), staff_id=str(school.cast.okafor.staff_id))
    on_pass, browser = redeem(school, issued["code"]), PushBrowser()
    subscribe(on_pass, browser)
    okafor = signed_in(school, school.cast.okafor, on_pass.device_id)
    lasting = subscribe(okafor, browser)
    assert subscribe(on_pass, browser) == lasting, "the pass takes nothing away"
    school.clock.set(at(16))
    assert _reached(school, school.cast.okafor) == [school.cast.okafor.staff_id]


def test_P3_a_new_password_ends_it_where_its_person_is_signed_in_no_more(
    school: School, ruiz: Tablet
) -> None:
    other = signed_in(school, school.cast.ruiz, uuid4())
    subscribe(ruiz)
    subscribe(other, PushBrowser("https://fcm.googleapis.com/fcm/send/other"))
    body = {
        "old": cast.PASSWORD, "new": "seven brown kettles", "device_id": str(ruiz.device_id),
    }  # fmt: skip
    assert ruiz.client.post("/api/v1/password", json=body, headers=OURS).status_code == 204
    rows = {row.device_id: row.ended_why for row in school.rows(SUBSCRIPTIONS)}
    assert rows == {ruiz.device_id: None, other.device_id: "signed_out"}
    issue_password(school.engine, "ruiz", school.clock.now())
    assert {row.ended_why for row in school.rows(SUBSCRIPTIONS)} == {"signed_out"}


def test_P3_a_sign_in_that_ran_out_is_reminded_for_a_month_more(
    school: School, ruiz: Tablet
) -> None:
    """The tablet still takes rolls then, and says by itself that a sign-in is due."""
    subscribe(ruiz)
    school.clock.forward(days=91)
    expire_sessions(school.engine, school.clock.now())
    assert _reached(school, school.cast.ruiz) == [school.cast.ruiz.staff_id]
    school.clock.forward(days=30)
    expire_sessions(school.engine, school.clock.now())
    (row,) = school.rows(SUBSCRIPTIONS)
    assert row.ended_why == "signed_out"


def test_P4_an_old_key_serves_until_the_tablet_subscribes_anew(
    school: School, ruiz: Tablet
) -> None:
    browser = PushBrowser()
    old = subscribe(ruiz, browser)
    school.clock.forward(days=1)
    new = str(rotate_vapid_key(school.engine, school.clock.now()))
    told = ruiz.get("push")
    assert (told["key_id"], told["subscription"]["key_id"]) == (new, old["key_id"])
    assert told["subscription"]["ended_at"] is None
    later = subscribe(ruiz, PushBrowser(browser.endpoint + "-anew"))
    assert (later["key_id"], later["subscription"]["key_id"]) == (new, new)
    assert {row.ended_why for row in school.rows(SUBSCRIPTIONS)} == {None, "replaced"}


def test_P4_a_tablet_that_asked_just_before_the_change_is_taken_with_the_old_key(
    school: School, ruiz: Tablet
) -> None:
    old = ruiz.get("push")["key_id"]
    rotate_vapid_key(school.engine, school.clock.now())
    told = subscribe(ruiz, key_id=old)
    assert told["subscription"]["key_id"] == old != told["key_id"]


def test_P4_a_key_of_somebody_else_is_refused_in_a_sentence(ruiz: Tablet) -> None:
    answer = offer(ruiz, PushBrowser(), key_id=str(uuid4()))
    assert code_of(answer) == (422, "invalid")
    assert "subscribe anew" in answer.get_json()["errors"]["key_id"][0]


def test_P4_the_first_key_is_made_once(school: School) -> None:
    assert give_vapid_key(school.engine, school.clock.now())
    assert not give_vapid_key(school.engine, school.clock.now())
    assert len(school.rows(KEYS)) == 1


def test_P4_a_backup_keeps_keys_and_subscriptions(sqlite_school: School, tmp_path: Path) -> None:
    told = subscribe(signed_in(sqlite_school, sqlite_school.cast.ruiz))
    (key,) = sqlite_school.rows(KEYS)
    now = sqlite_school.clock.now()
    back_up(sqlite_school.engine, tmp_path / "copy.sqlite", now)
    restore(f"sqlite:///{tmp_path / 'new.sqlite'}", tmp_path / "copy.sqlite", now)
    restored = open_school(f"sqlite:///{tmp_path / 'new.sqlite'}")
    tablet = restored.tablet(restored.cast.ruiz)
    assert (restored.rows(KEYS), tablet.get("push")) == ([key], told)
    restored.engine.dispose()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("endpoint", "http://fcm.googleapis.com/fcm/send/ab"),
        ("endpoint", "https://evil.example/fcm/send/ab"),
        ("endpoint", "https://fcm.googleapis.com/" + "a" * 1500),
        ("p256dh", "AAAA"),
        ("p256dh", spell(b"\x04" + bytes(64))),
        ("p256dh", "not base64 at all"),
        ("auth", spell(bytes(15))),
        ("auth", 5),
        ("key_id", "one"),
    ],
)
def test_P5_what_could_never_be_sent_to_is_refused_and_changes_nothing(
    school: School, ruiz: Tablet, field: str, value: Any
) -> None:
    before = subscribe(ruiz)
    answer = offer(ruiz, PushBrowser(), **{field: value})
    assert code_of(answer) == (422, "invalid")
    assert answer.get_json()["errors"].keys() == {field}
    assert ruiz.get("push") == before


def _leading_to(*addresses: str) -> Network:
    def resolve(_: str) -> Sequence[str]:
        return addresses

    return Network(resolve=resolve)


@pytest.mark.parametrize(
    ("addresses", "status"),
    [
        (("142.250.1.95",), 200),
        (("142.250.1.95", "10.0.0.7"), 422),
        (("127.0.0.1",), 422),
        (("::ffff:192.168.1.1",), 422),
    ],
)
def test_P6_a_push_service_inside_the_network_is_refused_when_it_is_named(
    fresh_sqlite: Any, addresses: tuple[str, ...], status: int
) -> None:
    school = open_school(fresh_sqlite(), network=_leading_to(*addresses))
    answer = offer(school.tablet(school.cast.ruiz), PushBrowser())
    assert answer.status_code == status
    school.engine.dispose()


def test_the_operator_sees_and_rotates_keys(
    sqlite_school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = sqlite_school.engine.url.render_as_string()
    monkeypatch.setenv("ROLLBOOK_DATABASE_URL", url)
    run = CliRunner()
    assert "no key yet" in run.invoke(cli, ["push", "keys"]).output
    assert "No tablet" in run.invoke(cli, ["push", "list", "--school", "Birch"]).output
    subscribe(signed_in(sqlite_school, sqlite_school.cast.ruiz))
    listed = run.invoke(cli, ["push", "list", "--school", "Birch"]).output
    assert "D. Ruiz" in listed
    assert "fcm.googleapis.com" in listed
    assert "/fcm/send" not in listed, "an endpoint is a secret"
    assert "The new key is" in run.invoke(cli, ["push", "rotate-key"]).output
    keys = run.invoke(cli, ["push", "keys", "--json"])
    assert '"subscriptions": "1"' in keys.output
    gone = run.invoke(cli, ["push", "rotate-key", "--withdraw"])
    assert "1 subscriptions ended" in gone.output
    (row,) = sqlite_school.rows(SUBSCRIPTIONS)
    assert (row.ended_why, len(sqlite_school.rows(KEYS))) == ("key_withdrawn", 3)


def test_a_test_without_a_subscription_says_so(school: School, ruiz: Tablet) -> None:
    def test() -> Tree:
        told: Tree = ruiz.post("push/test", {}).get_json()
        return told

    assert (test()["end"], test()["status"]) == ("none", None)
    assert test()["detail"] == "Reminders are not turned on here."
    subscribe(ruiz)
    ruiz.post("push/end", {})
    assert test()["end"] == "none"
    school.clock.forward(seconds=timedelta(minutes=1).total_seconds())
    subscribe(ruiz)
    told = test()
    assert (told["end"], told["sent_at"]) == ("later", "2026-10-06T15:04:00.000Z")
    assert told["detail"].startswith("The push service could not take it at 8:04. It could not be")
