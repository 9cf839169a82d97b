"""What is due is found by partial indexes alone, however many rolls and messages there are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import insert, select, text

from server.ask import Question, _word
from server.db import writing
from server.services.deliver import FOUND, _limits
from server.services.remind import CLAIM, DUE
from tests.support import cast
from tests.support.api import School
from tests.support.reminding import MESSAGE, ROLL

MANY = 3_000


@pytest.fixture
def full(school: School) -> School:
    """Thousands of rolls that are taken or not yet due, and messages that were sent."""
    with writing(school.engine) as connection:
        (one, *_) = connection.execute(select(ROLL).limit(1)).all()
        roll = dict(one._mapping) | {"remind_at": cast.NEXT_SUMMER}
        taken = roll | {"remind_at": cast.LONG_AGO, "state": "submitted"}
        rows = [(taken if n % 2 else roll) | {"roll_id": uuid4()} for n in range(MANY)]
        connection.execute(insert(ROLL), rows)
        sent = {
            "school_id": school.cast.birch,
            "staff_id": school.cast.ruiz.staff_id,
            "way": "push",
            "kind": "reminder",
            "body": "{}",
            "made_at": cast.LONG_AGO,
            "not_after": cast.LONG_AGO,
            "next_try_at": None,
            "state": "sent",
            "tries": 1,
        }
        ids = [{"message_id": uuid4(), "sending_id": uuid4()} for _ in range(MANY)]
        connection.execute(insert(MESSAGE), [sent | one for one in ids])
    with school.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    return school


def plan(school: School, question: Question) -> str:
    """How the database would answer."""
    dialect = school.engine.dialect
    wording = _word(dialect, question.statement, tuple(question.values), len(question.ids))
    values = wording.parameters(question)
    with school.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        if dialect.name == "sqlite":
            rows = driver.execute(f"EXPLAIN QUERY PLAN {wording.text}", values).fetchall()
            return "\n".join(row[3] for row in rows)
        cursor = psycopg.RawCursor(driver)
        cursor.execute("SET plan_cache_mode = force_generic_plan")
        return "\n".join(row[0] for row in cursor.execute(f"EXPLAIN {wording.text}", values))


def test_due_rolls_are_found_by_the_partial_index(full: School) -> None:
    told = plan(full, Question(DUE, {"now": full.clock.now()}))
    assert "ix_roll_remind" in told
    assert "Seq Scan" not in told
    assert "SCAN roll" not in told.splitlines()


def test_waiting_messages_are_found_by_the_partial_index(full: School) -> None:
    now = full.clock.now()
    asked = _limits(now) | {"longest_wait": now + timedelta(hours=1), "way": "push"}
    told = plan(full, Question(FOUND, asked))
    assert "ix_message_waiting" in told
    assert "Seq Scan" not in told
    assert "SCAN message" not in told.splitlines()  # of the index alone it may be


def test_a_schools_rolls_are_claimed_by_their_keys(full: School) -> None:
    ids = [uuid4() for _ in range(8)]
    values = {"school_id": full.cast.birch, "now": full.clock.now()}
    told = plan(full, Question(CLAIM, values, ids))
    assert "pk_roll" in told or "sqlite_autoindex_roll" in told
    assert "Seq Scan" not in told
