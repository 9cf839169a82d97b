"""What a tablet has open or saved stands on the board, and is never the record."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from schemas.board import Aside, Board
from server.columns import spell
from server.models import (
    BoardAside,
    CaptureGrant,
    DayPass,
    Device,
    OpEntry,
    SchoolSync,
    TabletWord,
    table_of,
)
from server.services.tablet_words import KEPT, forget_words
from tests.server.guest_tablet import code_of, issue, redeem, signed_in
from tests.support import cast
from tests.support.api import OURS, School, Tablet, Tree, statements

EIGHT_A, EIGHT_B = cast.gather().eight_a, cast.gather().eight_b
WORDS = table_of(TabletWord)


def word(tablet: Tablet, roll: UUID, taken_at: datetime | None = None, **more: Any) -> Tree:
    """A roll that is open, or saved since an instant."""
    said = {"roll_id": str(roll), "grant": tablet.grant, "state": "open"}
    if taken_at is not None:
        said |= {"state": "waiting", "taken_at": spell(taken_at)}
    return said | more


def tell(tablet: Tablet, *words: Tree) -> list[str]:
    """Tell all; the rolls whose words are shown."""
    answer = tablet.post("tablet-words", {"words": list(words)})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    shown: list[str] = answer.get_json()["roll_ids"]
    return shown


def on_board(school: School, one: cast.Class = EIGHT_A) -> Tree | None:
    """What the board says of a tablet; the aside of the board says the same."""
    lind = school.tablet(school.cast.lind)
    board, aside = lind.get("board"), lind.get("board/aside")
    assert Board().validate(board) == {}
    assert Aside().validate(aside) == {}
    assert board["aside"] == aside["aside"]
    beside = {each["roll_id"]: each["tablet"] for each in aside["rolls"]}
    (roll,) = [each for each in board["rolls"] if each["roll_id"] == str(one.roll())]
    told: Tree | None = roll["tablet"]
    assert beside.get(roll["roll_id"]) == told
    return told


def test_B1_1_what_is_open_and_what_is_saved_stands_on_the_board_and_nowhere_else(
    school: School,
) -> None:
    ruiz, brandt = school.tablet(school.cast.ruiz), school.tablet(school.cast.brandt)
    before = school.rows(table_of(SchoolSync)), school.rows(table_of(OpEntry))
    assert tell(ruiz, word(ruiz, EIGHT_A.roll())) == [str(EIGHT_A.roll())]
    saved = school.clock.now() - timedelta(minutes=1)
    tell(brandt, word(brandt, EIGHT_B.roll(), saved))
    assert on_board(school) == {"state": "open", "at": spell(school.clock.now()), "taken_at": None}
    assert on_board(school, EIGHT_B) == {
        "state": "waiting",
        "at": spell(school.clock.now()),
        "taken_at": spell(saved),
    }
    assert (school.rows(table_of(SchoolSync)), school.rows(table_of(OpEntry))) == before
    roll = ruiz.roll(EIGHT_A)
    assert (roll["state"], roll["marks"]) == ("not_taken", [])


def test_B1_2_each_telling_is_the_whole(school: School) -> None:
    ruiz = school.tablet(school.cast.ruiz)
    tomorrow = EIGHT_A.roll(cast.WEDNESDAY)
    tell(ruiz, word(ruiz, EIGHT_A.roll()), word(ruiz, tomorrow))
    at = school.clock.forward(minutes=1)
    tell(ruiz, word(ruiz, EIGHT_A.roll(), at))
    (row,) = school.rows(WORDS)
    assert (row.roll_id, row.state, row.at) == (EIGHT_A.roll(), "waiting", at)
    tell(ruiz)
    assert on_board(school) is None
    assert school.rows(WORDS) == []


def test_B1_3_a_word_about_a_roll_that_is_not_ones_own_is_passed_over(school: School) -> None:
    brandt, stranger = school.tablet(school.cast.brandt), school.tablet(school.cast.stranger)
    sato, lind = school.tablet(school.cast.sato), school.tablet(school.cast.lind)
    unknown = cast.named("roll", "unknown")
    for tablet, roll in (
        (brandt, EIGHT_A.roll()),
        (brandt, unknown),
        (stranger, EIGHT_A.roll()),
        (lind, EIGHT_A.roll()),
        (sato, EIGHT_A.roll()),
    ):
        assert tell(tablet, word(tablet, roll)) == []
    ruiz = school.tablet(school.cast.ruiz)
    assert tell(brandt, word(brandt, EIGHT_A.roll(), grant=ruiz.grant)) == []
    assert school.rows(WORDS) == []
    assert tell(sato, word(sato, EIGHT_A.roll(cast.WEDNESDAY))) != []


def test_B1_3_of_several_tablets_the_one_that_has_it_saved_is_told(school: School) -> None:
    ruiz, okafor = school.tablet(school.cast.ruiz), school.tablet(school.cast.okafor)
    saved = school.clock.now()
    tell(okafor, word(okafor, EIGHT_A.roll(), saved))
    school.clock.forward(minutes=2)
    tell(ruiz, word(ruiz, EIGHT_A.roll()))
    shown = on_board(school)
    assert shown is not None
    assert (shown["state"], shown["at"]) == ("waiting", spell(saved))
    tell(okafor)
    shown = on_board(school)
    assert shown is not None
    assert shown["state"] == "open"


def test_B1_3_two_people_on_one_tablet_are_one_word(school: School) -> None:
    ruiz = school.tablet(school.cast.ruiz)
    okafor = school.tablet(school.cast.okafor, ruiz.device_id)
    now = school.clock.now()
    tell(okafor, word(okafor, EIGHT_A.roll()), word(ruiz, EIGHT_A.roll(), now))
    (row,) = school.rows(WORDS)
    assert (row.state, row.staff_id) == ("waiting", school.cast.ruiz.staff_id)


def test_B1_3_a_leave_that_ended_speaks_of_what_was_saved_before(school: School) -> None:
    ruiz = signed_in(school, school.cast.ruiz)
    saved, ended = school.clock.now(), school.clock.forward(minutes=5)
    school.change(table_of(CaptureGrant), {"revoked_at": ended}, grant_id=UUID(ruiz.grant))
    school.clock.forward(minutes=1)
    assert tell(ruiz, word(ruiz, EIGHT_A.roll())) == []
    assert tell(ruiz, word(ruiz, EIGHT_A.roll(), school.clock.now())) == []
    assert tell(ruiz, word(ruiz, EIGHT_A.roll(), saved)) != []
    future = school.clock.now() + timedelta(days=300)
    assert tell(ruiz, word(ruiz, EIGHT_A.roll(), future)) == []


def test_B1_3_the_device_tells_by_itself_and_a_withdrawn_one_tells_nothing(
    school: School,
) -> None:
    ruiz = signed_in(school, school.cast.ruiz)
    ruiz.client.post("/api/v1/sign-out", json={}, headers=OURS)
    assert tell(ruiz, word(ruiz, EIGHT_A.roll(), school.clock.now())) == [str(EIGHT_A.roll())]
    school.change(table_of(Device), {"revoked_at": school.clock.now()}, device_id=ruiz.device_id)
    answer = ruiz.post("tablet-words", {"words": []})
    assert code_of(answer) == (403, "device_revoked")


def test_B1_3_a_day_pass_speaks_of_its_rolls(school: School) -> None:
    lind = school.tablet(school.cast.lind)
    guest = redeem(school, issue(lind, EIGHT_A.roll())["code"])
    assert tell(guest, word(guest, EIGHT_A.roll()), word(guest, EIGHT_B.roll())) == [
        str(EIGHT_A.roll())
    ]
    (day_pass,) = school.rows(table_of(DayPass))
    school.clock.set(day_pass.until_at + timedelta(minutes=1))
    assert tell(guest, word(guest, EIGHT_A.roll())) == []
    assert school.rows(WORDS) == []


def test_B1_4_the_receipt_of_the_roll_ends_its_words(school: School) -> None:
    ruiz, okafor = school.tablet(school.cast.ruiz), school.tablet(school.cast.okafor)
    tell(okafor, word(okafor, EIGHT_A.roll()))
    ruiz.push(ruiz.op(EIGHT_A))
    assert on_board(school) is None
    assert tell(okafor, word(okafor, EIGHT_A.roll())) == []
    assert school.rows(WORDS) == []


def test_the_board_of_the_past_shows_no_tablets_words(school: School) -> None:
    ruiz, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    tell(ruiz, word(ruiz, EIGHT_A.roll()))
    at = spell(school.clock.now())
    school.clock.forward(minutes=10)
    board = lind.get(f"board?as_of={at}")
    assert {each["tablet"] for each in board["rolls"]} == {None}


def test_an_open_board_is_told_of_a_word_while_it_waits_for_news(school: School) -> None:
    ruiz, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    lind.bootstrap()
    aside = lind.get("board")["aside"]
    with ThreadPoolExecutor(1) as pool:
        poll = pool.submit(lind.get, f"changes?since={lind.cursor}&wait=25&aside={aside}")
        tell(ruiz, word(ruiz, EIGHT_A.roll()))
        page = poll.result(timeout=20)
    assert (page["changes"], page["aside"]) == ([], aside + 1)
    assert page["cursor"] == lind.cursor
    assert lind.get(f"changes?since={lind.cursor}")["aside"] is None
    ruiz.bootstrap()
    assert ruiz.get(f"changes?since={ruiz.cursor}&aside=0")["aside"] is None


def test_what_says_nothing_new_wakes_nobody(school: School) -> None:
    ruiz = school.tablet(school.cast.ruiz)
    tell(ruiz)
    assert school.rows(table_of(BoardAside)) == []
    tell(ruiz, word(ruiz, EIGHT_A.roll()))
    at = school.clock.forward(minutes=1)
    tell(ruiz, word(ruiz, EIGHT_A.roll()))
    (row,) = school.rows(table_of(BoardAside))
    assert row.version == 1
    (kept,) = school.rows(WORDS)
    assert kept.at == at


def test_telling_takes_neither_the_schools_lock_nor_many_statements(school: School) -> None:
    ruiz = school.tablet(school.cast.ruiz)
    tell(ruiz, word(ruiz, EIGHT_A.roll()))
    with statements(school.engine) as told:
        tell(ruiz, word(ruiz, EIGHT_A.roll()))
    assert not [one for one in told if "UPDATE school_sync" in one]
    locks = [one for one in told if "school_sync" in one and "FOR UPDATE" in one]
    assert locks == []
    assert len(told) <= 9


def test_words_are_forgotten_after_a_while(school: School) -> None:
    ruiz = school.tablet(school.cast.ruiz)
    tell(ruiz, word(ruiz, EIGHT_A.roll()))
    assert forget_words(school.engine, school.clock.now()) == 0
    assert forget_words(school.engine, school.clock.now() + KEPT + timedelta(seconds=1)) == 1


def test_a_telling_that_makes_no_sense_is_told_why(school: School) -> None:
    ruiz = school.tablet(school.cast.ruiz)
    for words in (
        [word(ruiz, EIGHT_A.roll(), state="lost")],
        [{}],
        [1],
        None,
        [word(ruiz, EIGHT_A.roll())] * 61,
    ):
        answer = ruiz.post("tablet-words", {"words": words})
        assert code_of(answer) == (422, "invalid")
