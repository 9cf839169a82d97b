"""Ruiz is ill. Quist comes in with a day pass, takes the roll offline, and Okafor countersigns."""

from __future__ import annotations

from tests.server.guest_tablet import asked, at, code_of, issue, redeem, try_code
from tests.server.held_desk import act, differences, done, waiting
from tests.support.api import School


def test_C1_a_guest_takes_the_roll_offline_the_pass_ends_and_okafor_countersigns(
    school: School,
) -> None:
    """The whole day: issue, redeem, roll, end, delivery, uncertified, countersigned."""
    eight_a = school.cast.eight_a
    lind, okafor = school.tablet(school.cast.lind), school.tablet(school.cast.okafor)

    issued = issue(lind, eight_a.roll())
    assert issued["url"].endswith(f"/#/pass/{issued['code']}")
    (listed,) = lind.get("passes?on=2026-10-06")["passes"]
    assert (listed["name"], listed["state"]) == ("W. Quist", "open")
    assert "code" not in listed

    quist = redeem(school, issued["code"])
    assert code_of(try_code(school, issued["code"], school.cast.sato.device_id)) == (
        409, "pass_in_use",
    )  # fmt: skip
    (roll,) = quist.bootstrap()["rolls"]
    assert (roll["roll_id"], roll["state"]) == (str(eight_a.roll()), "not_taken")

    # Without a network from 8:04 on.
    school.clock.set(at(8, 6))
    taken = quist.op(eight_a, absent=[3])
    school.clock.set(at(9, 30))
    after = quist.op(eight_a, absent=[3, 4], parents=[taken["id"]])
    assert okafor.roll(eight_a)["state"] == "not_taken"
    assert code_of(asked(quist, "bootstrap")) == (401, "pass_ended")

    # The network is back: the tablet delivers without anybody signed in.
    answer = quist.send(taken, after)
    told = answer.get_json()
    assert told["session"] != "ok"
    assert [(one["outcome"], one["reason"]) for one in told["results"]] == [
        ("accepted", None), ("held", "grant_expired"),
    ]  # fmt: skip
    assert told["results"][0]["roll"]["timeliness"] == "taken_on_time"
    (item,) = waiting(lind)
    assert (item["op_id"], item["author"]["role"]) == (after["id"], "substitute")

    received = okafor.roll(eight_a)
    assert (received["state"], received["countersign"]) == ("submitted", True)
    (on_board,) = [one for one in lind.get("board")["rolls"] if one["countersign"]]
    assert (on_board["roll_id"], on_board["by_name"]) == (str(eight_a.roll()), "W. Quist")
    assert lind.get("passes?on=2026-10-06")["passes"][0]["state"] == "ended"

    # Neither the guest nor the office signs for the teacher.
    for tablet in (quist, lind):
        assert act(tablet, eight_a.roll(), "certify", received["revision"]).status_code >= 400
    signed = done(okafor, eight_a.roll(), "certify", received["revision"])
    assert (signed["state"], signed["countersign"]) == ("certified", False)
    assert signed["certified"]["by"]["name"] == "N. Okafor"
    assert signed["people"][0]["name"] == "W. Quist"
    assert differences(school) == []


def test_C1_a_guests_roll_may_be_countersigned_by_an_administrator(school: School) -> None:
    lind, moss = school.tablet(school.cast.lind), school.tablet(school.cast.moss)
    quist = redeem(school, issue(lind, school.cast.eight_a.roll())["code"])
    quist.push(quist.op(school.cast.eight_a))
    signed = done(moss, school.cast.eight_a.roll(), "certify", 1)
    assert (signed["countersign"], signed["certified"]["by"]["name"]) == (False, "T. Moss")


def test_a_pass_that_is_withdrawn_holds_what_is_taken_after_and_keeps_what_was_before(
    school: School,
) -> None:
    lind = school.tablet(school.cast.lind)
    issued = issue(lind, school.cast.eight_a.roll())
    quist = redeem(school, issued["code"])
    school.clock.forward(minutes=2)
    before = quist.op(school.cast.eight_a)
    school.clock.forward(minutes=1)
    answer = lind.post(f"passes/{issued['pass']['pass_id']}/revocation", {})
    told = answer.get_json()
    assert (told["state"], told["revoked_by"]["name"]) == ("revoked", "R. Lind")
    school.clock.forward(minutes=5)
    after = quist.op(school.cast.eight_a, absent=[1])
    outcomes = [(one["outcome"], one["reason"]) for one in quist.push(before, after)]
    assert outcomes == [("accepted", None), ("held", "grant_revoked")]
