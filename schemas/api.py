"""Every operation as data: documentation, doors, access and generated tests all come from here."""

from __future__ import annotations

from typing import Final

from schemas.operation import PREFIX, Operation
from schemas.operations.attendance import ATTENDANCE
from schemas.operations.audit import AUDIT
from schemas.operations.desk import DESK
from schemas.operations.front_desk import FRONT_DESK
from schemas.operations.passes import PASSES
from schemas.operations.reminders import REMINDERS
from schemas.operations.reports import REPORTS
from schemas.operations.service import SERVICE
from schemas.operations.signatures import SIGNATURES
from schemas.operations.signin import SIGNIN
from schemas.operations.students import STUDENTS
from schemas.operations.sync import SYNC
from schemas.operations.timetable import TIMETABLE

_ALL = (
    *SIGNIN,
    *SYNC,
    *DESK,
    *PASSES,
    *TIMETABLE,
    *REMINDERS,
    *REPORTS,
    *ATTENDANCE,
    *SIGNATURES,
    *AUDIT,
    *STUDENTS,
    *FRONT_DESK,
    *SERVICE,
)

OPERATIONS: Final = {operation.name: operation for operation in _ALL}


def described() -> list[Operation]:
    """The operations that the OpenAPI document lists: all but the pages."""
    return [op for op in _ALL if op.path.startswith(PREFIX) or op.returns is not None]
