"""One hand of a lane: sends message after message, some under way at once, each on a connection of
its own, and takes the answers as they come.

A thread that waits for each answer costs twice as much: it is put to sleep and woken for each.
"""

from __future__ import annotations

import os
import select
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Final, Protocol

from server.push.answer import Answer
from server.push.line import Line, Unheard

if TYPE_CHECKING:
    from server.push.lane import Lane

UNDER_WAY: Final = 64
"""So many messages of one hand wait for their answers."""


class Errand(Protocol):
    """One message. It is told once how it ended; `packed` is asked again where it is sent again."""

    def packed(self) -> bytes:
        """The whole request. Raises what `failed` understands."""

    def answered(self, answer: Answer) -> tuple[bool, float]:
        """What the push service said; answers whether that is well, and how long it asks to be
        left alone, in seconds."""

    def failed(self, error: Exception) -> None:
        """There was no answer."""

    def spared(self, seconds: float) -> None:
        """The push service is left alone for so long."""


@dataclass(slots=True)
class UnderWay:
    """A message that was sent and waits for its answer."""

    errand: Errand
    line: Line
    began: float
    deadline: float


class Hand:
    """Works until nothing waits in its lane."""

    def __init__(self, lane: Lane) -> None:
        """Take the lane."""
        self._lane = lane
        self._under_way: dict[int, UnderWay] = {}
        self._poll = select.poll()
        self._bell, self._rope = os.pipe()
        self._poll.register(self._bell, select.POLLIN)

    def wake(self) -> None:
        """There is something to send."""
        os.write(self._rope, b"!")

    def work(self) -> None:
        """Send, and take the answers; those that are there first, for their connections."""
        try:
            while self._goes_on():
                pass
        finally:
            os.close(self._bell)
            os.close(self._rope)

    def _goes_on(self) -> bool:
        self._take_answers(0)
        full = len(self._under_way) >= UNDER_WAY
        errand = None if full else self._lane.next(self)
        if errand is not None:
            self._begin(errand)
        elif self._under_way:
            self._take_answers(self._until_the_next_deadline())
        else:
            return False
        return True

    @property
    def idles(self) -> bool:
        """Whether nothing is under way."""
        return not self._under_way

    def _begin(self, errand: Errand) -> None:
        left = self._lane.resting()
        if left:
            errand.spared(left)
            return
        began = monotonic()
        self._send(errand, began, began + self._lane.time_out_s, fresh=False)

    def _send(self, errand: Errand, began: float, deadline: float, *, fresh: bool) -> None:
        """Have it under way; on a new connection where a kept one turned out to have ended."""
        line = None
        try:
            packed = errand.packed()
            line = self._lane.line(deadline, fresh=fresh)
            line.write(packed, deadline)
        except Unheard:
            assert line is not None, "a new connection was never used before"
            line.close()
            self._send(errand, began, deadline, fresh=True)
        except Exception as error:  # noqa: BLE001 who waits for it must not wait for ever
            if line is not None:
                line.close()
            self._fail(errand, began, error)
        else:
            self._under_way[line.fileno()] = UnderWay(errand, line, began, deadline)
            self._poll.register(line.fileno(), select.POLLIN)

    def _take_answers(self, wait_s: float) -> None:
        """Those that are there, or come by then; then give up those whose deadline has passed."""
        for number, _ in self._poll.poll(wait_s * 1000):
            if number == self._bell:
                os.read(self._bell, 100)
            else:
                self._take(number)
        if not wait_s:
            return
        now = monotonic()
        for number in [n for n, one in self._under_way.items() if one.deadline <= now]:
            self._give_up(self._forget(number), TimeoutError())

    def _until_the_next_deadline(self) -> float:
        next_end = min(one.deadline for one in self._under_way.values())
        return max(0.001, next_end - monotonic())

    def _take(self, number: int) -> None:
        one = self._under_way[number]
        try:
            answer = one.line.read()
        except Unheard:
            self._forget(number).line.close()
            self._send(one.errand, one.began, one.deadline, fresh=True)
            return
        except OSError as error:
            self._give_up(self._forget(number), error)
            return
        if answer is None:
            return
        self._forget(number)
        self._lane.give_back(one.line)
        try:
            well, wait = one.errand.answered(answer)
        except Exception as bug:  # noqa: BLE001 as above
            self._fail(one.errand, one.began, bug)
        else:
            self._lane.note(monotonic() - one.began, well=well, wait=wait)

    def _forget(self, number: int) -> UnderWay:
        self._poll.unregister(number)
        return self._under_way.pop(number)

    def _give_up(self, one: UnderWay, error: OSError) -> None:
        one.line.close()
        self._fail(one.errand, one.began, error)

    def _fail(self, errand: Errand, began: float, error: Exception) -> None:
        self._lane.note(monotonic() - began, well=False)
        errand.failed(error)
