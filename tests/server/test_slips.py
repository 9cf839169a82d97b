"""The front desk's slips are signed: what they prove, whose key, and until when (V11)."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete

from schemas.fast import instant
from server.columns import spell
from server.db import writing
from server.models import SlipKey, Student, table_of
from server.sealing import read
from server.services.backup import back_up, restore
from server.services.check import check
from server.services.slip_keys import list_slip_keys, rotate_slip_key
from server.slips import ALPHABET, HEAD, Signer, Slip, base45, is_signed, tag
from sync.finding import At
from tests.server.guest_tablet import issue, redeem
from tests.server.test_backup import url_of
from tests.support import cast, desk
from tests.support.api import School, Tablet, open_school
from tests.support.slips import believed, bytes_of, code_of

EIGHT_A = cast.gather().eight_a
ELIF, FARID = EIGHT_A.students[3:5]
KEYS = table_of(SlipKey)
CASES: dict[str, Any] = json.loads((Path(__file__).parents[1] / "cases" / "slips.json").read_text())


@pytest.fixture
def window(school: School) -> Tablet:
    """Lind at the window, 8:12 on Tuesday."""
    school.clock.set(at(8, 12))
    return school.tablet(school.cast.lind)


def at(hour: int, minute: int = 0) -> datetime:
    return cast.local(cast.TUESDAY, hour, minute)


def ruiz_of(window: Tablet) -> Tablet:
    return window.school.tablet(window.school.cast.ruiz)


@pytest.mark.parametrize("text", ["AB", "Hello!!", "base-45", ""])
def test_base45_is_that_of_the_rfc(text: str) -> None:
    said = {"AB": "BB8", "Hello!!": "%69 VD92EX0", "base-45": "UJCLQE7W581", "": ""}
    assert base45(text.encode()) == said[text]
    assert bytes_of(said[text]) == text.encode()


@pytest.mark.parametrize("place", range(len(CASES["cases"])))
def test_V11_a_slip_is_written_as_tablets_read_it(place: int) -> None:
    """The tablets' own tests read the same file."""
    case = CASES["cases"][place]
    private = int(CASES["private"]).to_bytes(32, "big")
    signer = Signer(UUID(CASES["school_id"]), UUID(CASES["key_id"]), private)
    ids = UUID(case["student_id"]), UUID(case["line_id"])
    assert signer.sign(Slip(At(case["what"]), *ids, instant(case["at"]))) == case["text"]
    code = code_of(case["text"])
    assert is_signed(read(CASES["public"]), signer.school_id, code.facts, code.signature)


def test_V11_a_line_has_a_slip_that_every_tablet_of_the_school_believes(window: Tablet) -> None:
    told = desk.visit(window, ELIF, "arrived")
    code = code_of(told["slip"])
    assert (code.what, code.student_id, str(code.line_id)) == (1, ELIF, told["visit_id"])
    assert code.at_ms == at(8, 12).timestamp() * 1000
    assert code.school_tag == tag(window.school.cast.birch)
    assert believed(ruiz_of(window).bootstrap(), told["slip"])
    assert window.get("visits")["visits"][0]["slip"] == told["slip"]
    window.school.clock.set(at(8, 30))
    left = desk.visit(window, ELIF, "left")
    assert code_of(left["slip"]).what == 2
    assert believed(ruiz_of(window).bootstrap(), left["slip"])


def test_V11_a_slip_is_short_and_names_nobody(window: Tablet) -> None:
    """A QR code of version 7 that bears 15 % of damage (M) holds 178 such letters."""
    slip = desk.visit(window, ELIF, "arrived", note="With her aunt.")["slip"]
    assert len(slip) == 172
    assert set(slip) <= set(ALPHABET)
    raw = bytes_of(slip.removeprefix(HEAD))
    (student,) = window.school.rows(table_of(Student), student_id=ELIF)
    for word in (student.given_name, student.family_name, "aunt", "Birch"):
        assert word.encode() not in raw


def test_V11_1_a_slip_with_one_bit_changed_is_not_believed(window: Tablet) -> None:
    slip = desk.visit(window, ELIF, "arrived")["slip"]
    bootstrap = ruiz_of(window).bootstrap()
    raw = bytes_of(slip.removeprefix(HEAD))
    for place in range(len(raw)):
        forged = bytearray(raw)
        forged[place] ^= 1
        assert not believed(bootstrap, HEAD + base45(bytes(forged))), place


def test_V11_1_another_schools_key_does_not_sign_for_this_one(window: Tablet) -> None:
    """Nor does this school's own for another: what is signed names the whole school."""
    school = window.school
    stranger = school.tablet(school.cast.stranger)
    slip = desk.visit(window, ELIF, "arrived")["slip"]
    assert not believed(stranger.bootstrap(), slip)
    code = code_of(slip)
    (key,) = school.rows(KEYS, school_id=school.cast.birch)
    assert is_signed(key.public, school.cast.birch, code.facts, code.signature)
    assert not is_signed(key.public, school.cast.alder, code.facts, code.signature)


def test_V11_only_lines_at_the_window_that_stand_have_a_slip(window: Tablet) -> None:
    first = desk.visit(window, ELIF, "arrived")
    window.school.clock.forward(minutes=1)
    better = desk.visit(window, ELIF, "arrived", at=at(8, 5), replaces=first["visit_id"])
    gone = desk.visit(window, FARID, "arrived")
    assert desk.withdraw(window, gone["visit_id"])["slip"] is None
    desk.visit(window, FARID, "visit", place="nurse")
    slips = {one["visit_id"]: one["slip"] for one in window.get("visits")["visits"]}
    assert [one for one in slips.values() if one] == [better["slip"]]
    assert code_of(better["slip"]).at_ms == at(8, 5).timestamp() * 1000


def test_V11_the_text_of_a_slip_is_the_offices_and_the_key_is_every_tablets(
    window: Tablet,
) -> None:
    school = window.school
    slip = desk.visit(window, ELIF, "arrived")["slip"]
    ruiz = ruiz_of(window)
    assert ruiz.client.get(f"{ruiz.path}/visits").status_code == 404
    told = ruiz.bootstrap()
    assert slip not in str(told)
    assert slip not in str(ruiz.get(f"rolls/{EIGHT_A.roll()}"))
    guest = redeem(school, issue(window, EIGHT_A.roll())["code"])
    assert guest.client.get(f"{guest.path}/visits").status_code == 404
    assert believed(guest.bootstrap(), slip)
    for row in school.rows(KEYS):
        assert row.private.hex() not in str(told)


def marked_by_slip(ruiz: Tablet, seen: str, **said: datetime) -> dict[str, Any]:
    """What a tablet sends after a press that did not hear of the desk: it saw its own op."""
    times = {name: spell(value) for name, value in said.items()}
    presence = "left_early" if "left_at" in said else "late"
    line = {"student_id": str(ELIF), "presence": presence, "parents": [seen], **times}
    return ruiz.op(EIGHT_A) | {"marks": [line]}


def test_V11_3_a_mark_by_slip_on_a_submitted_roll_disputes_nothing(window: Tablet) -> None:
    """She was marked absent before she came; the slip's mark is the desk's own word again."""
    ruiz = ruiz_of(window)
    absent = ruiz.op(EIGHT_A, absent=[3])
    ruiz.push(absent)
    came = desk.visit(window, ELIF, "arrived")
    late = marked_by_slip(ruiz, absent["id"], arrived_at=instant(came["at"]))
    assert ruiz.push(late)[0]["outcome"] == "accepted"
    line = desk.mark(window, EIGHT_A, ELIF)
    assert (line["presence"], line["office"], line.get("seen")) == ("late", "late", None)
    assert line["arrived_at"] == came["at"]
    assert line.get("flags", []) == []

    window.school.clock.set(at(8, 40))
    left = desk.visit(window, ELIF, "left")
    times = {"arrived_at": instant(came["at"]), "left_at": instant(left["at"])}
    both = marked_by_slip(ruiz, late["id"], **times)
    assert ruiz.push(both)[0]["outcome"] == "accepted"
    line = desk.mark(window, EIGHT_A, ELIF)
    assert (line["presence"], line["office"], line.get("seen")) == ("left_early",) * 2 + (None,)
    assert (line["arrived_at"], line["left_at"]) == (came["at"], left["at"])
    assert window.roll(EIGHT_A)["contested"] == 0


def test_V11_3_the_desks_newer_line_stands_over_a_mark_by_an_old_slip(window: Tablet) -> None:
    ruiz = ruiz_of(window)
    taken = ruiz.op(EIGHT_A)
    ruiz.push(taken)
    old = desk.visit(window, ELIF, "arrived")
    window.school.clock.forward(minutes=1)
    better = desk.visit(window, ELIF, "arrived", at=at(8, 5), replaces=old["visit_id"])
    assert old["slip"] != better["slip"]
    ruiz.push(marked_by_slip(ruiz, taken["id"], arrived_at=instant(old["at"])))
    line = desk.mark(window, EIGHT_A, ELIF)
    assert (line["presence"], line["arrived_at"]) == ("late", better["at"])
    assert "contested" not in line.get("flags", [])


def test_V11_2_a_new_key_signs_and_the_old_one_is_known_until_the_day_is_over(
    window: Tablet,
) -> None:
    school, ruiz = window.school, ruiz_of(window)
    old = desk.visit(window, ELIF, "arrived")["slip"]
    ruiz.bootstrap()
    before = ruiz.scope
    rotate_slip_key(school.engine, school.cast.birch, school.clock.now())
    new = desk.visit(window, FARID, "arrived")["slip"]
    page = ruiz.get(f"changes?since={ruiz.cursor}")
    assert page["scope"] != before  # so that the tablet begins anew
    told = ruiz.bootstrap()
    assert (believed(told, old), believed(told, new)) == (True, True)
    assert len(told["slip_keys"]) == 2
    assert ruiz.get(f"changes?since={ruiz.cursor}")["scope"] == ruiz.scope
    school.clock.set(cast.local(cast.WEDNESDAY, 7, 30))
    told = ruiz.bootstrap()
    assert (believed(told, old), believed(told, new)) == (False, True)


def test_V11_2_what_a_withdrawn_key_signed_counts_no_more(window: Tablet) -> None:
    school = window.school
    old = desk.visit(window, ELIF, "arrived")["slip"]
    key_id = rotate_slip_key(school.engine, school.cast.birch, school.clock.now(), withdraw=True)
    told = ruiz_of(window).bootstrap()
    assert [one["key_id"] for one in told["slip_keys"]] == [str(key_id)]
    assert not believed(told, old)
    (again,) = window.get("visits")["visits"]
    assert believed(told, again["slip"])
    uses = list_slip_keys(school.engine, school.cast.birch)
    assert [one.withdrawn_at is None for one in uses] == [True, False]


def test_V11_2_a_school_that_came_without_a_key_gets_one_and_keeps_it(window: Tablet) -> None:
    school = window.school
    with writing(school.engine) as connection:
        connection.execute(delete(SlipKey))
    ruiz = ruiz_of(window)
    (key,) = ruiz.bootstrap()["slip_keys"]
    slip = desk.visit(window, ELIF, "arrived")["slip"]
    assert ruiz.bootstrap()["slip_keys"] == [key]
    assert ruiz.get(f"changes?since={ruiz.cursor}")["scope"] == ruiz.scope
    assert code_of(slip).key_tag == UUID(key["key_id"]).bytes[-4:]


def test_V11_2_slips_in_students_hands_outlive_a_restore(
    sqlite_school: School, tmp_path: Path
) -> None:
    school, copy = sqlite_school, tmp_path / "b.sqlite"
    school.clock.set(at(8, 12))
    window = school.tablet(school.cast.lind)
    slip = desk.visit(window, ELIF, "arrived")["slip"]
    back_up(school.engine, copy, school.clock.now())
    url = url_of(school)
    school.engine.dispose()
    restore(url, copy, school.clock.now())
    school = open_school(url)
    school.clock.set(at(8, 40))
    again = Tablet(school, window.person, school.app.test_client(), window.device_id)
    again.sign_in()
    assert believed(again.bootstrap(), slip)
    assert again.get("visits")["visits"][0]["slip"] == slip
    school.engine.dispose()


def test_V11_2_a_key_that_is_no_pair_is_found_by_the_check(window: Tablet) -> None:
    school = window.school
    desk.visit(window, ELIF, "arrived")
    assert all(found.differences == [] for found in check(school.engine))
    (key,) = school.rows(KEYS, school_id=school.cast.birch)
    school.change(KEYS, {"private": bytes(31) + b"\7"}, key_id=key.key_id)
    wrong = [one.what for found in check(school.engine) for one in found.differences]
    assert wrong == [f"slip key {key.key_id} is no pair: `rollbook slips rotate-key --withdraw`"]
    rotate_slip_key(school.engine, school.cast.birch, school.clock.now(), withdraw=True)
    assert believed(ruiz_of(window).bootstrap(), window.get("visits")["visits"][0]["slip"])
    assert all(found.differences == [] for found in check(school.engine))


def test_V11_2_a_damaged_key_costs_the_code_and_never_the_line(window: Tablet) -> None:
    school = window.school
    desk.visit(window, ELIF, "arrived", at=spell(at(8, 9)))
    (key,) = school.rows(KEYS, school_id=school.cast.birch)
    school.change(KEYS, {"private": bytes(32)}, key_id=key.key_id)
    told = desk.visit(window, FARID, "arrived", at=spell(at(8, 10)))
    assert (told["slip"], len(told["rolls"])) == (None, 1)
    assert [one["slip"] for one in window.get("visits")["visits"]] == [None, None]
    assert any("is no pair" in one.what for found in check(school.engine)
               for one in found.differences)  # fmt: skip
