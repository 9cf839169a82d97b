/** The service worker as the page sees it: registered once, updated only when nobody is tapping. */

interface ScriptPolicy {
  createScriptURL(url: string): string;
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): ScriptPolicy;
}

const WORKER = "/sw.js";

function workerUrl(): string {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  const policy = types?.createPolicy("rollbook-sw", {
    createScriptURL: (url) => {
      if (url !== WORKER) throw new TypeError("not our worker");
      return url;
    },
  });
  return policy?.createScriptURL(WORKER) ?? WORKER;
}

/** Tells when a newer worker waits: one that was installed while an older one is in charge. */
function watch(registration: ServiceWorkerRegistration, onReady: () => void): void {
  const look = () => {
    if (registration.waiting && navigator.serviceWorker.controller) onReady();
  };
  look();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", look);
  });
}

/** Registers the worker; `onReady` says that an update waits. Without workers the app runs online. */
export async function startWorker(onReady: () => void): Promise<void> {
  if (!navigator.serviceWorker) return;
  let controlled = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (controlled) location.reload();
    controlled = true;
  });
  const registration = await navigator.serviceWorker.register(workerUrl(), {
    updateViaCache: "none",
  });
  watch(registration, onReady);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void registration.update().catch(() => undefined);
  });
}

/** Lets the waiting worker take over; every tab then reloads onto the new shell. */
export async function applyUpdate(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  registration?.waiting?.postMessage("take-over");
}
