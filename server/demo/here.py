"""Finds the IANA name of the machine's time zone, if the machine says."""

from __future__ import annotations

import os
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LOCALTIME = Path("/etc/localtime")
TIMEZONE = Path("/etc/timezone")


def local_zone() -> str | None:
    """From TZ, the link /etc/localtime or the file /etc/timezone; None when nothing fits."""
    for name in (os.environ.get("TZ", "").removeprefix(":"), _linked(), _written()):
        if name and _is_known(name):
            return name
    return None


def _linked() -> str:
    target = str(LOCALTIME.resolve())
    return target.partition("/zoneinfo/")[2]


def _written() -> str:
    return TIMEZONE.read_text().strip() if TIMEZONE.is_file() else ""


def _is_known(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
