"""Backups are proven when they are taken; a restore brings a new epoch and loses no roll."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from server.models import OpEntry, SchoolSync, table_of
from server.services.backup import CannotRestore, back_up, new_epoch, restore
from tests.support.api import School, Tablet, open_school
from tests.support.cast import TUESDAY, WEDNESDAY

OPS, SYNC = table_of(OpEntry), table_of(SchoolSync)


def url_of(school: School) -> str:
    return school.engine.url.render_as_string()


def test_a_backup_is_whole_and_tells_the_tablets_what_is_safe(
    sqlite_school: School, tmp_path: Path
) -> None:
    tablet = sqlite_school.tablet(sqlite_school.cast.ruiz)
    tablet.push(tablet.op(sqlite_school.cast.eight_a))
    assert tablet.bootstrap()["safe_before"] is None
    made = back_up(sqlite_school.engine, tmp_path / "b.sqlite", sqlite_school.clock.now())
    assert [(one.name, one.seq, one.ops, one.rolls_taken) for one in made.schools] == [
        ("Alder", 100, 0, 0),
        ("Birch", 101, 1, 1),
    ]
    assert tablet.bootstrap()["safe_before"] == "2026-10-06T15:03:00.000Z"
    answer = tablet.send(tablet.op(sqlite_school.cast.eight_a)).get_json()
    assert answer["safe_before"] == "2026-10-06T15:03:00.000Z"


def test_a_backup_is_never_written_over(sqlite_school: School, tmp_path: Path) -> None:
    (tmp_path / "b.sqlite").write_bytes(b"precious")
    with pytest.raises(CannotRestore, match="never written over"):
        back_up(sqlite_school.engine, tmp_path / "b.sqlite", sqlite_school.clock.now())


def test_a_backup_of_a_record_that_is_not_its_log_is_not_called_safe(
    sqlite_school: School, tmp_path: Path
) -> None:
    from server.models import RollRow  # noqa: PLC0415 - only this story changes one

    tablet = sqlite_school.tablet(sqlite_school.cast.ruiz)
    tablet.push(tablet.op(sqlite_school.cast.eight_a))
    sqlite_school.change(table_of(RollRow), {"safety": 3})
    with pytest.raises(CannotRestore, match="not what the log says"):
        back_up(sqlite_school.engine, tmp_path / "b.sqlite", sqlite_school.clock.now())
    assert list(tmp_path.glob("b.sqlite*")) == []
    assert {row.safe_before for row in sqlite_school.rows(SYNC)} == {None}


def test_P1_after_a_restore_the_tablet_learns_it_and_brings_its_rolls_again(
    sqlite_school: School, tmp_path: Path
) -> None:
    school, copy = sqlite_school, tmp_path / "b.sqlite"
    tablet = school.tablet(school.cast.ruiz)
    tablet.bootstrap()
    kept = tablet.op(school.cast.eight_a, on=TUESDAY)
    lost = tablet.op(school.cast.eight_a, absent=[4], on=WEDNESDAY)
    tablet.push(kept)
    back_up(school.engine, copy, school.clock.now())
    tablet.push(lost)
    old_epoch, old_cursor, url = tablet.epoch, tablet.cursor, url_of(school)
    school.engine.dispose()

    restored = restore(url, copy, school.clock.now())
    assert restored.set_aside is not None
    assert restored.set_aside.exists()
    assert [one.ops for one in restored.schools] == [0, 1]

    school = open_school(url)
    again = Tablet(school, tablet.person, school.app.test_client(), tablet.device_id)
    again.sign_in()
    gone = again.client.get(f"{again.path}/changes?since={old_cursor}")
    assert (gone.status_code, gone.get_json()["code"]) == (410, "epoch_changed")
    assert gone.get_json()["epoch"] not in {old_epoch, None}
    one, two = again.push(kept, lost)
    assert again.epoch == gone.get_json()["epoch"]
    assert (one["replayed"], two["replayed"]) == (True, False)
    assert len(school.rows(OPS)) == 2
    school.engine.dispose()


def test_a_restore_refuses_while_a_server_holds_the_record(
    sqlite_school: School, tmp_path: Path
) -> None:
    back_up(sqlite_school.engine, tmp_path / "b.sqlite", sqlite_school.clock.now())
    with pytest.raises(CannotRestore, match="in use"):
        restore(url_of(sqlite_school), tmp_path / "b.sqlite", sqlite_school.clock.now())
    assert not list(tmp_path.glob("*.restoring*"))
    tablet = sqlite_school.tablet(sqlite_school.cast.ruiz)
    assert tablet.push(tablet.op(sqlite_school.cast.eight_a))[0]["outcome"] == "accepted"


@pytest.mark.parametrize("harm", ["cut", "not a database", "missing"])
def test_a_damaged_backup_is_refused_before_anything_changes(
    sqlite_school: School, tmp_path: Path, harm: str
) -> None:
    copy = tmp_path / "b.sqlite"
    back_up(sqlite_school.engine, copy, sqlite_school.clock.now())
    url = url_of(sqlite_school)
    sqlite_school.engine.dispose()
    path = Path(str(sqlite_school.engine.url.database))
    before = path.read_bytes()
    content: dict[str, Any] = {"cut": copy.read_bytes()[:30_000], "not a database": b"x" * 9000}
    copy.unlink()
    if harm in content:
        copy.write_bytes(content[harm])
    with pytest.raises(CannotRestore):
        restore(url, copy, sqlite_school.clock.now())
    assert path.read_bytes() == before


def test_new_epoch_reaches_every_school_on_both_databases(school: School) -> None:
    tablet = school.tablet(school.cast.ruiz)
    tablet.push(tablet.op(school.cast.eight_a))
    before = {row.epoch for row in school.rows(SYNC)}
    assert new_epoch(school.engine) == 2
    after = {row.epoch for row in school.rows(SYNC)}
    assert len(after) == 2
    assert not before & after
