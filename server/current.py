"""What the app was made with, for views: its clock, settings and database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import current_app
from sqlalchemy import Engine

from server.clock import Clock
from server.models import db
from server.settings import Settings

if TYPE_CHECKING:
    from flask import Flask

KEY = "rollbook"


@dataclass(frozen=True, slots=True)
class Made:
    """What `create_app` was given."""

    settings: Settings
    clock: Clock


def keep(app: Flask, settings: Settings, clock: Clock) -> None:
    """Remember what the app was made with."""
    app.extensions[KEY] = Made(settings, clock)


def clock() -> Clock:
    """The app's clock."""
    return _made().clock


def settings() -> Settings:
    """The app's settings."""
    return _made().settings


def engine() -> Engine:
    """The app's database."""
    return db.engine


def _made() -> Made:
    return cast("Made", current_app.extensions[KEY])
