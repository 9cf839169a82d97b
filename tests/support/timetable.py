"""The timetable's desk for tests: shows it, previews changes, makes them, takes them back.

desk = Desk(school.tablet(cast.lind))
told = desk.change(day(cast.WEDNESDAY, schedule="minimum"))
desk.undo(told)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from werkzeug.test import TestResponse

from server.db import reading
from server.models import Base, RollRow, table_of
from tests.support import cast as the_cast
from tests.support.api import School, Tablet, Tree


@dataclass
class Desk:
    """Somebody at the desk."""

    tablet: Tablet

    def show(self, where: str = "") -> Tree:
        """The timetable."""
        return self.tablet.get(f"timetable{where}")

    def day(self, on: date) -> Tree:
        """One date of it."""
        return self.show(f"/day?on={on}")

    def ask(
        self, *changes: Tree, preview: bool = False, revision: int | None = None
    ) -> TestResponse:
        """Ask for changes, at the present revision unless another is named."""
        named = self.show()["revision"] if revision is None else revision
        body = {"revision": named, "preview": preview, "changes": list(changes)}
        return self.tablet.post("timetable/changes", body)

    def change(self, *changes: Tree, preview: bool = False) -> Tree:
        """Changes that are carried out."""
        answer = self.ask(*changes, preview=preview)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        told: Tree = answer.get_json()
        return told

    def undo(self, told: Tree) -> Tree:
        """Take a change back, as the answer says how."""
        return self.change(*told["undo"])

    def wrong(self, *changes: Tree) -> Tree:
        """What was wrong with each change, by its place."""
        answer = self.ask(*changes)
        assert answer.status_code == 422, answer.get_data(as_text=True)
        told: Tree = answer.get_json()["errors"]["changes"]
        return told


def day(on: date, **facts: Any) -> Tree:
    """A change of a date: a regular school day for everybody unless it says otherwise."""
    usual = {"grades": "*", "kind": "instructional", "schedule": "regular"}
    return {"type": "day", "on": f"{on}", **usual, **facts}


def bells(schedule: str, **periods: str) -> Tree:
    """A change of a bell schedule: bells("minimum", p1="08:00-08:30")."""
    slots = [
        {
            "period": name.removeprefix("p"),
            "name": f"Period {name.removeprefix('p')}",
            "starts_time": times.partition("-")[0],
            "ends_time": times.partition("-")[2],
        }
        for name, times in periods.items()
    ]
    return {"type": "schedule", "schedule": schedule, "periods": slots}


def policy(from_on: date, **facts: Any) -> Tree:
    """Deadlines: the usual ones for everybody unless they say otherwise."""
    usual = {
        "grades": "*",
        "period": "*",
        "open_before_min": 5,
        "due_after_min": 15,
        "check_after_min": 30,
        "grace_min": 0,
        "close_time": "17:00",
        "lock_after_days": None,
    }
    return {"type": "policy", "from_on": f"{from_on}", **usual, **facts}


def exemption(on: date, *, section: the_cast.Class | None = None, period: str | None = None,
              why: str = "Assembly in the gym") -> Tree:  # fmt: skip
    """An exemption."""
    section_id = None if section is None else str(section.section_id)
    return {"type": "exemption", "on": f"{on}", "section_id": section_id, "period": period,
            "why": why}  # fmt: skip


def everything(school: School) -> dict[str, list[str]]:
    """All rows of all tables, for showing that nothing changed."""
    with reading(school.engine) as connection:
        return {
            name: sorted(map(repr, connection.execute(select(table)).all()))
            for name, table in Base.metadata.tables.items()
        }


def roll_rows(school: School, school_id: UUID, *but: str) -> dict[Any, dict[str, Any]]:
    """A school's rolls by id, but for their places in the feed."""
    rows = school.rows(table_of(RollRow), school_id=school_id)
    return {
        row.roll_id: {
            name: row._asdict()[name] for name in row._fields if name not in {"seq", *but}
        }
        for row in rows
    }
