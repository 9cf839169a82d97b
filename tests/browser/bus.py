"""A desktop that shows notifications: a private D-Bus, and what answers on it to
`org.freedesktop.Notifications`. A reminder is really shown there, and really pressed.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import tempfile
import threading
import time
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from dbus_fast.aio import MessageBus
from dbus_fast.annotations import DBusDict, DBusInt32, DBusSignature, DBusStr, DBusUInt32
from dbus_fast.service import ServiceInterface, method, signal

from tests.browser.tablet import until

NAME = "org.freedesktop.Notifications"
PLACE = "/org/freedesktop/Notifications"
CLOSED_BY_ITS_MAKER = 3
PATIENCE_S = 20
A_HAND_S = 1.0
Strings = Annotated[list[str], DBusSignature("as")]
Four = Annotated[list[str], DBusSignature("ssss")]
Two = Annotated[list[int], DBusSignature("uu")]
Nothing = Annotated[None, DBusSignature("")]
Pressed = Annotated[list[int | str], DBusSignature("us")]
# No services that a bus would start by itself: nothing on it but the browser and this.
CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir={folder}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""


@dataclass(frozen=True)
class Shown:
    """A notification as it stands on the screen; `silent`: it came without a sound."""

    title: str
    body: str
    silent: bool


class _Screen(ServiceInterface):
    """The interface by which a browser shows, changes and closes notifications."""

    def __init__(self) -> None:
        super().__init__(NAME)
        self.shown: dict[int, Shown] = {}
        self.told: list[Shown] = []
        self.told_at = 0.0

    @method("GetCapabilities")
    def can(self) -> Strings:
        return ["actions", "body", "persistence"]

    @method("GetServerInformation")
    def introduce(self) -> Four:
        return ["a screen", "Rollbook's tests", "1", "1.2"]

    @method("Notify")
    def notify(
        self,
        _app: DBusStr,
        replaces: DBusUInt32,
        _icon: DBusStr,
        title: DBusStr,
        body: DBusStr,
        _actions: Strings,
        hints: DBusDict,
        _timeout: DBusInt32,
    ) -> DBusUInt32:
        number = replaces or len(self.told) + 1
        silent = "suppress-sound" in hints and bool(hints["suppress-sound"].value)
        # Chromium writes the site above the text.
        self.shown[number] = Shown(title, body.rpartition("\n\n")[2], silent)
        self.told.append(self.shown[number])
        self.told_at = time.monotonic()
        return number

    @method("CloseNotification")
    def close(self, number: DBusUInt32) -> Nothing:
        if self.shown.pop(number, None):
            self.closed(number, CLOSED_BY_ITS_MAKER)

    @signal("NotificationClosed")
    def closed(self, number: int, why: int) -> Two:
        return [number, why]

    @signal("ActionInvoked")
    def pressed(self, number: int, action: str) -> Pressed:
        return [number, action]


class Desktop:
    """What stands on the screen of the tablets that were started with `environment`."""

    def __init__(self, folder: Path) -> None:
        """Start a bus in a folder, and listen on it."""
        config = folder / "bus.conf"
        # A socket's path must be short.
        config.write_text(CONFIG.format(folder=tempfile.gettempdir()))
        command = ["dbus-daemon", f"--config-file={config}", "--print-address", "--nofork"]
        self._bus = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._bus.stdout
        self.address = self._bus.stdout.readline().strip()
        self._screen = _Screen()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._do(self._listen())

    def _do(self, work: Coroutine[None, None, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE_S)

    async def _listen(self) -> None:
        self._connection = await MessageBus(bus_address=self.address).connect()
        self._connection.export(PLACE, self._screen)
        await self._connection.request_name(NAME)

    async def _leave(self) -> None:
        self._connection.disconnect()
        with suppress(EOFError):
            await self._connection.wait_for_disconnect()  # type: ignore[no-untyped-call]

    def close(self) -> None:
        """The screen goes dark."""
        self._do(self._leave())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._bus.terminate()
        self._bus.communicate()

    @property
    def environment(self) -> dict[str, str]:
        """What a browser needs to find this screen."""
        return {"DBUS_SESSION_BUS_ADDRESS": self.address}

    @property
    def shown(self) -> list[Shown]:
        """What stands there now, oldest first."""
        return list(self._screen.shown.values())

    @property
    def told(self) -> list[Shown]:
        """Everything that was ever shown."""
        return list(self._screen.told)

    def shows(self, title: str | re.Pattern[str], body: str = "") -> Shown:
        """Wait until this stands there, alone; answers how."""
        wanted = re.compile(re.escape(title)) if isinstance(title, str) else title

        def is_there() -> bool:
            fits = [wanted.fullmatch(one.title) and body in {"", one.body} for one in self.shown]
            return len(fits) == 1 and bool(fits[0])

        until(is_there)
        return self.shown[0]

    def is_empty(self) -> None:
        """Wait until nothing stands there."""
        until(lambda: self.shown == [])

    def press(self) -> None:
        """Press the only one there is, as soon as a hand could."""
        (number,) = self._screen.shown
        # The browser has to hear first under which number it stands.
        until(lambda: time.monotonic() - self._screen.told_at > A_HAND_S)
        self._loop.call_soon_threadsafe(self._screen.pressed, number, "default")
