"""The tablet's doors: push, feed, bootstrap, receipts."""

from __future__ import annotations

from flask import Blueprint

from server import current
from server.doors import Call, operation
from server.services.bootstrap import bootstrap
from server.services.pull import pull
from server.services.push import hand_over, push
from server.services.receipt import find_receipt

sync = Blueprint("sync", __name__)


@operation(sync, "push_ops", raw=True)
def push_ops(call: Call) -> bytes:
    """Record a batch; answered after the commit."""
    return push(current.engine(), call.carrier, call.raw, call.now)


@operation(sync, "changes")
def changes(call: Call) -> bytes:
    """A page of the feed; at most half of the threads wait for news."""
    polls = current.settings().threads // 2
    return pull(current.engine(), call.viewer, call.query, call.now, polls)


@operation(sync, "bootstrap")
def begin(call: Call) -> bytes:
    """All that a device needs to begin with."""
    return bootstrap(current.engine(), call.viewer, call.now)


@operation(sync, "receipt")
def receipt(call: Call) -> bytes:
    """What became of one op."""
    return find_receipt(current.engine(), call.viewer, call.part("op_id"))


@operation(sync, "hand_over", raw=True)
def bring_in(call: Call) -> bytes:
    """Bring in a tablet's exported file."""
    return hand_over(current.engine(), call.viewer, call.raw, call.now)
