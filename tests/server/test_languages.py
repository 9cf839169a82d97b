"""The server answers whoever asks in the language that they read; what it keeps stays English."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from server.models import OpEntry, PushSubscription, table_of
from server.services.change_pack import choose_pack
from tests.server.test_report_pages import text_of
from tests.server.test_rulings import WHY, Desk, says
from tests.support.api import OURS, School, Tablet
from tests.support.cast import MORNING, TUESDAY, WEDNESDAY, local
from tests.support.pushing import PushBrowser, subscribe
from tests.support.reminding import Bell

Tree = dict[str, Any]
SUBSCRIPTIONS = table_of(PushSubscription)


def reads(tablet: Tablet, accepted: str | None) -> Tablet:
    """The same browser with another choice of languages."""
    tablet.client.environ_base.pop("HTTP_ACCEPT_LANGUAGE", None)
    if accepted is not None:
        tablet.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = accepted
    return tablet


def printed(tablet: Tablet, language: str) -> str:
    """The audit of Tuesday on paper."""
    answer = tablet.client.get(f"{tablet.path}/audit.pdf?from={TUESDAY}&language={language}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    (page,) = text_of(answer.get_data())
    return page


@pytest.fixture
def taken(school: School) -> School:
    """Tuesday, 8:13: Ruiz has taken 8A, one of whom was absent; the codes are California's."""
    choose_pack(school.engine, school.cast.birch, "california_lausd", None, MORNING)
    ruiz = school.tablet(school.cast.ruiz)
    ruiz.push(ruiz.op(school.cast.eight_a, absent=[2]))
    school.clock.set(local(TUESDAY, 8, 13))
    return school


@pytest.fixture
def lind(taken: School) -> Desk:
    """At the desk, in Spanish."""
    desk = Desk(taken)
    reads(desk.tablet, "es")
    return desk


def test_S2_a_ruling_is_refused_in_the_clerks_language_and_kept_in_english(
    taken: School, lind: Desk
) -> None:
    line = lind.line(taken.cast.eight_a, 2, presence="late")
    assert says(lind.rule(line)) == [
        "Diga por qué cambia la marca: el motivo se conserva con ella."
    ]
    assert says(lind.rule({**line, "why": WHY})) == ["Ausente pasa a tarde."]
    kept = [row.payload for row in taken.rows(table_of(OpEntry)) if row.kind == "rule"]
    assert len(kept) == 1
    assert b"tarde" not in kept[0]


def test_S2_a_code_is_refused_with_its_dates_and_lists_as_spanish_has_them(lind: Desk) -> None:
    wrong = lind.line(lind.school.cast.eight_a, 3, reason="A-1")
    (said,) = says(lind.rule(wrong))
    assert said.startswith("A-1 explica ")
    assert said.endswith(" Esta marca dice presente.")
    assert says(lind.rule(lind.line(lind.school.cast.eight_a, 2, reason="NO"))) == [
        "No existe el código NO."
    ]


def test_S2_what_another_clerk_did_meanwhile_is_told_to_each_in_her_own(
    taken: School, lind: Desk
) -> None:
    moss = Desk(taken, taken.cast.moss)
    place = (taken.cast.eight_a, 2)
    english, spanish = (one.line(*place, presence="present", why=WHY) for one in (moss, lind))
    moss.rule(moss.line(*place, reason="A-1"))
    told = {"en": moss.send(english), "es": lind.send(spanish)}
    assert [answer.status_code for answer in told.values()] == [409, 409]
    problem = told["es"].get_json()
    assert problem["title"] == "Cambió mientras tanto"
    assert problem["detail"] == (
        "Alguien cambió lo que usted va a decidir. No se guardó nada: véalo y decida."
    )
    (cell,) = problem["cells"]
    assert cell["says"].startswith("T. Moss dio el motivo ")
    assert "Ahora vale: ausente, " in cell["says"]
    (cell,) = told["en"].get_json()["cells"]
    assert "gave the reason" in cell["says"]


def test_S2_a_wrong_field_is_told_in_spanish_in_ours_and_in_the_librarys_words(
    lind: Desk,
) -> None:
    body = {"ruling_id": "17", "preview": False, "rulings": []}
    errors = lind.tablet.post("rulings", body).get_json()["errors"]
    assert errors == {
        "ruling_id": ["No es un UUID de 36 caracteres."],
        "rulings": ["La longitud debe estar entre 1 y 5000."],
    }


@pytest.mark.parametrize(
    ("accepted", "title"),
    [
        ("es", "No se encontró"),
        ("es-MX,es;q=0.9,en;q=0.8", "No se encontró"),
        ("tlh, es;q=0.3", "No se encontró"),
        ("en-US,en;q=0.9,es;q=0.8", "Not found"),
        ("tlh", "Not found"),
        ("*", "Not found"),
        ("", "Not found"),
        (None, "Not found"),
        (";;;q=,,,=", "Not found"),
        ("es;q=0", "Not found"),
        ("x" * 4000, "Not found"),
    ],
)
def test_S1_the_first_language_that_there_is_speaks_and_english_where_there_is_none(
    sqlite_school: School, accepted: str | None, title: str
) -> None:
    lind = reads(sqlite_school.tablet(sqlite_school.cast.lind), accepted)
    answer = lind.client.get(f"{lind.path}/nothing-of-this-name")
    assert answer.status_code == 404
    assert answer.get_json()["title"] == title
    assert answer.headers["Vary"] == "Accept-Language"
    assert answer.headers["Content-Language"] == ("en" if title == "Not found" else "es")
    assert answer.headers["Cache-Control"] == "no-store"


def test_S1_one_readers_language_is_not_the_next_ones(sqlite_school: School) -> None:
    lind = sqlite_school.tablet(sqlite_school.cast.lind)
    where = f"{lind.path}/nothing-of-this-name"
    titles = [
        reads(lind, accepted).client.get(where).get_json()["title"]
        for accepted in ("es", None, "es", "en")
    ]
    assert titles == ["No se encontró", "Not found", "No se encontró", "Not found"]


def test_S1_a_wrong_password_is_told_in_spanish_before_anybody_is_known(
    sqlite_school: School,
) -> None:
    body = {"username": "nobody", "password": "wrong horse", "device_id": str(uuid4())}
    headers = {**OURS, "Accept-Language": "es-US"}
    client = sqlite_school.app.test_client()
    answer = client.post("/api/v1/sign-in", json=body, headers=headers)
    assert answer.get_json()["detail"] == (
        "El nombre de usuario y la contraseña no coinciden. Revise ambos e intente de nuevo."
    )


def test_S3_what_is_held_is_told_to_each_reader_and_kept_with_its_code(taken: School) -> None:
    ruiz = reads(taken.tablet(taken.cast.ruiz), "es")
    (told,) = ruiz.push(ruiz.op(taken.cast.eight_a, on=WEDNESDAY))
    assert (told["outcome"], told["reason"]) == ("held", "not_open")
    assert told["detail"] == (
        "Esta lista es para miércoles, 7 de octubre. Hasta entonces espera en la oficina."
    )
    lind = taken.tablet(taken.cast.lind)
    kept = {one: reads(lind, one).get("held")["held"][0] for one in ("en", "es")}
    assert kept["en"].pop("detail").startswith("It came before its day, Wednesday, October 7:")
    assert kept["es"].pop("detail").startswith("Llegó antes de su día, miércoles, 7 de octubre:")
    assert kept["en"] == kept["es"]


def test_S4_paper_is_printed_as_its_reader_reads_and_files_for_machines_are_not(
    lind: Desk,
) -> None:
    page = printed(lind.tablet, "es")
    for words in (
        "Entradas y cambios",
        "6 de octubre de 2026",
        "Qué se hizo",
        "Registró la lista: 29 presente, 1 ausente",
        "Pedido por R. Lind",
        "Página 1 de 1",
        "docente",
    ):
        assert words in page
    assert "Entered the roll: 29 present, 1 absent" in printed(lind.tablet, "en")
    path = f"{lind.tablet.path}/audit.csv?from={TUESDAY}"
    spanish = lind.tablet.client.get(path).get_data()
    assert reads(lind.tablet, "en").client.get(path).get_data() == spanish


def test_S3_a_week_is_signed_in_english_and_told_to_its_reader_besides(taken: School) -> None:
    taken.clock.set(local(date(2026, 10, 12), 9))
    ruiz = reads(taken.tablet(taken.cast.ruiz), "es")
    week = ruiz.get("weeks/mine")
    assert week["meaning"].startswith(
        "Estas son las listas de las secciones que enseñé en la semana del 5 de octubre"
        " al 11 de octubre de 2026."
    )
    assert "the week of October 5 to October 11, 2026." in week["words"]
    signed = ruiz.post("weeks/mine", {"week_on": week["week_on"], "digest": week["digest"]})
    assert signed.get_json()["signed"]["words"] == week["words"]
    english = reads(ruiz, "en").get("weeks/mine")
    assert english["meaning"] == english["words"] == week["words"]
    assert english["digest"] == week["digest"]


def test_S2_a_refused_field_is_told_in_a_sentence_where_there_is_one(lind: Desk) -> None:
    line = lind.line(lind.school.cast.eight_a, 2, presence="late", why=WHY)
    problem = lind.send(line, line).get_json()
    assert problem["detail"] == "Dos de ellas son sobre una misma marca."
    assert problem["errors"] == {"rulings": [problem["detail"]]}


def test_S2_a_test_of_reminders_is_told_in_spanish(school: School) -> None:
    ruiz = reads(school.tablet(school.cast.ruiz), "es")
    told = ruiz.post("push/test", {}).get_json()
    assert told["detail"] == "Los recordatorios no están activados aquí."


def test_S5_each_is_reminded_in_the_language_that_she_reads_on_that_device(
    school: School,
) -> None:
    bell = Bell(school)
    ruiz, okafor = school.cast.ruiz, school.cast.okafor
    bell.subscribe(ruiz, language="es")
    bell.subscribe(okafor)
    school.clock.set(local(TUESDAY, 8, 10))
    bell.sweep()
    bell.send()
    shown = [json.loads(parcel.body)["notification"] for parcel in bell.sender.sent]
    assert {(one["lang"], one["title"], one["body"]) for one in shown} == {
        ("es", "La lista de Period 1 vence a las 8:15", "Sin empezar en esta tableta."),
        ("en", "Period 1 roll is due at 8:15", "Not started on this tablet."),
    }


def test_S5_a_subscription_has_the_language_that_is_said_or_that_the_page_is_in(
    school: School,
) -> None:
    ruiz, browser = reads(school.tablet(school.cast.ruiz), "es"), PushBrowser()
    first = subscribe(ruiz, browser)["subscription"]
    assert first["language"] == "es"
    told = subscribe(ruiz, browser, language="en")["subscription"]
    assert told == {**first, "language": "en"}
    assert subscribe(ruiz, browser, language="tlh")["subscription"]["language"] == "en"
    assert len(school.rows(SUBSCRIPTIONS)) == 1


def test_S3_what_is_noted_of_an_act_is_noted_in_english(taken: School) -> None:
    moss = reads(taken.tablet(taken.cast.moss), "es")
    body = {"span": "day", "act": "close", "first_on": str(TUESDAY)}
    refused = moss.post("closings", body).get_json()
    assert refused["detail"] == "Este día no ha terminado: sus listas todavía pueden llegar."
    taken.clock.set(local(WEDNESDAY, 9))
    assert moss.post("closings", body).status_code == 200
    english = taken.tablet(taken.cast.moss).get(f"audit?from={TUESDAY}")
    spanish = moss.get(f"audit?from={TUESDAY}")
    whys = {line["why"] for roll in english["rolls"] for line in roll["lines"]}
    assert "The day is closed." in whys
    assert spanish == english
