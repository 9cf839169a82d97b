"""In which language whoever asks reads: known at the door, and spoken only there.

A catalogue is `words/<tag>.json`, the sentences of a language by the English ones; a school adds a
language by adding a file. What is kept, logged or written into files for machines stays English.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from importlib import resources
from typing import Any, Final

from flask import Flask, Response, request
from werkzeug.datastructures import LanguageAccept

from schemas.said_by_marshmallow import sentence_of
from sync.sentence import ENGLISH, Language, Sentence

CATALOGUES = resources.files("server").joinpath("words")
LANGUAGES: Final = {
    ENGLISH.tag: ENGLISH,
    **{
        file.name.removesuffix(".json"): Language(
            file.name.removesuffix(".json"), json.loads(file.read_text("utf-8"))
        )
        for file in CATALOGUES.iterdir()
        if file.name.endswith(".json")
    },
}

_reader: ContextVar[Language] = ContextVar("reader", default=ENGLISH)


def install(app: Flask) -> None:
    """Know before each request who reads its answer, and tell caches of it afterwards."""
    app.before_request(_listen)
    app.after_request(_say_which)
    app.teardown_request(lambda _: _forget())


def _listen() -> None:
    named = request.args.get("language", "")  # paper is fetched by a link, which has no headers
    _reader.set(LANGUAGES.get(named) or asked_for(request.accept_languages))


def _say_which(response: Response) -> Response:
    """What the API answers is told for one reader; the pages are the same for everybody."""
    if response.headers.get("Cache-Control") == "no-store":
        response.headers["Content-Language"] = _reader.get().tag
        response.vary.add("Accept-Language")
    return response


def _forget() -> None:
    _reader.set(ENGLISH)


def asked_for(accepted: LanguageAccept) -> Language:
    """The first language that there is of those that are read; English where there is none."""
    found = accepted.best_match(list(LANGUAGES), default=ENGLISH.tag)
    return LANGUAGES[found]


def language_of(tag: str | None) -> Language:
    """The language of a tag; English where there is none."""
    return LANGUAGES.get(tag or "", ENGLISH)


def reader() -> Language:
    """Whoever reads what is answered now."""
    return _reader.get()


def told(words: str, language: Language | None = None) -> str:
    """Words for a reader: for whoever asks now, where none is named."""
    language = language or _reader.get()
    if language is ENGLISH:
        return words
    sentence = words if isinstance(words, Sentence) else sentence_of(words)
    return words if sentence is None else sentence.said_in(language)


def all_told(answer: Any) -> Any:
    """An answer with its sentences in the language of whoever asks."""
    return answer if _reader.get() is ENGLISH else _walk(answer)


def _walk(answer: Any) -> Any:
    if isinstance(answer, Sentence):
        return answer.said_in(_reader.get())
    if isinstance(answer, Mapping):
        return {name: _walk(one) for name, one in answer.items()}
    if isinstance(answer, list | tuple):
        return [_walk(one) for one in answer]
    return answer


def faults_told(faults: Any) -> Any:
    """What is wrong with which field; some of it in the words of the library that reads them."""
    if isinstance(faults, str):
        return told(faults)
    if isinstance(faults, Mapping):
        return {name: faults_told(one) for name, one in faults.items()}
    return [faults_told(one) for one in faults] if isinstance(faults, Iterable) else faults
