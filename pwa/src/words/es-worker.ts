/** The reminders that the worker shows, in Spanish. */

import worker from "./es/worker.json";

export const words = worker;
