"""A roster comes in, comes again, changes: what the school's record holds afterwards."""

from datetime import timedelta

import pytest

from server.roster.outcome import Ending, told
from tests.rosters.files import MONDAY, Office, Rows, birch, codes, places


def test_the_first_roster_brings_school_staff_students_and_who_is_in_what(
    birch_office: Office,
) -> None:
    outcome = birch_office.roster(birch())
    assert outcome.ending is Ending.IMPORTED, outcome.findings.kept
    assert not outcome.findings.errors
    assert birch_office.ask("SELECT name, zone FROM school") == [
        ("Birch High", "America/Los_Angeles")
    ]
    staff = birch_office.ask("SELECT username, display_name, role FROM staff ORDER BY username")
    assert staff == [
        ("lind", "R. Lind", "administrator"),
        ("okafor", "C. Okafor", "teacher"),
        ("ruiz", "E. Ruiz", "teacher"),
    ]
    nums = birch_office.ask("SELECT num FROM student ORDER BY num")
    assert nums == [(n,) for n in range(1, 31)]
    teaching = birch_office.ask("SELECT sourced_id, role FROM teaching ORDER BY sourced_id")
    assert teaching == [("e-okafor", "co_teacher"), ("e-ruiz", "primary")]
    assert birch_office.ask("SELECT roster_rev, seq FROM section") == [(1, 1)]
    assert birch_office.ask("SELECT seq FROM school_sync") == [(1,)]


def test_the_same_file_twice_changes_not_one_row(birch_office: Office) -> None:
    birch_office.roster(birch())
    before = birch_office.all_rows()
    for later in (MONDAY, MONDAY + timedelta(days=3)):
        assert birch_office.roster(birch(), later).ending is Ending.UNCHANGED
    assert birch_office.all_rows() == before


def test_a_dry_run_tells_the_change_and_writes_nothing(birch_office: Office) -> None:
    before = birch_office.all_rows()
    outcome = birch_office.roster(birch(), dry_run=True)
    assert outcome.ending is Ending.PLANNED
    assert outcome.total("student", "new") == 30
    assert ("student", "S1", "Given1 Family01") in {
        (e.kind, e.sourced_id, e.name) for e in outcome.examples
    }
    assert birch_office.all_rows() == before


def test_who_leaves_keeps_her_place_on_the_days_she_was_there(birch_office: Office) -> None:
    birch_office.roster(birch())
    files = birch()
    files["users"] = [row for row in files["users"] if row[0] != "S7"]
    files["enrollments"] = [row for row in files["enrollments"] if row[0] != "e-7"]
    outcome = birch_office.roster(files, MONDAY + timedelta(days=2))
    assert outcome.total("student", "withdrawn") == outcome.total("enrollment", "withdrawn") == 1
    ended = birch_office.ask("SELECT end_on, active FROM enrollment WHERE sourced_id = 'e-7'")
    assert [(str(on), bool(active)) for on, active in ended] == [("2025-09-10", True)]
    [(active,)] = birch_office.ask("SELECT active FROM student WHERE sourced_id = 'S7'")
    assert not active
    assert birch_office.ask("SELECT roster_rev, seq FROM section") == [(2, 2)]
    again = birch_office.roster(files, MONDAY + timedelta(days=9))
    assert again.ending is Ending.UNCHANGED


def test_who_comes_back_gets_her_number_back_and_a_newcomer_a_new_one(
    birch_office: Office,
) -> None:
    birch_office.roster(birch())
    [(before,)] = birch_office.ask("SELECT num FROM student WHERE sourced_id = 'S30'")
    birch_office.roster(birch(29), MONDAY + timedelta(days=1))
    birch_office.roster(birch(31), MONDAY + timedelta(days=2))
    [(back, active)] = birch_office.ask("SELECT num, active FROM student WHERE sourced_id = 'S30'")
    assert (back, bool(active)) == (before, True)
    [(num,)] = birch_office.ask("SELECT num FROM student WHERE sourced_id = 'S31'")
    assert num == 31
    [(begin,)] = birch_office.ask("SELECT begin_on FROM enrollment WHERE sourced_id = 'e-31'")
    assert str(begin) == "2025-09-10", "nobody missed her on the days before"


def test_a_file_that_lacks_many_is_held_until_somebody_says_so(birch_office: Office) -> None:
    birch_office.roster(birch(100))
    before = birch_office.all_rows()
    held = birch_office.roster(birch(70))
    assert held.ending is Ending.HELD
    assert held.exit_code == 2
    assert {(h.kind, h.leaving, h.of) for h in held.holds} == {
        ("student", 30, 100),
        ("enrollment", 30, 100),
    }
    assert birch_office.all_rows() == before
    assert birch_office.roster(birch(70), allow_withdrawals=60).ending is Ending.IMPORTED


def test_rows_at_fault_stop_the_import_and_can_be_skipped_without_harm(
    birch_office: Office,
) -> None:
    birch_office.roster(birch())
    files = birch()
    files["enrollments"][5] = ("e-3", "8A", "birch", "S3", "student", "", "31/31/2025", "")
    before = birch_office.all_rows()
    refused = birch_office.roster(files)
    assert refused.ending is Ending.REFUSED
    assert places(refused, "bad_date") == [("enrollments.csv", 6, "beginDate", "31/31/2025")]
    assert birch_office.all_rows() == before
    skipped = birch_office.roster(files, skip_bad_rows=True)
    assert skipped.ending is Ending.UNCHANGED, "a bad row withdraws nobody"
    assert birch_office.all_rows() == before


def test_a_delta_changes_only_what_it_names(birch_office: Office) -> None:
    birch_office.roster(birch())
    delta = {
        "manifest": [
            ("propertyName", "value"), ("file.users", "delta"), ("file.enrollments", "delta"),
        ],
        "users": [
            (*birch()["users"][0], "status", "dateLastModified"),
            ("S31", "true", "birch", "student", "", "New", "Comer", "08", "", "active",
             "2025-09-09T00:00:00Z"),
            ("S2", "", "", "", "", "", "", "", "", "tobedeleted", "2025-09-09T00:00:00Z"),
        ],
        "enrollments": [
            (*birch()["enrollments"][0], "status"),
            ("e-31", "8A", "birch", "S31", "student", "", "", "", "active"),
            ("e-1", "8A", "birch", "S1", "student", "", "", "", "tobedeleted"),
        ],
    }  # fmt: skip
    outcome = birch_office.roster(delta, zone=None)
    assert outcome.ending is Ending.IMPORTED, outcome.findings.kept
    assert outcome.total("student", "new") == outcome.total("student", "withdrawn") == 1
    ended = birch_office.ask("SELECT sourced_id FROM enrollment WHERE end_on IS NOT NULL")
    assert sorted(ended) == [("e-1",), ("e-2",)]
    assert birch_office.roster(delta, zone=None).ending is Ending.UNCHANGED


def test_version_1_2_has_its_roles_in_a_file(birch_office: Office) -> None:
    files = birch()
    files["users"] = [
        ("sourcedId", "enabledUser", "username", "givenName", "familyName", "grades",
         "preferredGivenName"),
        *((r[0], r[1], r[4], r[5], r[6], r[7], "Nena" if r[0] == "t-ruiz" else "")
          for r in files["users"][1:]),
    ]  # fmt: skip
    word = {"t": "Teacher", "a": "sitePrincipal", "S": "student"} | {"a": "PRINCIPAL"}
    files["roles"] = [
        ("sourcedId", "userSourcedId", "roleType", "role", "beginDate", "endDate", "orgSourcedId"),
        *((f"r{n}", r[0], "primary", word[r[0][0]], "", "", "birch")
          for n, r in enumerate(files["users"][1:])),
    ]  # fmt: skip
    outcome = birch_office.roster(files)
    assert outcome.ending is Ending.IMPORTED, outcome.findings.kept
    roles = birch_office.ask("SELECT username, display_name, role FROM staff ORDER BY username")
    assert ("lind", "R. Lind", "administrator") in roles
    assert ("ruiz", "N. Ruiz", "teacher") in roles
    assert birch_office.ask("SELECT count(*) FROM student") == [(30,)]


def test_a_role_that_a_delta_takes_away_is_told_with_the_person_and_the_cure(
    birch_office: Office,
) -> None:
    birch_office.roster(birch())
    columns = ("sourcedId", "status", "userSourcedId", "role", "orgSourcedId")
    delta: dict[str, Rows] = {
        "manifest": [("propertyName", "value"), ("file.roles", "delta"), ("file.users", "delta")],
        "users": [birch()["users"][0], *(row for row in birch()["users"] if row[0] == "S1")],
        "roles": [columns, ("r1", "tobedeleted", "a-lind", "principal", "birch")],
    }
    outcome = birch_office.roster(delta, zone=None)
    assert places(outcome, "role_kept") == [("roles.csv", 2, "userSourcedId", "a-lind")]
    assert outcome.findings.errors == 0
    assert "principal row at birch" in "\n".join(told(outcome))
    assert "0 errors, 1 warning." in told(outcome)

    delta["roles"].append(("r2", "active", "a-lind", "teacher", "birch"))
    (lind,) = [row for row in birch()["users"] if row[0] == "a-lind"]
    delta["users"].append((*lind[:2], "", "", *lind[4:]))
    outcome = birch_office.roster(delta, zone=None)
    assert places(outcome, "role_kept") == []
    assert birch_office.ask("SELECT role FROM staff WHERE sourced_id = 'a-lind'") == [("teacher",)]


def test_a_cause_is_told_before_what_follows_from_it(birch_office: Office) -> None:
    files = birch()
    at = next(n for n, row in enumerate(files["users"]) if row[0] == "S1")
    files["users"][at] = (*files["users"][at][:5], "", "", *files["users"][at][7:])
    outcome = birch_office.roster(files)
    lines = [line for line in told(outcome) if line.startswith("error")]
    assert [line.split()[1] for line in lines] == ["users.csv", "enrollments.csv"]
    assert "The person that is named here was left out" in lines[1]
    assert "2 errors, 0 warnings." in told(outcome)


def test_a_name_that_changes_moves_only_its_sections(birch_office: Office) -> None:
    files = birch()
    files["classes"].append(("8B", "Algebra 8B", "08", "scheduled", "birch", "fall"))
    birch_office.roster(files)
    files["users"][4] = (*files["users"][4][:5], "Renamed", *files["users"][4][6:])
    birch_office.roster(files)
    sections = birch_office.ask("SELECT sourced_id, roster_rev, seq FROM section ORDER BY 1")
    assert sections[0] == ("8A", 2, 3)
    assert sections[1][1] == 1


def test_the_office_is_ours_to_say_and_no_roster_takes_it_back(birch_office: Office) -> None:
    birch_office.roster(birch())
    birch_office.tell("UPDATE staff SET role = 'office' WHERE username = 'okafor'")
    assert birch_office.roster(birch()).ending is Ending.UNCHANGED


def test_a_teacher_new_at_a_second_school_keeps_the_same_sign_in(birch_office: Office) -> None:
    birch_office.roster(birch())
    account = "'" + "a" * 32 + "'"
    birch_office.tell(
        f"INSERT INTO account (account_id, username, created_at) VALUES ({account}, 'ruiz',"
        " '2025-01-01T00:00:00.000Z')"
    )
    birch_office.tell(f"UPDATE staff SET account_id = {account} WHERE username = 'ruiz'")
    files = birch()
    files["orgs"].append(("alder", "", "", "Alder", "school"))
    files["users"][1] = ("t-ruiz", "true", "birch, alder", *files["users"][1][3:])
    birch_office.roster(files)
    [(accounts, rows)] = birch_office.ask(
        "SELECT count(DISTINCT account_id), count(account_id) FROM staff"
    )
    assert (accounts, rows) == (1, 2)


def test_passwords_are_never_read(birch_office: Office) -> None:
    birch_office.roster(birch())
    assert "hunter2" not in repr(birch_office.all_rows())


@pytest.mark.parametrize("dropped", ["courses", "academicSessions"])
def test_optional_files_may_be_missing(birch_office: Office, dropped: str) -> None:
    files = {name: rows for name, rows in birch().items() if name != dropped}
    outcome = birch_office.roster(files)
    assert outcome.ending is Ending.IMPORTED
    assert not codes(outcome, "error")


TIMED = (
    "sourcedId", "classSourcedId", "schoolSourcedId", "userSourcedId", "role", "primary",
    "beginDate", "endDate", "metadata.beginTime", "metadata.endTime",
)  # fmt: skip


def timed(*times: str) -> dict[str, Rows]:
    """Birch, with the first student's dates and times in columns that OneRoster leaves room for."""
    files = birch()
    rest = [(*row, "", "") for row in files["enrollments"][1:] if row[0] != "e-1"]
    first = ("e-1", "8A", "birch", "S1", "student", "", *times)
    return {**files, "enrollments": [TIMED, *rest, first]}


def instants(office: Office) -> tuple[str, ...]:
    asked = "SELECT begin_on, begin_at, end_on, end_at FROM enrollment WHERE sourced_id = 'e-1'"
    [row] = office.ask(asked)
    return tuple("" if one is None else str(one).replace(" ", "T")[:16] for one in row)


def test_F10_4_a_roster_may_tell_when_a_student_came_and_left(birch_office: Office) -> None:
    told = birch_office.roster(timed("2025-09-08", "2025-09-18", "10:55", "11:00 AM"))
    assert told.ending is Ending.IMPORTED, told.findings.kept
    assert instants(birch_office) == (
        "2025-09-08", "2025-09-08T17:55", "2025-09-18", "2025-09-18T18:00",
    )  # fmt: skip
    [(others,)] = birch_office.ask("SELECT count(*) FROM enrollment WHERE begin_at IS NOT NULL")
    assert others == 1


def test_F10_4_a_roster_of_dates_leaves_the_instant_while_its_date_is_the_same(
    birch_office: Office,
) -> None:
    birch_office.roster(timed("2025-09-08", "", "10:55", ""))
    again = birch_office.roster(timed("2025-09-08", "", "", ""))
    assert again.ending is Ending.UNCHANGED
    blank = birch_office.roster(timed("", "", "", ""))
    assert blank.ending is Ending.UNCHANGED
    assert instants(birch_office)[1] == "2025-09-08T17:55"
    birch_office.roster(timed("2025-09-09", "", "", ""))
    assert instants(birch_office) == ("2025-09-09", "", "", "")


def test_F10_4_a_time_that_says_nothing_is_told_and_loses_nobody(birch_office: Office) -> None:
    told = birch_office.roster(timed("2025-09-08", "", "at noon", "11:00"))
    assert told.ending is Ending.IMPORTED
    assert places(told, "unread_time") == [("enrollments.csv", 33, "metadata.beginTime", "at noon")]
    assert places(told, "time_without_date") == [
        ("enrollments.csv", 33, "metadata.endTime", "11:00")
    ]
    assert instants(birch_office) == ("2025-09-08", "", "", "")
    before = birch_office.roster(timed("2025-09-08", "2025-09-08", "11:00", "10:55"))
    assert before.ending is Ending.REFUSED
