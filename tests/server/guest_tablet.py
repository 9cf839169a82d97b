"""Day passes in stories: the office issues one, a guest begins with its code on a tablet."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from werkzeug.test import TestResponse

from tests.support import cast
from tests.support.api import OURS, School, Tablet

Tree = dict[str, Any]
QUIST = {"given_name": "Wanda", "family_name": "Quist"}


def ask_for_pass(lind: Tablet, rolls: Collection[UUID], **more: Any) -> TestResponse:
    """The office asks for a pass for Wanda Quist on Tuesday, or as it says."""
    body: Tree = {"on": str(cast.TUESDAY), "roll_ids": [str(one) for one in rolls]}
    body |= more if "staff_id" in more else QUIST | more
    return lind.post("passes", body)


def issue(lind: Tablet, *rolls: UUID, **more: Any) -> Tree:
    """A pass and its code, issued."""
    answer = ask_for_pass(lind, rolls, **more)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    told: Tree = answer.get_json()
    return told


def try_code(
    school: School, code: str, device_id: UUID, client: Any = None, address: str = "203.0.113.7"
) -> TestResponse:
    """Somebody types a code on a tablet."""
    client = client or school.app.test_client()
    body = {"code": code, "device_id": str(device_id), "device_label": "Cart 4"}
    answer: TestResponse = client.post(
        "/api/v1/pass", json=body, headers=OURS, environ_base={"REMOTE_ADDR": address}
    )
    return answer


def redeem(school: School, code: str, device_id: UUID | None = None) -> Tablet:
    """A tablet on which a pass was begun."""
    device_id, client = device_id or uuid4(), school.app.test_client()
    answer = try_code(school, code, device_id, client)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    told = answer.get_json()
    person = cast.Person(
        told["me"]["name"],
        told["me"]["role"],
        UUID(told["school"]["school_id"]),
        UUID(told["me"]["staff_id"]),
        told["me"]["username"],
        device_id,
        UUID(told["grant"]["grant_id"]),
    )
    return Tablet(school, person, client, device_id, told["grant"]["grant_id"])


def signed_in(school: School, person: cast.Person, device_id: UUID | None = None) -> Tablet:
    """A tablet with all the cookies that signing in with the password brings."""
    client = school.app.test_client()
    tablet = Tablet(school, person, client, device_id or person.device_id)
    tablet.sign_in()
    return tablet


def asked(tablet: Tablet, where: str, **headers: str) -> TestResponse:
    """What a GET of the school answers, whatever it is."""
    answer: TestResponse = tablet.client.get(f"{tablet.path}/{where}", headers=headers)
    return answer


def code_of(answer: TestResponse) -> tuple[int, str]:
    """Status and code of a problem."""
    return answer.status_code, answer.get_json()["code"]


def at(hour: int, minute: int = 0) -> datetime:
    """A time of Tuesday at the school."""
    return cast.local(cast.TUESDAY, hour, minute)
