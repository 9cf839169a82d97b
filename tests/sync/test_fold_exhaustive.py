"""Every order and duplication of all sets of up to three ops, two authorities and three people.

Two staff and one person of the office speak of one student, each with every word that rules
distinguish, with every way of naming each other as seen, rings included.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations, permutations, product
from uuid import UUID

import pytest

from sync.fold import distinct, fold, fold_any
from sync.model import Observation, Op, Presence
from tests.sync.ops import ANA, LIND, MORNING, OKAFOR, OP_IDS, RUIZ, op, said

STAFF_WORDS = (said(ANA, Presence.PRESENT), said(ANA, Presence.ABSENT))
OFFICE_WORDS = (
    said(ANA, Presence.LATE, arrived_at=MORNING),
    said(ANA, None, rules_presence=True),
)
WORDS = {RUIZ: STAFF_WORDS, OKAFOR: STAFF_WORDS, LIND: OFFICE_WORDS}
# Captured in another order than their ids, two before and one after the recorded arrival.
MINUTES = (-1, 5, -3)
PEOPLE = (RUIZ, OKAFOR, LIND)


def ways_to_see(others: tuple[UUID, ...]) -> list[frozenset[UUID]]:
    sizes = range(len(others) + 1)
    return [frozenset(some) for size in sizes for some in combinations(others, size)]


def sets_by(authors: tuple[UUID, ...]) -> Iterator[list[Op]]:
    ids = OP_IDS[: len(authors)]
    for words in product(*(WORDS[author] for author in authors)):
        for parents in product(*(ways_to_see(tuple(set(ids) - {own})) for own in ids)):
            yield [
                op(place + 1, author, MINUTES[place], one(words[place], parents[place]))
                for place, author in enumerate(authors)
            ]


def one(word: Observation, parents: frozenset[UUID]) -> Observation:
    return word._replace(parents=parents)


CASTS = list(chain.from_iterable(product(PEOPLE, repeat=size) for size in (1, 2, 3)))


@pytest.mark.parametrize(
    "authors", CASTS, ids=lambda cast: "".join("ROL"[PEOPLE.index(a)] for a in cast)
)
def test_F1_1_every_order_of_every_set_gives_one_roll(authors: tuple[UUID, ...]) -> None:
    for ops in sets_by(authors):
        expected = fold(ops, [ANA])
        assert len(expected.marks) == 1
        for order in permutations(ops):
            assert fold_any(order, [ANA]) == expected


def test_F1_1_every_duplication_of_three_comes_down_to_an_order() -> None:
    ops = [op(number, RUIZ, number, STAFF_WORDS[0]) for number in (1, 2, 3)]
    longest = 6
    for length in range(longest + 1):
        for sequence in product(ops, repeat=length):
            assert distinct(sequence) == list(dict.fromkeys(sequence))


@pytest.mark.parametrize("authors", [cast for cast in CASTS if len(cast) < 3])
def test_F1_1_every_duplication_of_two_folds_to_one_roll(authors: tuple[UUID, ...]) -> None:
    for ops in sets_by(authors):
        expected = fold(ops, [ANA])
        for length in range(len(ops), 5):
            for sequence in product(ops, repeat=length):
                if len(set(sequence)) == len(ops):
                    assert fold(sequence, [ANA]) == expected


@pytest.mark.parametrize(
    "authors",
    [cast for cast in CASTS if len(cast) == 3],
    ids=lambda cast: "".join("ROL"[PEOPLE.index(a)] for a in cast),
)
def test_F1_1_one_of_three_sent_twice_changes_nothing_in_any_order(
    authors: tuple[UUID, ...],
) -> None:
    """Each set in which later ops may have seen earlier ones: every order, every one twice."""
    for ops in sets_by(authors):
        if any(one.observations[0].parents - set(OP_IDS[:n]) for n, one in enumerate(ops)):
            continue
        expected = fold(ops, [ANA])
        for again in ops:
            for order in set(permutations([*range(3), ops.index(again)])):
                assert fold_any([ops[n] for n in order], [ANA]) == expected
