"""The browser's own push manager, stubbed: `subscribe()` never settles in a closed network.

It hands out the subscriptions that it is given one after the other, and keeps the present one over
a reload as a browser does. Everything behind it is real.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from tests.browser.tablet import Tablet
from tests.support.pushing import PushBrowser, spell

STUB = """({ given }) => {
  const read = (name) => JSON.parse(localStorage.getItem(name) ?? "null");
  const write = (name, value) => localStorage.setItem(name, JSON.stringify(value));
  const bytes = (text) => Uint8Array.from(
    atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
  const spelled = (view) => btoa(String.fromCharCode(...new Uint8Array(view.buffer ?? view)))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const as = ({ endpoint, keys, key }) => ({
    endpoint,
    options: { userVisibleOnly: true, applicationServerKey: bytes(key).buffer },
    toJSON: () => ({ endpoint, keys, expirationTime: null }),
    unsubscribe: async () => { localStorage.removeItem("stub-now"); return true; },
  });
  PushManager.prototype.getSubscription = async () => {
    const now = read("stub-now");
    return now && as(now);
  };
  PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
    const count = read("stub-count") ?? 0;
    write("stub-count", count + 1);
    if (!given[count]) throw new DOMException("no push service", "AbortError");
    const now = { ...given[count], key: spelled(applicationServerKey) };
    write("stub-now", now);
    return as(now);
  };
  const ask = Notification.requestPermission.bind(Notification);
  Notification.requestPermission = () => {
    write("stub-asked", (read("stub-asked") ?? 0) + 1);
    return ask();
  };
}"""


class StubbedPush:
    """The push manager of one tablet, from its start on."""

    def __init__(self, tablet: Tablet, browsers: Sequence[PushBrowser]) -> None:
        """Take a started tablet with an empty tab, and the subscriptions to hand out."""
        self.tablet = tablet
        self.browsers = browsers
        given = json.dumps({"given": [_told(browser) for browser in browsers]})
        tablet.context.add_init_script(f"({STUB})({given})")

    def allow(self) -> None:
        """Whoever is asked says yes."""
        self.tablet.context.grant_permissions(["notifications"], origin=self.tablet.url)

    def forbid(self) -> None:
        """This site was told no, once and for all."""
        session = self.tablet.context.new_cdp_session(self.tablet.page)
        permission = {"permission": {"name": "notifications"}, "setting": "denied"}
        session.send("Browser.setPermission", permission | {"origin": self.tablet.url})

    @property
    def asked(self) -> int:
        """How often the page asked for the permission."""
        return int(self._kept("stub-asked") or 0)

    @property
    def made(self) -> int:
        """How many subscriptions were made."""
        return int(self._kept("stub-count") or 0)

    @property
    def endpoint(self) -> str | None:
        """Of the present one."""
        now = self._kept("stub-now")
        return json.loads(now)["endpoint"] if now else None

    def _kept(self, name: str) -> str | None:
        found: str | None = self.tablet.page.evaluate("(name) => localStorage.getItem(name)", name)
        return found


def _told(browser: PushBrowser) -> dict[str, object]:
    keys = {"p256dh": spell(browser.p256dh), "auth": spell(browser.auth)}
    return {"endpoint": browser.endpoint, "keys": keys}
