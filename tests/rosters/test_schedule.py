"""Bells, calendar and meetings come in; rolls are laid out, and laid out again when they change."""

import re
from datetime import timedelta
from pathlib import Path

from server.roster.outcome import Ending
from tests.rosters.files import MONDAY, Office, Rows, birch, birch_week, codes, places

DUE = "SELECT due_at FROM roll WHERE school_date = :on"


def due(office: Office, on: str) -> str:
    """When 8A's roll is due, to the minute, UTC."""
    [(at,)] = office.ask(DUE, on=on)
    return str(at)[11:16]


def add_column(rows: Rows, name: str) -> None:
    """One more column, empty."""
    rows[:] = [(*row, "" if number else name) for number, row in enumerate(rows)]


def settle(office: Office) -> dict[str, Rows]:
    """Birch with its two weeks."""
    office.roster(birch())
    week = birch_week()
    outcome = office.schedule(week)
    assert outcome.ending is Ending.IMPORTED, outcome.findings.kept
    assert outcome.rolls == {"new": 10, "changed": 0, "void": 0}
    return week


def test_rolls_are_rows_ahead_of_time_due_fifteen_minutes_after_the_bell(
    birch_office: Office,
) -> None:
    settle(birch_office)
    assert due(birch_office, "2025-09-08") == "16:47"
    assert birch_office.ask("SELECT count(*) FROM roll WHERE expected") == [(10,)]
    seqs = birch_office.ask("SELECT seq FROM roll ORDER BY seq")
    [(last,)] = birch_office.ask("SELECT seq FROM school_sync")
    assert len(set(seqs)) == 10
    assert seqs[-1] == (last,)


def test_the_same_timetable_twice_changes_not_one_row(birch_office: Office) -> None:
    week = settle(birch_office)
    before = birch_office.all_rows()
    assert birch_office.schedule(week, MONDAY + timedelta(hours=5)).ending is Ending.UNCHANGED
    assert birch_office.all_rows() == before


def test_a_minimum_day_moves_rolls_that_were_not_taken_and_no_other(birch_office: Office) -> None:
    week = settle(birch_office)
    birch_office.tell(
        "UPDATE roll SET state = 'submitted', revision = 1 WHERE school_date = '2025-09-09'"
    )
    before = dict(birch_office.ask("SELECT school_date, seq FROM roll"))
    for row in (2, 3):
        day = week["calendar"][row]
        week["calendar"][row] = (day[0], "", "instructional", "Minimum", "", "Minimum day")
    outcome = birch_office.schedule(week)
    assert outcome.rolls == {"new": 0, "changed": 1, "void": 0}
    assert due(birch_office, "2025-09-09") == "16:47", "taken, so it stays"
    assert due(birch_office, "2025-09-10") == "16:20"
    after = dict(birch_office.ask("SELECT school_date, seq FROM roll"))
    assert [str(on) for on in after if after[on] != before[on]] == ["2025-09-10"]


def test_a_holiday_expects_nothing_and_a_holiday_taken_back_expects_again(
    birch_office: Office,
) -> None:
    week = settle(birch_office)
    [(before,)] = birch_office.ask("SELECT calendar_seq FROM school")
    usual = week["calendar"][5]
    week["calendar"][5] = (usual[0], "", "Holiday", "", "", "Admission Day")
    birch_office.schedule(week)
    asked = "SELECT void_reason FROM roll WHERE NOT expected"
    assert birch_office.ask(asked) == [("holiday",)]
    [(after,)] = birch_office.ask("SELECT calendar_seq FROM school")
    assert after > before
    week["calendar"][5] = usual
    birch_office.schedule(week)
    assert birch_office.ask(asked) == []
    assert birch_office.ask("SELECT count(*) FROM roll") == [(10,)]


def test_a_meeting_that_is_no_more_stays_as_a_row_that_says_so(birch_office: Office) -> None:
    week = settle(birch_office)
    week["meetings"][1] = ("8A", "2", "Mon Tue")
    birch_office.schedule(week)
    [(count,)] = birch_office.ask("SELECT count(*) FROM roll WHERE void_reason = 'no_meeting'")
    assert count == 6


def test_a_section_without_students_expects_no_roll(birch_office: Office) -> None:
    settle(birch_office)
    files = birch()
    files["enrollments"] = files["enrollments"][:3]
    birch_office.roster(files, MONDAY + timedelta(days=1), allow_withdrawals=30)
    expected = birch_office.ask("SELECT school_date FROM roll WHERE expected ORDER BY 1")
    assert [str(on) for (on,) in expected] == ["2025-09-08", "2025-09-09"]


def test_a_section_that_ended_still_owes_the_rolls_from_before(birch_office: Office) -> None:
    settle(birch_office)
    files = birch()
    files["classes"][1] = ("8Z", "Art", "08", "scheduled", "birch", "fall")
    files["enrollments"] = [
        (row[0], "8Z", *row[2:]) if n else row for n, row in enumerate(files["enrollments"])
    ]
    birch_office.roster(files, MONDAY + timedelta(days=2), allow_withdrawals=99)
    expected = birch_office.ask("SELECT school_date FROM roll WHERE expected ORDER BY 1")
    assert [str(on) for (on,) in expected] == ["2025-09-08", "2025-09-09"]


def test_a_known_absence_moves_the_rolls_it_is_about(birch_office: Office) -> None:
    week = settle(birch_office)
    before = dict(birch_office.ask("SELECT school_date, seq FROM roll"))
    week["absences"] = [("student", "from", "to"), ("S4", "2025-09-09", "9/10/2025")]
    refused = birch_office.schedule(week)
    assert places(refused, "ambiguous_date") == [("absences.csv", 2, "to", "9/10/2025")]
    assert birch_office.schedule(week, dates="mdy").ending is Ending.IMPORTED
    after = dict(birch_office.ask("SELECT school_date, seq FROM roll"))
    moved = sorted(str(on) for on in after if after[on] != before[on])
    assert moved == ["2025-09-09", "2025-09-10"]


def test_what_is_wrong_in_a_timetable_is_told_with_its_place(desk: Office) -> None:
    desk.roster(birch())
    week = birch_week()
    week["bell_schedules"].append(("Regular", "3", "", "10:30", "10:10"))
    week["bell_schedules"].append(("Regular", "4", "", "half past", "11:10"))
    week["bell_schedules"].append(("Regular", "5", "", "10:00", "11:10"))
    week["calendar"].append(("2025-09-22", "", "instructional", "Rainy", "", ""))
    week["calendar"].append(("2025-09-08", "", "holiday", "", "", ""))
    week["calendar"].append(("2031-09-08", "", "instructional", "Regular", "", ""))
    week["meetings"].append(("9Z", "1", ""))
    week["meetings"].append(("8A", "9", ""))
    outcome = desk.schedule(week)
    assert outcome.ending is Ending.REFUSED
    assert places(outcome, "ends_before") == [("bell_schedules.csv", 6, "ends", "10:10")]
    assert places(outcome, "bad_time") == [("bell_schedules.csv", 7, "starts", "half past")]
    assert places(outcome, "no_schedule") == [("calendar.csv", 12, "schedule", "Rainy")]
    assert places(outcome, "row_twice") == [("calendar.csv", 13, "date", "2025-09-08")]
    assert places(outcome, "unknown") == [("meetings.csv", 3, "section", "9Z")]
    assert {"overlap", "outside_terms", "no_bell"} <= codes(outcome, "warning")
    assert desk.ask("SELECT count(*) FROM roll") == [(0,)]


def test_the_example_in_the_document_can_be_imported(desk: Office) -> None:
    document = (Path(__file__).parents[2] / "docs" / "schedule-csv.md").read_text()
    example = desk.where / "example"
    example.mkdir()
    blocks = re.findall(r"^`(\w+\.csv)`:.*?```csv\n(.*?)```", document, re.DOTALL | re.MULTILINE)
    assert len(blocks) == 8
    for name, content in blocks:
        (example / name).write_text(content)
    desk.roster(birch())
    outcome = desk.schedule(example)
    assert outcome.ending is Ending.IMPORTED, outcome.findings.kept
    assert not outcome.findings.counts
    assert desk.ask("SELECT count(*) FROM roll WHERE expected")[0][0] > 0
    assert desk.ask("SELECT room FROM staff WHERE username = 'ruiz'") == [("B12",)]


DEADLINES: Rows = [
    ("from", "grades", "period", "due_after", "check_after", "grace", "lock_after"),
    ("2025-08-14", "", "", "10", "20", "", "3"),
    ("2025-09-10", "8", "2", "20", "", "5", ""),
]


def test_D13_deadlines_come_in_from_a_date_on_and_go_again(birch_office: Office) -> None:
    week = settle(birch_office)
    week["deadlines"] = list(DEADLINES)
    assert birch_office.schedule(week).rolls == {"new": 0, "changed": 10, "void": 0}
    assert due(birch_office, "2025-09-09") == "16:42"
    assert due(birch_office, "2025-09-10") == "16:52"
    asked = "SELECT school_date FROM roll WHERE locks_at IS NOT NULL ORDER BY 1"
    assert [str(on) for (on,) in birch_office.ask(asked)] == ["2025-09-08", "2025-09-09"]
    assert birch_office.ask("SELECT DISTINCT grace_min FROM roll ORDER BY 1") == [(0,), (5,)]
    before = birch_office.all_rows()
    assert birch_office.schedule(week, MONDAY + timedelta(hours=5)).ending is Ending.UNCHANGED
    assert birch_office.all_rows() == before
    # From Wednesday on the second line is no more; what has passed stays as it was.
    del week["deadlines"][2]
    birch_office.schedule(week, MONDAY + timedelta(days=3))
    assert due(birch_office, "2025-09-10") == "16:52"
    assert due(birch_office, "2025-09-11") == "16:42"


def test_L8_a_double_period_comes_in_as_one_roll(birch_office: Office) -> None:
    week = birch_week()
    week["meetings"] = [("section", "period", "through"), ("8A", "1", "2")]
    birch_office.roster(birch())
    birch_office.schedule(week)
    asked = "SELECT DISTINCT period, period_name FROM roll"
    assert birch_office.ask(asked) == [("1", "Period 1–2")]


def test_L9_L10_closing_early_and_exemptions_come_in_with_their_words(
    birch_office: Office,
) -> None:
    week = settle(birch_office)
    week["calendar"] = [
        (*row, "closed_from" if n == 0 else "") for n, row in enumerate(week["calendar"])
    ]
    week["calendar"][2] = (*week["calendar"][2][:5], "Water main", "09:32")
    week["exemptions"] = [
        ("date", "section", "period", "why"),
        ("2025-09-10", "8A", "", "At the museum"),
        ("2025-09-11", "", "2", "Assembly"),
    ]
    assert birch_office.schedule(week).rolls == {"new": 0, "changed": 0, "void": 3}
    asked = "SELECT void_reason, void_note FROM roll WHERE NOT expected ORDER BY school_date"
    assert birch_office.ask(asked) == [
        ("closed_early", "Water main"),
        ("exempt", "At the museum"),
        ("exempt", "Assembly"),
    ]
    week["exemptions"].pop()
    assert birch_office.schedule(week).rolls == {"new": 0, "changed": 1, "void": 0}


def test_leaves_come_in_and_end_when_they_are_named_no_more(birch_office: Office) -> None:
    week = settle(birch_office)
    week["leaves"] = [
        ("staff", "from", "to"),
        ("ruiz", "2025-09-09", ""),
        ("okafor", "2025-09-10", "2025-09-12"),
    ]
    birch_office.schedule(week)
    asked = "SELECT from_on, to_on FROM staff_leave WHERE ended_at IS NULL ORDER BY 1"
    told = [tuple(map(str, row)) for row in birch_office.ask(asked)]
    assert told == [("2025-09-09", "2025-09-09"), ("2025-09-10", "2025-09-12")]
    week["leaves"].pop()
    birch_office.schedule(week)
    assert len(birch_office.ask(asked)) == 1


def test_what_was_set_at_the_desk_stays(birch_office: Office) -> None:
    week = settle(birch_office)
    week["deadlines"] = list(DEADLINES)
    birch_office.schedule(week)
    birch_office.tell(
        "UPDATE calendar_day SET set_by = school_id, kind = 'emergency', schedule = NULL"
        " WHERE school_date = '2025-09-10'"
    )
    birch_office.tell("UPDATE deadline_policy SET set_by = school_id WHERE period = '2'")
    week["bell_schedules"][1] = ("Regular", "1", "First", "08:30", "09:26")
    week["deadlines"][1:] = [("2025-08-14", "", "1", "10", "20", "", "")]
    outcome = birch_office.schedule(week)
    assert outcome.ending is Ending.IMPORTED
    assert places(outcome, "set_at_desk") == [("calendar.csv", None, "date", "2025-09-10")]
    kinds = dict(birch_office.ask("SELECT school_date, kind FROM calendar_day"))
    assert [kind for on, kind in kinds.items() if str(on) == "2025-09-10"] == ["emergency"]
    asked = "SELECT period FROM deadline_policy WHERE until_on IS NULL ORDER BY 1"
    assert birch_office.ask(asked) == [("1",), ("2",)]


def test_D16_what_has_passed_keeps_its_times_but_where_the_file_says_something_of_that_date(
    birch_office: Office,
) -> None:
    week = settle(birch_office)
    thursday = MONDAY + timedelta(days=3)
    week["bell_schedules"][2] = ("Regular", "2", "Period 2", "09:40", "10:36")
    birch_office.schedule(week, thursday)
    assert [due(birch_office, f"2025-09-{day:02}") for day in (8, 9, 10, 11)] == [
        "16:47",
        "16:47",
        "16:47",
        "16:55",
    ]
    day = week["calendar"][2]
    week["calendar"][2] = (day[0], "", "instructional", "Minimum", "", "It was one")
    birch_office.schedule(week, thursday)
    assert [due(birch_office, f"2025-09-{day:02}") for day in (8, 9, 10)] == [
        "16:47",
        "16:20",
        "16:47",
    ]


def test_what_is_wrong_in_deadlines_exemptions_and_leaves_is_told_with_its_place(
    desk: Office,
) -> None:
    desk.roster(birch())
    week = birch_week()
    week["calendar"] = [
        (*row, "closed_from" if n == 0 else "") for n, row in enumerate(week["calendar"])
    ]
    week["calendar"].append(("2025-09-22", "", "holiday", "", "", "", "12:00"))
    week["calendar"].append(("2025-09-23", "", "", "Regular", "", "", "noon"))
    week["deadlines"] = [
        *DEADLINES,
        ("", "", "", "", "", "", ""),
        ("2025-08-14", "", "", "15", "14", "", ""),
        ("2025-08-15", "", "", "soon", "", "", ""),
        ("2025-08-16", "", "", "", "", "", "-1"),
        ("2025-08-14", "*", "*", "", "", "", ""),
        ("2025-08-18", "12", "9", "", "", "", ""),
        ("2031-08-14", "", "", "", "", "", ""),
    ]
    week["exemptions"] = [
        ("date", "section", "period", "why"),
        ("2025-09-10", "", "", "Assembly"),
        ("2025-09-10", "9Z", "", "Assembly"),
        ("2025-09-10", "8A", "", ""),
        ("soon", "8A", "", "Assembly"),
    ]
    week["leaves"] = [
        ("staff", "from", "to"),
        ("nobody", "2025-09-10", ""),
        ("ruiz", "2025-09-10", "2025-09-09"),
    ]
    outcome = desk.schedule(week)
    assert outcome.ending is Ending.REFUSED
    assert places(outcome, "closed_anyway") == [("calendar.csv", 12, "closed_from", "12:00")]
    assert places(outcome, "bad_time") == [("calendar.csv", 13, "closed_from", "noon")]
    assert places(outcome, "check_early") == [("deadlines.csv", 5, "check_after", "14")]
    assert places(outcome, "bad_number") == [
        ("deadlines.csv", 6, "due_after", "soon"),
        ("deadlines.csv", 7, "lock_after", "-1"),
    ]
    assert places(outcome, "row_twice") == [("deadlines.csv", 8, "from", "2025-08-14")]
    assert places(outcome, "no_grade") == [("deadlines.csv", 9, "grades", "12")]
    assert places(outcome, "no_bell") == [("deadlines.csv", 9, "period", "9")]
    assert places(outcome, "outside_terms") == [("deadlines.csv", 10, "from", "2031-08-14")]
    assert places(outcome, "exempts_all") == [("exemptions.csv", 2, "section", "")]
    assert places(outcome, "required") == [("exemptions.csv", 4, "why", "")]
    assert places(outcome, "bad_date") == [("exemptions.csv", 5, "date", "soon")]
    assert places(outcome, "unknown") == [
        ("exemptions.csv", 3, "section", "9Z"),
        ("leaves.csv", 2, "staff", "nobody"),
    ]
    assert places(outcome, "ends_before") == [("leaves.csv", 3, "to", "2025-09-09")]
