"""What is wrong with a rule pack, or with what a school adds to it: a sentence a fault (K2, K3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sync.codes import Asks, Authorised, Cap, Code, Role, Special, Where
from sync.model import Presence
from sync.pack import Pack, Plain, Rules

MOST_LETTERS = 8
CATEGORIES = frozenset(
    {
        "Early departure",
        "Excused Absence",
        "In Attendance",
        "Partial",
        "Present",
        "Tardy",
        "Unexcused Absence",
    }
)
"""Ed-Fi's AttendanceEventCategoryDescriptor, Data Standard 5.2 and 6.1."""
OUTSIDERS = frozenset({Role.TEACHER, Role.SUBSTITUTE, Role.AUDITOR, Role.GUARDIAN})
LOOKS_ONLY = frozenset({Role.GUARDIAN, Role.AUDITOR})
PRESENCES = {
    Plain.PRESENT_PM: Presence.PRESENT,
    Plain.LATE_CLOSED: Presence.LATE,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: with which code (none: the pack), in which field, in words."""

    code: str | None
    field: str
    sentence: str


def faults(pack: Pack) -> tuple[Fault, ...]:
    """All that is wrong with a pack; nothing, for one that may be used."""
    found = [*_names(pack), *_plain(pack), *_profiles(pack)]
    for code in pack.codes:
        found += _of_code(code, pack)
    return tuple(found)


def own_faults(pack: Pack, own: Iterable[Code], today: date) -> tuple[Fault, ...]:
    """What is wrong with the codes that a school wants to add from today on (K3)."""
    wanted = tuple(own)
    found = [*_overlaps(wanted)]
    for code in wanted:
        found += [*_of_code(code, pack, wanted), *_of_own(code, pack, today)]
    return tuple(found)


Check = Callable[[Code], Iterator[Fault]]


def _of_code(code: Code, pack: Pack, more: tuple[Code, ...] = ()) -> Iterator[Fault]:
    yield from _spelling(code)
    yield from _words(code, pack.languages)
    yield from _dates(code)
    yield from _counts(code)
    yield from _limits(code)
    yield from _sight(code)
    yield from _edfi(code)
    yield from _who(code, pack, more)
    yield from _next(code, (*more, *pack.all_codes()))


def _names(pack: Pack) -> Iterator[Fault]:
    for name in ("name", "version", "jurisdiction"):
        if not getattr(pack, name).strip():
            yield Fault(None, name, f"The pack has no {name}.")
    if not pack.languages:
        yield Fault(None, "languages", "The pack names no language.")
    if not pack.codes:
        yield Fault(None, "codes", "The pack has no codes.")
    yield from _overlaps(pack.codes)


def _overlaps(codes: tuple[Code, ...]) -> Iterator[Fault]:
    for name in dict.fromkeys(code.code for code in codes):
        spans = sorted(
            ((one.valid_from or date.min), (one.valid_to or date.max))
            for one in codes
            if one.code == name
        )
        for (_, ends), (begins, _) in pairwise(spans):
            if begins <= ends:
                yield Fault(name, "valid_from", f"{name} has two meanings on {begins}.")


def _plain(pack: Pack) -> Iterator[Fault]:
    for mark, name in pack.plain.items():
        spans = [one for one in pack.codes if one.code == name]
        if not spans:
            yield Fault(None, "plain", f"Plain {mark} is {name}, which is not a code of this pack.")
        presence = PRESENCES.get(mark) or Presence(mark.value)
        if any(presence not in one.marks for one in spans):
            yield Fault(name, "marks", f"{name} is the plain {mark}, but is not for such marks.")
    missing = [one for one in Presence if Plain(one.value) not in pack.plain]
    if missing:
        yield Fault(None, "plain", f"Nothing says what plain {_listed(missing)} counts as.")


def _profiles(pack: Pack) -> Iterator[Fault]:
    if not pack.profiles:
        yield Fault(None, "profiles", "The pack has no rules.")
    for name, rules in pack.profiles.items():
        yield from (Fault(None, f"profiles.{name}", words) for words in _rules(rules))


def _rules(rules: Rules) -> Iterator[str]:
    if not 0 < rules.chronic_share <= 1:
        yield "The share of chronic absence lies above 0 and not above 1."
    if rules.gap_min is not None and rules.gap_min < 0:
        yield "The minutes of an occasion of truancy cannot be negative."
    if rules.ages[0] >= rules.ages[1]:
        yield "Compulsory education ends after it begins."
    shares = [share for _, share in rules.tiers]
    if shares != sorted(set(shares)) or not shares or shares[0] != 0:
        yield "The tiers begin at 0 and ascend."


def _spelling(code: Code) -> Iterator[Fault]:
    name = code.code
    if not name or len(name) > MOST_LETTERS or not name.isprintable() or " " in name:
        words = f"A code is 1 to {MOST_LETTERS} characters without spaces; “{name}” is not."
        yield Fault(name, "code", words)


def _words(code: Code, languages: tuple[str, ...]) -> Iterator[Fault]:
    for field in ("label", "asks"):
        words = getattr(code, field)
        lacking = [one for one in languages if not words.get(one, "").strip()]
        if lacking and (field == "label" or words):
            yield Fault(code.code, field, f"{code.code} has no {field} in {_listed(lacking)}.")


def _dates(code: Code) -> Iterator[Fault]:
    if code.valid_from and code.valid_to and code.valid_to < code.valid_from:
        yield Fault(code.code, "valid_to", f"{code.code} ends before it begins.")


def _counts(code: Code) -> Iterator[Fault]:
    name, studies = code.code, code.special is Special.INDEPENDENT_STUDY
    if not code.marks:
        yield Fault(name, "marks", f"{name} is for no kind of mark.")
    if code.where is Where.ABSENT and code.counts_ada and not code.partial:
        yield Fault(name, "counts_ada", f"{name} is an absence; a day of it is not attended.")
    if code.counts_ada and code.counts_chronic:
        yield Fault(name, "counts_chronic", f"{name} counts as attended and as an absence.")
    if code.where is Where.ABSENT and code.authorised is None:
        yield Fault(name, "authorised", f"{name} is an absence; say whether it is authorised.")
    if code.truancy_eligible and code.authorised is Authorised.YES:
        yield Fault(name, "truancy_eligible", f"{name} is authorised; it cannot be truancy.")
    if code.where is Where.UNKNOWN and not studies and code.counts_ada:
        yield Fault(name, "counts_ada", f"{name} says nothing is known; it counts as nothing.")


def _limits(code: Code) -> Iterator[Fault]:
    if any(cap.days < 1 for cap in code.caps):
        yield Fault(code.code, "caps", f"{code.code} has a cap of no days.")
    if code.caps and code.where is not Where.ABSENT:
        yield Fault(code.code, "caps", f"{code.code} is not an absence; there is nothing to cap.")
    if len({cap.per for cap in code.caps}) < len(code.caps):
        yield Fault(code.code, "caps", f"{code.code} has two caps over the same time.")
    if code.grades and code.grades.least > code.grades.most:
        yield Fault(code.code, "grades", f"{code.code} is for no grade at all.")
    if code.temporary and code.temporary.days < 1:
        yield Fault(code.code, "temporary", f"{code.code} lapses before a day has passed.")


def _sight(code: Code) -> Iterator[Fault]:
    name, known = code.code, code.who_may_set - code.seen_by
    if not code.confidential:
        return
    if code.parent_visible:
        yield Fault(name, "parent_visible", f"{name} is confidential; families may not see it.")
    if code.seen_by & OUTSIDERS:
        who = _listed(sorted(code.seen_by & OUTSIDERS))
        yield Fault(name, "seen_by", f"{name} is confidential; {who} may not see it.")
    if known:
        who = _listed(sorted(known))
        yield Fault(name, "who_may_set", f"{name} is set by {who}, who may not see it.")
    if code.evidence is not Asks.NEVER:
        yield Fault(name, "evidence", f"{name} is confidential; no proof of it is filed.")


def _edfi(code: Code) -> Iterator[Fault]:
    if code.edfi is not None and code.edfi not in CATEGORIES:
        words = f"{code.edfi} is not an attendance category of Ed-Fi."
        yield Fault(code.code, "edfi", words)


def _who(code: Code, pack: Pack, more: tuple[Code, ...]) -> Iterator[Fault]:
    looks = code.who_may_set & LOOKS_ONLY
    if looks:
        words = f"{code.code} cannot be set by {_listed(sorted(looks))}, who only read."
        yield Fault(code.code, "who_may_set", words)
    given = {*pack.plain.values()}
    lapses = (one.temporary for one in (*more, *pack.codes) if one.temporary)
    given |= {one.next_code for one in lapses}
    if not code.who_may_set and code.code not in given:
        yield Fault(code.code, "who_may_set", f"Nobody may set {code.code}.")


def _next(code: Code, codes: tuple[Code, ...]) -> Iterator[Fault]:
    if code.temporary is None:
        return
    becomes = [one for one in codes if one.code == code.temporary.next_code]
    if not becomes:
        words = f"{code.code} becomes {code.temporary.next_code}, which is not a code."
        yield Fault(code.code, "temporary", words)
    if any(one.temporary for one in becomes):
        words = f"{code.code} becomes {code.temporary.next_code}, which is temporary itself."
        yield Fault(code.code, "temporary", words)


def _of_own(code: Code, pack: Pack, today: date) -> Iterator[Fault]:
    name = code.code
    if code.valid_from is None or code.valid_from < today:
        words = f"{name} may begin on {today} at the earliest: older marks keep their meaning."
        yield Fault(name, "valid_from", words)
    before = pack.meaning(name, code.valid_from or today)
    if before is None:
        return
    if before.confidential and not code.confidential:
        yield Fault(name, "confidential", f"{name} is confidential by law and stays so.")
    if before.evidence is Asks.NEVER and code.evidence is Asks.REQUIRED:
        yield Fault(name, "evidence", f"No proof may be demanded for {name}.")
    for cap in before.caps:
        if cap.statutory and not any(_as_tight(one, cap) for one in code.caps):
            words = f"{name} is capped by law at {cap.days} days per {cap.per}; lower only."
            yield Fault(name, "caps", words)


def _as_tight(own: Cap, law: Cap) -> bool:
    return own.per is law.per and own.days <= law.days and (law.discretion or not own.discretion)


def _listed(words: Iterable[object]) -> str:
    *first, last = (str(one).replace("_", " ") for one in words)
    return f"{', '.join(first)} and {last}" if first else last
