"""Kinto as a WSGI application, run in Kinto's own environment: `granian tests/bench/kinto_app`."""

import os

from pyramid.paster import get_app

application = get_app(os.environ["KINTO_INI"])
