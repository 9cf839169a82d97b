/** Tabs of one tablet tell each other that a store changed; the news itself is in the store. */

/**
 * "lock": the names close in every tab at once · "target": a reminder was pressed · "reminded": one
 * was shown.
 */
export type News = "outbox" | "drafts" | "school" | "who" | "lock" | "target" | "reminded";

const channel = new BroadcastChannel("rollbook");

const listeners = new Set<(news: News) => void>();

channel.onmessage = ({ data }: MessageEvent<News>) => {
  for (const listener of listeners) listener(data);
};

/** For a change that this tab has already drawn. */
export function tellOthers(news: News): void {
  channel.postMessage(news);
}

/** Other tabs hear it through the channel, this one directly. */
export function tellTabs(news: News): void {
  tellOthers(news);
  for (const listener of listeners) listener(news);
}

export function onNews(listener: (news: News) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
