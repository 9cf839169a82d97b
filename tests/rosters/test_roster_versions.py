"""Every import keeps the rosters that it changed, so that a past instant is shown with its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from server.db import reading
from server.models import RosterVersion, Section, table_of
from server.services.roster_versions import find_versions, read_versions
from server.services.rosters import Roster, rosters_of
from tests.rosters.files import MONDAY, Office, birch
from tests.rosters.test_import_roster import timed


def section(desk: Office) -> tuple[UUID, UUID, int]:
    of = table_of(Section).c
    with reading(desk.engine) as connection:
        row = connection.execute(select(of.school_id, of.section_id, of.roster_rev)).one()
    return row.school_id, row.section_id, row.roster_rev


def roster_at(desk: Office, at: datetime) -> Roster | None:
    school_id, section_id, _ = section(desk)
    with reading(desk.engine) as connection:
        found = find_versions(connection, school_id, [section_id], at)
        return read_versions(connection, school_id, found.values()).get(section_id)


def roster_today(desk: Office) -> Roster:
    school_id, section_id, rev = section(desk)
    with reading(desk.engine) as connection:
        return rosters_of(connection).load(connection, school_id, {section_id: rev})[section_id]


def test_W4_what_an_import_keeps_is_the_roster_that_it_made(birch_office: Office) -> None:
    birch_office.roster(birch())
    assert roster_at(birch_office, MONDAY) == roster_today(birch_office)
    assert roster_at(birch_office, MONDAY - timedelta(seconds=1)) is None


def test_W4_the_roster_before_a_change_is_still_there_after_it(birch_office: Office) -> None:
    birch_office.roster(birch())
    first = roster_today(birch_office)
    later = MONDAY + timedelta(days=2)
    files = birch()
    files["users"] = [row for row in files["users"] if row[0] != "S7"]
    files["enrollments"] = [
        row for row in files["enrollments"] if row[0] not in {"e-7", "e-okafor"}
    ]
    birch_office.roster(files, later)
    second = roster_today(birch_office)
    assert second != first
    assert roster_at(birch_office, later - timedelta(seconds=1)) == first
    assert roster_at(birch_office, later) == second


def test_W4_an_import_that_changes_nothing_keeps_nothing(birch_office: Office) -> None:
    birch_office.roster(birch())
    birch_office.roster(birch(), MONDAY + timedelta(days=1))
    with reading(birch_office.engine) as connection:
        versions = connection.execute(select(table_of(RosterVersion))).all()
    assert [(one.roster_rev, one.at) for one in versions] == [(1, MONDAY)]


def test_W4_F10_4_a_version_keeps_when_somebody_came_during_the_day(birch_office: Office) -> None:
    birch_office.roster(timed("2025-09-08", "2025-09-18", "10:55", "11:00"))
    assert roster_at(birch_office, MONDAY) == roster_today(birch_office)
    (first,) = [one for one in roster_today(birch_office).enrolled if one.begin_at]
    assert first.begin_at == datetime(2025, 9, 8, 17, 55, tzinfo=UTC)
