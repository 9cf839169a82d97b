"""Who may do what: every operation × the cast, expected in one table. What one may not see is 404.

Ruiz and Okafor teach 8A, Brandt teaches 8B, Lind is the office and Moss the administrator of
Birch, a guest has a day pass for 8A; Stranger teaches at Alder. Everything asked for is Birch's and
about 8A on Tuesday.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from schemas.api import OPERATIONS
from server.access import access_section
from server.db import reading
from server.problems import Problem
from server.services.cookies import cookie_name, present
from server.services.session import find_viewer
from server.settings import Settings
from tests.server.frame.conftest import Browser, Office
from tests.server.frame.probe import NOWHERE, SESSIONS, ask, path_of
from tests.support import cast

WHO = ("nobody", "ruiz", "okafor", "brandt", "sato", "lind", "moss", "guest", "stranger")
ALL_WELL = (200,) * len(WHO)
# 404 for nobody is 401: signing in may help.
TABLE: dict[str, tuple[int, ...]] = {
    #         nobody ruiz okafor brandt sato lind moss guest stranger
    "sign_in": ALL_WELL,
    "sign_out": (204,) * len(WHO),
    "redeem_pass": ALL_WELL,
    "change_password": (401, 422, 422, 422, 422, 422, 422, 404, 422),
    "me": (401, 200, 200, 200, 200, 200, 200, 200, 200),
    "server_time": ALL_WELL,
    "push_ops": (401, 200, 200, 200, 200, 200, 200, 200, 404),
    "receipt": (401, 200, 200, 404, 404, 200, 200, 200, 404),
    "changes": (401, 200, 200, 200, 200, 200, 200, 200, 404),
    "bootstrap": (401, 200, 200, 200, 200, 200, 200, 200, 404),
    "board": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "board_aside": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "time_enrollment": (401, 404, 404, 404, 404, 409, 409, 404, 404),
    "note_calls": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "tablet_words": (401, 200, 200, 200, 200, 200, 200, 200, 404),
    "roll_history": (401, 200, 200, 404, 404, 200, 200, 200, 404),
    "contested": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "sheets": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "held": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "held_detail": (401, 404, 404, 404, 404, 404, 404, 404, 404),
    "resolve_held": (401, 404, 404, 404, 404, 404, 404, 404, 404),
    "certify_roll": (401, 409, 409, 404, 404, 409, 409, 404, 404),
    "hand_over": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "passes": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "issue_pass": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "renew_code": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "revoke_pass": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "timetable": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "timetable_day": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "change_timetable": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "import_files": (401, 404, 404, 404, 404, 404, 200, 404, 404),
    "devices": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "revoke_device": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "allow_device": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "revoke_person": (401, 404, 404, 404, 404, 404, 200, 404, 404),
    "reminder_policy": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "change_reminder_policy": (401, 404, 404, 404, 404, 404, 200, 404, 404),
    "reach": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "push_state": (401, 200, 200, 200, 200, 200, 200, 200, 404),
    "subscribe_push": (401, 422, 422, 422, 422, 422, 422, 422, 404),
    "end_push": (401, 200, 200, 200, 200, 200, 200, 200, 404),
    "test_push": (401, 200, 200, 200, 200, 200, 200, 200, 404),
    "not_submitted": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "not_submitted_csv": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "unresolved": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "unresolved_csv": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "explain_roll": (401, 404, 404, 404, 404, 404, 409, 404, 404),
    "days_csv": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "periods_csv": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "teachers_csv": (401, 404, 404, 404, 404, 404, 200, 404, 404),
    "submission_rates": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "teacher_rates": (401, 404, 404, 404, 404, 404, 200, 404, 404),
    "grid": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "student_rolls": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "rule": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "codes": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "desk_students": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "visits": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "note_visit": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "withdraw_visit": (401, 404, 404, 404, 404, 422, 422, 404, 404),
    "notices": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "note_notice": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "end_notice": (401, 404, 404, 404, 404, 422, 422, 404, 404),
    "contradictions": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "say_of_finding": (401, 404, 404, 404, 404, 422, 422, 404, 404),
    "quick_rolls": (401, 200, 200, 200, 200, 200, 200, 404, 404),
    "quick_rolls_shown": (401, 422, 422, 422, 422, 422, 422, 404, 404),
    "clearing": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "preview_clearing": (401, 404, 404, 404, 404, 409, 409, 404, 404),
    "clear": (401, 404, 404, 404, 404, 409, 409, 404, 404),
    "clear_many": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "undo_many": (401, 404, 404, 404, 404, 422, 422, 404, 404),
    "undo_clearing": (401, 404, 404, 404, 404, 422, 422, 404, 404),
    "own_rates": (401, 200, 200, 200, 200, 200, 200, 404, 404),
    "attendance": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "student_attendance": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "attendance_csv": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "attendance_xlsx": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "months_csv": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "months_xlsx": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "months_pdf": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "edfi_events": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "audit": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "audit_csv": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "audit_xlsx": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "audit_pdf": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "integrity": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "outages": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "outages_csv": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "outages_xlsx": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "own_week": (401, 200, 200, 200, 200, 200, 200, 404, 404),
    "sign_week": (401, 409, 409, 409, 409, 409, 409, 404, 404),
    "weeks": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "week_of": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "close_span": (401, 404, 404, 404, 404, 404, 409, 404, 404),
    "since_closed": (401, 404, 404, 404, 404, 200, 200, 404, 404),
    "accept_next_day": (401, 404, 404, 404, 404, 404, 409, 404, 404),
    "openapi": ALL_WELL,
    "docs": ALL_WELL,
    "docs_style": ALL_WELL,
    "up": ALL_WELL,
}
# What the auditor may ask: it is only ever read. The rest of what is Birch's is not there for him.
AUDITED = {
    "attendance",
    "attendance_csv",
    "attendance_xlsx",
    "audit",
    "audit_csv",
    "audit_xlsx",
    "audit_pdf",
    "board",
    "board_aside",
    "changes",
    "codes",
    "grid",
    "student_rolls",
    "contested",
    "desk_students",
    "days_csv",
    "edfi_events",
    "held",
    "held_detail",
    "integrity",
    "months_csv",
    "months_xlsx",
    "months_pdf",
    "not_submitted",
    "not_submitted_csv",
    "outages",
    "outages_csv",
    "outages_xlsx",
    "passes",
    "periods_csv",
    "receipt",
    "roll_history",
    "since_closed",
    "student_attendance",
    "submission_rates",
    "timetable",
    "timetable_day",
    "unresolved",
    "unresolved_csv",
    "week_of",
    "weeks",
}
# Files of the pages and the probe of the surroundings depend on what is installed, not on who asks.
SAME_FOR_ALL = {"ready", "teacher_page", "office_page", "worker", "asset", "public_file"}
CODES = {
    401: {"sign_in"},
    404: {"not_found"},
    409: {"changed_meanwhile", "not_possible"},
    422: {"invalid"},
}
ROWS = [(name, who, TABLE[name][n]) for name in TABLE for n, who in enumerate(WHO)]


def test_the_table_has_a_row_for_every_operation() -> None:
    assert TABLE.keys() | SAME_FOR_ALL == OPERATIONS.keys()


@pytest.fixture(scope="module")
def taken(standing_office: Office, signed_in: Callable[[str], Browser]) -> Office:
    """Ruiz has taken the roll of 8A, so that there is something to see."""
    answer = ask(signed_in("ruiz"), OPERATIONS["push_ops"], standing_office.cast)
    assert answer.get_json()["results"][0]["outcome"] == "accepted"
    return standing_office


@pytest.mark.parametrize(("name", "who", "status"), ROWS)
def test_who_may_do_what(
    taken: Office, signed_in: Callable[[str], Browser], name: str, who: str, status: int
) -> None:
    browser = taken.known(who) if name in SESSIONS else signed_in(who)
    answer = ask(browser, OPERATIONS[name], taken.cast)
    assert answer.status_code == status
    if status >= 400:
        assert answer.get_json()["code"] in CODES[status]


@pytest.mark.parametrize("name", sorted(TABLE))
def test_the_auditor_reads_what_the_office_reads_and_changes_nothing(
    taken: Office, signed_in: Callable[[str], Browser], name: str
) -> None:
    operation = OPERATIONS[name]
    browser = taken.known("auditor") if name in SESSIONS else signed_in("auditor")
    status = ask(browser, operation, taken.cast).status_code
    if operation.roles and operation.school_scoped:
        assert status == (TABLE[name][WHO.index("lind")] if name in AUDITED else 404)
        assert operation.method == "GET" or name not in AUDITED
    else:
        assert status == TABLE[name][WHO.index("lind")]


@pytest.mark.parametrize("name", sorted(SAME_FOR_ALL))
@pytest.mark.usefixtures("built")
def test_pages_are_the_same_for_everyone(signed_in: Callable[[str], Browser], name: str) -> None:
    told = [
        ask(signed_in(who), OPERATIONS[name], cast.gather()).status_code
        for who in ("nobody", "ruiz", "moss")
    ]
    assert len(set(told)) == 1


@pytest.mark.parametrize("who", WHO[1:])
def test_what_is_hidden_and_what_is_not_there_read_the_same(
    standing_office: Office, signed_in: Callable[[str], Browser], who: str
) -> None:
    hidden, missing = cast.gather().alder, NOWHERE
    if who == "stranger":
        hidden = cast.gather().birch
    told: list[Any] = []
    for school_id in (hidden, missing):
        answer = signed_in(who).get(f"/api/v1/schools/{school_id}/bootstrap")
        told.append(answer.get_json() | {"request_id": ""})
        assert answer.status_code == 404
    assert told[0] == told[1]


@pytest.mark.parametrize("who", ["ruiz", "lind"])
def test_a_roll_that_is_not_there_reads_as_one_that_is_hidden(
    signed_in: Callable[[str], Browser], who: str
) -> None:
    path = path_of(OPERATIONS["roll_history"], cast.gather())
    missing = path.replace(str(cast.gather().eight_a.roll()), str(NOWHERE))
    assert signed_in(who).code(missing) == "not_found"
    hidden = path.replace(str(cast.gather().eight_a.roll()), str(cast.gather().alder_8a.roll()))
    assert signed_in(who).code(hidden) == "not_found"


def test_sato_sees_8a_on_the_day_she_substitutes_and_no_other(
    standing_office: Office, signed_in: Callable[[str], Browser]
) -> None:
    everyone = standing_office.cast
    rolls = f"/api/v1/schools/{everyone.birch}/rolls"
    sato = signed_in("sato")
    assert sato.get(f"{rolls}/{everyone.eight_a.roll(cast.WEDNESDAY)}").status_code == 200
    assert sato.get(f"{rolls}/{everyone.eight_a.roll(cast.TUESDAY)}").status_code == 404


def test_a_revoked_device_may_still_send_what_it_owes_and_nothing_else(office: Office) -> None:
    browser = office.signed_in(office.cast.ruiz)
    with office.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE device SET revoked_at = '2026-10-06T15:03:00.000Z'")
    for operation in OPERATIONS.values():
        if operation.roles and operation.name != "push_ops":
            answer = ask(browser, operation, office.cast)
            assert (answer.status_code, answer.get_json()["code"]) == (403, "device_revoked")
    assert ask(browser, OPERATIONS["push_ops"], office.cast).status_code == 200


def test_sections_are_seen_by_who_teaches_them_on_the_date(
    standing_office: Office, signed_in: Callable[[str], Browser]
) -> None:
    def viewer(who: str) -> Any:
        cookie = signed_in(who).client.get_cookie(cookie_name(Settings()))
        assert cookie is not None
        cookies = present({cookie.key: cookie.value}, None, Settings())
        return find_viewer(standing_office.engine, cookies, cast.MORNING)

    eight_a = standing_office.cast.eight_a.section_id
    with reading(standing_office.engine) as connection:
        for who in ("ruiz", "okafor", "lind", "moss"):
            assert access_section(connection, viewer(who), eight_a, cast.TUESDAY) == eight_a
        for who in ("brandt", "sato", "stranger"):
            with pytest.raises(Problem):
                access_section(connection, viewer(who), eight_a, cast.TUESDAY)
