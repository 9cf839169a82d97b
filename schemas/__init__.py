"""The wire: marshmallow in, values out, values in, JSON out. Never queries.

`api.py` lists every operation as data; OpenAPI, wire.ts, the doors and the generated tests come
from it. `python -m schemas` writes the generated files, `--check` compares them.
"""
