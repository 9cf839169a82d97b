/** The office desk in Spanish. */

import office from "./es/office.json";
import shared from "./es/shared.json";
import worker from "./es/worker.json";

export const words = { ...worker, ...shared, ...office };
