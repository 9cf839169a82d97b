"""Writes the API's description as one page to read: no scripts, nothing from elsewhere."""

from __future__ import annotations

from html import escape

from marshmallow import Schema

from schemas.api import described
from schemas.openapi import ABOUT
from schemas.operation import Operation
from schemas.problem import CATALOGUE
from schemas.typescript import resources, spell_resource, spell_words, words

STYLE = """\
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-inline-size: 60rem; margin-inline: auto;
  padding: 1rem; }
h2 { margin-block-start: 2.5rem; }
section { border-block-start: 1px solid; padding-block: 1rem; }
code, pre { font: 0.9rem/1.45 ui-monospace, monospace; }
pre { overflow-x: auto; padding: 0.75rem; border: 1px solid; border-radius: 0.25rem; }
dt { font-weight: 600; margin-block-start: 0.5rem; }
"""


def write(version: str) -> str:
    """The whole page."""
    operations = "".join(_operation(operation) for operation in described())
    shapes = "".join(_shape(resource) for resource in resources())
    lists = "".join(f"<pre>{escape(spell_words(kind))}</pre>" for kind in words())
    return f"""<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rollbook's API</title><link rel="stylesheet" href="/api/v1/docs.css"></head>
<body><main>
<h1>Rollbook's API, version {escape(version)}</h1>
<p>{escape(ABOUT)}</p>
<p>For programs: <a href="/api/v1/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
<h2 id="operations">Operations</h2>
{operations}
<h2 id="problems">Problems</h2>
<dl>{_problems()}</dl>
<h2 id="shapes">Shapes</h2>
{shapes}
<h2 id="words">Words</h2>
{lists}
</main></body></html>
"""


def _operation(operation: Operation) -> str:
    who = ", ".join(sorted(operation.roles)) or "anyone"
    if operation.relation:
        who += f" ({operation.relation})"
    facts = [("Who", escape(who))]
    for label, resource in (
        ("Query", operation.query),
        ("Takes", operation.takes),
        ("Returns", operation.returns),
    ):
        if resource is not None:
            facts.append((label, _link(resource)))
    problems = ", ".join(f'<a href="#problem-{code}">{code}</a>' for code in operation.codes)
    facts.append(("Problems", problems))
    told = "".join(f"<dt>{label}</dt><dd>{value}</dd>" for label, value in facts)
    heading = f"<code>{operation.method} {escape(operation.path)}</code>"
    return (
        f'<section id="{operation.name}"><h3>{heading}</h3>'
        f"<p>{escape(operation.says)}</p><dl>{told}</dl></section>\n"
    )


def _link(resource: type[Schema]) -> str:
    return f'<a href="#shape-{resource.__name__}">{resource.__name__}</a>'


def _shape(resource: type[Schema]) -> str:
    return f'<pre id="shape-{resource.__name__}">{escape(spell_resource(resource))}</pre>\n'


def _problems() -> str:
    return "".join(
        f'<dt id="problem-{kind.code}">{kind.status} <code>{kind.code}</code></dt>'
        f"<dd>{escape(kind.title)}. {escape(kind.detail)}</dd>"
        for kind in CATALOGUE.values()
    )
