"""What tablets send and ask."""

from __future__ import annotations

from typing import Final

from schemas import feed, push, tablet
from schemas.operation import EVERYBODY, OFFICE, SCHOOL, STAFF, Operation

SYNC: Final = (
    Operation(
        "push_ops",
        "POST",
        f"{SCHOOL}/ops",
        "Send a batch of ops; each gets an outcome of its own, after the commit",
        STAFF,
        relation="own school; authority over each roll is judged op by op",
        takes=push.Push,
        returns=push.PushAnswer,
        most_bytes=256 * 1024,
        when_revoked=True,
        courier=True,
    ),
    Operation(
        "receipt",
        "GET",
        f"{SCHOOL}/ops/{{op_id}}",
        "What became of one op",
        EVERYBODY,
        relation="the op's author, the office, or a teacher of its roll",
        returns=push.Result,
    ),
    Operation(
        "changes",
        "GET",
        f"{SCHOOL}/changes",
        "What changed since a cursor; waits for news with `wait`",
        EVERYBODY,
        relation="own school; a teacher reads the sections assigned",
        query=feed.ChangesQuery,
        returns=feed.Changes,
        problems=("epoch_changed", "upgrade_needed"),
    ),
    Operation(
        "bootstrap",
        "GET",
        f"{SCHOOL}/bootstrap",
        "All that a device needs to work for days",
        STAFF,
        relation="own school; a teacher reads the sections assigned",
        returns=feed.Bootstrap,
        problems=("upgrade_needed",),
    ),
    Operation(
        "tablet_words",
        "POST",
        f"{SCHOOL}/tablet-words",
        "Tell which rolls are open on this tablet, and which are saved and wait",
        STAFF,
        relation="own school; words about rolls that are not the person's are passed over",
        takes=tablet.TabletWords,
        returns=tablet.WordsHeard,
        courier=True,
    ),
    Operation(
        "hand_over",
        "POST",
        f"{SCHOOL}/handovers",
        "Bring in the file that a tablet exported",
        OFFICE,
        relation="own school",
        takes=push.Handover,
        returns=push.PushAnswer,
        most_bytes=4 * 1024 * 1024,
    ),
)
