"""Who somebody is, and the clock."""

from __future__ import annotations

from typing import Final

from schemas import passes, people, server
from schemas.operation import ANYONE, EVERYBODY, PREFIX, SIGNS_IN, Operation

SIGNIN: Final = (
    Operation(
        "sign_in",
        "POST",
        f"{PREFIX}/sign-in",
        "Sign in on a device and get leave to record on it",
        ANYONE,
        takes=people.SignIn,
        returns=people.SignedIn,
        problems=("wrong_password", "choose_school", "device_revoked", "slow_down"),
    ),
    Operation(
        "sign_out",
        "POST",
        f"{PREFIX}/sign-out",
        "End this session; rolls waiting on the device stay there",
        ANYONE,
        relation="ends the session there is, if any",
        status=204,
    ),
    Operation(
        "redeem_pass",
        "POST",
        f"{PREFIX}/pass",
        "Begin on a device with the code of a day pass",
        ANYONE,
        takes=passes.RedeemPass,
        returns=people.SignedIn,
        problems=("wrong_code", "pass_ended", "pass_in_use", "device_revoked", "slow_down"),
    ),
    Operation(
        "change_password",
        "POST",
        f"{PREFIX}/password",
        "Change one's own password; one's other sessions end",
        SIGNS_IN,
        takes=people.PasswordChange,
        status=204,
        problems=("wrong_password", "slow_down"),
    ),
    Operation(
        "me",
        "GET",
        f"{PREFIX}/me",
        "Who is signed in",
        EVERYBODY,
        returns=people.SignedInAs,
    ),
    Operation(
        "server_time",
        "GET",
        f"{PREFIX}/time",
        "The server's clock",
        ANYONE,
        returns=server.ServerTime,
    ),
)
