"""What the server says to people, read from its syntax trees: every sentence, and what is none."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("sync", "schemas", "server")
# Words as a sentence begins and goes on, or as one ends.
LOOKS_SPOKEN = re.compile(r"\A[^A-Za-z]*[A-Z][a-z]*[ ,].*[a-z]{2}|[a-z]{2} .*[a-z]{2}\.\Z")
SAYS = frozenset({"say", "say_count"})
LOGS = frozenset({".debug", ".info", ".warning", ".error", ".exception"})


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with the key that catalogues know it by."""

    key: str
    is_count: bool
    at: str


def modules() -> list[Path]:
    """All that is shipped, by path."""
    return [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


def sentences(path: Path) -> Iterator[Said]:
    """What a module says. Raises ValueError where a sentence is not written out."""
    source = path.read_text("utf-8")
    if "from sync.sentence import" not in source:
        return  # a terminal's `say` is another
    for call in ast.walk(ast.parse(source)):
        name = _called(call)
        if not isinstance(call, ast.Call) or name not in SAYS:
            continue
        place = 0 if name == "say" else 2
        key = call.args[place] if len(call.args) > place else None
        at = f"{path.relative_to(ROOT)}:{call.lineno}"
        if not isinstance(key, ast.Constant) or not isinstance(key.value, str):
            raise ValueError(f"{at} says what no catalogue can know")  # noqa: TRY004 of the source
        yield Said(key.value, name == "say_count", at)


def bare(path: Path) -> Iterator[str]:
    """Words that look like a sentence for people and cannot be said in another language."""
    tree = ast.parse(path.read_text("utf-8"))
    spared = {id(one) for node in ast.walk(tree) for one in _spared(node)}
    for node in ast.walk(tree):
        words = None if id(node) in spared else _words(node)
        if words is not None and LOOKS_SPOKEN.search(words):
            yield words


def _called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    function = node.func
    return f".{function.attr}" if isinstance(function, ast.Attribute) else ast.unparse(function)


def _spared(node: ast.AST) -> Iterator[ast.AST]:
    """What stands in a sentence, a docstring, a log, an assertion, or within other words."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    if isinstance(node, ast.Assert) and node.msg is not None:
        yield from ast.walk(node.msg)
    if _called(node) in SAYS | LOGS:
        yield from ast.walk(node)
    if isinstance(node, ast.JoinedStr):
        yield from (one for one in ast.walk(node) if one is not node)


def _words(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = (one.value if isinstance(one, ast.Constant) else "{}" for one in node.values)
        return "".join(str(part) for part in parts)
    return None
