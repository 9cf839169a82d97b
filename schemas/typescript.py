"""Writes the resources as TypeScript interfaces: pwa/src/wire.ts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from inspect import cleandoc
from typing import Any

from marshmallow import Schema, fields

from schemas import feed, problem, timetable_changes
from schemas.api import OPERATIONS
from schemas.fields import Exactly, Instant, SchoolDate, Union, Uuid, Word

HEADER = """\
// Written by `python -m schemas` from schemas/; never edit. The fields' meaning is there.

/** An instant in UTC with milliseconds: 2026-11-23T16:41:07.213Z. */
export type Instant = string;
/** A school date: 2026-11-23. */
export type SchoolDate = string;
export type Uuid = string;
"""

# Spelled by their names; any other field type is spelled by its JSON form.
NAMED: dict[type[fields.Field[Any]], str] = {
    Uuid: "Uuid",
    Instant: "Instant",
    SchoolDate: "SchoolDate",
    fields.Boolean: "boolean",
    fields.Number: "number",
    fields.String: "string",
    fields.Dict: "Record<string, unknown>",
}


def write() -> str:
    """The whole file."""
    parts = [HEADER]
    parts += [spell_words(kind) for kind in words()]
    parts += [spell_resource(resource) for resource in resources()]
    parts.append(f"export type Change = {_either(feed.CHANGES.values())};\n")
    asked = _either(timetable_changes.CHANGES.values())
    parts.append(f"export type TimetableChange =\n  | {asked.replace(' | ', chr(10) + '  | ')};\n")
    parts.append(_spell_codes())
    return "\n".join(parts)


def resources() -> Iterator[type[Schema]]:
    """Every resource of any operation, the parts before the whole, each once."""
    seen: set[type[Schema]] = set()
    for operation in OPERATIONS.values():
        for resource in (operation.query, operation.takes, operation.returns):
            if resource is not None:
                yield from _with_parts(resource, seen)
    yield from _with_parts(problem.Problem, seen)


def _with_parts(resource: type[Schema], seen: set[type[Schema]]) -> Iterator[type[Schema]]:
    if resource in seen:
        return
    seen.add(resource)
    for field in resource().fields.values():
        for part in _parts(field):
            yield from _with_parts(part, seen)
    yield resource


def _parts(field: fields.Field[Any]) -> list[type[Schema]]:
    """The resources inside a field."""
    match field:
        case fields.List():
            return _parts(field.inner)
        case fields.Nested():
            return [type(field.schema)]
        case Union():
            return list(field.members.values())
        case _:
            return []


def words() -> list[type[StrEnum]]:
    """The closed lists of words, by name."""
    used = {
        one.words.__name__: one.words
        for resource in resources()
        for field in resource().fields.values()
        for one in (field.inner if isinstance(field, fields.List) else field,)
        if isinstance(one, Word)
    }
    return [used[name] for name in sorted(used)]


def _either(resources: Iterable[type[Schema]]) -> str:
    return " | ".join(resource.__name__ for resource in resources)


def spell_words(kind: type[StrEnum]) -> str:
    """A closed list of words as a TypeScript type."""
    spelled = " | ".join(f'"{word.value}"' for word in kind)
    return f"{_comment(kind)}export type {kind.__name__} = {spelled};\n"


def spell_resource(resource: type[Schema]) -> str:
    """A resource as a TypeScript interface."""
    lines = [f"{_comment(resource)}export interface {resource.__name__} {{"]
    for name, field in resource().fields.items():
        optional = "" if field.required else "?"
        lines.append(f"  {field.data_key or name}{optional}: {_spell_type(field)};")
    return "\n".join([*lines, "}\n"])


def _spell_type(field: fields.Field[Any]) -> str:
    spelled = _spell_value(field)
    return f"{spelled} | null" if field.allow_none else spelled


def _spell_value(field: fields.Field[Any]) -> str:
    match field:
        case Word():
            return field.words.__name__
        case Exactly():
            return f'"{field.value}"' if isinstance(field.value, str) else str(field.value)
        case Union():
            return str(field.metadata["typescript"])
        case fields.Nested():
            return type(field.schema).__name__
        case fields.List():
            inner = _spell_type(field.inner)
            return f"({inner})[]" if field.inner.allow_none else f"{inner}[]"
    return _spell_plain(field)


def _spell_plain(field: fields.Field[Any]) -> str:
    if isinstance(field, fields.Dict) and isinstance(field.value_field, fields.String):
        return "Record<string, string>"
    for kind, name in NAMED.items():
        if isinstance(field, kind):
            return name
    raise TypeError(f"{type(field).__name__} has no TypeScript spelling: add it to NAMED")


def _spell_codes() -> str:
    codes = "\n".join(f'  | "{code}"' for code in problem.CATALOGUE)
    return f"/** What a problem's `code` may be. */\nexport type ProblemCode =\n{codes};\n"


def _comment(kind: type) -> str:
    lines = cleandoc(kind.__doc__ or "").splitlines()
    if len(lines) == 1:
        return f"/** {lines[0]} */\n"
    return "/**\n" + "".join(f" * {line}".rstrip() + "\n" for line in lines) + " */\n"
