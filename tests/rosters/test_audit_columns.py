"""A spreadsheet with a renamed heading must not empty what the school already has."""

from __future__ import annotations

import pytest

from server.roster.outcome import Ending
from tests.rosters.files import Office, birch, codes


@pytest.mark.parametrize("column", ["givenName", "familyName"])
def test_a_roster_whose_names_column_is_missing_is_refused_and_names_stay(
    birch_office: Office, column: str
) -> None:
    assert birch_office.roster(birch()).ending is Ending.IMPORTED
    before = birch_office.ask("SELECT given_name, family_name FROM student ORDER BY num")
    files = birch()
    header, *people = files["users"]
    files["users"] = [tuple("Surname" if name == column else name for name in header), *people]
    outcome = birch_office.roster(files)
    assert outcome.ending is Ending.REFUSED, outcome.findings.kept
    assert codes(outcome, "error") == {"no_column"}
    assert birch_office.ask("SELECT given_name, family_name FROM student ORDER BY num") == before
