"""The timetable's CSV files at the desk: first what they would change, then the change."""

from enum import StrEnum

from marshmallow import fields, validate

from schemas.fields import Text, TrueFalse, Word
from schemas.resource import Resource
from schemas.timetable_changes import TimetableChanged

MOST_FILES = 20
MOST_CHARACTERS = 4_000_000


class FilesEnding(StrEnum):
    """How files ended. Only `imported` wrote anything."""

    PLANNED = "planned"
    IMPORTED = "imported"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class FindingSeverity(StrEnum):
    """An error loses a line and stops the import; a warning is worth a look."""

    ERROR = "error"
    WARNING = "warning"


class DateOrder(StrEnum):
    """How 8/9/2026 is meant."""

    MONTH_FIRST = "mdy"
    DAY_FIRST = "dmy"


class TimetableFile(Resource):
    """A file by its name, and what is in it."""

    name = Text(required=True, least=1, most=200)
    text = fields.String(required=True, validate=validate.Length(max=MOST_CHARACTERS))


class TimetableFiles(Resource):
    """Files as docs/schedule-csv.md describes them. `preview` keeps nothing and answers the same;
    `skip_bad_rows` imports the rest where lines are at fault."""

    preview = TrueFalse(required=True)
    skip_bad_rows = TrueFalse(load_default=False)
    dates = Word(DateOrder, allow_none=True, load_default=None)
    files = fields.List(
        fields.Nested(TimetableFile),
        required=True,
        validate=validate.Length(min=1, max=MOST_FILES),
    )


class FileFinding(Resource):
    """A problem: where, what was found there, what is wrong with it and what to do."""

    severity = Word(FindingSeverity, required=True)
    file = fields.String(required=True)
    line = fields.Integer(required=True, allow_none=True)
    column = fields.String(required=True, allow_none=True)
    found = fields.String(required=True)
    problem = fields.String(required=True)
    cure = fields.String(required=True)


class FileChange(Resource):
    """How many lines of a kind are new, changed and gone."""

    kind = fields.String(required=True)
    new = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    withdrawn = fields.Integer(required=True)


class TimetableFilesRead(Resource):
    """What became of files, or would. `findings`: errors first, the first 200 of a kind; `errors`
    counts all. `effect`: what becomes of rolls, as a change at the desk tells it; null where
    nothing changes."""

    ending = Word(FilesEnding, required=True)
    errors = fields.Integer(required=True)
    warnings = fields.Integer(required=True)
    findings = fields.List(fields.Nested(FileFinding), required=True)
    changes = fields.List(fields.Nested(FileChange), required=True)
    effect = fields.Nested(TimetableChanged, required=True, allow_none=True)
