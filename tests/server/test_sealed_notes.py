"""Notes that a tablet sealed: only the school reads them, and nobody can move them."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import pytest

from server.models import OpEntry, SealingKey, table_of
from server.record import unpack_op
from server.sealing import CannotOpen, key_of, make_pair, open_note, read, seal_note, spell
from server.services.refold import UNOPENED
from tests.support.api import School, Tablet

OP, STUDENT = UUID(int=11), UUID(int=12)
NONCE = bytes(12)
WORDS = "Came in with the nurse, Lucía too 🤒"


def sealing_at(tablet: Tablet) -> tuple[bytes, UUID]:
    """What the school gives its tablets to seal to."""
    answer = tablet.client.get(f"{tablet.path}/bootstrap")
    assert answer.status_code == 200, answer.text
    given = answer.get_json()["sealing"]
    return read(given["public"]), UUID(given["key_id"])


def with_note(op: dict[str, Any], place: int, sealed: str) -> dict[str, Any]:
    """The op with a note about the student at that place."""
    op["marks"][place]["note_sealed"] = sealed
    return op


def notes_of(school: School) -> list[str]:
    """What the office reads in the roll's history."""
    reader = school.tablet(school.cast.lind)
    told = reader.client.get(f"{reader.path}/rolls/{school.cast.eight_a.roll()}").get_json()
    return [note for note in (WORDS, UNOPENED) if json.dumps(note)[1:-1] in json.dumps(told)]


def test_a_sealed_note_opens_with_the_schools_key_for_its_op_and_student_only() -> None:
    pair, key_id = make_pair(), uuid4()
    sealed = read(seal_note(pair.public, key_id, WORDS, OP, STUDENT, NONCE))
    assert key_of(sealed) == key_id
    assert open_note(pair.private, sealed, OP, STUDENT) == WORDS
    for wrong in (
        lambda: open_note(make_pair().private, sealed, OP, STUDENT),
        lambda: open_note(pair.private, sealed, STUDENT, OP),
        lambda: open_note(pair.private, sealed[:-1] + bytes([sealed[-1] ^ 1]), OP, STUDENT),
        lambda: key_of(b"\2" + sealed[1:]),
        lambda: key_of(sealed[:90]),
        lambda: read("x"),
    ):
        with pytest.raises(CannotOpen):
            wrong()


def test_O8_a_note_sealed_on_the_tablet_is_read_by_the_office_in_words(school: School) -> None:
    ruiz = school.tablet(school.cast.ruiz)
    public, key_id = sealing_at(ruiz)
    op = ruiz.op(school.cast.eight_a, absent=[3])
    student = UUID(op["marks"][3]["student_id"])
    sealed = seal_note(public, key_id, WORDS, UUID(op["id"]), student, NONCE)
    (result,) = ruiz.push(with_note(op, 3, sealed))
    assert result["outcome"] == "accepted"
    assert notes_of(school) == [WORDS]


def test_O8_the_same_sealed_op_sent_again_is_answered_as_before(school: School) -> None:
    ruiz = school.tablet(school.cast.ruiz)
    public, key_id = sealing_at(ruiz)
    op = ruiz.op(school.cast.eight_a)
    student = UUID(op["marks"][0]["student_id"])
    with_note(op, 0, seal_note(public, key_id, WORDS, UUID(op["id"]), student, NONCE))
    (first,) = ruiz.push(op)
    (again,) = ruiz.push(op)
    assert again["replayed"]
    assert (first["hash"], first["outcome"]) == (again["hash"], again["outcome"])
    assert len(school.rows(table_of(OpEntry))) == 1


def test_O8_a_note_moved_to_another_student_is_kept_as_it_came_and_says_so(school: School) -> None:
    ruiz = school.tablet(school.cast.ruiz)
    public, key_id = sealing_at(ruiz)
    op = ruiz.op(school.cast.eight_a)
    owner = UUID(op["marks"][0]["student_id"])
    sealed = seal_note(public, key_id, WORDS, UUID(op["id"]), owner, NONCE)
    (result,) = ruiz.push(with_note(op, 1, sealed))
    assert result["outcome"] == "accepted"
    (row,) = school.rows(table_of(OpEntry))
    texts = {n: str(one) for n, one in enumerate(school.cast.eight_a.students, start=1)}
    marks = unpack_op(row.payload, texts)["marks"]
    assert [mark.get("note_sealed") for mark in marks if len(mark) > 2] == [sealed]
    assert notes_of(school) == [UNOPENED]


@pytest.mark.parametrize("sealed", ["", "AQ", spell(bytes([1]) + bytes(200)), "no base64 at all"])
def test_O8_a_note_that_cannot_be_opened_never_costs_the_roll(school: School, sealed: str) -> None:
    ruiz = school.tablet(school.cast.ruiz)
    (result,) = ruiz.push(with_note(ruiz.op(school.cast.eight_a, absent=[2]), 2, sealed))
    assert result["outcome"] == "accepted"
    assert notes_of(school) == [UNOPENED]


def test_a_school_has_one_key_however_often_its_tablets_ask(school: School) -> None:
    ruiz, okafor = school.tablet(school.cast.ruiz), school.tablet(school.cast.okafor)
    assert sealing_at(ruiz) == sealing_at(okafor) == sealing_at(ruiz)
    assert len(school.rows(table_of(SealingKey), school_id=school.cast.birch)) == 1
