"""What the library that reads requests says by itself, found again in what it has said: its English
comes filled in, and not as sentences of ours."""

from __future__ import annotations

import re
from typing import Final

from sync.sentence import HOLE, Sentence, say

SENTENCES: Final = (
    say("Missing data for required field."),
    say("Field may not be null."),
    say("Invalid value."),
    say("Invalid type."),
    say("Invalid input."),
    say("Invalid input type."),
    say("Unknown field."),
    say("Not a valid list."),
    say("Not a valid string."),
    say("Not a valid utf-8 string."),
    say("Not a valid number."),
    say("Number too large."),
    say("Not a valid integer."),
    say("Not a valid boolean."),
    say("Not a valid date."),
    say("Not a valid mapping type."),
    say("Special numeric values (nan or infinity) are not permitted."),
    say("Shorter than minimum length {min}."),
    say("Longer than maximum length {max}."),
    say("Length must be between {min} and {max}."),
    say("Length must be {equal}."),
    say("Must be greater than or equal to {min} and less than or equal to {max}."),
    say("Must be greater than or equal to {min}."),
    say("Must be less than or equal to {max}."),
    say("Must be one of: {choices}."),
    say("String does not match expected pattern."),
)


def _pattern(sentence: Sentence) -> re.Pattern[str]:
    literal = re.split(r"{\w+}", sentence.key)
    names = HOLE.findall(sentence.key)
    holes = [f"(?P<{name}>.+)" for name in names] + [""]
    return re.compile("".join(re.escape(a) + b for a, b in zip(literal, holes, strict=True)))


PATTERNS: Final = [(_pattern(one), one) for one in SENTENCES]


def sentence_of(words: str) -> Sentence | None:
    """The sentence that these words are; None where they are none of the library's."""
    for pattern, sentence in PATTERNS:
        found = pattern.fullmatch(words)
        if found:
            return sentence.format(**found.groupdict())
    return None
