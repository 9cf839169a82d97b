"""A sentence for people: in English, as it is kept, and what it was made of, to be said otherwise.

    say("There is no code {code}.", code="A-9")

It is an English string wherever it goes: into a log, the database, a file. Only the door that knows
who reads asks for it in another language. What it was made of is lost where it is cut up or put
into another string; so sentences are put into sentences as values, never with `+` or an f-string.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

HOLE = re.compile(r"{(\w+)}")
MEANING = "¦"
Words = Mapping[str, str | Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its tag, with its sentences by the English ones.

    `words`: where a number decides, what is said of one and of any other number.
    """

    tag: str = "en"
    words: Words = field(default_factory=dict)


ENGLISH = Language()


class Sentence(str):
    """English with its parts. `{name}` is filled in; `{Name}` begins the sentence with it."""

    __slots__ = ("key", "one", "values")
    key: str
    one: str | None
    values: Mapping[str, Any]

    def __str__(self) -> str:
        """Itself, so that what makes sure of a string leaves it whole."""
        return self

    @property
    def english(self) -> str:
        """As it is kept: no sentence any more."""
        return str.__str__(self)

    def format(self, *_: object, **values: object) -> Sentence:
        """The same with its holes filled, as a plain template's would be."""
        return _made(self.key, values, self.one)

    def said_in(self, language: Language) -> str:
        """The sentence in a language; in English where that lacks it."""
        found = language.words.get(self.key, self.key if self.one is None else self._forms)
        pattern = found if isinstance(found, str) else found["one" if self._is_one else "other"]
        return _filled(pattern, self.values, language)

    @property
    def _forms(self) -> Mapping[str, str]:
        return {"one": self.one or "", "other": self.key}

    @property
    def _is_one(self) -> bool:
        return self.values.get("count") == 1


class Label(Sentence):
    """What a school or a rule pack has written in several languages itself."""

    __slots__ = ("written",)
    written: Mapping[str, str]

    def said_in(self, language: Language) -> str:
        """As written in this language, else in English."""
        return self.written.get(language.tag) or self.english


def say(template: str, **values: object) -> Sentence:
    """A sentence from its English template; `¦` ends what tells two meanings of one word apart."""
    return _made(template, values)


def say_count(count: int, one: str, many: str, **values: object) -> Sentence:
    """A sentence that reads otherwise where it is about one: "{count} days"."""
    return _made(many, {**values, "count": count}, one)


def labelled(written: Mapping[str, str]) -> Label:
    """Words that were written in several languages."""
    label = Label(written.get("en") or next(iter(written.values()), ""))
    label.key, label.one, label.values, label.written = str.__str__(label), None, {}, written
    return label


def _made(key: str, values: Mapping[str, Any], one: str | None = None) -> Sentence:
    pattern = key if one is None or values.get("count") != 1 else one
    sentence = Sentence(_filled(pattern, values, ENGLISH))
    sentence.key, sentence.one, sentence.values = key, one, values
    return sentence


def _filled(pattern: str, values: Mapping[str, Any], language: Language) -> str:
    """The words with their holes filled; a hole for which there is nothing stays."""

    def fill(hole: re.Match[str]) -> str:
        name = hole[1]
        if name in values:
            return _spoken(values[name], language)
        small = name[:1].lower() + name[1:]
        return hole[0] if small not in values else _capital(_spoken(values[small], language))

    return HOLE.sub(fill, pattern.rpartition(MEANING)[2])


def _spoken(value: object, language: Language) -> str:
    return value.said_in(language) if isinstance(value, Sentence) else f"{value}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
