"""What the app was made with, for views: its clock, settings, database, way to push services."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from flask import current_app
from sqlalchemy import Engine

from server.clock import Clock
from server.models import db
from server.push.addresses import Network
from server.settings import Settings

if TYPE_CHECKING:
    from flask import Flask

KEY = "rollbook"


@dataclass(frozen=True, slots=True)
class Made:
    """What `create_app` was given."""

    settings: Settings
    clock: Clock
    network: Network = field(default_factory=Network)


def keep(app: Flask, made: Made) -> None:
    """Remember what the app was made with."""
    app.extensions[KEY] = made


def clock() -> Clock:
    """The app's clock."""
    return _made().clock


def settings() -> Settings:
    """The app's settings."""
    return _made().settings


def engine() -> Engine:
    """The app's database."""
    return db.engine


def network() -> Network:
    """How the app reaches push services."""
    return _made().network


def _made() -> Made:
    return cast("Made", current_app.extensions[KEY])
