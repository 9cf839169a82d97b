"""Rosters as they really come: what is read all the same, what is told, what is refused."""

import random
import resource
import stat
import zipfile
from pathlib import Path

import pytest

from server.roster.outcome import Ending, told
from server.roster.values import Dates, Unreadable, time_of_day, weekdays
from tests.rosters.files import Office, as_csv, birch, codes, folder, places, zipped


def test_bom_crlf_capitals_spaces_and_columns_in_another_order_are_read(desk: Office) -> None:
    files = birch()
    header, *rows = files["enrollments"]
    order = [7, 3, 1, 0, 2, 4, 5, 6]
    turned = [(*(row[i] for i in order), "extra") for row in rows]
    turned[0] = tuple("TRUE" if cell == "true" else cell for cell in turned[0])
    names = (*(header[i] for i in order), "Notes")
    names = tuple({"userSourcedId": " User SourcedID "}.get(name, name) for name in names)
    raw = {
        "Enrollments.CSV": b"\xef\xbb\xbf" + as_csv([names, (), *turned, ("", "")]),
    }
    del files["enrollments"]
    files["users"] = [
        tuple({"student": "Student", "true": "TRUE"}.get(cell, cell) for cell in row)
        for row in files["users"]
    ]
    outcome = desk.roster(zipped(desk.where / "r.zip", files, raw))
    assert outcome.ending is Ending.IMPORTED, outcome.findings.kept
    assert outcome.total("enrollment", "new") == 30


def test_a_folder_and_a_zip_with_one_folder_inside_are_read(desk: Office) -> None:
    assert desk.roster(folder(desk.where / "plain", birch())).ending is Ending.IMPORTED
    path = desk.where / "inner.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("__MACOSX/export/._users.csv", b"\x00\x05")
        for name, rows in birch().items():
            archive.writestr(f"export/{name}.csv", as_csv(rows, end="\n"))
    assert desk.roster(path).ending is Ending.UNCHANGED


def test_semicolons_lists_in_quotes_and_missing_trailing_cells_are_read(desk: Office) -> None:
    files = birch()
    files["academicSessions"].append(("spring", "Spring", "term", "2026-01-08", "2026-06-01"))
    files["classes"][1] = ("8A", "Algebra, 8A", "08", "Scheduled", "birch", "fall , spring")
    lines = as_csv(files.pop("orgs")).replace(b",", b";")
    outcome = desk.roster(zipped(desk.where / "r.zip", files, {"orgs.csv": lines}))
    assert outcome.ending is Ending.IMPORTED, outcome.findings.kept
    assert desk.ask("SELECT count(*) FROM section_term") == [(2,)]
    assert desk.ask("SELECT title FROM section") == [("Algebra, 8A",)]


def test_american_dates_are_understood_from_the_whole_file(desk: Office) -> None:
    files = birch()
    files["academicSessions"][1] = ("fall", "Fall", "term", "8/9/2025", "12/19/2025")
    assert desk.roster(files).ending is Ending.IMPORTED
    [(starts, ends)] = desk.ask("SELECT starts_on, ends_on FROM term")
    assert (str(starts), str(ends)) == ("2025-08-09", "2025-12-19")


def test_dates_that_could_be_either_way_are_told_and_the_operator_may_say(desk: Office) -> None:
    files = birch()
    files["academicSessions"][1] = ("fall", "Fall", "term", "8/9/2025", "12/1/2025")
    outcome = desk.roster(files)
    assert places(outcome, "ambiguous_date") == [
        ("academicSessions.csv", 2, "startDate", "8/9/2025")
    ]
    assert desk.roster(files, dates="dmy").ending is Ending.REFUSED, "9 August to 12 January"
    assert desk.roster(files, dates="mdy").ending is Ending.IMPORTED


def test_dangling_references_duplicates_and_blanks_are_errors_with_their_place(
    desk: Office,
) -> None:
    files = birch()
    files["enrollments"] += [
        ("e-x", "9Z", "birch", "S1", "student", "", "", ""),
        ("e-y", "8A", "birch", "S99", "student", "", "", ""),
        ("e-1", "8A", "birch", "S2", "student", "", "", ""),
        ("", "8A", "birch", "S2", "student", "", "", ""),
        ("e-z", "8A", "birch", "S2", "janitor", "", "", ""),
        ("e-w", "8A", "birch", "S2", "student", "", "2025-10-01", "2025-09-01"),
    ]
    files["classes"].append(("8C", "Art", "08", "scheduled", "nowhere", "fall"))
    files["classes"].append(("8D", "Art", "08", "scheduled", "birch", "winter"))
    files["enrollments"].append(("e-v", "8C", "birch", "S1", "student", "", "", ""))
    outcome = desk.roster(files)
    assert outcome.ending is Ending.REFUSED
    assert places(outcome, "dangling") == [
        ("classes.csv", 3, "schoolSourcedId", "nowhere"),
        ("classes.csv", 4, "termSourcedIds", "winter"),
        ("enrollments.csv", 34, "classSourcedId", "9Z"),
        ("enrollments.csv", 35, "userSourcedId", "S99"),
    ]
    assert places(outcome, "duplicate_id") == [("enrollments.csv", 36, "sourcedId", "e-1")]
    assert places(outcome, "required") == [("enrollments.csv", 37, "sourcedId", "")]
    assert places(outcome, "bad_word") == [("enrollments.csv", 38, "role", "janitor")]
    assert places(outcome, "ends_before") == [("enrollments.csv", 39, "endDate", "2025-09-01")]
    assert places(outcome, "depends") == [("enrollments.csv", 40, "classSourcedId", "8C")]
    assert all(finding.cure for finding in outcome.findings.kept)
    assert desk.roster(files, skip_bad_rows=True).ending is Ending.IMPORTED


def test_a_row_sent_twice_alike_and_a_student_enrolled_twice_lose_nothing(desk: Office) -> None:
    files = birch()
    files["enrollments"].append(files["enrollments"][3])
    files["enrollments"].append(("e-1b", "8A", "birch", "S1", "student", "", "", ""))
    outcome = desk.roster(files)
    assert outcome.ending is Ending.IMPORTED
    assert codes(outcome) >= {"same_row_twice", "twice_enrolled"}
    assert desk.ask("SELECT count(*) FROM enrollment") == [(30,)]
    assert desk.roster(files).ending is Ending.UNCHANGED


def test_a_department_with_classes_is_taken_for_a_school(desk: Office) -> None:
    """As in a real export: a department for a school, parents and courses that are not there,
    a class to be deleted inside a bulk file, a teacher enrolled as a student."""
    files = birch()
    files["orgs"] = [
        ("sourcedId", "status", "name", "type", "parentSourcedId"),
        ("birch", "active", "History Department", "department", "elsewhere"),
    ]
    files["classes"] = [
        (*files["classes"][0], "status", "courseSourcedId"),
        ("8A", "Algebra", "09,10", "Scheduled", "birch", "fall", "active", "c-1"),
        ("8B", "History", "10", "homeroom", "birch", "fall", "tobedeleted", "c-2"),
    ]
    files["academicSessions"][0] = (*files["academicSessions"][0], "status", "parentSourcedId")
    files["academicSessions"][1] = (*files["academicSessions"][1], "active", "year")
    files["academicSessions"].append(
        ("old", "Old", "term", "2025-08-14", "2025-12-19", "inactive", "")
    )
    files["enrollments"].append(("e-b", "8B", "birch", "S1", "student", "", "", ""))
    files["enrollments"].append(("e-l", "8A", "birch", "a-lind", "student", "", "", ""))
    outcome = desk.roster(files)
    assert outcome.ending is Ending.IMPORTED, outcome.findings.kept
    assert not outcome.findings.errors
    assert codes(outcome) == {
        "class_deleted", "no_course", "no_parent", "not_a_school", "other_role", "unknown_status",
    }  # fmt: skip
    assert desk.ask("SELECT count(*) FROM section") == [(1,)]
    assert desk.ask("SELECT count(*) FROM student") == [(31,)]


def test_a_manifest_that_is_missing_or_wrong_does_not_stop_what_is_there(desk: Office) -> None:
    files = birch()
    files["manifest"] = [("propertyName", "value"), ("file.users", "absent"),
                         ("file.demographics", "bulk"), ("file.roles", "bulk")]  # fmt: skip
    outcome = desk.roster(files)
    assert outcome.ending is Ending.IMPORTED
    assert codes(outcome) >= {"bad_manifest", "not_there"}
    del files["manifest"]
    assert codes(desk.roster(files)) == {"no_manifest"}


def test_two_staff_with_one_username_are_an_error(desk: Office) -> None:
    files = birch()
    files["users"][2] = (*files["users"][2][:4], "RUIZ", *files["users"][2][5:])
    outcome = desk.roster(files)
    assert places(outcome, "username_twice") == [("users.csv", 3, "username", "RUIZ")]


def test_a_school_without_a_zone_and_a_zone_that_is_none_are_refused(desk: Office) -> None:
    assert codes(desk.roster(birch(), zone=None)) >= {"no_zone"}
    assert codes(desk.roster(birch(), zone="America/Atlantis")) == {"bad_zone"}


def test_windows_text_is_named_with_its_cure_and_read_when_said(desk: Office) -> None:
    files = birch()
    users = as_csv(files.pop("users")).replace(b"Given1,", "José,".encode("cp1252"))
    path = zipped(desk.where / "r.zip", files, {"users.csv": users})
    outcome = desk.roster(path)
    [(file, line, column, _)] = places(outcome, "not_utf8")
    assert (file, line, column) == ("users.csv", 5, "givenName")
    assert "--encoding cp1252" in "\n".join(told(outcome))
    assert desk.roster(path, encoding="cp1252").ending is Ending.IMPORTED
    assert desk.ask("SELECT given_name FROM student WHERE sourced_id = 'S1'") == [("José",)]


def _member(name: str, *, mode: int = 0, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name)
    member.external_attr, member.compress_type = mode << 16, method
    return member


def _lying(path: Path) -> None:
    """A zip whose member says that it is smaller than it is."""
    zipped(path, birch())
    content = bytearray(path.read_bytes())
    size = len(as_csv(birch()["users"])).to_bytes(4, "little")
    while (at := content.find(size)) >= 0:
        content[at : at + 4] = (10).to_bytes(4, "little")
    path.write_bytes(content)


def _make(kind: str, path: Path) -> None:
    """One of the files that no honest export holds."""
    files = birch()
    header = as_csv(files["users"][:1])
    chance = random.Random(7)
    noise = b"\n".join(chance.randbytes(50).hex().encode() for _ in range(20_000))
    raw: dict[str, bytes] = {
        "bomb": b"0" * (300 * 1024 * 1024) if kind == "bomb" else b"",
        "million columns": header + b"," * 1_000_000,
        "endless field": header + b'"' + noise,
        "endless line": header + noise.replace(b"\n", b""),
        "utf-16": as_csv(files["users"]).decode().encode("utf-16"),
        "nul": header + as_csv(files["users"][1:]).replace(b"Family01", b"Fam\x00ily"),
        "not a zip": b"",
    }
    if kind in raw and kind != "not a zip":
        del files["users"]
        zipped(path, files, {"users.csv": raw[kind]})
    elif kind == "not a zip":
        path.write_bytes(b"GIF89a")
    elif kind == "lying size":
        _lying(path)
    else:
        zipped(path, files)
        members = {
            "climbing path": (_member("../x.csv"), b"x"),
            "link": (_member("users2.csv", mode=stat.S_IFLNK | 0o777), b"/etc/passwd"),
            "nested": (_member("more.zip"), path.read_bytes()),
            "odd method": (_member("more.csv", method=zipfile.ZIP_LZMA), b"x"),
        }
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(*members[kind])


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("bomb", "bomb"),
        ("million columns", "long_line"),
        ("endless field", "quote"),
        ("endless line", "long_line"),
        ("utf-16", "utf16"),
        ("nul", "control_character"),
        ("not a zip", "not_a_zip"),
        ("lying size", "damaged_zip"),
        ("climbing path", "unsafe_name"),
        ("link", "link"),
        ("nested", "nested"),
        ("odd method", "compression"),
    ],
)
def test_T7_a_malicious_file_is_refused_and_changes_nothing(
    desk: Office, kind: str, code: str
) -> None:
    path = desk.where / "evil.zip"
    _make(kind, path)
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    outcome = desk.roster(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - rss < 200 * 1024
    assert outcome.ending is Ending.REFUSED
    assert code in codes(outcome, "error"), outcome.findings.kept
    assert desk.ask("SELECT count(*) FROM school") == [(0,)]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2025-08-14", "2025-08-14"),
        ("2025-08-14T00:00:00.000Z", "2025-08-14"),
        ("20250814", "2025-08-14"),
        ("14.08.2025", "2025-08-14"),
        ("14-Aug-2025", "2025-08-14"),
        ("August 14, 2025", "2025-08-14"),
        ("8/8/2025", "2025-08-08"),
        ("", "None"),
    ],
)
def test_dates_that_mean_one_thing_are_read(text: str, read: str) -> None:
    assert str(Dates().read(text)) == read


@pytest.mark.parametrize(
    "text", ["8/9/2025", "14/14/2025", "45883", "soon", "2025-02-30", "8/9/25"]
)
def test_dates_that_mean_two_things_or_none_are_not(text: str) -> None:
    with pytest.raises(Unreadable):
        Dates().read(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [("MWF", "MWF"), ("Mon, Wed", "MW"), ("M-F", "MTWRF"), ("", "MTWRFSU"), ("tue thu", "TR")],
)
def test_weekdays_are_read_as_people_write_them(text: str, read: str) -> None:
    assert weekdays(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [("8:30", "08:30"), ("8:30 AM", "08:30"), ("12:05 pm", "12:05"), ("14:00:00", "14:00")],
)
def test_times_of_day_are_read_as_people_write_them(text: str, read: str) -> None:
    assert time_of_day(text) == read
