"""Write fold_generated.json: sets of ops that Hypothesis thinks of, and what Python makes of them.

Vitest reads the file, so that the tablet's fold agrees with the server's far from the cases that
somebody thought of. Run `python -m tests.cases.generate` when the rules change.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from sync.fold import fold
from tests.cases import reader

FILE = "fold_generated.json"
SEED, HOW_MANY = 20261123, 600
ABOUT = (
    "Written by Hypothesis (tests/cases/generate.py) from a seed, faults included (unknown "
    "parents, rings, two ops with one id). The format is that of fold.json."
)
MORNING = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
PEOPLE = {
    "Ruiz": "teacher",
    "Okafor": "teacher",
    "Sato": "substitute",
    "Quill": "pass",
    "Pell": "staff",
    "Lind": "office",
    "Vega": "office",
}
STUDENTS = ("Ana", "Ben", "Dov")
OPS = tuple(f"op-{number}" for number in range(1, 7))
PRESENCES = ("present", "absent", "late", "left_early", "elsewhere", None)
Drawn = dict[str, Any]


def names() -> dict[str, str]:
    kinds = (("a1", PEOPLE), ("b2", STUDENTS), ("c3", OPS))
    return {
        name: f"{kind}000000-0000-4000-8000-{number:012x}"
        for kind, all_of_it in kinds
        for number, name in enumerate(all_of_it, 1)
    }


# Nothing is drawn but from lists: Hypothesis takes numbers and texts from the code around, too.
instants = st.sampled_from([str(reader.wire(MORNING + timedelta(minutes=n))) for n in range(40)])
parents = st.lists(st.sampled_from(OPS), min_size=1, max_size=3, unique=True)
PRESENCE = {
    "presence": st.sampled_from(PRESENCES),
    "arrived_at": instants,
    "left_at": instants,
    "note": st.sampled_from(["bus 12", "ask mother"]),
    "parents": parents,
}
ACCOUNT = {
    "reason": st.sampled_from(["illness", "dentist", ""]),
    "excused": st.booleans(),
    "evidence": st.sampled_from(["note seen", ""]),
}
STUDENT = {"student_id": st.sampled_from(["Ana", *STUDENTS])}
STATED = {"presence": st.sampled_from(PRESENCES[:4])}
plain = st.fixed_dictionaries(STUDENT | STATED)
informed = st.fixed_dictionaries(STUDENT | STATED | {"parents": parents})
rich = st.fixed_dictionaries(STUDENT, optional=PRESENCE | ACCOUNT)


@st.composite
def ops(draw: st.DrawFn, op_id: str) -> Drawn:
    author = draw(st.sampled_from(list(PEOPLE)))
    return {
        "id": op_id,
        "kind": "rule" if PEOPLE[author] == "office" else "submit",
        "author": author,
        "rank": PEOPLE[author],
        "taken_at": draw(instants),
        "marks": draw(st.lists(plain | plain | informed | rich, min_size=1, max_size=3)),
    }


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[str], list[Drawn]]:
    roster = draw(st.sampled_from([STUDENTS, STUDENTS[:2], STUDENTS, ()]))
    ids = list(draw(st.permutations(OPS)))[: draw(st.sampled_from([2, 3, 1, 4, 5]))]
    twice = draw(st.sampled_from([(), (), (), tuple(ids[:1])]))
    return list(roster), [draw(ops(op_id)) for op_id in (*ids, *twice)]


def drawn() -> list[tuple[list[str], list[Drawn]]]:
    """What Hypothesis thinks of, the same every time."""
    found: list[tuple[list[str], list[Drawn]]] = []

    @seed(SEED)
    @settings(
        max_examples=HOW_MANY,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases())
    def draw(case: tuple[list[str], list[Drawn]]) -> None:
        found.append(case)

    draw()
    return found


def with_roll(case: Drawn) -> Drawn:
    """Let the reference fold it, and write names for ids again."""
    real = reader.named(case, names())
    roll = fold([reader.op(one) for one in real["ops"]], [UUID(one) for one in real["roster"]])
    back = {value: name for name, value in names().items()}
    return {**case, "roll": reader.named(reader.roll_json(roll), back)}


def table() -> str:
    told = [
        with_roll({"id": f"generated {number}", "rules": ["F1"], "roster": roster, "ops": entries})
        for number, (roster, entries) in enumerate(drawn())
    ]
    lines = ",\n".join("  " + json.dumps(case, separators=(",", ":")) for case in told)
    head = f' "about": {json.dumps(ABOUT)},\n "names": {json.dumps(names())},\n'
    return "{\n" + head + ' "cases": [\n' + lines + "\n ]\n}\n"


if __name__ == "__main__":
    (reader.HERE / FILE).write_text(table())
