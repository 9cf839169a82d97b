"""Day passes, tablets and who may use them."""

from __future__ import annotations

from typing import Final

from schemas import devices, passes
from schemas.operation import ADMINISTRATOR, OFFICE, READERS, SCHOOL, Operation

PASSES: Final = (
    Operation(
        "passes",
        "GET",
        f"{SCHOOL}/passes",
        "The day passes of a date, and what it takes to issue another",
        READERS,
        relation="own school",
        query=passes.PassesQuery,
        returns=passes.Passes,
    ),
    Operation(
        "issue_pass",
        "POST",
        f"{SCHOOL}/passes",
        "Issue a day pass: a named person may take the listed rolls",
        OFFICE,
        relation="own school",
        takes=passes.NewPass,
        returns=passes.IssuedPass,
    ),
    Operation(
        "renew_code",
        "POST",
        f"{SCHOOL}/passes/{{pass_id}}/code",
        "Give a pass a new code; the old one ends",
        OFFICE,
        relation="own school",
        returns=passes.IssuedPass,
        problems=("pass_ended",),
    ),
    Operation(
        "revoke_pass",
        "POST",
        f"{SCHOOL}/passes/{{pass_id}}/revocation",
        "Withdraw a pass; what was taken before counts",
        OFFICE,
        relation="own school",
        returns=passes.DayPass,
    ),
    Operation(
        "devices",
        "GET",
        f"{SCHOOL}/devices",
        "The tablets that signed in, and who is on them",
        OFFICE,
        relation="own school",
        returns=devices.Devices,
    ),
    Operation(
        "revoke_device",
        "POST",
        f"{SCHOOL}/devices/{{device_id}}/revocation",
        "Withdraw a tablet's leave; what was taken before counts",
        OFFICE,
        relation="own school",
        takes=devices.Revocation,
        returns=devices.Device,
    ),
    Operation(
        "allow_device",
        "POST",
        f"{SCHOOL}/devices/{{device_id}}/allowance",
        "Let a revoked tablet in again; what it took meanwhile stays held",
        OFFICE,
        relation="own school",
        takes=devices.Allowance,
        returns=devices.Device,
    ),
    Operation(
        "revoke_person",
        "POST",
        f"{SCHOOL}/staff/{{staff_id}}/revocation",
        "Withdraw a person's leave and password; what was taken before counts",
        ADMINISTRATOR,
        relation="own school",
        takes=devices.Revocation,
        returns=devices.PersonRevoked,
    ),
)
