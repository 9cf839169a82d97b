"""Absences that something else that day contradicts (X2–X6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from sync.finding import (
    At,
    DeskTime,
    Do,
    Finding,
    FindingKind,
    Notice,
    SeenMark,
    Step,
    of_desk,
    of_mark,
)
from sync.intervals import Interval, meets
from sync.model import Presence

LEAST_ON_SITE = timedelta(minutes=10)
"""Who comes to the window for less is handing something in."""


def absences(
    on: date, day: Sequence[SeenMark], desk: Sequence[DeskTime], now: datetime | None
) -> Iterator[Finding]:
    """What contradicts a student's absences of one day. `day` is in the order of the bells."""
    lines = sorted(desk, key=lambda one: (one.at, one.what))
    visits, away = _visits(lines), _away(lines)
    if not any(one.sighted for one in day):
        yield from _at_the_window(on, day, lines)
        return
    open_ones = [
        one
        for one in day
        if one.unexplained and not meets(one.span, [*away, *_sighted_elsewhere(one, day)])
    ]
    for mark in open_ones:
        visit = next((line for line, span in visits if _long_enough(span, mark.span)), None)
        if visit is not None:
            yield _visiting(on, mark, visit)
    visited = [span for _, span in visits]
    left = [one for one in open_ones if not meets(one.span, visited)]
    yield from _runs(on, day, left, now)


def seen_after_all(
    on: date, day: Sequence[SeenMark], notices: Iterable[Notice]
) -> Iterator[Finding]:
    """A student of whom the office was told that she would not be there, and who was (X6)."""
    periods = {one.period for one in notices}
    seen = [one for one in day if one.sighted and (None in periods or one.period in periods)]
    if seen:
        yield Finding(
            kind=FindingKind.SEEN_AFTER_ALL,
            on=on,
            students=(seen[0].student_id,),
            periods=tuple(one.period for one in seen),
            evidence=tuple(map(of_mark, seen)),
            steps=(Step(Do.END_NOTICE), Step(Do.PROVE_MARK_WRONG, seen[0].roll_id)),
            about=(),
        )


def _runs(
    on: date, day: Sequence[SeenMark], open_ones: Sequence[SeenMark], now: datetime | None
) -> Iterator[Finding]:
    """Unexplained absences after a sighting: with another sighting after them, or, while the school
    day lasts, with none. Afterwards these wait for a reason like any other absence."""
    before: SeenMark | None = None
    run: list[SeenMark] = []
    for mark in day:
        if mark.presence is Presence.ABSENT:
            run += [mark] if mark in open_ones else []
            continue
        if run and before is not None and mark.sighted:
            yield _between(on, before, run, mark)
        before = mark if mark.sighted and mark.presence is not Presence.LEFT_EARLY else None
        run = []
    lasts = now is not None and now < max(one.ends_at for one in day)
    if run and before is not None and lasts:
        yield _vanished(on, before, run)


def _between(on: date, before: SeenMark, run: Sequence[SeenMark], after: SeenMark) -> Finding:
    return Finding(
        kind=FindingKind.BETWEEN,
        on=on,
        students=(before.student_id,),
        periods=tuple(one.period for one in run),
        evidence=tuple(map(of_mark, (before, *run, after))),
        steps=tuple(Step(Do.ASK_TEACHER, one.roll_id) for one in run),
        about=tuple(one.roll_id for one in run),
    )


def _vanished(on: date, before: SeenMark, run: Sequence[SeenMark]) -> Finding:
    return Finding(
        kind=FindingKind.VANISHED,
        on=on,
        students=(before.student_id,),
        periods=tuple(one.period for one in run),
        evidence=tuple(map(of_mark, (before, *run))),
        steps=(Step(Do.LOOK_FOR_STUDENT), Step(Do.ASK_TEACHER, run[0].roll_id)),
        about=(before.roll_id,),
        urgent=True,
    )


def _at_the_window(
    on: date, day: Sequence[SeenMark], lines: Sequence[DeskTime]
) -> Iterator[Finding]:
    """Seen in no room all day, and by a desk while rooms did not see her (X3)."""
    missed = [one for one in day if one.presence is Presence.ABSENT and not one.contested]
    if len(missed) < len(day):
        return
    there = _on_site(lines, max((one.ends_at for one in day), default=None))
    during = [one for one in missed if any(_long_enough(span, one.span) for span in there)]
    if during:
        yield Finding(
            kind=FindingKind.AT_THE_WINDOW,
            on=on,
            students=(during[0].student_id,),
            periods=tuple(one.period for one in during),
            evidence=(*map(of_desk, lines), *map(of_mark, during)),
            steps=tuple(_step(one, lines) for one in during),
            about=(),
        )


def _step(mark: SeenMark, lines: Sequence[DeskTime]) -> Step:
    """A roll taken before the arrival was right then: she came late. Else its teacher is asked."""
    arrivals = (line.at for line in lines if line.what is At.ARRIVED)
    at = next((one for one in arrivals if mark.starts_at <= one < mark.ends_at), None)
    if at is not None and mark.taken_at < at:
        return Step(Do.RULE_LATE, mark.roll_id, at)
    return Step(Do.ASK_TEACHER, mark.roll_id)


def _visiting(on: date, mark: SeenMark, visit: DeskTime) -> Finding:
    return Finding(
        kind=FindingKind.VISITING,
        on=on,
        students=(mark.student_id,),
        periods=(mark.period,),
        evidence=(of_mark(mark), of_desk(visit)),
        steps=(Step(Do.RULE_ELSEWHERE, mark.roll_id, visit.at, visit.place),),
        about=(mark.roll_id,),
    )


def _sighted_elsewhere(mark: SeenMark, day: Iterable[SeenMark]) -> list[Interval]:
    """Other meetings of the same time in which somebody saw her: enrolled in two at once."""
    return [
        one.span
        for one in day
        if one.roll_id != mark.roll_id and (one.sighted or one.presence is Presence.ELSEWHERE)
    ]


def _visits(lines: Iterable[DeskTime]) -> list[tuple[DeskTime, Interval]]:
    return [
        (line, Interval(line.at, line.until or line.at + LEAST_ON_SITE))
        for line in lines
        if line.what is At.VISIT
    ]


def _away(lines: Iterable[DeskTime]) -> list[Interval]:
    """When the student was signed out: from leaving until coming back."""
    left_at: datetime | None = None
    spans: list[Interval] = []
    for line in lines:
        if line.what is At.LEFT:
            left_at = left_at or line.at
        elif line.what is At.ARRIVED and left_at is not None:
            spans.append(Interval(left_at, line.at))
            left_at = None
    far = datetime.max.replace(tzinfo=left_at.tzinfo) if left_at is not None else None
    return [*spans, *([Interval(left_at, far)] if left_at is not None and far is not None else [])]


def _on_site(lines: Iterable[DeskTime], ends_at: datetime | None) -> list[Interval]:
    """When a desk knows the student in the building: after an arrival until leaving or the last
    bell, and during visits."""
    listed = list(lines)
    spans = [span for _, span in _visits(listed)]
    for place, line in enumerate(listed):
        if line.what is At.ARRIVED and ends_at is not None:
            gone = (one.at for one in listed[place + 1 :] if one.what is At.LEFT)
            spans.append(Interval(line.at, max(line.at, next(gone, ends_at))))
    return spans


def _long_enough(span: Interval, meeting: Interval) -> bool:
    shared = min(span.to_at, meeting.to_at) - max(span.from_at, meeting.from_at)
    return shared >= min(LEAST_ON_SITE, meeting.to_at - meeting.from_at)
