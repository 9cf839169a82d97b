"""Tablets and people: who is on which, and whose leave is withdrawn."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from server import current
from server.doors import Call, operation
from server.services.devices import find_device, list_devices
from server.services.revoke import By, allow_device, revoke_device, revoke_person

devices = Blueprint("devices", __name__)


@operation(devices, "devices")
def show(call: Call) -> dict[str, Any]:
    """The tablets of the school."""
    return {"devices": list_devices(current.engine(), call.viewer.school_id)}


@operation(devices, "revoke_device")
def end_device(call: Call) -> dict[str, Any]:
    """Withdraw a tablet's leave."""
    engine, device_id = current.engine(), call.part("device_id")
    revoke_device(engine, call.viewer.school_id, device_id, _by(call), call.now)
    return find_device(engine, call.viewer.school_id, device_id)


@operation(devices, "allow_device")
def begin_device(call: Call) -> dict[str, Any]:
    """Let a tablet in again."""
    engine, device_id = current.engine(), call.part("device_id")
    allow_device(engine, call.viewer.school_id, device_id, _by(call), call.now)
    return find_device(engine, call.viewer.school_id, device_id)


@operation(devices, "revoke_person")
def end_person(call: Call) -> dict[str, Any]:
    """Withdraw a person's leave."""
    engine, staff_id = current.engine(), call.part("staff_id")
    since = revoke_person(engine, call.viewer.school_id, staff_id, _by(call), call.now)
    return {"staff_id": staff_id, "revoked_at": since}


def _by(call: Call) -> By:
    return By(call.viewer.staff_id, call.body["why"])
