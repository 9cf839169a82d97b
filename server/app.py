"""Puts the app together; the only module that knows all doors."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import PathConverter

from server import current, headers, language, logs, problems
from server.blueprints.attendance import attendance
from server.blueprints.audit import audit
from server.blueprints.board import board
from server.blueprints.devices import devices
from server.blueprints.docs import docs
from server.blueprints.front_desk import front_desk
from server.blueprints.health import health
from server.blueprints.pages import pages
from server.blueprints.passes import passes
from server.blueprints.push import push
from server.blueprints.reminders import reminders
from server.blueprints.reports import reports
from server.blueprints.rolls import rolls
from server.blueprints.signatures import signatures
from server.blueprints.signin import signin
from server.blueprints.students import students
from server.blueprints.sync import sync
from server.blueprints.timetable import timetable
from server.clock import Clock, SystemClock
from server.models import db
from server.push.addresses import Network
from server.settings import Settings

MOST_BYTES = 8 * 1024 * 1024


DOORS = (
    signin,
    passes,
    devices,
    push,
    sync,
    rolls,
    board,
    timetable,
    reminders,
    reports,
    attendance,
    signatures,
    audit,
    students,
    front_desk,
    health,
    docs,
    pages,
)


class PublicName(PathConverter):
    """The name of a file of the pages; what begins with api/ never is one."""

    regex = r"(?!api/)[^/].*?"


def create_app(
    settings: Settings, clock: Clock | None = None, network: Network | None = None
) -> Flask:
    """An app on a database that exists already (see `rollbook init`)."""
    app = Flask("rollbook", static_folder=None, template_folder=None)
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    app.json.sort_keys = False  # type: ignore[attr-defined] # Flask's provider has it, its base not
    # No redirects: one made from //elsewhere or a forged Host would lead away.
    app.url_map.merge_slashes = False
    app.url_map.strict_slashes = False
    app.url_map.converters["public"] = PublicName
    current.keep(app, current.Made(settings, clock or SystemClock(), network or Network()))
    db.init_app(app)
    logs.install(app)
    language.install(app)
    headers.install(app)
    problems.install(app)
    for door in DOORS:
        app.register_blueprint(door)
    return app
