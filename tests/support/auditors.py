"""**Vale** audits Birch: reads everything and changes nothing."""

from __future__ import annotations

from sqlalchemy import Engine, insert

from server.db import writing
from tests.support import cast

VALE = cast.Person(
    "S. Vale",
    "auditor",
    cast.gather().birch,
    cast.named("staff", "vale"),
    "vale",
    cast.named("device", "vale"),
    cast.named("grant", "vale"),
)


def settle(engine: Engine) -> None:
    """Write the auditor beside a cast that is there."""
    rows = cast.person_rows(VALE)
    with writing(engine) as connection:
        for model, row in rows:
            connection.execute(insert(model), row)
