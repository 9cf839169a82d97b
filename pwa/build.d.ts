/** What the teacher's page needs offline, as URLs from the root; put in by vite.config.ts. */
declare const __PRECACHE__: readonly string[];
/** One revision over the contents of all of them. */
declare const __BUILD__: string;
