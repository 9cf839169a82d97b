"""A sentence is English wherever it goes, and can be said in another language while it is whole."""

from __future__ import annotations

import json
from datetime import date

import pytest

from sync.phrases import all_of, any_of, date_of, month_of, row_of, short_day_of, weekday_of
from sync.sentence import ENGLISH, Language, Sentence, labelled, say, say_count

SPANISH = Language(
    "es",
    {
        "There is no code {code}.": "No existe el código {code}.",
        "{count} days": {"one": "{count} día", "other": "{count} días"},
        "{Before} becomes {after}.": "Pasa a {after} desde {before}.",
        "absent": "ausente",
        "of a roll¦late": "atrasada",
        "late": "tarde",
        "October": "octubre",
        "Oct": "oct",
        "a short date¦{month} {day}": "{day} {month}",
        "{month} {day}, {year}": "{day} de {month} de {year}",
    },
)


def in_spanish(words: str) -> str:
    assert isinstance(words, Sentence)
    return words.said_in(SPANISH)


def test_S3_a_sentence_is_an_english_string_to_whoever_keeps_it() -> None:
    said = say("There is no code {code}.", code="A-9")
    assert said == "There is no code A-9."
    assert json.dumps([said]) == '["There is no code A-9."]'
    assert str(said) is said
    assert type(f"{said} And so on.") is str


def test_S2_it_is_said_again_with_its_values() -> None:
    assert in_spanish(say("There is no code {code}.", code="A-9")) == "No existe el código A-9."
    assert say("There is no code {code}.", code="A-9").said_in(ENGLISH) == "There is no code A-9."


def test_S2_sentences_stand_in_sentences_and_begin_them() -> None:
    said = say("{Before} becomes {after}.", before=say("absent"), after=say("late"))
    assert said == "Absent becomes late."
    assert in_spanish(said) == "Pasa a tarde desde ausente."


@pytest.mark.parametrize(
    ("count", "english", "spanish"),
    [(0, "0 days", "0 días"), (1, "1 day", "1 día"), (2, "2 days", "2 días")],
)
def test_S2_a_number_decides_in_each_language(count: int, english: str, spanish: str) -> None:
    said = say_count(count, "{count} day", "{count} days")
    assert (said, in_spanish(said)) == (english, spanish)


def test_S2_a_meaning_tells_two_words_apart_and_is_not_said() -> None:
    said = say("of a roll¦late")
    assert (said, in_spanish(said)) == ("late", "atrasada")


def test_S2_what_a_language_lacks_is_english_and_values_are_never_read_as_holes() -> None:
    said = say("{who} saw {what}.", who="{what}", what=say("absent"))
    assert said == "{what} saw absent."
    assert in_spanish(said) == "{what} saw ausente."
    assert in_spanish(say_count(1, "1 thing", "{count} things")) == "1 thing"


def test_S2_a_template_is_filled_later_as_a_plain_one_would_be() -> None:
    template = say("There is no code {code}.")
    assert template == "There is no code {code}."
    assert in_spanish(template.format(code="B")) == "No existe el código B."


def test_S2_what_a_rule_pack_says_in_several_languages_is_said_in_them() -> None:
    label = labelled({"en": "Illness", "es": "Enfermedad"})
    assert (label, in_spanish(label)) == ("Illness", "Enfermedad")
    assert in_spanish(labelled({"en": "Illness"})) == "Illness"


def test_S2_dates_and_lists_are_sentences_too() -> None:
    on = date(2026, 10, 6)
    assert date_of(on) == "October 6, 2026"
    assert in_spanish(date_of(on)) == "6 de octubre de 2026"
    assert in_spanish(short_day_of(on)) == "6 oct"
    assert (weekday_of(on), month_of(on)) == ("Tuesday, October 6", "October 2026")
    assert all_of(["1"]) == "1"
    assert all_of(["1", "2", "3"]) == "1, 2 and 3"
    assert any_of(["late", "absent"]) == "late or absent"
    assert row_of(["a", "b", "c"]) == "a, b, c"
